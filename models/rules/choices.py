"""What a judge chose beside what the policy foresees: inside its range, outside it, or nothing at all.

It refuses nothing: the command asks for the reason.
"""

from collections.abc import Iterable

from models.rules.counting import ANSWERS_FAILURE
from models.rules.policy import Ladder
from models.rules.responses import FAILURES, Proposal
from models.rules.vocabulary import Behaviour, Outcome, ResponseKind

_INCENTIVE = ResponseKind.INCENTIVE
#: What can be answered, as one says it.
NOUNS = FAILURES | {
    Behaviour.ATTENDED_ALL: "attending all sessions",
    Behaviour.MILESTONE: "a milestone",
    Behaviour.DISTAL_GOAL: "a goal out of reach",
    Behaviour.OTHER: "other behaviour",
}


def adjustments(ladder: Ladder) -> frozenset[str]:
    """Return the policy's service adjustments, small letters: they follow need, and can never be given as a sanction.

    What the policy also offers as another kind of response is left out.
    """
    of = {
        kind: {
            choice.casefold() for rung in ladder.rungs if rung.kind is kind for step in rung.steps for choice in step
        }
        for kind in ResponseKind
    }
    return frozenset(of[ResponseKind.ADJUSTMENT] - of[ResponseKind.SANCTION])


def within_range(proposal: Proposal, chosen: str) -> bool:
    """Tell whether `chosen` is in the policy's range at this step; outside it the judge gives a reason."""
    wanted = " ".join(chosen.split()).casefold()
    return any(wanted == option.casefold() for option in (*proposal.options, *proposal.judge_only))


def left_open(
    proposed: Iterable[Proposal], chosen: Iterable[tuple[ResponseKind, Behaviour]], outcome: Outcome
) -> tuple[Proposal, ...]:
    """Return the ranges for verified behaviour of which nothing was chosen: leaving them open needs a reason.

    Any response to a failure answers the failures before it, and any incentive what went well. Of somebody who did not
    appear only that can be answered today; who is excused, or adjourned by the court, is not before it.
    """
    given = set(chosen)
    failures_answered = any(behaviour in ANSWERS_FAILURE for kind, behaviour in given if kind is not _INCENTIVE)
    praised = any(kind is _INCENTIVE for kind, _ in given)
    seen = {
        Outcome.APPEARED: frozenset(Behaviour),
        Outcome.DID_NOT_APPEAR: frozenset({Behaviour.MISSED_APPEARANCE}),
    }.get(outcome, frozenset())
    return tuple(
        one
        for one in proposed
        if one.behaviour in seen
        and one.behaviour is not Behaviour.DISTAL_GOAL
        and not (praised if one.kind is _INCENTIVE else failures_answered)
    )
