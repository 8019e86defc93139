"""Vacating a conviction: the order is recorded, and the record waits to be sealed from then on."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit, sitting
from models.commands.follow_ups import write_follow_up
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Invalid
from models.rules import follow_up_reasons
from models.rules.court_days import Roll, roll
from models.rules.permissions import Action
from models.rules.vocabulary import CLOSED, FollowUpKind, Move
from models.scope import Actor, change_case, load_case, require
from models.tables import Vacatur


@dataclass(frozen=True, kw_only=True)
class VacatingOrder:
    """The order that undoes a conviction: its civil date, the judge who made it, the statute; `token` is its form's."""

    token: UUID
    on: date
    judge: str
    statute: str


def vacate(
    session: Session, actor: Actor, case_id: UUID, told: VacatingOrder, *, seen_version: int, now: datetime
) -> Vacatur:
    """Record the order that vacates the conviction in a case; its sealing is due from then on.

    The same token again is the same order. Raises Conflict when the case changed since it was read, Invalid in words
    for a case that is not over, and for a day to come or before the case ended.
    """
    require(actor, Action.DECIDE)
    case = load_case(session, actor, case_id)
    mine = (col(Vacatur.court_id) == actor.court_id, col(Vacatur.token) == told.token)
    if made := session.exec(select(Vacatur).where(*mine)).first():
        return made
    if case.stage not in CLOSED:
        raise Invalid("This case is not over, so it holds no conviction to vacate. Record first how it ended.")
    if not case.stage_since <= told.on <= actor.today(now):
        raise Invalid("Write the day of the order: not before the case ended, and not ahead.")
    change_case(session, case, seen_version)
    order = Vacatur(
        court_id=case.court_id,
        case_id=case.id,
        token=told.token,
        ordered_on=told.on,
        judge=needed(told.judge, "Write the name of the judge who made the order.", LONGEST_NAME),
        statute=needed(told.statute, "Write the statute under which the conviction is vacated.", LONGEST_NAME),
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(order)
    _to_be_sealed(session, actor, order, now)
    detail = {"ordered_on": told.on}
    audit.record(session, actor, "vacate", "vacatur", order.id, now=now, case_id=case.id, detail=detail)
    return order


def _to_be_sealed(session: Session, actor: Actor, order: Vacatur, now: datetime) -> None:
    """Write the follow-up the nightly sweep would write, so that the worklist has it at once."""
    today = actor.today(now)
    within = timedelta(days=actor.policy_on(today).follow_up.sealing_days)
    write_follow_up(
        session,
        actor,
        FollowUpKind.SEALING,
        str(order.id),
        now=now,
        case_id=order.case_id,
        reason=follow_up_reasons.sealing_vacated(today, order.ordered_on),
        move=Move.CLERK,
        since=order.ordered_on,
        due_on=roll(order.ordered_on + within, Roll.FORWARD, sitting.court_days(session, actor)),
    )
