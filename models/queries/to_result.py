"""What a part still has to result: appearances whose outcome is not recorded, and cases without a next date.

Two statements. On the day itself an outcome is waited for once the session has begun: when another one is recorded.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.facts.statements import Statement
from models.queries.docket_names import COLUMNS, name_of, named
from models.rules.audited import Look
from models.rules.permissions import Action
from models.rules.vocabulary import IN_PROGRAM, AppearanceState
from models.scope import Actor, own_cases, require
from models.tables import Appearance, Case, CourtSession, Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOutcome:
    """An appearance without an outcome, on a civil day that has passed or in a session that has begun today."""

    case_id: UUID
    session_id: UUID
    docket_number: str
    name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NoNextDate:
    """A case that is owed a next date; `reason` is why there is none, as last decided; `last_on` its last day in court."""

    case_id: UUID
    docket_number: str
    name: str
    last_on: date | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToResult:
    """A part's list to result, the oldest first."""

    no_outcome: tuple[NoOutcome, ...]
    no_next_date: tuple[NoNextDate, ...]

    @property
    def unexplained(self) -> tuple[NoNextDate, ...]:
        """The cases without a next date for which nobody said why."""
        return tuple(row for row in self.no_next_date if row.reason is None)


@shows_list(Look.TO_RESULT, lambda shown: (row.case_id for row in (*shown.no_outcome, *shown.no_next_date)))
def to_result(session: Session, viewer: Actor, part_id: UUID, *, today: date, faces_room: bool = False) -> ToResult:
    """Return what is to be resulted in one part as known on the civil date `today`."""
    require(viewer, Action.SEE_DOCKET)
    return ToResult(
        no_outcome=tuple(
            NoOutcome(
                case_id=row["case_id"],
                session_id=row["session_id"],
                docket_number=row["docket_number"],
                name=name_of(row, faces_room=faces_room),
                on=row["held_on"],
            )
            for row in session.execute(_without_outcome(viewer, part_id, today)).mappings()
        ),
        no_next_date=tuple(
            NoNextDate(
                case_id=row["case_id"],
                docket_number=row["docket_number"],
                name=name_of(row, faces_room=faces_room),
                last_on=row["last_on"],
                reason=row["reason"],
            )
            for row in session.execute(_without_next_date(viewer, part_id, today)).mappings()
        ),
    )


def _without_outcome(viewer: Actor, part_id: UUID, today: date) -> Statement:
    """Select by the ids of the sessions, so that the few appearances are found from them and never the other way."""
    over = sa.select(col(CourtSession.id)).where(
        col(CourtSession.court_id) == viewer.court_id,
        col(CourtSession.part_id) == part_id,
        sa.or_(col(CourtSession.held_on) < today, sa.and_(col(CourtSession.held_on) == today, _begun(viewer))),
    )
    return (
        named(
            sa.select(*COLUMNS, col(CourtSession.id).label("session_id"), col(CourtSession.held_on))
            .select_from(Appearance)
            .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
            .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), own_cases(viewer)))
        )
        .where(
            col(Appearance.court_id) == viewer.court_id,
            col(Appearance.state) == AppearanceState.SCHEDULED,
            col(Appearance.court_session_id).in_(over),
        )
        .order_by(col(CourtSession.held_on), col(Appearance.position), col(Appearance.id))
    )


def _begun(viewer: Actor) -> sa.ColumnElement[bool]:
    """Tell whether an outcome is recorded on the session in question already."""
    called = aliased(Appearance)
    return (
        sa.exists()
        .where(
            col(called.court_id) == viewer.court_id,
            col(called.court_session_id) == col(CourtSession.id),
            col(called.state) == AppearanceState.HELD,
        )
        .correlate(CourtSession)
    )


def _without_next_date(viewer: Actor, part_id: UUID, today: date) -> Statement:
    """Select the part's cases in the program that are on no session from today on, nor wait for their outcome."""
    of_case = (col(Appearance.court_id) == viewer.court_id, col(Appearance.case_id) == col(Case.id))
    held_on = col(CourtSession.held_on)
    on_a_session = sa.select(held_on).join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
    waiting = sa.or_(
        col(Appearance.state) == AppearanceState.SCHEDULED,
        sa.and_(col(Appearance.state) == AppearanceState.PROPOSED, held_on >= today),
    )
    coming = on_a_session.where(*of_case, waiting).correlate(Case).exists()
    last = (
        on_a_session.with_only_columns(sa.func.max(held_on))
        .where(*of_case, col(Appearance.state) == AppearanceState.HELD)
        .correlate(Case)
    )
    why = (
        sa.select(col(Decision.no_next_date_reason))
        .where(col(Decision.court_id) == viewer.court_id, col(Decision.case_id) == col(Case.id))
        .order_by(col(Decision.decided_on).desc(), col(Decision.version).desc(), col(Decision.recorded_at).desc())
        .limit(1)
        .correlate(Case)
    )
    last_on, reason = last.scalar_subquery().label("last_on"), why.scalar_subquery().label("reason")
    return (
        named(sa.select(*COLUMNS, last_on, reason).select_from(Case))
        .where(own_cases(viewer), col(Case.part_id) == part_id, col(Case.stage).in_(IN_PROGRAM), ~coming)
        .order_by(last_on, col(Case.docket_number))
    )
