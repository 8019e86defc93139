"""Promises of ages: who was under 18 on a day, and when that is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.ages import age_on, minor_on

ON = date(2026, 6, 15)


def test_on_the_eighteenth_birthday_nobody_is_a_minor() -> None:
    assert minor_on(ON, born_on=date(2008, 6, 15)) is False
    assert minor_on(ON, born_on=date(2008, 6, 16)) is True


def test_who_was_born_on_29_february_is_18_on_1_march() -> None:
    assert age_on(date(2004, 2, 29), date(2022, 2, 28)) == 17
    assert age_on(date(2004, 2, 29), date(2022, 3, 1)) == 18


@pytest.mark.parametrize(
    ("on", "reported_age", "minor"),
    [
        (ON, 17, True),
        (ON, 18, False),
        (date(2026, 5, 1), 18, None),  # her birthday may lie between
        (date(2026, 5, 1), 19, False),
        (date(2025, 5, 1), 18, True),
        (date(2026, 7, 1), 17, None),  # she may have had it since
        (date(2026, 7, 1), 18, False),
        (None, 17, True),
        (None, 18, None),
    ],
)
def test_a_reported_age_decides_only_what_it_can(on: date | None, reported_age: int, minor: bool | None) -> None:
    assert minor_on(on, born_on=None, reported_age=reported_age, reported_on=ON) is minor


def test_without_any_age_nothing_is_known() -> None:
    assert minor_on(ON, born_on=None) is None


def test_an_age_reported_on_no_known_day_decides_nothing() -> None:
    assert minor_on(ON, born_on=None, reported_age=17) is None
    assert minor_on(ON, born_on=None, reported_on=ON) is None


def test_without_a_day_of_the_offence_only_a_present_minor_is_certain() -> None:
    assert minor_on(None, born_on=date(2010, 1, 1), reported_on=ON) is True
    assert minor_on(None, born_on=date(1990, 1, 1), reported_on=ON) is None
    assert minor_on(None, born_on=date(2008, 6, 15), reported_on=ON) is None  # 18 that very day


@given(st.dates(date(1940, 1, 1), date(2026, 1, 1)), st.dates(date(1950, 1, 1), ON), st.dates(date(1950, 1, 1), ON))
def test_a_true_reported_age_never_contradicts_the_date_of_birth(born_on: date, on: date, reported_on: date) -> None:
    if born_on > min(on, reported_on):
        return
    known = minor_on(on, born_on=born_on)
    told = minor_on(on, born_on=None, reported_age=age_on(born_on, reported_on), reported_on=reported_on)
    assert told in (known, None)
