"""The court's own civil day and wall time: right at midnight and over both nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import clock

NEW_YORK, LOS_ANGELES, PHOENIX = map(ZoneInfo, ("America/New_York", "America/Los_Angeles", "America/Phoenix"))
FORWARD, BACK = date(2026, 3, 8), date(2026, 11, 1)  # the nights on which New York's clocks change


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        (datetime(2026, 12, 4, 4, 59, 59, tzinfo=UTC), NEW_YORK, date(2026, 12, 3)),
        (datetime(2026, 12, 4, 5, 0, tzinfo=UTC), NEW_YORK, date(2026, 12, 4)),
        (datetime(2026, 12, 4, 7, 59, 59, tzinfo=UTC), LOS_ANGELES, date(2026, 12, 3)),
        (datetime(2026, 7, 4, 3, 59, 59, tzinfo=UTC), NEW_YORK, date(2026, 7, 3)),
        (datetime(2026, 7, 4, 4, 0, tzinfo=UTC), NEW_YORK, date(2026, 7, 4)),
        (datetime(2026, 7, 4, 6, 59, tzinfo=UTC), PHOENIX, date(2026, 7, 3)),
        (datetime(2026, 3, 8, 4, 59, tzinfo=UTC), NEW_YORK, date(2026, 3, 7)),
        (datetime(2026, 3, 8, 6, 59, tzinfo=UTC), NEW_YORK, FORWARD),  # 1:59, then 3:00
        (datetime(2026, 3, 9, 3, 59, tzinfo=UTC), NEW_YORK, FORWARD),  # a day of 23 hours
        (datetime(2026, 3, 9, 4, 0, tzinfo=UTC), NEW_YORK, date(2026, 3, 9)),
        (datetime(2026, 11, 1, 5, 30, tzinfo=UTC), NEW_YORK, BACK),  # 1:30 for the first time
        (datetime(2026, 11, 1, 6, 30, tzinfo=UTC), NEW_YORK, BACK),  # 1:30 once more
        (datetime(2026, 11, 2, 4, 59, tzinfo=UTC), NEW_YORK, BACK),  # a day of 25 hours
    ],
)
def test_an_instant_belongs_to_the_courts_own_civil_day(instant: datetime, zone: ZoneInfo, day: date) -> None:
    assert clock.court_day(instant, zone) == day


@pytest.mark.parametrize(
    ("day", "utc_hour"), [(date(2026, 3, 7), 14), (FORWARD, 13), (date(2026, 10, 31), 13), (BACK, 14)]
)
def test_a_session_begins_at_its_wall_time_on_either_side_of_the_change(day: date, utc_hour: int) -> None:
    assert clock.at(day, 9, 30, NEW_YORK) == datetime(day.year, day.month, day.day, utc_hour, 30, tzinfo=UTC)


def test_of_two_equal_wall_times_the_earlier_is_meant() -> None:
    assert clock.at(BACK, 1, 30, NEW_YORK) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="needs its zone"):
        clock.court_day(datetime(2026, 12, 4, 9, 30), NEW_YORK)  # noqa: DTZ001 - the mistake that is refused


@given(
    st.dates(date(2015, 1, 1), date(2045, 12, 31)),
    st.integers(8, 20),
    st.integers(0, 59),
    st.sampled_from([NEW_YORK, LOS_ANGELES, PHOENIX]),
)
def test_a_wall_time_in_court_hours_is_on_its_own_day_in_every_zone(
    day: date, hour: int, minute: int, zone: ZoneInfo
) -> None:
    instant = clock.at(day, hour, minute, zone)
    assert clock.court_day(instant, zone) == day
    assert clock.court_day(instant + timedelta(days=1, hours=1), zone) > day
