"""Count what the rules look at, for many cases at once and in two statements, however many cases there are.

The cases come as a SELECT of their ids, so that no batch meets a database's limit of bound variables. It counts what is
stored and judges nothing: what a count means is for the rules.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.court_days import CourtDays, court_days_between, subtract_court_days
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.policy import Policy
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.scope import Actor, own_cases
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

#: A response to one of these answers the absences and missed appearances before it.
ANSWERS_FAILURE = (Behaviour.ABSENCE, Behaviour.MISSED_APPEARANCE, Behaviour.OTHER)


def facts_of(
    session: Session, actor: Actor, chosen: Chosen, *, on: date, policy: Policy, court_days: CourtDays
) -> dict[UUID, CaseFacts]:
    """Return the facts, as known on the civil date `on`, of those of the `chosen` cases that exist for the actor."""
    court = sa.select(col(Case.id)).where(own_cases(actor), col(Case.id).in_(chosen))
    counted = {row["case_id"]: row for row in session.execute(_attendance(actor, court, on, policy)).mappings()}
    lines = session.execute(_course(actor, court, on, policy, court_days)).mappings()
    return {row["case_id"]: _facts(row, counted.get(row["case_id"], {}), on, court_days) for row in lines}


def _answers(actor: Actor, chosen: Chosen, on: date) -> sa.Subquery:
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
            col(Response.court_id) == actor.court_id,
            col(Response.case_id).in_(chosen),
            col(Response.state) != ResponseState.WITHDRAWN,
            col(Response.decided_on) <= on,
        )
        .group_by(col(Response.case_id))
        .subquery("answers")
    )


def _court(actor: Actor, chosen: Chosen, on: date, policy: Policy, answers: sa.Subquery) -> sa.Subquery:
    """Per case: what its appearances say."""
    held, scheduled = (col(Appearance.state) == state for state in (AppearanceState.HELD, AppearanceState.SCHEDULED))
    day = col(CourtSession.held_on)
    missed = sa.and_(held, col(Appearance.outcome) == Outcome.DID_NOT_APPEAR, day <= on)
    seen = sa.and_(held, col(Appearance.outcome) != Outcome.ADJOURNED, day <= on)
    unanswered = sa.or_(answers.c.answered_on.is_(None), day > answers.c.answered_on)
    window = day > on - timedelta(days=policy.ladder.window_days)
    return (
        sa.select(
            col(Appearance.case_id).label("case_id"),
            sa.func.max(day).filter(seen).label("last_appearance_on"),
            sa.func.min(day).filter(scheduled, day >= on).label("next_appearance_on"),
            sa.func.count().filter(scheduled, day < on).label("unheld"),
            sa.func.count().filter(missed, window).label("in_window"),
            sa.func.count().filter(missed, unanswered).label("unanswered"),
            sa.func.min(day).filter(missed, unanswered).label("first_unanswered_on"),
            sa.func.max(day).filter(missed).label("last_on"),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .outerjoin(answers, answers.c.case_id == col(Appearance.case_id))
        .where(
            col(Appearance.court_id) == actor.court_id,
            col(Appearance.case_id).in_(chosen),
            sa.or_(held, scheduled),
        )
        .group_by(col(Appearance.case_id))
        .subquery("court")
    )


def _course(
    actor: Actor, chosen: Chosen, on: date, policy: Policy, court_days: CourtDays
) -> sa.Select[*tuple[Any, ...]]:
    """Everything but attendance: stage, mandate, phase, appearances, responses, releases and reports."""
    answers = _answers(actor, chosen, on)
    court = _court(actor, chosen, on, policy, answers)
    released = sa.exists().where(
        col(Release.court_id) == actor.court_id,
        col(Release.case_id) == col(Case.id),
        col(Release.answer) == ReleaseAnswer.GIVEN,
        col(Release.starts_on) <= on,
        col(Release.ends_on) >= on,
        sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > on),
    )
    ended = sa.select(sa.func.max(sa.func.coalesce(col(Release.revoked_on), col(Release.ends_on)))).where(
        col(Release.court_id) == actor.court_id,
        col(Release.case_id) == col(Case.id),
        col(Release.answer) == ReleaseAnswer.GIVEN,
        col(Release.starts_on) <= on,
    )
    grace_over = subtract_court_days(on, policy.reports.grace_court_days, court_days)
    reports = sa.select(col(Report.case_id)).where(
        col(Report.court_id) == actor.court_id, col(Report.case_id) == col(Case.id)
    )
    waiting = reports.where(col(Report.state) == ReportState.EXPECTED, col(Report.due_on) < grace_over)
    outstanding, oldest = (
        waiting.with_only_columns(what).scalar_subquery() for what in (sa.func.count(), sa.func.min(col(Report.due_on)))
    )
    last_report = reports.with_only_columns(sa.func.max(col(Report.received_on))).where(col(Report.received_on) <= on)
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
            released.label("release_active"),
            ended.scalar_subquery().label("release_ended_on"),
            outstanding.label("reports_outstanding"),
            oldest.label("oldest_report_due_on"),
            last_report.scalar_subquery().label("last_report_on"),
        )
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .outerjoin(PhasePeriod, sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.left_on).is_(None)))
        .outerjoin(court, court.c.case_id == col(Case.id))
        .outerjoin(answers, answers.c.case_id == col(Case.id))
        .where(col(Case.id).in_(chosen))
    )


def _attendance(actor: Actor, chosen: Chosen, on: date, policy: Policy) -> sa.Select[*tuple[Any, ...]]:
    """Per case: its service sessions by kind, since the mandate began and since the last appearance."""
    answers = _answers(actor, chosen, on)
    court = _court(actor, chosen, on, policy, answers)
    day, kind, disputed = col(Attendance.held_on), col(Attendance.kind), col(Attendance.disputed)
    since_mandate = sa.or_(col(Mandate.accepted_on).is_(None), day >= col(Mandate.accepted_on))
    since_court = sa.or_(court.c.last_appearance_on.is_(None), day > court.c.last_appearance_on)
    missed = sa.and_(kind == AttendanceKind.MISSED, ~disputed)
    unanswered = sa.or_(answers.c.answered_on.is_(None), day > answers.c.answered_on)
    window = day > on - timedelta(days=policy.ladder.window_days)
    by_kind = {
        "attended": sa.and_(kind == AttendanceKind.ATTENDED, ~disputed),
        "excused": sa.and_(kind == AttendanceKind.EXCUSED, ~disputed),
        "missed": missed,
        "cancelled": sa.and_(kind == AttendanceKind.CANCELLED, ~disputed),
        "unverified": sa.or_(kind == AttendanceKind.UNVERIFIED, disputed),
    }
    counts = [sa.func.count().filter(since_mandate, what).label(name) for name, what in by_kind.items()]
    counts += [sa.func.count().filter(since_court, what).label(f"court_{name}") for name, what in by_kind.items()]
    return (
        sa.select(
            col(Attendance.case_id).label("case_id"),
            *counts,
            sa.func.count().filter(missed, window).label("in_window"),
            sa.func.count().filter(missed, unanswered).label("unanswered"),
            sa.func.min(day).filter(missed, unanswered).label("first_unanswered_on"),
            sa.func.max(day).filter(missed).label("last_on"),
            sa.func.max(day).label("last_session_on"),
        )
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Attendance.case_id), col(Mandate.ended_on).is_(None)))
        .outerjoin(court, court.c.case_id == col(Attendance.case_id))
        .outerjoin(answers, answers.c.case_id == col(Attendance.case_id))
        .where(
            col(Attendance.court_id) == actor.court_id,
            col(Attendance.case_id).in_(chosen),
            col(Attendance.replaced_by_id).is_(None),
            day <= on,
        )
        .group_by(col(Attendance.case_id))
    )


def _facts(row: Mapping[Any, Any], counted: Mapping[Any, Any], on: date, court_days: CourtDays) -> CaseFacts:
    oldest = row["oldest_report_due_on"] if row["release_active"] else None
    known = [row["last_appearance_on"], row["last_report_on"], counted.get("last_session_on")]
    return CaseFacts(
        stage=row["stage"],
        program=row["program"],
        phase=row["position"] or 0,
        phase_since=row["entered_on"],
        mandate_since=row["accepted_on"],
        sessions=_sessions(counted, ""),
        sessions_since_court=_sessions(counted, "court_"),
        absences=_failures(counted),
        missed_appearances=_failures(row),
        open_responses=row["open_responses"] or 0,
        last_response_on=row["answered_on"],
        reports_outstanding=row["reports_outstanding"] if row["release_active"] else 0,
        report_days_late=court_days_between(oldest, on, court_days) if oldest else 0,
        release_active=bool(row["release_active"]),
        release_ended_on=None if row["release_active"] else row["release_ended_on"],
        unheld=row["unheld"] or 0,
        last_appearance_on=row["last_appearance_on"],
        next_appearance_on=row["next_appearance_on"],
        information_on=max((day for day in known if day), default=None),
    )


def _sessions(counted: Mapping[Any, Any], prefix: str) -> Sessions:
    return Sessions(
        attended=counted.get(f"{prefix}attended", 0),
        excused=counted.get(f"{prefix}excused", 0),
        missed=counted.get(f"{prefix}missed", 0),
        cancelled=counted.get(f"{prefix}cancelled", 0),
        unverified=counted.get(f"{prefix}unverified", 0),
    )


def _failures(row: Mapping[Any, Any]) -> Failures:
    return Failures(
        in_window=row.get("in_window") or 0,
        unanswered=row.get("unanswered") or 0,
        first_unanswered_on=row.get("first_unanswered_on"),
        last_on=row.get("last_on"),
    )
