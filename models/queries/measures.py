"""How the court responded in a span of days: what the measures count, and who the cases behind a number are.

Four statements, however many cases there are; the cases behind a list are one more, and only those that exist for the
viewer. The rule does the counting.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.facts.released import reader, released
from models.facts.statements import Statement
from models.rules.audited import Look
from models.rules.called import initials, short_name
from models.rules.counting import ANSWERS_FAILURE
from models.rules.measured import Behaved, Given, Left, Measures
from models.rules.measures import measures
from models.rules.permissions import Action
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    FlagKind,
    Outcome,
    ResponseKind,
    ResponseState,
)
from models.scope import Actor, asking, cases_of, own_cases, require
from models.tables import (
    Appearance,
    Attendance,
    Case,
    CourtSession,
    Decision,
    LeftUnanswered,
    Participant,
    Person,
    PhasePeriod,
    Referral,
    Response,
    SafetyFlag,
    Service,
)

_NO_PHASE = "no phase"
_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_FIRST, _LAST = sa.bindparam("first_on", type_=sa.Date), sa.bindparam("last_on", type_=sa.Date)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseBehind:
    """One case behind a number, as a list inside the court calls her."""

    case_id: UUID
    docket_number: str
    name: str
    initials: str


def measures_of(session: Session, viewer: Actor, first_on: date, last_on: date, *, today: date) -> Measures:
    """Return the measures of the civil days `first_on` to `last_on`, both included; nothing of sealed cases.

    Absences that no release lets be read `today` are in no number: neither against anybody nor against the court.
    """
    require(viewer, Action.SEE_MEASURES)
    days = {"first_on": first_on, "last_on": last_on, "on_day": today}
    given = {**asking(viewer), **reader(viewer), **days}
    failures = [
        *(_behaved(Behaviour.ABSENCE, row) for row in session.execute(_ABSENCES, given)),
        *(_behaved(Behaviour.MISSED_APPEARANCE, row) for row in session.execute(_MISSED, given)),
    ]
    responses = [Given(**row) for row in session.execute(_RESPONSES, given).mappings()]
    left = [Left(**row) for row in session.execute(_LEFT, given).mappings()]
    return measures(failures, responses, left, viewer.policy_on(last_on).ladder.incentive_goal_per_sanction)


@shows_list(Look.MEASURED, lambda behind: behind)
def cases_behind(session: Session, viewer: Actor, case_ids: Collection[UUID]) -> Mapping[UUID, CaseBehind]:
    """Return those of the cases that exist for the viewer, by id. For the rows of one page: at most some hundreds."""
    require(viewer, Action.SEE_MEASURES, Action.SEE_CASE)
    hidden = sa.exists().where(
        col(SafetyFlag.court_id) == viewer.court_id,
        col(SafetyFlag.participant_id) == col(Case.participant_id),
        col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
        col(SafetyFlag.ended_on).is_(None),
    )
    found = session.execute(
        sa.select(
            col(Case.id),
            col(Case.docket_number),
            col(Person.preferred_name),
            col(Person.legal_name),
            hidden.label("initials_only"),
        )
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(own_cases(viewer), col(Case.id).in_(set(case_ids)))
    )
    return {
        row.id: CaseBehind(
            case_id=row.id,
            docket_number=row.docket_number,
            name=short_name(
                row.preferred_name, row.legal_name, initials_only=bool(row.initials_only), faces_room=False
            ),
            initials=initials(row.preferred_name or row.legal_name),
        )
        for row in found
    }


def _behaved(behaviour: Behaviour, row: Any) -> Behaved:
    return Behaved(
        case_id=row.case_id,
        behaviour=behaviour,
        phase=row.phase,
        on=row.on,
        answered_on=row.on if row.decided else row.answered_on,
        open_to_court=row.seen_on is not None,
    )


def _in_phase(case_id: Any, on: Any) -> sa.ColumnElement[bool]:
    """Return the condition that joins the phase in which a case was on a day; of two on one day, the newer."""
    left_on = col(PhasePeriod.left_on)
    within = sa.or_(left_on.is_(None), on < left_on)
    return sa.and_(col(PhasePeriod.case_id) == case_id, col(PhasePeriod.entered_on) <= on, within)


def _decided_in_phase(case_id: Any, on: Any) -> sa.ColumnElement[bool]:
    """As `_in_phase` for what was decided: before anything the same decision changed in the course."""
    left_on = col(PhasePeriod.left_on)
    within = sa.or_(left_on.is_(None), on <= left_on)
    return sa.and_(col(PhasePeriod.case_id) == case_id, col(PhasePeriod.entered_on) < on, within)


def _answered_on(case_id: Any, on: Any) -> sa.ScalarSelect[date]:
    """Select the day of the first response, on or after a day, that answers a failure and stands."""
    return (
        sa.select(sa.func.min(col(Response.decided_on)))
        .where(
            col(Response.court_id) == _COURT,
            col(Response.case_id) == case_id,
            col(Response.decided_on) >= on,
            col(Response.behaviour).in_(ANSWERS_FAILURE),
            col(Response.kind) != ResponseKind.INCENTIVE,
            col(Response.state) != ResponseState.WITHDRAWN,
        )
        .scalar_subquery()
    )


def _seen_on(case_id: Any, on: Any) -> sa.ScalarSelect[date]:
    """Select the day of the first appearance, on or after a day, at which she was before the court."""
    return (
        sa.select(sa.func.min(col(CourtSession.held_on)))
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(
            col(Appearance.court_id) == _COURT,
            col(Appearance.case_id) == case_id,
            col(Appearance.state) == AppearanceState.HELD,
            col(Appearance.outcome) == Outcome.APPEARED,
            col(CourtSession.held_on) >= on,
        )
        .scalar_subquery()
    )


_ABSENCES: Statement = (
    sa.select(
        col(Attendance.case_id),
        col(PhasePeriod.name).label("phase"),
        col(Attendance.held_on).label("on"),
        _answered_on(col(Attendance.case_id), col(Attendance.held_on)).label("answered_on"),
        _seen_on(col(Attendance.case_id), col(Attendance.held_on)).label("seen_on"),
        sa.false().label("decided"),
    )
    .join(Case, sa.and_(col(Case.id) == col(Attendance.case_id), cases_of(_COURT)))
    .join(PhasePeriod, _in_phase(col(Attendance.case_id), col(Attendance.held_on)))
    .join(Referral, col(Referral.id) == col(Attendance.referral_id))
    .join(Service, col(Service.id) == col(Referral.service_id))
    .where(
        released(col(Attendance.case_id), col(Service.provider_id)),
        col(Attendance.court_id) == _COURT,
        col(Attendance.held_on).between(_FIRST, _LAST),
        col(Attendance.kind) == AttendanceKind.MISSED,
        ~col(Attendance.disputed),
        col(Attendance.replaced_by_id).is_(None),
    )
)

#: What the judge chose to do about a missed appearance, in the latest version of the decision: it is an answer too.
_CHOSEN = (
    sa.select(col(Decision.missed))
    .where(col(Decision.court_id) == _COURT, col(Decision.appearance_id) == col(Appearance.id))
    .order_by(col(Decision.version).desc())
    .limit(1)
    .correlate(Appearance)
    .scalar_subquery()
)

_MISSED: Statement = (
    sa.select(
        col(Appearance.case_id),
        col(PhasePeriod.name).label("phase"),
        col(CourtSession.held_on).label("on"),
        _answered_on(col(Appearance.case_id), col(CourtSession.held_on)).label("answered_on"),
        col(CourtSession.held_on).label("seen_on"),
        _CHOSEN.is_not(None).label("decided"),
    )
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), cases_of(_COURT)))
    .join(PhasePeriod, _in_phase(col(Appearance.case_id), col(CourtSession.held_on)))
    .where(
        col(Appearance.court_id) == _COURT,
        col(Appearance.state) == AppearanceState.HELD,
        col(Appearance.outcome) == Outcome.DID_NOT_APPEAR,
        col(CourtSession.held_on).between(_FIRST, _LAST),
    )
)


def _decided(table: Any, *columns: Any) -> Statement:
    """Select what was decided in the span, with the phase of that day."""
    return (
        sa.select(
            col(table.case_id),
            col(table.kind),
            col(table.behaviour),
            sa.func.coalesce(col(PhasePeriod.name), _NO_PHASE).label("phase"),
            col(table.decided_on).label("on"),
            *columns,
        )
        .join(Case, sa.and_(col(Case.id) == col(table.case_id), cases_of(_COURT)))
        .outerjoin(PhasePeriod, _decided_in_phase(col(table.case_id), col(table.decided_on)))
        .where(col(table.court_id) == _COURT, col(table.decided_on).between(_FIRST, _LAST))
    )


_RESPONSES: Statement = _decided(Response, col(Response.outside_reason)).where(
    col(Response.state) != ResponseState.WITHDRAWN
)
_LEFT: Statement = _decided(LeftUnanswered, col(LeftUnanswered.reason))
