"""Which steps a case may take in its life, as data, and the refusals in words.

The table says what is possible, never what should happen: each step is a person's decision. Stages that end a case do
not come back by themselves; a mistake is put right by a correction that keeps both facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from models.rules import words
from models.rules.vocabulary import Stage


class Needs(StrEnum):
    """What a step cannot be recorded without."""

    NOTHING = "nothing"
    REASON = "reason"  # in words
    MANDATE = "mandate"  # a program template the participant accepted
    GATES = "gates"  # notice, counsel, an opportunity to be heard, the judge's finding: each with its date
    EXPIRY = "expiry"  # the ACD has run out, or the court dismisses earlier with a reason


@dataclass(frozen=True, kw_only=True)
class Step:
    """The answer to "may this case go from here to there?"."""

    from_stage: Stage
    to_stage: Stage
    allowed: bool
    needs: Needs
    reasons: tuple[str, ...]
    information_on: date | None = None


SPOKEN: Mapping[Stage, str] = MappingProxyType(
    {
        Stage.IDENTIFIED: "identified",
        Stage.SCREENED: "screened",
        Stage.OFFERED: "offered the program",
        Stage.ACTIVE: "in the program",
        Stage.COMPLETED: "completed",
        Stage.ACD: "adjourned in contemplation of dismissal",
        Stage.DISMISSED: "dismissed",
        Stage.SEALED: "sealed",
        Stage.DECLINED: "declined",
        Stage.ABSCONDED: "absconded",
        Stage.TRANSFERRED: "transferred",
        Stage.TERMINATED: "terminated",
    }
)

_LEAVING = {Stage.DISMISSED: Needs.REASON, Stage.TRANSFERRED: Needs.REASON}
_AWAY = {Stage.ABSCONDED: Needs.REASON}

#: From each stage, the stages a case may go to, and what the step needs.
STEPS: Mapping[Stage, Mapping[Stage, Needs]] = MappingProxyType(
    {
        Stage.IDENTIFIED: {
            Stage.SCREENED: Needs.NOTHING,
            Stage.OFFERED: Needs.NOTHING,  # screened elsewhere, or the person prefers not to be asked again
            Stage.DECLINED: Needs.NOTHING,
            **_AWAY,
            **_LEAVING,
        },
        Stage.SCREENED: {Stage.OFFERED: Needs.NOTHING, Stage.DECLINED: Needs.NOTHING, **_AWAY, **_LEAVING},
        Stage.OFFERED: {Stage.ACTIVE: Needs.MANDATE, Stage.DECLINED: Needs.NOTHING, **_AWAY, **_LEAVING},
        Stage.ACTIVE: {Stage.COMPLETED: Needs.NOTHING, Stage.TERMINATED: Needs.GATES, **_AWAY, **_LEAVING},
        Stage.COMPLETED: {Stage.ACD: Needs.NOTHING, Stage.ACTIVE: Needs.REASON, **_LEAVING},
        Stage.ACD: {Stage.DISMISSED: Needs.EXPIRY, Stage.ACTIVE: Needs.REASON},
        Stage.DISMISSED: {Stage.SEALED: Needs.NOTHING},
        Stage.SEALED: {},
        Stage.DECLINED: {Stage.OFFERED: Needs.NOTHING, **_LEAVING},  # the offer can be made again
        Stage.ABSCONDED: {
            Stage.SCREENED: Needs.NOTHING,
            Stage.OFFERED: Needs.NOTHING,
            Stage.ACTIVE: Needs.NOTHING,
            Stage.TERMINATED: Needs.GATES,
            **_LEAVING,
        },
        Stage.TRANSFERRED: {},
        Stage.TERMINATED: {Stage.ACTIVE: Needs.REASON},  # reinstated by the judge
    }
)

_NEED_WORDS: Mapping[Needs, str] = MappingProxyType(
    {
        Needs.NOTHING: "",
        Needs.REASON: "It needs a reason in words.",
        Needs.MANDATE: "It needs a program that the participant has accepted.",
        Needs.GATES: (
            "It needs notice, counsel, an opportunity to be heard and the judge's finding first, each with its date."
        ),
        Needs.EXPIRY: "The time in which the case can be restored must have run out, or the judge gives a reason.",
    }
)


def step(from_stage: Stage, to_stage: Stage, on: date | None = None) -> Step:
    """Answer whether a case may go from one stage to the other, what that needs, or why not and what to do."""
    here, there = SPOKEN[from_stage], SPOKEN[to_stage]
    needs = STEPS[from_stage].get(to_stage)
    if needs is not None:
        said = (f"A case that is {here} can be {there} next.", *filter(None, [_NEED_WORDS[needs]]))
        return _answer(from_stage, to_stage, needs, said, on)
    if from_stage is to_stage:
        return _answer(from_stage, to_stage, None, (f"This case is already {here}.",), on)
    if not STEPS[from_stage]:
        said = (f"A case that is {here} does not move on. If that was a mistake, correct the entry that said so.",)
        return _answer(from_stage, to_stage, None, said, on)
    open_ways = words.joined([SPOKEN[stage] for stage in STEPS[from_stage]], "or")
    said = (f"A case that is {here} cannot be {there} next; it can be {open_ways}.",)
    return _answer(from_stage, to_stage, None, said, on)


def refusal(from_stage: Stage, to_stage: Stage) -> str | None:
    """Return why the step is not possible, in words; None when it is."""
    answer = step(from_stage, to_stage)
    return None if answer.allowed else " ".join(answer.reasons)


def next_stages(from_stage: Stage) -> tuple[Stage, ...]:
    """Return the stages a case may go to, in the order they are shown."""
    return tuple(STEPS[from_stage])


def _answer(from_stage: Stage, to_stage: Stage, needs: Needs | None, said: tuple[str, ...], on: date | None) -> Step:
    """Make the frozen answer; no need means that the step is refused."""
    return Step(
        from_stage=from_stage,
        to_stage=to_stage,
        allowed=needs is not None,
        needs=needs or Needs.NOTHING,
        reasons=said,
        information_on=on,
    )
