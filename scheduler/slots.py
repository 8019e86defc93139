"""Slots: the instants (UTC) at which a job is due, worked out from its cron line. Knows no timer and no clock.

Of cron's five fields minute and hour may be set, as a number, a list or `*`; the other three are `*`, because every
sweep runs every day.
"""

from datetime import UTC, datetime, timedelta
from functools import cache


@cache
def minutes_of_day(cron: str) -> tuple[int, ...]:
    """Return the minutes of the UTC day at which a cron line is due, in order. ValueError for what is not understood."""
    fields = cron.split()
    if len(fields) != 5 or fields[2:] != ["*", "*", "*"]:
        raise ValueError(f"a job's cron line sets minute and hour only, not {cron!r}")
    hours, minutes = _values(fields[1], 24), _values(fields[0], 60)
    return tuple(hour * 60 + minute for hour in hours for minute in minutes)


def last_slot(cron: str, at: datetime) -> datetime:
    """Return the last slot not after an instant."""
    day = _midnight(at)
    minute = (at.astimezone(UTC) - day) // timedelta(minutes=1)
    today = [due for due in minutes_of_day(cron) if due <= minute]
    if today:
        return day + timedelta(minutes=today[-1])
    return day - timedelta(days=1) + timedelta(minutes=minutes_of_day(cron)[-1])


def next_slot(cron: str, slot: datetime) -> datetime:
    """Return the first slot after an instant."""
    day = _midnight(slot)
    later = (day + timedelta(days=days, minutes=due) for days in (0, 1) for due in minutes_of_day(cron))
    return next(due for due in later if due > slot)


def slots_between(cron: str, first: datetime, last: datetime) -> int:
    """Count the slots after `first` and before `last`: those that passed without a run."""
    whole_days = max((last - first).days - 1, 0)
    at, count = first + timedelta(days=whole_days), whole_days * len(minutes_of_day(cron))
    while (at := next_slot(cron, at)) < last:
        count += 1
    return count


def _midnight(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _values(field: str, end: int) -> tuple[int, ...]:
    if field == "*":
        return tuple(range(end))
    values = tuple(sorted(int(part) for part in field.split(",")))
    if not all(0 <= value < end for value in values):
        raise ValueError(f"{field!r} is not below {end}")
    return values
