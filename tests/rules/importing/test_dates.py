"""Promises of reading dates: every usual US form, and nothing impossible is ever bent into a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.importing.dates import NotADate, read_date

LATEST = date(2026, 12, 4)
SECOND = date(2026, 1, 2)


@pytest.mark.parametrize(
    "written",
    [
        "1/2/26",
        "01/02/2026",
        "01-02-2026",
        "1.2.2026",
        "2026-01-02",
        "2026/1/2",
        "20260102",
        "Jan 2 2026",
        "Jan 2, 2026",
        "JANUARY 2ND, 2026",
        "January 2 '26",
        "2 Jan 2026",
        "2-Jan-26",
        "02JAN2026",
        "Fri, Jan 2 2026",
        "Friday January 2, 2026",
        "46024",
        "46024.5",
        "1/2/2026 9:30 AM",
        "2026-01-02T00:00:00",
        "2026-01-02 00:00:00.000",
        "1/2/2026 09:30:00 EST",
        " 1/2/26 ",
    ],
)
def test_the_usual_forms_are_the_second_of_january(written: str) -> None:
    assert read_date(written, LATEST) == SECOND


@pytest.mark.parametrize("written", ["", " ", "-", "N/A", "unknown", "TBD", "null"])
def test_a_cell_without_a_date_is_none(written: str) -> None:
    assert read_date(written, LATEST) is None


@pytest.mark.parametrize(
    "written",
    [
        "13/2/26",
        "2/30/2026",
        "2/29/2025",
        "00/00/0000",
        "0/1/2026",
        "1/2",
        "1/2/206",
        "1/2-2026",
        "Janury 2 2026",
        "Foo 2 2026",
        "tomorrow",
        "2",
        "202601",
        "1/2/1026",
        "99/99/99",
        "２０２６年1月2日",
        "=TODAY()",
        "2/29/25",
    ],
)
def test_an_impossible_date_is_a_problem_and_not_repeated(written: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_date(written, LATEST)
    assert written not in str(refused.value).split(" such as ")[0]


def test_two_figures_of_a_year_are_the_last_such_year_that_has_come() -> None:
    assert read_date("3/4/98", LATEST) == date(1998, 3, 4)
    assert read_date("12/5/26", LATEST) == date(1926, 12, 5)
    assert read_date("12/5/26", LATEST + timedelta(days=3650)) == date(2026, 12, 5)


def test_the_leap_day_of_two_figures_is_found() -> None:
    assert read_date("2/29/96", LATEST) == date(1996, 2, 29)
    assert read_date("2/29/24", LATEST) == date(2024, 2, 29)


FORMS = ("%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d", "%Y%m%d", "%b %d %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%m.%d.%Y")


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(FORMS))
def test_every_date_comes_back_from_every_form(day: date, form: str) -> None:
    assert read_date(day.strftime(form), LATEST) == day


@given(st.dates(date(1927, 5, 18), date(2100, 1, 1)))
def test_an_excel_day_number_is_its_day(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)).days), LATEST) == day


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_nothing_or_a_problem(text: str) -> None:
    try:
        found = read_date(text, LATEST)
    except NotADate:
        return
    assert found is None or found.year >= 1900


def test_a_year_of_two_figures_is_this_one_up_to_the_latest_day_itself() -> None:
    assert read_date("12/4/26", LATEST) == LATEST
    assert read_date("12/3/26", LATEST) == LATEST - timedelta(days=1)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Foo 2 2026", "there is no month of this name"),
        ("2/29/25", "there is no such day in this month and year"),
        ("2/30/2026", "there is no such day in this month and year"),
        ("13/2/2026", "there is no month 13 (dates are read as month/day/year)"),
        ("1/2/1026", "the year is before 1900"),
        ("tomorrow", "this is not a date in a form that is known here, such as 1/31/2026 or Jan 31 2026"),
    ],
)
def test_what_is_wrong_with_a_date_is_said_in_words(written: str, why: str) -> None:
    with pytest.raises(NotADate) as refused:
        read_date(written, LATEST)
    assert str(refused.value) == why
