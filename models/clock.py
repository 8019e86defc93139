"""The only reader of the wall clock.

An event is an instant in UTC; a court day is a civil date in the court's own zone; the two never mix. Everything else
takes `now` or `today` as an argument. A demonstration court's clock can be set to start on another day.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_offset = timedelta()


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC) + _offset


def wall() -> datetime:
    """Return the instant (UTC) that a telephone's clock shows, whatever day is rehearsed."""
    return now() - _offset


def shift(offset: timedelta) -> None:
    """Let the clock run `offset` ahead of (or behind) the wall, for rehearsing a day in a demonstration court."""
    global _offset  # noqa: PLW0603 - the clock is the one thing of which a process has exactly one
    _offset = offset


def offset_to(day: date, zone: ZoneInfo) -> timedelta:
    """Return how far `day` at the wall's present time in `zone` is from now, whatever the zone's summer time does."""
    wall = datetime.now(UTC).astimezone(zone)
    return datetime.combine(day, wall.time(), zone).astimezone(UTC) - wall.astimezone(UTC)


def court_day(instant: datetime, zone: ZoneInfo) -> date:
    """Return the civil date of an instant (UTC) in the court's zone."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(zone).date()


def at(day: date, hour: int, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant (UTC) of a wall time on a court day; of two equal wall times the earlier."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)
