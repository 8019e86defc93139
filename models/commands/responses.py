"""The court's responses: given with a decision, then done or not done, or withdrawn; never merged, never deleted.

The ladder's range comes from `rules.responses` and is asked again here, so that what is stored is what the policy said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from models import audit, sitting
from models.commands import gates
from models.commands.follow_ups import void, void_one, write_follow_up
from models.commands.typed import line, needed
from models.errors import Conflict, Invalid, NotFound
from models.facts import facts_of_case
from models.rules import responses as ladder
from models.rules.permissions import Action
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
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, Decision, Response


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
    if not chosen:
        return
    policy = actor.policy_on(decision.decided_on)
    proposed = _proposed(session, actor, case, decision, policy)
    for one in chosen:
        if ladder.takes_liberty(one.what):
            gates.take(session, actor, case, Measure.LIBERTY, on=decision.decided_on, now=now)
        response = _response(actor, decision, one, proposed, policy, now)
        session.add(response)
        if response.state is ResponseState.ORDERED:
            write_follow_up(
                session,
                actor,
                FollowUpKind.RESPONSE_DUE,
                str(response.id),
                case_id=case.id,
                move=Move.COORDINATOR,
                reason="A response the court ordered is waiting to be recorded as done.",
                since=decision.decided_on,
                due_on=response.due_on or decision.decided_on,
                now=now,
            )
    if any(one.kind is not ResponseKind.INCENTIVE for one in chosen):
        void(session, actor, case.id, {FollowUpKind.NOTHING_DONE}, on=actor.today(now))


def _proposed(
    session: Session, actor: Actor, case: Case, decision: Decision, policy: Policy
) -> tuple[ladder.Proposal, ...]:
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
    _check_range(one, proposal)
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


def _check_range(one: ChosenResponse, proposal: ladder.Proposal | None) -> None:
    if proposal is None and one.kind is ResponseKind.SANCTION:
        raise Invalid("No verified behaviour is waiting for a sanction. Choose another response.")
    if one.kind is ResponseKind.SANCTION and one.behaviour is Behaviour.DISTAL_GOAL:
        raise Invalid("A goal out of reach for now gets a service adjustment, not a sanction.")
    inside = proposal is not None and ladder.within_range(proposal, one.what)
    if not inside and not (one.outside_reason or "").strip():
        raise Invalid("This response is outside the range of the court's policy. Write why the judge chose it.")


def settle_response(session: Session, actor: Actor, response_id: UUID, done: bool, *, now: datetime) -> None:
    """Record that an ordered response was done, or was not."""
    require(actor, Action.MANAGE_RESPONSES)
    response = load(session, actor, Response, response_id)
    if response.state is not ResponseState.ORDERED:
        raise Conflict("This response was settled meanwhile. There is nothing left to record.")
    change_case(session, load_case(session, actor, response.case_id))
    _end(session, actor, response, ResponseState.DONE if done else ResponseState.NOT_DONE, now)


def withdraw_response(
    session: Session, actor: Actor, case: Case, response_id: UUID, reason: str, *, now: datetime
) -> None:
    """Withdraw a response of a case: it is kept and marked, and answers nothing any more."""
    require(actor, Action.CORRECT_DECISION)
    needed(reason, "Write why the response is withdrawn.")
    response = load(session, actor, Response, response_id)
    if response.case_id != case.id:
        raise NotFound
    if response.state is ResponseState.WITHDRAWN:
        raise Conflict("This response is withdrawn already.")
    _end(session, actor, response, ResponseState.WITHDRAWN, now)


def _end(session: Session, actor: Actor, response: Response, state: ResponseState, now: datetime) -> None:
    response.state, response.settled_on = state, actor.today(now)
    session.add(response)
    void_one(session, actor, FollowUpKind.RESPONSE_DUE, str(response.id), on=actor.today(now))
    detail = {"state": state, "kind": response.kind}
    audit.record(
        session, actor, "settle_response", "response", response.id, now=now, case_id=response.case_id, detail=detail
    )
