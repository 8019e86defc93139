"""The two statements behind `facts_of`, built once for each way of choosing cases.

Counts with FILTER per case, so that nothing is fetched row by row; SQLite and PostgreSQL read the same text.
"""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.rules.vocabulary import (
    ON_CALENDAR,
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.scope import cases_of
from models.tables import (
    Appearance,
    Attendance,
    Case,
    CourtSession,
    Mandate,
    PhasePeriod,
    Release,
    Report,
    Response,
)

Chosen = sa.Select[UUID]
Statement = sa.Select[*tuple[Any, ...]]

#: A response to one of these answers the absences and missed appearances before it.
ANSWERS_FAILURE = (Behaviour.ABSENCE, Behaviour.MISSED_APPEARANCE, Behaviour.OTHER)

_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_ON = sa.bindparam("on_day", type_=sa.Date)


@cache
def statements(chosen: Chosen) -> tuple[Statement, Statement]:
    """Build the two statements for one way of choosing cases."""
    exist = sa.select(col(Case.id)).where(cases_of(_COURT), col(Case.id).in_(chosen))
    answers = _answers(exist)
    court = _court(exist, answers)
    return _attendance(exist, answers, court), _course(exist, answers, court)


def _answers(exist: Chosen) -> sa.Subquery:
    """Per case: the last response that answers a failure, and how many responses are still open."""
    answering = col(Response.behaviour).in_(ANSWERS_FAILURE)
    asks = col(Response.kind) != ResponseKind.INCENTIVE
    return (
        sa.select(
            col(Response.case_id).label("case_id"),
            sa.func.max(col(Response.decided_on)).filter(answering).label("answered_on"),
            sa.func.count().filter(col(Response.state) == ResponseState.ORDERED, asks).label("open_responses"),
        )
        .where(
            col(Response.court_id) == _COURT,
            col(Response.case_id).in_(exist),
            col(Response.state) != ResponseState.WITHDRAWN,
            col(Response.decided_on) <= _ON,
        )
        .group_by(col(Response.case_id))
        .subquery("answers")
    )


def _court(exist: Chosen, answers: sa.Subquery) -> sa.Subquery:
    """Per case: what its appearances say."""
    held, scheduled = (col(Appearance.state) == state for state in (AppearanceState.HELD, AppearanceState.SCHEDULED))
    day = col(CourtSession.held_on)
    missed = sa.and_(held, col(Appearance.outcome) == Outcome.DID_NOT_APPEAR, day <= _ON)
    seen = sa.and_(held, col(Appearance.outcome) != Outcome.ADJOURNED, day <= _ON)
    return (
        sa.select(
            col(Appearance.case_id).label("case_id"),
            sa.func.max(day).filter(seen).label("last_appearance_on"),
            sa.func.min(day).filter(scheduled, day >= _ON).label("next_appearance_on"),
            sa.func.count().filter(scheduled, day < _ON).label("unheld"),
            *_failing(missed, day, answers),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .outerjoin(answers, answers.c.case_id == col(Appearance.case_id))
        .where(
            col(Appearance.court_id) == _COURT,
            col(Appearance.case_id).in_(exist),
            col(Appearance.state).in_(ON_CALENDAR),
        )
        .group_by(col(Appearance.case_id))
        .subquery("court")
    )


def _failing(missed: sa.ColumnElement[bool], day: Any, answers: sa.Subquery) -> list[sa.Label[Any]]:
    """Count one behaviour the court may answer: in the ladder's window, and since the court last answered."""
    unanswered = sa.or_(answers.c.answered_on.is_(None), day > answers.c.answered_on)
    return [
        sa.func.count().filter(missed, day > sa.bindparam("window_begins", type_=sa.Date)).label("in_window"),
        sa.func.count().filter(missed, unanswered).label("unanswered"),
        sa.func.min(day).filter(missed, unanswered).label("first_unanswered_on"),
        sa.func.max(day).filter(missed).label("last_on"),
    ]


def _course(exist: Chosen, answers: sa.Subquery, court: sa.Subquery) -> Statement:
    """Everything but attendance: stage, mandate, phase, appearances, responses, releases and reports."""
    return (
        sa.select(
            col(Case.id).label("case_id"),
            col(Case.stage),
            col(Mandate.program),
            col(Mandate.accepted_on),
            col(PhasePeriod.position),
            col(PhasePeriod.entered_on),
            *(column for column in court.c if column.name != "case_id"),
            answers.c.answered_on,
            answers.c.open_responses,
            *_releases(),
            *_reports(),
        )
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .outerjoin(PhasePeriod, sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.left_on).is_(None)))
        .outerjoin(court, court.c.case_id == col(Case.id))
        .outerjoin(answers, answers.c.case_id == col(Case.id))
        .where(col(Case.id).in_(exist))
    )


def _releases() -> list[sa.Label[Any]]:
    """Whether a release of the case holds on the day, and when the last one ended."""
    given = (
        col(Release.court_id) == _COURT,
        col(Release.case_id) == col(Case.id),
        col(Release.answer) == ReleaseAnswer.GIVEN,
        col(Release.starts_on) <= _ON,
    )
    not_revoked = sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > _ON)
    ended = sa.select(sa.func.max(sa.func.coalesce(col(Release.revoked_on), col(Release.ends_on)))).where(*given)
    return [
        sa.exists().where(*given, col(Release.ends_on) >= _ON, not_revoked).label("release_active"),
        ended.scalar_subquery().label("release_ended_on"),
    ]


def _reports() -> list[sa.Label[Any]]:
    """How many reports are past their grace, since when, and when the last one came."""
    of_case = (col(Report.court_id) == _COURT, col(Report.case_id) == col(Case.id))
    waiting = (
        col(Report.state) == ReportState.EXPECTED,
        col(Report.due_on) < sa.bindparam("grace_over", type_=sa.Date),
    )
    outstanding = sa.select(sa.func.count()).select_from(Report).where(*of_case, *waiting)
    oldest = sa.select(sa.func.min(col(Report.due_on))).where(*of_case, *waiting)
    last = sa.select(sa.func.max(col(Report.received_on))).where(*of_case, col(Report.received_on) <= _ON)
    return [
        outstanding.scalar_subquery().label("reports_outstanding"),
        oldest.scalar_subquery().label("oldest_report_due_on"),
        last.scalar_subquery().label("last_report_on"),
    ]


def _attendance(exist: Chosen, answers: sa.Subquery, court: sa.Subquery) -> Statement:
    """Per case: its service sessions by kind, since the mandate began and since the last appearance."""
    day, kind, disputed = col(Attendance.held_on), col(Attendance.kind), col(Attendance.disputed)
    since_mandate = sa.or_(col(Mandate.accepted_on).is_(None), day >= col(Mandate.accepted_on))
    since_court = sa.or_(court.c.last_appearance_on.is_(None), day > court.c.last_appearance_on)
    settled = {name: sa.and_(kind == name, ~disputed) for name in ("attended", "excused", "missed", "cancelled")}
    by_kind = {**settled, "unverified": sa.or_(kind == AttendanceKind.UNVERIFIED, disputed)}
    counts = [sa.func.count().filter(since_mandate, what).label(name) for name, what in by_kind.items()]
    counts += [sa.func.count().filter(since_court, what).label(f"court_{name}") for name, what in by_kind.items()]
    return (
        sa.select(
            col(Attendance.case_id).label("case_id"),
            *counts,
            *_failing(by_kind["missed"], day, answers),
            sa.func.max(day).label("last_session_on"),
        )
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Attendance.case_id), col(Mandate.ended_on).is_(None)))
        .outerjoin(court, court.c.case_id == col(Attendance.case_id))
        .outerjoin(answers, answers.c.case_id == col(Attendance.case_id))
        .where(
            col(Attendance.court_id) == _COURT,
            col(Attendance.case_id).in_(exist),
            col(Attendance.replaced_by_id).is_(None),
            day <= _ON,
        )
        .group_by(col(Attendance.case_id))
    )
