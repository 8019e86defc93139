"""Promises about the load of reviews that a rhythm makes, counted without a case."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.review_load import Rhythm, WeekLoad, places_on, reviews_a_week, rhythm_of, weeks
from models.rules.vocabulary import CapacityBy

TODAY = date(2026, 12, 4)
MONDAY = date(2026, 12, 7)


def test_four_cases_every_two_weeks_and_two_every_four_are_two_and_a_half_reviews_a_week() -> None:
    assert reviews_a_week({Rhythm(TODAY, 14): 4, Rhythm(TODAY, 28): 2}) == 2.5


def test_a_case_that_comes_once_asks_for_nothing_in_the_long_run() -> None:
    assert reviews_a_week({Rhythm(TODAY, 0): 9}) == 0


def test_without_a_next_date_a_case_comes_an_interval_after_the_last_and_never_before_today() -> None:
    assert rhythm_of(None, date(2026, 11, 30), 14, TODAY) == Rhythm(date(2026, 12, 14), 14)
    assert rhythm_of(None, date(2026, 10, 1), 14, TODAY) == Rhythm(TODAY, 14)
    assert rhythm_of(None, None, 14, TODAY) == Rhythm(TODAY, 14)
    assert rhythm_of(date(2026, 12, 20), date(2026, 10, 1), 14, TODAY) == Rhythm(date(2026, 12, 20), 14)


def test_a_week_is_overloaded_when_more_is_asked_than_its_open_sessions_take_and_not_when_just_as_much() -> None:
    rhythms = {Rhythm(MONDAY, 14): 3, Rhythm(MONDAY + timedelta(days=4), 0): 1}
    places = [(MONDAY, 2), (MONDAY + timedelta(days=1), 2), (MONDAY + timedelta(days=14), 2)]
    first, second = weeks(rhythms, places)
    assert first == WeekLoad(monday=MONDAY, reviews=4, places=4)
    assert not first.overloaded
    assert second == WeekLoad(monday=MONDAY + timedelta(days=14), reviews=3, places=2)
    assert second.overloaded


def test_weeks_without_an_open_session_are_left_out_for_nobody_has_opened_them_yet() -> None:
    assert weeks({Rhythm(MONDAY, 7): 5}, []) == ()


def test_a_session_takes_reviews_by_cases_by_minutes_or_by_whichever_is_fewer() -> None:
    assert [places_on(by, 25, 60, 5) for by in CapacityBy] == [
        {"cases": 25, "minutes": 12, "either": 12}[by.value] for by in CapacityBy
    ]


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 50))
def test_a_longer_interval_never_asks_for_more(interval: int, longer_by: int, cases: int) -> None:
    often, seldom = Rhythm(TODAY, interval), Rhythm(TODAY, interval + longer_by)
    assert reviews_a_week({seldom: cases}) < reviews_a_week({often: cases})
    places = [(TODAY + timedelta(days=day), 1) for day in range(0, 180, 7)]
    asked = [sum(week.reviews for week in weeks({one: cases}, places)) for one in (often, seldom)]
    assert asked[1] <= asked[0]
