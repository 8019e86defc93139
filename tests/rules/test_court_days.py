"""Counting in civil dates: the promises of `models.rules.court_days`."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.court_days import (
    CourtDays,
    Roll,
    add_court_days,
    add_months,
    court_days_between,
    court_deadline,
    deadline,
    in_last_days,
    is_court_day,
    is_within,
    last_day_within,
    roll,
    subtract_court_days,
    why_closed,
    why_not_sitting,
    with_closure,
)
from tests.rules.scenario_tables import Row, calendar, situations

COURT = calendar("court_days")
DATES = st.dates(date(2000, 1, 1), date(2060, 12, 31))
CLOSURES = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=60).map(CourtDays)
NEAR = st.dates(date(2025, 12, 1), date(2026, 4, 30))


@pytest.mark.parametrize("row", situations("court_days", "add"))
def test_court_days_are_added(row: Row) -> None:
    assert add_court_days(row["start"], row["days"], COURT) == row["expected"]


@pytest.mark.parametrize("row", situations("court_days", "subtract"))
def test_court_days_are_subtracted(row: Row) -> None:
    assert subtract_court_days(row["start"], row["days"], COURT) == row["expected"]


@pytest.mark.parametrize("row", situations("court_days", "between"))
def test_court_days_between_are_counted(row: Row) -> None:
    assert court_days_between(row["first"], row["last"], COURT) == row["expected"]


@pytest.mark.parametrize("row", situations("court_days", "months"))
def test_calendar_months_are_added(row: Row) -> None:
    assert add_months(row["start"], row["months"]) == row["expected"]


@pytest.mark.parametrize("row", situations("court_days", "deadline"))
def test_a_deadline_is_counted_then_rolled_and_says_so(row: Row) -> None:
    answer = deadline(row["start"], row["days"], COURT, Roll(row["roll"]))
    assert answer.on == row["expected"]
    assert answer.reasons == (row["reason"],)


@pytest.mark.parametrize("row", situations("court_days", "court_deadline"))
def test_court_days_are_counted_either_way_and_said(row: Row) -> None:
    answer = court_deadline(row["start"], row["days"], COURT)
    assert (answer.on, answer.reasons) == (row["expected"], (row["reason"],))


@pytest.mark.parametrize("row", situations("court_days", "within"))
def test_within_so_many_days_counts_the_first_day_or_not(row: Row) -> None:
    of, days, counting_first = row["of"], row["days"], row["counting_first"]
    last = last_day_within(days, of, counting_first=counting_first)
    assert last == row["last"]
    assert is_within(of, days, of, counting_first=counting_first)
    assert is_within(last, days, of, counting_first=counting_first)
    assert not is_within(last + timedelta(days=1), days, of, counting_first=counting_first)
    assert not is_within(of - timedelta(days=1), days, of, counting_first=counting_first)


def test_within_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1 up"):
        last_day_within(0, date(2026, 12, 4))


@pytest.mark.parametrize(
    ("closed_from", "starts_at", "sits"),
    [
        (time(13), time(12, 59), True),
        (time(13), time(13), False),
        (time(13), time(14), False),
        (time(0), time(0), False),
    ],
)
def test_from_the_hour_the_court_closes_no_session_begins_and_the_day_still_counts(
    closed_from: time, starts_at: time, sits: bool
) -> None:
    friday = date(2026, 12, 11)
    days = with_closure(COURT, friday, "Bar conference", closed_from)
    assert (why_not_sitting(friday, starts_at, days) is None) is sits
    assert is_court_day(friday, days)
    assert add_court_days(date(2026, 12, 10), 1, days) == friday


def test_a_whole_day_closed_closes_every_hour() -> None:
    friday = date(2026, 12, 11)
    assert why_not_sitting(friday, time(0), with_closure(COURT, friday, "Snow")) == "Snow"


@given(NEAR, st.integers(-40, 40), CLOSURES)
def test_a_deadline_in_court_days_is_a_court_day_on_the_side_it_was_counted_to(
    start: date, days: int, court_days: CourtDays
) -> None:
    on = court_deadline(start, days, court_days).on
    assert days == 0 or is_court_day(on, court_days)
    assert (on > start) is (days > 0)
    assert (on < start) is (days < 0)


@given(NEAR, st.integers(-60, 60), CLOSURES)
def test_a_deadline_rolls_only_in_its_direction_and_never_onto_a_closed_day(
    start: date, days: int, court_days: CourtDays
) -> None:
    forward, back = (deadline(start, days, court_days, how) for how in (Roll.FORWARD, Roll.BACK))
    assert back.on <= forward.counted_on == back.counted_on <= forward.on
    assert is_court_day(forward.on, court_days)
    assert is_court_day(back.on, court_days)


def test_a_closed_day_without_a_name_is_said_plainly() -> None:
    assert why_closed(date(2026, 7, 3), CourtDays(frozenset({date(2026, 7, 3)}))) == "a day the court is closed"


def test_a_court_may_sit_on_saturdays() -> None:
    assert is_court_day(date(2026, 12, 5), CourtDays(weekend=(6,)))


def test_a_week_without_a_court_day_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one court day"):
        CourtDays(weekend=(0, 1, 2, 3, 4, 5, 6))


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="from 0 up"):
        add_court_days(date(2026, 1, 5), -1, COURT)


@pytest.mark.parametrize(("days_later", "inside"), [(-1, False), (0, True), (29, True), (30, True), (31, False)])
def test_within_thirty_days_counts_the_last_day_and_not_the_one_after(days_later: int, inside: bool) -> None:
    start = date(2026, 1, 31)
    assert is_within(start + timedelta(days=days_later), 30, start) is inside


@pytest.mark.parametrize(("days_ago", "inside"), [(-1, False), (0, True), (27, True), (28, False)])
def test_the_last_28_days_count_today_and_27_before(days_ago: int, inside: bool) -> None:
    today = date(2026, 3, 10)
    assert in_last_days(today - timedelta(days=days_ago), 28, today) is inside


@given(NEAR, st.integers(1, 40), CLOSURES)
def test_adding_court_days_always_lands_on_one(start: date, n: int, court_days: CourtDays) -> None:
    assert is_court_day(add_court_days(start, n, court_days), court_days)


@given(NEAR, st.integers(0, 40), CLOSURES)
def test_adding_then_subtracting_comes_back_to_a_court_day(start: date, n: int, court_days: CourtDays) -> None:
    begin = roll(start, Roll.FORWARD, court_days)
    assert subtract_court_days(add_court_days(begin, n, court_days), n, court_days) == begin


@given(NEAR, st.integers(0, 40), CLOSURES)
def test_counting_gives_back_what_was_added(start: date, n: int, court_days: CourtDays) -> None:
    assert court_days_between(start, add_court_days(start, n, court_days), court_days) == n


@given(NEAR, NEAR, CLOSURES)
def test_rolling_forward_keeps_the_order_of_days(one: date, other: date, court_days: CourtDays) -> None:
    first, last = sorted((one, other))
    assert roll(first, Roll.FORWARD, court_days) <= roll(last, Roll.FORWARD, court_days)


@given(NEAR, CLOSURES)
def test_rolling_never_passes_over_a_court_day(day: date, court_days: CourtDays) -> None:
    forward, back = roll(day, Roll.FORWARD, court_days), roll(day, Roll.BACK, court_days)
    assert back <= day <= forward
    assert roll(day, Roll.NONE, court_days) == day
    assert sum(is_court_day(back + timedelta(days=n), court_days) for n in range(1, (forward - back).days)) == 0


@given(DATES, st.integers(0, 240))
def test_months_keep_the_day_or_take_the_last_of_a_shorter_month(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)
