"""What happened in one case, as the bench sees it at a glance: sessions, reports, court days and the court's responses.

Four statements, each of one case; the caller has authorised. Corrected entries stand once, as they were last recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.facts.released import reader, released
from models.facts.statements import Statement
from models.rules.releases import answered
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    Purpose,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.scope import Actor
from models.tables import Appearance, Attendance, CourtSession, Provider, Referral, Report, Response, Service


@dataclass(frozen=True, kw_only=True)
class TimelineSession:
    """One service session and what became of it."""

    on: date
    kind: AttendanceKind
    reason: str | None
    disputed: bool
    referral_id: UUID
    provider: str


@dataclass(frozen=True, kw_only=True)
class TimelineReport:
    """One compliance report the court expected."""

    report_id: UUID
    appearance_id: UUID
    provider: str
    due_on: date
    received_on: date | None
    state: ReportState


@dataclass(frozen=True, kw_only=True)
class TimelineAppearance:
    """One court day of the case."""

    appearance_id: UUID
    on: date
    state: AppearanceState
    purpose: Purpose
    outcome: Outcome | None
    promised: str | None


@dataclass(frozen=True, kw_only=True)
class TimelineResponse:
    """One response of the court, with what it answered."""

    response_id: UUID
    decision_id: UUID
    kind: ResponseKind
    behaviour: Behaviour
    behaviour_on: date | None
    what: str
    because: str
    step: int
    outside_reason: str | None
    state: ResponseState
    decided_on: date
    due_on: date | None
    settled_on: date | None
    withdrawn_reason: str | None


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The four lanes, each in time order. `withheld` names providers whose sessions no active release lets be read."""

    sessions: tuple[TimelineSession, ...]
    reports: tuple[TimelineReport, ...]
    appearances: tuple[TimelineAppearance, ...]
    responses: tuple[TimelineResponse, ...]
    withheld: tuple[str, ...] = ()


def for_the_room(happened: Timeline) -> Timeline:
    """Return a timeline without reasons of absences and names of providers: an illness or a shelter is nothing for the room."""
    return replace(
        happened,
        sessions=tuple(replace(one, reason=None, provider="") for one in happened.sessions),
        reports=tuple(replace(one, provider="") for one in happened.reports),
        withheld=("",) if happened.withheld else (),
    )


def timeline(session: Session, viewer: Actor, case_id: UUID, *, today: date) -> Timeline:
    """Return what happened in a case that the caller was allowed to load, as far as releases let it be read `today`."""
    given = {"court_id": viewer.court_id, "case_id": case_id, "on_day": today, **reader(viewer)}
    told = [(row.pop("released"), row) for row in map(dict, session.execute(_SESSIONS, given).mappings())]
    withheld = any(not readable for readable, _ in told)
    return Timeline(
        sessions=tuple(TimelineSession(**row) for readable, row in told if readable),
        withheld=tuple(dict.fromkeys(row["provider"] for readable, row in told if not readable)),
        reports=tuple(TimelineReport(**row) for row in session.execute(_REPORTS, given).mappings()),
        appearances=tuple(TimelineAppearance(**row) for row in session.execute(_APPEARANCES, given).mappings()),
        responses=tuple(_response(row, withheld) for row in session.execute(_RESPONSES, given).mappings()),
    )


def _response(row: Mapping[Any, Any], withheld: bool) -> TimelineResponse:
    because = answered(row["behaviour"], row["because"], withheld=withheld)
    hidden = because != row["because"]
    return TimelineResponse(**{**row, "because": because, "behaviour_on": None if hidden else row["behaviour_on"]})


_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_CASE = sa.bindparam("case_id", type_=sa.Uuid)

_SESSIONS: Statement = (
    sa.select(
        col(Attendance.held_on).label("on"),
        col(Attendance.kind),
        col(Attendance.reason),
        col(Attendance.disputed),
        col(Attendance.referral_id),
        col(Provider.name).label("provider"),
        released(col(Attendance.case_id), col(Provider.id)).label("released"),
    )
    .join(Referral, col(Referral.id) == col(Attendance.referral_id))
    .join(Service, col(Service.id) == col(Referral.service_id))
    .join(Provider, col(Provider.id) == col(Service.provider_id))
    .where(
        col(Attendance.court_id) == _COURT,
        col(Attendance.case_id) == _CASE,
        col(Attendance.replaced_by_id).is_(None),
    )
    .order_by(col(Attendance.held_on), col(Attendance.id))
)

_REPORTS: Statement = (
    sa.select(
        col(Report.id).label("report_id"),
        col(Report.appearance_id),
        col(Provider.name).label("provider"),
        col(Report.due_on),
        col(Report.received_on),
        col(Report.state),
    )
    .join(Provider, col(Provider.id) == col(Report.provider_id))
    .where(col(Report.court_id) == _COURT, col(Report.case_id) == _CASE)
    .order_by(col(Report.due_on), col(Report.id))
)

_APPEARANCES: Statement = (
    sa.select(
        col(Appearance.id).label("appearance_id"),
        col(CourtSession.held_on).label("on"),
        col(Appearance.state),
        col(Appearance.purpose),
        col(Appearance.outcome),
        col(Appearance.promised),
    )
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .where(col(Appearance.court_id) == _COURT, col(Appearance.case_id) == _CASE)
    .order_by(col(CourtSession.held_on), col(Appearance.id))
)

_RESPONSES: Statement = (
    sa.select(
        col(Response.id).label("response_id"),
        col(Response.decision_id),
        col(Response.kind),
        col(Response.behaviour),
        col(Response.behaviour_on),
        col(Response.what),
        col(Response.because),
        col(Response.step),
        col(Response.outside_reason),
        col(Response.state),
        col(Response.decided_on),
        col(Response.due_on),
        col(Response.settled_on),
        col(Response.withdrawn_reason),
    )
    .where(col(Response.court_id) == _COURT, col(Response.case_id) == _CASE)
    .order_by(col(Response.decided_on), col(Response.id))
)
