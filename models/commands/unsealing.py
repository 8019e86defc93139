"""Unsealing by order of a court: the case is back in exactly the stage it had. The judge's own act."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models import audit
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Invalid, NotFound
from models.ledger import Entry, Ledger, What
from models.rules.permissions import Action
from models.scope import Actor, change_case, require
from models.sealing import sealed_under
from models.tables import Case, SealedCase


@dataclass(frozen=True, kw_only=True)
class CourtOrder:
    """An order as it reads: its number, its civil date, the judge who made it, and why."""

    number: str
    on: date
    judge: str
    reason: str


def unseal(
    session: Session, actor: Actor, docket_number: str, order: CourtOrder, *, now: datetime, ledger: Ledger
) -> Case:
    """Bring back the case that is sealed under a docket number; where another case bears the number by now, with a mark.

    NotFound when no case is sealed under it, whatever the reason; Invalid for an order that is not whole, or dated
    before the sealing or ahead.
    """
    require(actor, Action.UNSEAL)
    number = needed(order.number, "Write the number of the order.", LONGEST_NAME)
    judge = needed(order.judge, "Write the name of the judge who made the order.", LONGEST_NAME)
    reason = needed(order.reason, "Write why the record is unsealed.")
    if order.on > actor.today(now):
        raise Invalid("The order is dated ahead. Write the day on which it was made.")
    sealed = sealed_under(session, actor, needed(docket_number, "Write the docket number.", LONGEST_NAME))
    if sealed is None:
        raise NotFound
    if order.on < sealed.sealed_on:
        raise Invalid("The order is dated before the record was sealed. Write the order that unseals it.")
    sealed.order_number, sealed.ordered_on, sealed.judge, sealed.reason = number, order.on, judge, reason
    sealed.unsealed_by, sealed.unsealed_at = actor.person, now
    case = session.get_one(Case, sealed.case_id)
    change_case(session, case)
    case.docket_number = _number(session, actor, sealed)
    case.stage, case.stage_since = sealed.from_stage, sealed.from_since
    session.add_all([sealed, case])
    session.flush()
    detail = {"sealing": sealed.sealing_id, "ordered_on": order.on, "stage": case.stage}
    audit.record(session, actor, "unseal", "case", case.id, now=now, case_id=case.id, detail=detail)
    ledger.enter(session, [Entry(what=What.UNSEALED, court_id=actor.court_id, case_id=case.id)])
    return case


def _number(session: Session, actor: Actor, sealed: SealedCase) -> str:
    """Return the number the case bears again."""
    taken = select(Case.id).where(col(Case.court_id) == actor.court_id, col(Case.docket_number) == sealed.docket_number)
    return sealed.docket_number if session.exec(taken).first() is None else f"{sealed.docket_number} (unsealed)"
