"""The measures that wait behind the gates in one case, with what is recorded of each."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import scope
from models.audit.looks import shows_case
from models.rules.audited import Look
from models.rules.gates import Gates
from models.rules.permissions import Action
from models.rules.vocabulary import Measure
from models.scope import Actor
from models.tables import GatedMeasure


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMeasure:
    """One measure somebody asks for that is neither taken nor dropped."""

    measure_id: UUID
    measure: Measure
    what: str
    gates: Gates


@shows_case(Look.CASE_FILE)
def waiting_measures(session: Session, viewer: Actor, case_id: UUID) -> tuple[WaitingMeasure, ...]:
    """Return them in the order in which notice was given; NotFound when the case does not exist for the viewer."""
    scope.require(viewer, Action.SEE_CASE)
    scope.load_case(session, viewer, case_id)
    rows = session.execute(
        sa.select(
            col(GatedMeasure.id),
            col(GatedMeasure.measure),
            col(GatedMeasure.what),
            col(GatedMeasure.notice_on),
            col(GatedMeasure.counsel_on),
            col(GatedMeasure.heard_on),
            col(GatedMeasure.found_on),
        )
        .where(
            col(GatedMeasure.court_id) == viewer.court_id,
            col(GatedMeasure.case_id) == case_id,
            col(GatedMeasure.taken_on).is_(None),
            col(GatedMeasure.dropped_on).is_(None),
        )
        .order_by(col(GatedMeasure.notice_on), col(GatedMeasure.id))
    )
    return tuple(
        WaitingMeasure(
            measure_id=row.id,
            measure=row.measure,
            what=row.what,
            gates=Gates(
                notice_on=row.notice_on, counsel_on=row.counsel_on, heard_on=row.heard_on, found_on=row.found_on
            ),
        )
        for row in rows
    )
