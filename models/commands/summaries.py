"""Printing a case summary: what leaves on paper is noted in the audit, like any list."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models import audit
from models.rules.permissions import Action
from models.scope import Actor, load_case, require


def print_summary(session: Session, actor: Actor, case_id: UUID, *, now: datetime) -> None:
    """Record that the actor prints a case's summary at an instant (UTC); NotFound, NotPermitted."""
    require(actor, Action.PRINT_LISTS, Action.SEE_CASE)
    case = load_case(session, actor, case_id)
    audit.record(session, actor, "print_case_summary", "case", case.id, now=now, case_id=case.id)
