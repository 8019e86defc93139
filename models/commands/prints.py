"""A printing of a session's list, written down: which appearances were on it, which list, by whom and when.

What has come onto the docket or left it since then is shown from this. It keeps no name: only the appearances' ids. A list
saved to work with is no printing: nobody carries it into court, so it is only audited.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.errors import Conflict
from models.rules.permissions import Action
from models.rules.vocabulary import ListKind
from models.scope import Actor, load, require
from models.tables import Appearance, CourtSession, DocketPrint


def record_print(
    session: Session,
    actor: Actor,
    session_id: UUID,
    kind: ListKind,
    appearance_ids: Sequence[UUID],
    *,
    now: datetime,
) -> DocketPrint:
    """Write down that the list of a court session was printed at an instant (UTC), with these appearances on it.

    Raises NotFound, NotPermitted, and Conflict when one of the appearances is not of this session.
    """
    require(actor, Action.PRINT_LISTS)
    sitting = load(session, actor, CourtSession, session_id)
    of_session = sa.select(sa.func.count()).where(
        col(Appearance.court_id) == actor.court_id,
        col(Appearance.court_session_id) == sitting.id,
        col(Appearance.id).in_(appearance_ids),
    )
    if session.scalar(of_session) != len(set(appearance_ids)):
        raise Conflict("The list changed meanwhile. Print it again as it is now.")
    printed = DocketPrint(
        court_id=actor.court_id,
        court_session_id=sitting.id,
        kind=kind,
        appearance_ids=[str(appearance_id) for appearance_id in appearance_ids],
        printed_by=actor.person,
        printed_at=now,
    )
    session.add(printed)
    detail = {"kind": kind, "as": "pdf", "appearances": len(printed.appearance_ids)}
    audit.record(session, actor, "print_docket", "court_session", sitting.id, now=now, detail=detail)
    return printed


def record_export(
    session: Session, actor: Actor, session_id: UUID, kind: ListKind, appearances: int, *, now: datetime, made_as: str
) -> None:
    """Audit that a list of so many appearances was saved at an instant (UTC) as a file, "csv" or "xlsx"."""
    require(actor, Action.PRINT_LISTS, Action.EXPORT_LISTS)
    sitting = load(session, actor, CourtSession, session_id)
    detail = {"kind": kind, "as": made_as, "appearances": appearances}
    audit.record(session, actor, "export_docket", "court_session", sitting.id, now=now, detail=detail)
