"""What a next court date depends on: the court's open sessions with their load, and what is known of the case.

Plain frozen values with the small questions they can answer about themselves; the choosing is in `models.rules.reviews`.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from models.rules.vocabulary import Purpose


@dataclass(frozen=True, kw_only=True)
class OpenSession:
    """One court session that takes place, with its load. Times are wall time in the court's zone."""

    id: UUID
    on: date
    part: str  # the part's and the judge's names, as the court says them
    judge: str
    starts_at: time
    booked_cases: int
    capacity_cases: int
    booked_minutes: int
    capacity_minutes: int
    purposes: frozenset[Purpose] = frozenset()  # the appearances it takes; empty: any

    def has_room(self, minutes: int) -> bool:
        """Tell whether one more case of `minutes` fits, in cases and in minutes."""
        return self.booked_cases < self.capacity_cases and self.booked_minutes + minutes <= self.capacity_minutes

    def takes(self, purpose: Purpose) -> bool:
        """Tell whether the session takes appearances of this purpose."""
        return not self.purposes or purpose in self.purposes


@dataclass(frozen=True, kw_only=True)
class ReviewInputs:
    """What the next date depends on. Intervals and waits are calendar days, `minutes` is court time."""

    today: date
    last_appearance_on: date | None  # None: not yet in court, so counted from today
    interval_days: int  # of the phase
    override_days: int | None = None  # a response shortened or lengthened the interval
    part: str | None = None  # preferred; None: any
    judge: str | None = None
    purpose: Purpose = Purpose.REVIEW
    minutes: int = 5
    same_judge_wait_days: int = 0
    same_part_wait_days: int = 0
    policy_version: str = ""
    information_on: date | None = None  # the newest fact; today when not given

    def __post_init__(self) -> None:
        """Refuse an interval below one day: ValueError."""
        if self.days < 1:
            raise ValueError("a review interval is at least one day")

    @property
    def days(self) -> int:
        """The interval that counts, in days."""
        return self.interval_days if self.override_days is None else self.override_days

    @property
    def start(self) -> date:
        """The civil date the interval is counted from."""
        return self.last_appearance_on or self.today

    @property
    def target_on(self) -> date:
        """The civil date the interval gives, closed or past as it may be."""
        return self.start + timedelta(days=self.days)

    @property
    def earliest_on(self) -> date:
        """The first civil date that may be proposed: the target, but never before tomorrow."""
        return max(self.target_on, self.today + timedelta(days=1))

    def same_judge(self, session: OpenSession) -> bool:
        """Tell whether the preferred judge sits."""
        return self.judge in (None, session.judge)

    def same_part(self, session: OpenSession) -> bool:
        """Tell whether it is the preferred part."""
        return self.part in (None, session.part)
