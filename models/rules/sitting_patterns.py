"""On which days a part sits: every week or every so many, on the n-th weekday of the month, or on listed days.

Civil dates only. A pattern has a first day and may have a last; it may sit only within named terms. Closures are asked
of `models.rules.court_days`, so a pattern never moves a session off a closed day: that day is left out, and said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from models.rules import words
from models.rules.court_days import CourtDays, add_months, why_not_sitting
from models.rules.vocabulary import Rhythm

LAST = 5  #: as the n-th: the last such weekday of the month
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A named span of civil dates, both included."""

    name: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """One rhythm of a part. `starts_at` is wall time in the court's zone, `weekday` 0 for Monday."""

    rhythm: Rhythm
    from_on: date
    starts_at: time
    until_on: date | None = None  # the last day it may sit
    weekday: int = 0
    every_weeks: int = 1  # counted from the first such weekday on or after `from_on`
    nth: int = 1  # of the month; LAST the last
    dates: frozenset[date] = frozenset()
    terms: frozenset[str] = frozenset()  # it sits only within terms of these names; none: all year


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay:
    """A day of the pattern, and what keeps it from sitting (None: it sits)."""

    on: date
    left_out: str | None


def days_of(pattern: Pattern, terms: Sequence[Term], first: date, last: date) -> tuple[date, ...]:
    """Return the pattern's days from `first` to `last`, both included and in order, whether the court is closed or not."""
    begin = max(first, pattern.from_on)
    end = min(last, pattern.until_on or last)
    own = [term for term in terms if term.name in pattern.terms]
    within = [day for day in _rhythm(pattern, begin, end) if begin <= day <= end]
    return tuple(
        day for day in within if not pattern.terms or any(term.first_on <= day <= term.last_on for term in own)
    )


def sitting_days(
    pattern: Pattern, terms: Sequence[Term], court_days: CourtDays, first: date, last: date
) -> tuple[SittingDay, ...]:
    """Return the same with what keeps a day from sitting: a weekend, a closure, or closed hours."""
    return tuple(
        SittingDay(on=day, left_out=why_not_sitting(day, pattern.starts_at, court_days))
        for day in days_of(pattern, terms, first, last)
    )


def in_words(pattern: Pattern) -> str:
    """Say how the part sits: "Every second Friday at 9:30, from 8 January 2027"."""
    said = f"{_rhythm_words(pattern)} at {words.clock(pattern.starts_at)}"
    if pattern.terms:
        said += f", within {words.joined(sorted(pattern.terms))}"
    if pattern.rhythm is not Rhythm.DATED:
        said += f", from {words.day(pattern.from_on, date.min)}"
    if pattern.until_on:
        said += f" until {words.day(pattern.until_on, date.min)}"
    return words.sentence(said)


def _rhythm_words(pattern: Pattern) -> str:
    if pattern.rhythm is Rhythm.DATED:
        return f"on {words.count(len(pattern.dates), 'listed day')}"
    weekday = _WEEKDAYS[pattern.weekday]
    if pattern.rhythm is Rhythm.MONTHLY:
        nth = "last" if pattern.nth == LAST else words.ordinal_word(pattern.nth)
        return f"on the {nth} {weekday} of the month"
    return f"every {weekday if pattern.every_weeks == 1 else f'{words.ordinal_word(pattern.every_weeks)} {weekday}'}"


def _rhythm(pattern: Pattern, begin: date, end: date) -> Iterator[date]:
    """Yield the days of the rhythm that may lie between two civil dates."""
    if pattern.rhythm is Rhythm.DATED:
        yield from sorted(pattern.dates)
    elif pattern.rhythm is Rhythm.MONTHLY:
        month = begin.replace(day=1)
        while month <= end:
            yield _nth_weekday(month, pattern.weekday, pattern.nth)
            month = add_months(month, 1)
    else:
        anchor = pattern.from_on + timedelta(days=(pattern.weekday - pattern.from_on.weekday()) % 7)
        step = timedelta(weeks=pattern.every_weeks)
        day = anchor + max(0, -((anchor - begin) // step)) * step
        while day <= end:
            yield day
            day += step


def _nth_weekday(month: date, weekday: int, nth: int) -> date:
    """Return the n-th such weekday of the month whose first day is `month`, or its last."""
    day = month + timedelta(days=(weekday - month.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month.month else day - timedelta(weeks=1)
