"""Counting in civil dates: court days, rolling off closed days, calendar months.

Knows only dates and the court's own closures; no instants and no clock, so no night when clocks change can move a
deadline. Holiday lists of libraries have no say here.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum

from models.rules import words

_ONE_DAY = timedelta(days=1)


class Roll(StrEnum):
    """What to do with a counted day on which the court is closed."""

    FORWARD = "forward"  # to the next court day: deadlines, unless the rule says otherwise
    BACK = "back"  # to the court day before
    NONE = "none"  # the day stands


@dataclass(frozen=True)
class CourtDays:
    """The days a court sits: all but its weekend (Monday is 0) and its own closures.

    `named` may say what a closed day is, as a noun phrase to be read aloud: "a holiday", "New Year's Day". A day in
    `closed_from` is a court day, on which no session begins at that wall time or later.
    """

    closed: frozenset[date] = frozenset()
    weekend: tuple[int, ...] = (5, 6)
    named: Mapping[date, str] = field(default_factory=dict, hash=False)
    closed_from: Mapping[date, time] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        """Refuse a week without a court day: nothing could be counted in it."""
        if len(set(self.weekend) & set(range(7))) > 6:
            raise ValueError("a week needs at least one court day")


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A counted day, where it rolled to, and the words for it."""

    on: date
    counted_on: date  # before rolling
    start: date
    days: int
    roll: Roll
    reasons: tuple[str, ...]


def with_closure(court_days: CourtDays, day: date, name: str, closed_from: time | None = None) -> CourtDays:
    """Return the court's days with one more closure: of the whole day, or from a wall time on."""
    named = {**court_days.named, day: name}
    if closed_from is None:
        return replace(court_days, closed=court_days.closed | {day}, named=named)
    return replace(court_days, closed_from={**court_days.closed_from, day: closed_from}, named=named)


def is_court_day(day: date, court_days: CourtDays) -> bool:
    """Tell whether the court sits on the civil date `day`."""
    return day.weekday() not in court_days.weekend and day not in court_days.closed


def why_closed(day: date, court_days: CourtDays) -> str | None:
    """Return what keeps the court closed on `day` ("a Saturday", "a holiday"), or None on a court day."""
    if day in court_days.closed:
        return court_days.named.get(day, "a day the court is closed")
    return f"a {words.weekday(day)}" if day.weekday() in court_days.weekend else None


def why_not_sitting(day: date, starts_at: time, court_days: CourtDays) -> str | None:
    """Return what keeps a session of `day` that begins at a wall time from sitting, or None when it can sit.

    Where the court closes at an hour, the session that begins then does not sit, and one that began before does.
    """
    closed_from = court_days.closed_from.get(day)
    if (closed := why_closed(day, court_days)) or closed_from is None or starts_at < closed_from:
        return closed
    named = court_days.named.get(day)
    return f"a day the court is closed from {words.clock(closed_from)}" + (f" ({named})" if named else "")


def roll(day: date, how: Roll, court_days: CourtDays) -> date:
    """Return `day` itself on a court day; otherwise the nearest court day in the direction of `how`, or `day` for NONE."""
    step = {Roll.FORWARD: _ONE_DAY, Roll.BACK: -_ONE_DAY, Roll.NONE: timedelta()}[how]
    while step and not is_court_day(day, court_days):
        day += step
    return day


def add_court_days(start: date, n: int, court_days: CourtDays) -> date:
    """Return the `n`-th court day after the civil date `start`, which itself is not counted.

    0 gives `start` as it is, closed or not. ValueError for a negative `n`: subtract instead.
    """
    return _stepped(start, n, _ONE_DAY, court_days)


def subtract_court_days(start: date, n: int, court_days: CourtDays) -> date:
    """Return the `n`-th court day before the civil date `start`, which itself is not counted; 0 gives `start`."""
    return _stepped(start, n, -_ONE_DAY, court_days)


def _stepped(start: date, n: int, step: timedelta, court_days: CourtDays) -> date:
    """Walk `n` court days from `start` in the direction of `step`."""
    if n < 0:
        raise ValueError("count a number of court days from 0 up")
    day = start
    while n:
        day += step
        n -= is_court_day(day, court_days)
    return day


def court_days_between(first: date, last: date, court_days: CourtDays) -> int:
    """Count the court days after `first` up to and including `last`; negative when `last` is the earlier one.

    `first` is not counted, so from a court day to the next one is 1, and to itself 0.
    """
    if last < first:
        return -court_days_between(last, first, court_days)
    return sum(is_court_day(day, court_days) for day in _days_after(first, last))


def _days_after(first: date, last: date) -> Iterator[date]:
    """Yield the civil dates after `first` up to and including `last`."""
    for n in range(1, (last - first).days + 1):
        yield first + timedelta(days=n)


def add_months(start: date, months: int) -> date:
    """Return the same day of the month, `months` calendar months later (negative: earlier).

    Where that month is too short, its last day: 31 August plus six months is the last day of February.
    """
    year, month0 = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month0 + 1, min(start.day, monthrange(year, month0 + 1)[1]))


def last_day_within(days: int, of: date, *, counting_first: bool = False) -> date:
    """Return the last of `days` calendar days after `of`; with `counting_first`, `of` itself is the first of them.

    ValueError below one day: then there is none.
    """
    if days < 1:
        raise ValueError("count a number of days from 1 up")
    return of + timedelta(days=days - counting_first)


def is_within(day: date, days: int, of: date, *, counting_first: bool = False) -> bool:
    """Tell whether `day` lies from `of` to the last day within so many days of it, both included; 0 days is `of` alone."""
    return 0 <= (day - of).days <= max(days - counting_first, 0)


def in_last_days(day: date, days: int, on: date) -> bool:
    """Tell whether `day` is among the last `days` calendar days up to and including `on`: with 1, only `on` itself."""
    return 0 <= (on - day).days < days


def court_deadline(start: date, days: int, court_days: CourtDays) -> Deadline:
    """Count `days` court days from `start` (not counted itself; negative: before it): it is a court day, so nothing rolls.

    0 court days is `start` as it is, closed or not.
    """
    on = add_court_days(start, days, court_days) if days >= 0 else subtract_court_days(start, -days, court_days)
    which = "before" if days < 0 else "from"
    said = f"{words.count(abs(days), 'court day')} {which} {words.day(start, start)} is {words.day(on, start)}"
    return Deadline(on=on, counted_on=on, start=start, days=days, roll=Roll.NONE, reasons=(words.sentence(said),))


def deadline(start: date, days: int, court_days: CourtDays, how: Roll = Roll.FORWARD) -> Deadline:
    """Count `days` calendar days from `start` (not counted itself; negative: before it), then roll off a closed day."""
    counted = start + timedelta(days=days)
    on = roll(counted, how, court_days)
    closed = why_closed(counted, court_days)
    which = "before" if days < 0 else "from"
    said = f"{words.count(abs(days), 'day')} {which} {words.day(start, start)} is {words.day(counted, start)}"
    if closed:
        said += f", {closed}"
    if on != counted:
        said += f"; the court day {'after' if on > counted else 'before'} it is {words.day(on, start)}"
    return Deadline(on=on, counted_on=counted, start=start, days=days, roll=how, reasons=(words.sentence(said),))
