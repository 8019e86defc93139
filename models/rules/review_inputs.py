"""What a next court date depends on: the court's open sessions with their load, and what is known of the case.

Plain frozen values with the small questions they can answer about themselves; the choosing is in `models.rules.reviews`.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from models.rules.capacity import Load
from models.rules.vocabulary import Purpose


@dataclass(frozen=True, kw_only=True)
class OpenSession(Load):
    """One court session that takes place, with its load. Times are wall time in the court's zone."""

    id: UUID
    on: date
    part: str  # the part's and the judge's names, as the court says them
    judge: str
    starts_at: time
    purposes: frozenset[Purpose] = frozenset()  # the appearances it takes; empty: any
    interpreter_languages: frozenset[str] = frozenset()  # for which an interpreter is there

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
    new_minutes: int = 0  # court time that each place kept for a new case keeps
    language: str | None = None  # of the interpreter who is needed
    same_judge_wait_days: int = 0
    same_part_wait_days: int = 0
    interpreter_wait_days: int = 0
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

    def wait(self, session: OpenSession) -> int:
        """Count the days from the interval's end to the session, and what another judge, part or interpreter weighs."""
        days = (session.on - self.earliest_on).days
        days += 0 if self.same_judge(session) else self.same_judge_wait_days
        days += 0 if self.same_part(session) else self.same_part_wait_days
        return days + (self.interpreter_wait_days if self.language and not self.speaks(session) else 0)

    def fits(self, session: OpenSession) -> bool:
        """Tell whether the case fits on the session."""
        return session.has_room(self.minutes, self.purpose, new_minutes=self.new_minutes)

    def speaks(self, session: OpenSession) -> bool:
        """Tell whether an interpreter is needed, and booked for the session already."""
        return self.language is not None and self.language in session.interpreter_languages
