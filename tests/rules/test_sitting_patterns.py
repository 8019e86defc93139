"""On which days a part sits: the promises of `models.rules.sitting_patterns`."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.court_days import CourtDays, is_court_day, with_closure
from models.rules.sitting_patterns import LAST, Pattern, Term, days_of, in_words, sitting_days
from models.rules.vocabulary import Rhythm
from tests.rules.scenario_tables import Row, calendar, situations

COURT = with_closure(calendar("sitting_patterns"), date(2027, 1, 14), "Bar dinner", time(13, 0))
TERMS = (
    Term(name="winter term", first_on=date(2026, 12, 11), last_on=date(2026, 12, 18)),
    Term(name="winter term", first_on=date(2027, 12, 11), last_on=date(2027, 12, 18)),
    Term(name="spring term", first_on=date(2027, 1, 8), last_on=date(2027, 5, 28)),
)
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def _pattern(row: Row) -> Pattern:
    return Pattern(
        rhythm=Rhythm(row["rhythm"]),
        from_on=row["from_on"],
        until_on=row.get("until_on"),
        starts_at=time.fromisoformat(row["starts_at"]),
        weekday=WEEKDAYS.index(row.get("weekday", "Monday")),
        every_weeks=row.get("every_weeks", 1),
        nth=row.get("nth", 1),
        dates=frozenset(row.get("dates", [])),
        terms=frozenset(row.get("terms", [])),
    )


@pytest.mark.parametrize("row", situations("sitting_patterns", "sits"))
def test_a_part_sits_on_the_days_of_its_pattern_and_says_so(row: Row) -> None:
    pattern = _pattern(row)
    found = sitting_days(pattern, TERMS, COURT, row["first"], row["last"])
    assert [day.on for day in found if day.left_out is None] == row["days"]
    assert [day.on for day in found if day.left_out] == row.get("left_out", [])
    assert in_words(pattern) == row["says"]


BEGIN = date(2026, 1, 1)
DATES = st.dates(BEGIN, date(2028, 12, 31))
PATTERNS = st.builds(
    Pattern,
    rhythm=st.sampled_from(Rhythm),
    from_on=DATES,
    until_on=st.none() | DATES,
    starts_at=st.just(time(9, 30)),
    weekday=st.integers(0, 6),
    every_weeks=st.integers(1, 6),
    nth=st.integers(1, LAST),
    dates=st.frozensets(DATES, max_size=8),
    terms=st.sampled_from([frozenset(), frozenset({"spring term"}), frozenset({"spring term", "winter term"})]),
)
CLOSURES = st.frozensets(st.dates(date(2026, 12, 1), date(2027, 3, 31)), max_size=40).map(CourtDays)


@given(PATTERNS, DATES, DATES)
def test_a_pattern_sits_only_between_its_first_and_last_day_within_its_terms_in_order_and_once(
    pattern: Pattern, first: date, last: date
) -> None:
    days = days_of(pattern, TERMS, first, last)
    assert list(days) == sorted(set(days))
    for day in days:
        assert max(first, pattern.from_on) <= day <= min(last, pattern.until_on or last)
        if pattern.rhythm is not Rhythm.DATED:
            assert day.weekday() == pattern.weekday
        if pattern.terms:
            assert any(one.name in pattern.terms and one.first_on <= day <= one.last_on for one in TERMS)


@given(PATTERNS, DATES, st.integers(0, 200), st.integers(0, 200))
def test_a_span_asked_about_in_two_parts_gives_the_same_days_as_in_one(
    pattern: Pattern, first: date, one: int, other: int
) -> None:
    middle = first + timedelta(days=one)
    last = middle + timedelta(days=other)
    in_parts = days_of(pattern, TERMS, first, middle) + days_of(pattern, TERMS, middle + timedelta(days=1), last)
    assert days_of(pattern, TERMS, first, last) == in_parts


@given(PATTERNS, DATES, DATES, CLOSURES)
def test_a_part_never_sits_on_a_closed_day(pattern: Pattern, first: date, last: date, court_days: CourtDays) -> None:
    for day in sitting_days(pattern, TERMS, court_days, first, last):
        assert is_court_day(day.on, court_days) is (day.left_out is None)


@given(DATES, st.integers(0, 6), st.integers(1, LAST))
def test_a_monthly_pattern_has_one_day_in_every_month(from_on: date, weekday: int, nth: int) -> None:
    pattern = Pattern(rhythm=Rhythm.MONTHLY, from_on=BEGIN, starts_at=time(9), weekday=weekday, nth=nth)
    first = from_on.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    (day,) = days_of(pattern, (), first, last)
    if nth == LAST:
        assert (day + timedelta(weeks=1)).month != day.month
    else:
        assert (day.day - 1) // 7 == nth - 1


@given(DATES, st.integers(0, 6), st.integers(1, 6))
def test_a_weekly_pattern_sits_at_equal_distances_from_its_first_weekday(
    from_on: date, weekday: int, every_weeks: int
) -> None:
    pattern = Pattern(
        rhythm=Rhythm.WEEKLY, from_on=from_on, starts_at=time(9), weekday=weekday, every_weeks=every_weeks
    )
    days = days_of(pattern, (), from_on, from_on + timedelta(days=120))
    assert (days[0] - from_on).days < 7
    assert {(later - day).days for day, later in pairwise(days)} == {7 * every_weeks}
