"""How many reviews a caseload asks for, week by week, and which weeks hold fewer: what a change of the rhythm costs.

Nobody is named: cases are counted by the day of their next review and its interval. A forecast, not a calendar.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.vocabulary import CapacityBy


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a case comes next, and every how many days after that; 0: it comes once and no more."""

    next_on: date
    interval_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekLoad:
    """The week from a Monday on: the reviews it is asked for, and those its open sessions take."""

    monday: date
    reviews: int
    places: int

    @property
    def overloaded(self) -> bool:
        """Tell whether more is asked of the week than it takes."""
        return self.reviews > self.places


def rhythm_of(next_on: date | None, last_on: date | None, interval_days: int, today: date) -> Rhythm:
    """Return a case's rhythm: from its next appearance, or without one an interval after the last, never before today."""
    if next_on is None:
        next_on = last_on + timedelta(days=interval_days) if last_on else today
    return Rhythm(max(next_on, today), interval_days)


def reviews_a_week(rhythms: Mapping[Rhythm, int]) -> float:
    """Return how many reviews a week the cases ask for in the long run; `rhythms` are counted."""
    return sum(cases * 7 / rhythm.interval_days for rhythm, cases in rhythms.items() if rhythm.interval_days)


def places_on(by: CapacityBy, cases: int, minutes: int, minutes_per_review: int) -> int:
    """Return how many reviews a court session takes: by its cases, its minutes, or whichever is fewer."""
    by_minutes = minutes // minutes_per_review
    return {CapacityBy.CASES: cases, CapacityBy.MINUTES: by_minutes}.get(by, min(cases, by_minutes))


def weeks(rhythms: Mapping[Rhythm, int], places: Iterable[tuple[date, int]]) -> tuple[WeekLoad, ...]:
    """Return each week in which a session is open, `places` being a day and the reviews its session takes."""
    room: Counter[date] = Counter()
    for day, taken in places:
        room[monday_of(day)] += taken
    asked: Counter[date] = Counter()
    until = max(room, default=date.min) + timedelta(days=6)
    for rhythm, cases in rhythms.items():
        day = rhythm.next_on
        while day <= until:
            asked[monday_of(day)] += cases
            if not rhythm.interval_days:
                break
            day += timedelta(days=rhythm.interval_days)
    return tuple(WeekLoad(monday=week, reviews=asked[week], places=room[week]) for week in sorted(room))


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
