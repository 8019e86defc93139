"""The gates before liberty is taken or a program is ended: notice, counsel, an opportunity to be heard, the judge's finding.

Each has its date, and they come in this order [State v. Brookman, Md. 2018]. The rule says what may be recorded next and
what is missing; it proposes neither the measure nor the step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from models.rules import words
from models.rules.vocabulary import Gate

ORDER = (Gate.NOTICE, Gate.COUNSEL, Gate.HEARING, Gate.FINDING)

_PASSED: Mapping[Gate, str] = MappingProxyType(
    {
        Gate.NOTICE: "Notice was given on {day}.",
        Gate.COUNSEL: "Counsel was there from {day} on.",
        Gate.HEARING: "The participant could be heard on {day}.",
        Gate.FINDING: "The judge made the finding on {day}.",
    }
)
_MISSING: Mapping[Gate, str] = MappingProxyType(
    {
        Gate.NOTICE: "notice",
        Gate.COUNSEL: "counsel",
        Gate.HEARING: "an opportunity to be heard",
        Gate.FINDING: "the judge's finding",
    }
)


@dataclass(frozen=True, kw_only=True)
class Gates:
    """The civil dates on which the gates before one measure were passed; None where one was not yet."""

    notice_on: date | None = None
    counsel_on: date | None = None
    heard_on: date | None = None
    found_on: date | None = None

    @property
    def passed(self) -> tuple[tuple[Gate, date | None], ...]:
        """Each gate with the day it was passed, in their order."""
        return (
            (Gate.NOTICE, self.notice_on),
            (Gate.COUNSEL, self.counsel_on),
            (Gate.HEARING, self.heard_on),
            (Gate.FINDING, self.found_on),
        )

    @property
    def days(self) -> tuple[date | None, ...]:
        """The dates in the order of the gates."""
        return tuple(day for _, day in self.passed)

    @property
    def following(self) -> Gate | None:
        """The gate that comes next; None when all are passed."""
        return next((gate for gate, day in self.passed if day is None), None)

    def passed_by(self, on: date) -> bool:
        """Tell whether all of them were passed by the civil date `on`."""
        return all(day is not None and day <= on for day in self.days)


def refusal(gates: Gates, gate: Gate, on: date, today: date) -> str | None:
    """Return why `gate` cannot be recorded as passed on the civil date `on`, in words; None when it can."""
    following = gates.following
    if following is None or dict(gates.passed)[gate]:
        return words.sentence(f"{_MISSING[gate]} is recorded already")
    if gate is not following:
        return words.sentence(f"first comes {_MISSING[following]}")
    if on > today:
        return "That day has not come yet. Write the day on which it happened."
    last = max((day for day in gates.days if day), default=None)
    if last and on < last:
        return f"It cannot be before the step that came first, on {words.day(last, today)}."
    return None


def reasons(gates: Gates, on: date) -> tuple[str, ...]:
    """Say of each gate when it was passed, and then what is missing on the civil date `on`."""
    said = [_PASSED[gate].format(day=words.day(day, on)) for gate, day in gates.passed if day and day <= on]
    missing = [_MISSING[gate] for gate, day in gates.passed if day is None or day > on]
    if missing:
        said.append(words.sentence(f"still missing: {words.joined(missing)}"))
    return tuple(said)
