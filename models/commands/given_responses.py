"""What becomes of a response once it is given: done, not done, or withdrawn; kept and marked, never deleted."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models import audit
from models.commands.follow_ups import void_one, write_follow_up
from models.commands.free_words import check_words
from models.commands.typed import needed
from models.errors import Conflict, NotFound
from models.rules import follow_up_reasons as reasons
from models.rules.permissions import Action
from models.rules.vocabulary import FollowUpKind, Move, ResponseState
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, Response


def settle_response(session: Session, actor: Actor, response_id: UUID, done: bool, *, now: datetime) -> None:
    """Record that an ordered response was done, or was not.

    What was not done waits where the court sees it; it is no behaviour, and no sanction follows from it.
    """
    require(actor, Action.MANAGE_RESPONSES)
    response = load(session, actor, Response, response_id)
    if response.state is not ResponseState.ORDERED:
        raise Conflict("This response was settled meanwhile. There is nothing left to record.")
    change_case(session, load_case(session, actor, response.case_id))
    _end(session, actor, response, ResponseState.DONE if done else ResponseState.NOT_DONE, now)
    if not done:
        today = actor.today(now)
        write_follow_up(
            session,
            actor,
            FollowUpKind.RESPONSE_DUE,
            f"{response.id}:not_done",
            case_id=response.case_id,
            move=Move.COURT,
            reason=reasons.response_not_done(today, response.decided_on),
            since=today,
            due_on=today,
            now=now,
        )


def withdraw_response(
    session: Session, actor: Actor, case: Case, response_id: UUID, reason: str, *, now: datetime
) -> None:
    """Withdraw a response of a case: it is kept and marked with the reason, and answers nothing any more."""
    require(actor, Action.CORRECT_DECISION)
    why = needed(reason, "Write why the response is withdrawn.")
    check_words(session, actor, why, now=now, case_id=case.id)
    response = load(session, actor, Response, response_id)
    if response.case_id != case.id:
        raise NotFound
    if response.state is ResponseState.WITHDRAWN:
        raise Conflict("This response is withdrawn already.")
    response.withdrawn_reason = why
    _end(session, actor, response, ResponseState.WITHDRAWN, now)
    void_one(session, actor, FollowUpKind.RESPONSE_DUE, f"{response.id}:not_done", on=actor.today(now))


def take_back_response(session: Session, actor: Actor, response_id: UUID, reason: str, *, now: datetime) -> None:
    """Withdraw a response apart from a correction; what it counted for is counted anew from the next look at the case.

    Raises Conflict when it is withdrawn already, Invalid without a reason.
    """
    require(actor, Action.CORRECT_DECISION)
    case = load_case(session, actor, load(session, actor, Response, response_id).case_id)
    withdraw_response(session, actor, case, response_id, reason, now=now)
    change_case(session, case)


def _end(session: Session, actor: Actor, response: Response, state: ResponseState, now: datetime) -> None:
    response.state, response.settled_on = state, actor.today(now)
    session.add(response)
    void_one(session, actor, FollowUpKind.RESPONSE_DUE, str(response.id), on=actor.today(now))
    detail = {"state": state, "kind": response.kind}
    audit.record(
        session, actor, "settle_response", "response", response.id, now=now, case_id=response.case_id, detail=detail
    )
