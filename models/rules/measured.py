"""What the measures count, and what they say: shares with both counts, days in order, and the formula of each number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median, quantiles
from uuid import UUID

from models.rules import words
from models.rules.vocabulary import Behaviour, ResponseKind

#: Fewer than these are said as counts: a percentage of four says less than it seems to.
SMALL = 5


class Number(StrEnum):
    """The numbers of the page."""

    CERTAINTY = "certainty"
    SWIFTNESS = "swiftness"
    BALANCE = "balance"
    OUTSIDE = "outside"


FORMULAS: Mapping[Number, str] = {
    Number.CERTAINTY: (
        "Verified behaviours that got a response of the court that stands, of all verified behaviours of the span that "
        "the court has been able to answer: failures once the participant was in court after them, and what went well "
        "as the policy proposed it at an appearance. Disputed and unverified sessions are not among them, nor sessions that "
        "no active release lets anybody read."
    ),
    Number.SWIFTNESS: (
        "Calendar days from a verified failure of the span to the first response on or after it: the middle one "
        "(median), and the quarter marks between which half of them lie."
    ),
    Number.BALANCE: "Incentives given in the span, for each sanction given in it. Service adjustments are neither.",
    Number.OUTSIDE: (
        "Responses of the span chosen outside the policy's range, of all responses of the span that stand. Every one "
        "has the judge's reason."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaved:
    """A verified behaviour of the span that can be answered, in its phase; `open_to_court` once it could have been."""

    case_id: UUID
    behaviour: Behaviour
    phase: str
    on: date
    answered_on: date | None
    open_to_court: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A response of the span that is not withdrawn."""

    case_id: UUID
    kind: ResponseKind
    behaviour: Behaviour
    phase: str
    on: date
    outside_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A range of the policy that was left without a response, and why."""

    case_id: UUID
    kind: ResponseKind
    behaviour: Behaviour
    phase: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, with both counts."""

    counted: int
    of: int

    def said(self) -> str:
        """Return "none to count", "3 of 4", or "75 %; 12 of 16"."""
        if not self.of:
            return "none to count"
        counts = f"{self.counted} of {self.of}"
        return counts if self.of < SMALL else f"{round(100 * self.counted / self.of)} %; {counts}"


@dataclass(frozen=True, slots=True)
class Spread:
    """Days from behaviour to response, in order."""

    days: tuple[int, ...]

    def said(self) -> str:
        """Return "7 days in the middle; half of 12 within 3 to 14" or, for a few, each of them."""
        if not self.days:
            return "none to count"
        if len(self.days) < SMALL:
            each = words.joined([str(day) for day in self.days])
            return f"{each} {'day' if self.days == (1,) else 'days'}"
        low, middle, high = quantiles(self.days, n=4, method="inclusive")
        return f"{_plain(middle)} days in the middle; half of {len(self.days)} lie between {_plain(low)} and {_plain(high)}"

    @property
    def middle(self) -> float | None:
        """The median in days; None of nothing."""
        return median(self.days) if self.days else None


@dataclass(frozen=True, slots=True)
class Item:
    """One case behind a number: what was counted in it, on which civil day."""

    case_id: UUID
    on: date
    said: str
    reason: str | None = None  # somebody's own words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The numbers of one behaviour, or of one phase."""

    label: str
    certainty: Share
    swiftness: Spread
    outside: Share
    incentives: int
    sanctions: int


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The numbers of a span, the lines by behaviour and by phase, and the cases behind them by the name of a list."""

    certainty: Share
    waiting: int  # behaviours that no appearance has followed yet: not in any share
    swiftness: Spread
    waits: tuple[tuple[int | None, Behaviour], ...]  # of each failure the court could answer: days, or not answered
    incentives: int
    sanctions: int
    goal: int
    outside: Share
    by_behaviour: tuple[Line, ...]
    by_phase: tuple[Line, ...]
    behind: Mapping[str, tuple[Item, ...]]

    def balance(self) -> str:
        """Return "3.5 incentives for each sanction (7 and 2), goal 4"; counts alone where there are few."""
        goal = f"goal {self.goal} for each sanction"
        both = f"{words.count(self.incentives, 'incentive')}, {words.count(self.sanctions, 'sanction')}"
        if self.incentives + self.sanctions < SMALL or not self.sanctions:
            return f"{both}; {goal}"
        return f"{_plain(round(self.incentives / self.sanctions, 1))} to 1; {both}; {goal}"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.1f}"
