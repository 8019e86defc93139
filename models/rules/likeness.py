"""Whether somebody at intake may be a person the court knows: the reasons in words, and how much they weigh.

Names are compared folded, in whatever order and script. It proposes and never decides: that is for the clerk, who can ask.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from operator import ne

from rapidfuzz import fuzz

from models.rules.names import fold

LIKELY = 50  # of a weight from 0 to 100: from here on a person is shown
_ALIKE = 84  # of 100: two spellings of one name
_SOMEWHAT = 70
_SAME = 99.5
_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What is compared of one person; `reported_age` is in years on the day it is compared."""

    legal_name: str
    preferred_name: str | None = None
    preferred_script: str | None = None
    date_of_birth: date | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they are compared, without empty ones."""
        folded = (fold(name) for name in (self.legal_name, self.preferred_name, self.preferred_script))
        return tuple(dict.fromkeys(name for name in folded if name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two identities are, from 0 to 100, and why."""

    weight: int
    reasons: tuple[str, ...]


def likeness(one: Identity, other: Identity) -> Likeness:
    """Compare two identities. The same date of birth alone weighs little: many people share a day."""
    name_weight, name_reason = _names(one, other)
    day_weight, day_reason = _days(one.date_of_birth, other.date_of_birth)
    reasons = tuple(reason for reason in (name_reason, day_reason) if reason)
    return Likeness(weight=max(0, name_weight + day_weight), reasons=reasons)


def _names(one: Identity, other: Identity) -> tuple[int, str | None]:
    if fold(one.preferred_script) in other.names:
        return 60, "the same name in its own script"
    if not one.names or not other.names:
        return 0, None
    score, a, b = max((fuzz.token_sort_ratio(a, b), a, b) for a in one.names for b in other.names)
    if score >= _SAME:
        return (65, "the same name") if a == b else (60, "the same names in another order")
    if _joined(a) == _joined(b):
        return 60, "the same name, spaced otherwise"
    if score >= _ALIKE:
        return 50, "a name spelt alike"
    if _within(one.names, other.names):
        return 45, "all words of the shorter name are in the longer one"
    return (20, "a name somewhat alike") if score >= _SOMEWHAT else (0, None)


def _days(one: date | None, other: date | None) -> tuple[int, str | None]:
    """Weigh the dates of birth: the same, a slip of the pen, or clearly another."""
    if one is None or other is None:
        return 0, None
    if one == other:
        return 35, "the same date of birth"
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return 30, "day and month of birth the other way round"
    differing = sum(map(ne, one.isoformat(), other.isoformat()))
    if differing == 1:
        return 25, "a date of birth that differs in one figure"
    return (-10, None) if abs(one - other) <= _YEAR else (-25, None)


def _within(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether a name of at least two words is wholly within another."""
    pairs = [(set(a.split()), set(b.split())) for a in some for b in others]
    return any(min(len(a), len(b)) > 1 and (a <= b or b <= a) for a, b in pairs)


def _joined(name: str) -> str:
    return name.replace(" ", "")
