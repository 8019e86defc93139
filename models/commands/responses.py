"""The court's responses, given with a decision and never merged; what is left without one is kept with its reason.

The ladder's range comes from `rules.responses` and is asked again here, so that what is stored is what the policy said.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models import sitting
from models.commands import gates
from models.commands.follow_ups import void, write_follow_up
from models.commands.typed import line, needed
from models.errors import Invalid
from models.facts import facts_of_case
from models.rules import choices, words
from models.rules import responses as ladder
from models.rules.policy import Policy
from models.rules.vocabulary import (
    Behaviour,
    FollowUpKind,
    Measure,
    Move,
    Outcome,
    ResponseKind,
    ResponseState,
)
from models.scope import Actor
from models.tables import Case, Decision, LeftUnanswered, Response


@dataclass(frozen=True, kw_only=True)
class ChosenResponse:
    """One response as the judge chose it. Outside the policy's range it needs a reason."""

    kind: ResponseKind
    behaviour: Behaviour
    what: str
    behaviour_on: date | None = None
    outside_reason: str | None = None
    due_on: date | None = None


def give_responses(
    session: Session, actor: Actor, case: Case, decision: Decision, chosen: Sequence[ChosenResponse], *, now: datetime
) -> None:
    """Add the chosen responses to a decision, each with the step and range the policy gives on the day of the decision."""
    if chosen:
        proposed = _proposed(session, actor, case, decision)
        _give(session, actor, case, decision, chosen, proposed, now=now)


def answer_behaviour(
    session: Session,
    actor: Actor,
    case: Case,
    decision: Decision,
    chosen: Sequence[ChosenResponse],
    left_reason: str | None,
    *,
    now: datetime,
) -> None:
    """Add the chosen responses, and what is left without one although the policy has a range, with the judge's reason.

    Raises Invalid in words where such a behaviour has neither. To choose what to do about a missed appearance answers it.
    """
    looks = decision.outcome in (Outcome.APPEARED, Outcome.DID_NOT_APPEAR) and case.stage in ladder.ANSWERED_STAGES
    if not chosen and not looks:
        return
    proposed = _proposed(session, actor, case, decision)
    _give(session, actor, case, decision, chosen, proposed, now=now)
    if looks and not decision.missed:
        given = ((one.kind, one.behaviour) for one in chosen)
        _leave(session, actor, decision, choices.left_open(proposed, given, decision.outcome), left_reason, now)


def _leave(
    session: Session,
    actor: Actor,
    decision: Decision,
    left: Sequence[ladder.Proposal],
    reason: str | None,
    now: datetime,
) -> None:
    if not left:
        return
    of = words.joined(list(dict.fromkeys(choices.NOUNS[one.behaviour] for one in left)))
    why = needed(reason, f"The policy has a range for {of}. Choose a response, or write why none is given.")
    for one in left:
        session.add(
            LeftUnanswered(
                court_id=decision.court_id,
                case_id=decision.case_id,
                decision_id=decision.id,
                behaviour=one.behaviour,
                kind=one.kind,
                offered=list(one.options),
                because=" ".join(one.reasons),
                reason=why,
                policy_version=one.policy_version,
                decided_on=decision.decided_on,
                recorded_by=actor.person,
                recorded_at=now,
            )
        )


def _give(
    session: Session,
    actor: Actor,
    case: Case,
    decision: Decision,
    chosen: Sequence[ChosenResponse],
    proposed: Sequence[ladder.Proposal],
    *,
    now: datetime,
) -> None:
    policy = actor.policy_on(decision.decided_on)
    for one in chosen:
        if ladder.takes_liberty(one.what):
            gates.take(session, actor, case, Measure.LIBERTY, on=decision.decided_on, now=now)
        response = _response(actor, decision, one, proposed, policy, now)
        session.add(response)
        if response.state is ResponseState.ORDERED:
            _wait_for(session, actor, response, now)
    if any(one.kind is not ResponseKind.INCENTIVE for one in chosen):
        void(session, actor, case.id, {FollowUpKind.NOTHING_DONE}, on=actor.today(now))


def _wait_for(session: Session, actor: Actor, response: Response, now: datetime) -> None:
    write_follow_up(
        session,
        actor,
        FollowUpKind.RESPONSE_DUE,
        str(response.id),
        case_id=response.case_id,
        move=Move.COORDINATOR,
        reason="A response the court ordered is waiting to be recorded as done.",
        since=response.decided_on,
        due_on=response.due_on or response.decided_on,
        now=now,
    )


def _proposed(session: Session, actor: Actor, case: Case, decision: Decision) -> tuple[ladder.Proposal, ...]:
    policy = actor.policy_on(decision.decided_on)
    days = sitting.court_days(session, actor)
    facts = facts_of_case(session, actor, case.id, on=decision.decided_on, policy=policy, court_days=days)
    today = {Behaviour.MISSED_APPEARANCE} if decision.outcome is Outcome.DID_NOT_APPEAR else set[Behaviour]()
    return ladder.proposals(facts, policy, decision.decided_on, {*today, Behaviour.DISTAL_GOAL})


def _response(
    actor: Actor,
    decision: Decision,
    one: ChosenResponse,
    proposed: Sequence[ladder.Proposal],
    policy: Policy,
    now: datetime,
) -> Response:
    what = needed(one.what, "A response has no words. Write what the court orders or gives.")
    outside = line(one.outside_reason)
    proposal = next((p for p in proposed if (p.kind, p.behaviour) == (one.kind, one.behaviour)), None)
    _check_range(one, proposal, choices.adjustments(policy.ladder))
    at_once = one.kind is ResponseKind.INCENTIVE or what in policy.ladder.done_when_given
    return Response(
        court_id=decision.court_id,
        case_id=decision.case_id,
        decision_id=decision.id,
        kind=one.kind,
        behaviour=one.behaviour,
        behaviour_on=one.behaviour_on,
        what=what,
        because=" ".join(proposal.reasons) if proposal else outside or "",
        step=(proposal.step if proposal else None) or 1,
        offered=list(proposal.options) if proposal else [],
        outside_reason=outside,
        policy_version=policy.version,
        state=ResponseState.DONE if at_once else ResponseState.ORDERED,
        decided_on=decision.decided_on,
        due_on=one.due_on,
        settled_on=decision.decided_on if at_once else None,
        recorded_by=actor.person,
        recorded_at=now,
    )


def _check_range(one: ChosenResponse, proposal: ladder.Proposal | None, needs: Collection[str]) -> None:
    """Refuse what no judge can choose: an adjustment is never a sanction, and nothing unverified is sanctioned."""
    if one.kind is ResponseKind.SANCTION and " ".join(one.what.split()).casefold() in needs:
        raise Invalid("This is a service adjustment: it follows a need and is never a sanction. Choose it as one.")
    if proposal is None and one.kind is ResponseKind.SANCTION:
        raise Invalid("No verified behaviour is waiting for a sanction. Choose another response.")
    if one.kind is ResponseKind.SANCTION and one.behaviour is Behaviour.DISTAL_GOAL:
        raise Invalid("A goal out of reach for now gets a service adjustment, not a sanction.")
    inside = proposal is not None and choices.within_range(proposal, one.what)
    if not inside and not (one.outside_reason or "").strip():
        raise Invalid("This response is outside the range of the court's policy. Write why the judge chose it.")
