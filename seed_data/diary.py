"""The court's sessions with their load, kept in memory while stories are told, so that dates are proposed quickly.

It mirrors what the commands write and never replaces them: a place is taken in the database first, then here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from models.rules.court_days import CourtDays
from models.rules.reviews import NextReview, OpenSession, ReviewInputs, next_review
from models.tables import CourtSession

#: How far after the interval's end sessions are looked at, in days.
BEYOND_DAYS = 70


class Diary:
    """Every open session by its day."""

    def __init__(self, court_days: CourtDays) -> None:
        """Take the days on which the court sits."""
        self.court_days = court_days
        self._by_id: dict[UUID, OpenSession] = {}
        self._days: list[tuple[date, UUID]] = []
        self._kept: dict[tuple[UUID, int], int] = {}
        self._rows: list[CourtSession] = []  # kept alive, so that the session need not read them again

    def open(self, sessions: Iterable[CourtSession], part: str, judge: str) -> None:
        """Take in sessions a command has just opened."""
        for sitting in sessions:
            self._rows.append(sitting)
            self._by_id[sitting.id] = OpenSession(
                id=sitting.id,
                on=sitting.held_on,
                part=part,
                judge=judge,
                starts_at=sitting.starts_at,
                booked_cases=0,
                capacity_cases=sitting.capacity_cases,
                booked_minutes=0,
                capacity_minutes=sitting.capacity_minutes,
            )
            self._days.append((sitting.held_on, sitting.id))
        self._days.sort()

    def close(self, session_id: UUID) -> None:
        """Leave out a session that a command has closed."""
        self._days = [day for day in self._days if day[1] != session_id]

    def __getitem__(self, session_id: UUID) -> OpenSession:
        """Return a session as it is booked now."""
        return self._by_id[session_id]

    def book(self, session_id: UUID, minutes: int, cases: int = 1) -> None:
        """Count places taken on a session; negative numbers give them back."""
        before = self._by_id[session_id]
        self._by_id[session_id] = replace(
            before, booked_cases=before.booked_cases + cases, booked_minutes=before.booked_minutes + minutes
        )

    def keep(self, session_id: UUID, minutes: int) -> None:
        """Keep one place for a story that leads there, so that nobody else is proposed for it."""
        self._kept[session_id, minutes] = self._kept.get((session_id, minutes), 0) + 1
        self.book(session_id, minutes)

    def free(self, session_id: UUID, minutes: int) -> None:
        """Give a kept place back, for the story it was kept for."""
        if self._kept.get((session_id, minutes)):
            self._kept[session_id, minutes] -= 1
            self.book(session_id, -minutes, -1)

    def of_part(self, part: str) -> list[OpenSession]:
        """Return the part's sessions by day."""
        return [self._by_id[one] for _, one in self._days if self._by_id[one].part == part]

    def between(self, first: date, last: date) -> list[OpenSession]:
        """Return the sessions from `first` to `last`, both included."""
        begin = bisect_left(self._days, first, key=lambda day: day[0])
        end = bisect_right(self._days, last, key=lambda day: day[0])
        return [self._by_id[one] for _, one in self._days[begin:end]]

    def propose(self, inputs: ReviewInputs) -> NextReview:
        """Return the rule's proposals for a next appearance."""
        last = inputs.earliest_on + timedelta(days=BEYOND_DAYS)
        return next_review(inputs, self.between(inputs.earliest_on, last), self.court_days)

    def only(self, inputs: ReviewInputs, wanted: OpenSession) -> NextReview:
        """Return the rule's answer where the case is to go to one session, with its reason."""
        return next_review(inputs, [wanted], self.court_days)
