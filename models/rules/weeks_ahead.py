"""What the forecast of the coming weeks is made of and what it says: plain values, each week with its numbers in words."""

from dataclasses import dataclass
from datetime import date

from models.rules import words
from models.rules.capacity import Load

#: How far the forecast looks, and how far back the court's own pace is counted, in weeks.
WEEKS = 26
RECENT_WEEKS = 12
#: Between two attended sessions where no running mandate tells a pace.
USUAL_DAYS_PER_SESSION = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAhead:
    """One case of the program. `from_on` is its calendared day, or else its last one in court, or the day it was opened."""

    part: str
    program: str | None  # None: no mandate yet
    phase: int  # position, from 0
    phase_since: date | None
    attended: int  # sessions since the mandate began
    from_on: date
    ends_next: bool = False  # the mandate is done: one more appearance, for the disposition


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """New cases of one part in the last RECENT_WEEKS: how many were opened, and how many mandates were accepted."""

    part: str
    opened: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingAhead:
    """One coming session: its part, civil day and load; `opened` unless only the part's pattern asks for it."""

    part: str
    on: date
    load: Load
    opened: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast sessions are attended in the running mandates: so many, in so many days of mandate together."""

    attended: int
    days: int

    @property
    def days_per_session(self) -> float:
        """Days between two attended sessions of one case."""
        return self.days / self.attended if self.attended and self.days else USUAL_DAYS_PER_SESSION


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAhead:
    """One part in one week from `week_on` (its Monday): places, and what will need them. Expected numbers are averages."""

    part: str
    week_on: date
    sessions: int
    not_opened: int  # sessions among them that only the pattern asks for
    places: int  # calendared cases, and how many more reviews fit
    calendared: int
    reviews: float
    new: float

    @property
    def demand(self) -> int:
        """Places needed, in whole cases."""
        return self.calendared + round(self.reviews + self.new)

    @property
    def over(self) -> int:
        """Cases for which there is no place."""
        return max(self.demand - self.places, 0)

    @property
    def said(self) -> str:
        """How the number is made up: "31 expected for 25 places: 18 calendared, 9 reviews, 4 for new cases; 6 over"."""
        new = round(self.new)
        parts = (
            f"{self.calendared} calendared, {self.demand - self.calendared - new} expected reviews, {new} for new cases"
        )
        if not self.sessions:
            return f"no session; {self.demand} expected: {parts}" if self.demand else "no session"
        over = f"; {self.over} over" if self.over else ""
        return f"{self.demand} expected for {words.count(self.places, 'place')}: {parts}{over}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The weeks of every part, by part and week; why the numbers are what they are; and what they rest on."""

    weeks: tuple[WeekAhead, ...]
    reasons: tuple[str, ...]
    policy_version: str
    information_on: date

    @property
    def overloaded(self) -> tuple[WeekAhead, ...]:
        """The weeks with more cases than places, by week and part."""
        return tuple(sorted((one for one in self.weeks if one.over), key=lambda one: (one.week_on, one.part)))
