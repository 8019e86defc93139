"""Whether one more case fits on a court session: by cases, by minutes or either, with places kept for new cases.

One answer for the proposal of a date, for the command that takes the place, and for what a screen says about it.
"""

from dataclasses import dataclass

from models.rules import words
from models.rules.vocabulary import CapacityBy, Purpose


def within(by: CapacityBy, cases_left: int, minutes_left: int) -> bool:
    """Tell whether a session with so much left holds what is on it; below zero is over its capacity."""
    return (by is CapacityBy.MINUTES or cases_left >= 0) and (by is CapacityBy.CASES or minutes_left >= 0)


def is_new(purpose: Purpose) -> bool:
    """Tell whether an appearance may take a place kept for new cases: the first appearance of a case."""
    return purpose is Purpose.INTAKE


@dataclass(frozen=True, kw_only=True)
class Load:
    """What a session takes, and what is booked on it. Minutes are court time."""

    booked_cases: int
    capacity_cases: int
    booked_minutes: int
    capacity_minutes: int
    capacity_by: CapacityBy = CapacityBy.EITHER
    kept_for_new: int = 0  # places
    booked_new: int = 0  # first appearances among the booked cases

    @property
    def kept_left(self) -> int:
        """The places kept for new cases that none has taken yet."""
        return max(self.kept_for_new - self.booked_new, 0)

    def has_room(self, minutes: int, purpose: Purpose = Purpose.REVIEW, *, new_minutes: int = 0) -> bool:
        """Tell whether one more appearance of `minutes` fits; a kept place keeps `new_minutes` of court time too."""
        kept = 0 if is_new(purpose) else self.kept_left
        cases_left = self.capacity_cases - self.booked_cases - 1 - kept
        minutes_left = self.capacity_minutes - self.booked_minutes - minutes - kept * new_minutes
        return within(self.capacity_by, cases_left, minutes_left)

    def why_full(self, minutes: int, purpose: Purpose = Purpose.REVIEW, *, new_minutes: int = 0) -> str | None:
        """Say why one more appearance does not fit: "is full (25 of 25 cases)"; None where it does."""
        if self.has_room(minutes, purpose, new_minutes=new_minutes):
            return None
        if self.kept_left and self.has_room(minutes, Purpose.INTAKE):
            return f"keeps its last {words.count(self.kept_left, 'place')} for new cases ({self.said})"
        if self.capacity_by is not CapacityBy.MINUTES and self.booked_cases >= self.capacity_cases:
            return f"is full ({self.said})"
        left = max(self.capacity_minutes - self.booked_minutes, 0)
        return f"has {words.count(left, 'minute')} left, not the {minutes} needed"

    @property
    def said(self) -> str:
        """How full it is, in what fills it: "18 of 25 cases"."""
        if self.capacity_by is CapacityBy.MINUTES:
            return f"{self.booked_minutes} of {words.count(self.capacity_minutes, 'minute')}"
        return f"{self.booked_cases} of {words.count(self.capacity_cases, 'case')}"
