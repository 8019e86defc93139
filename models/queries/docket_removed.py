"""What left a docket since its list was last printed: who, where to, and why. One statement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.facts.statements import Statement
from models.queries.docket import Docket
from models.queries.docket_names import COLUMNS, name_of, named
from models.rules.audited import Look
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState
from models.scope import Actor, own_cases, require
from models.tables import Appearance, Case, CourtSession


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedRow:
    """One appearance that is no longer on the list; `moved_on` is the civil day of its new session."""

    appearance_id: UUID
    case_id: UUID
    docket_number: str
    name: str
    state: AppearanceState
    reason: str | None
    moved_on: date | None


@shows_list(Look.REMOVED, lambda rows: (row.case_id for row in rows))
def removed(session: Session, viewer: Actor, shown: Docket, *, faces_room: bool = False) -> tuple[RemovedRow, ...]:
    """Return what was on the last printed list and is not on it now; no statement when nothing left it."""
    require(viewer, Action.SEE_DOCKET)
    if not shown.removed_ids:
        return ()
    rows = session.execute(_statement(viewer, shown)).mappings()
    return tuple(
        RemovedRow(
            appearance_id=row["appearance_id"],
            case_id=row["case_id"],
            docket_number=row["docket_number"],
            name=name_of(row, faces_room=faces_room),
            state=row["state"],
            reason=row["state_reason"],
            moved_on=row["moved_on"],
        )
        for row in rows
    )


def _statement(viewer: Actor, shown: Docket) -> Statement:
    """Select the appearances by their ids: as many as a session has places, so no limit of bound variables is near."""
    target = aliased(Appearance)
    return (
        named(
            sa.select(
                *COLUMNS,
                col(Appearance.id).label("appearance_id"),
                col(Appearance.state),
                col(Appearance.state_reason),
                col(CourtSession.held_on).label("moved_on"),
            ).join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), own_cases(viewer)))
        )
        .outerjoin(target, col(target.id) == col(Appearance.moved_to_id))
        .outerjoin(CourtSession, col(CourtSession.id) == col(target.court_session_id))
        .where(col(Appearance.court_id) == viewer.court_id, col(Appearance.id).in_(shown.removed_ids))
        .order_by(col(Appearance.position), col(Appearance.id))
    )
