"""The one statement behind `facts_of`, built once for each way of choosing cases.

One row a case, whose counts are ranges of an index: a case of years costs little more than one of weeks, and nothing is
fetched row by row. SQLite and PostgreSQL read the same text.
"""

from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import col

from models.rules.counting import ANSWERS_FAILURE
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
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
_Columns = list[sa.Label[Any]]
_Condition = sa.ColumnElement[bool]

_SETTLED = (AttendanceKind.ATTENDED, AttendanceKind.EXCUSED, AttendanceKind.MISSED, AttendanceKind.CANCELLED)
_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_ON = sa.bindparam("on_day", type_=sa.Date)
_WINDOW_FROM = sa.bindparam("window_from", type_=sa.Date)
_SINCE_PHASE = sa.bindparam("since_phase", type_=sa.Boolean)


@cache
def statement(chosen: Chosen) -> Statement:
    """Build the statement for one way of choosing cases."""
    known = _known(chosen)
    return sa.select(
        *known.c, *_court(known), *_open_responses(known), *_releases(known), *_reports(known), *_attendance(known)
    )


def _known(chosen: Chosen) -> sa.CTE:
    """Per case: its course, and the days from which the counts run. Materialised, or each count would look them up."""
    answered = (col(Response.behaviour).in_(ANSWERS_FAILURE), col(Response.state) != ResponseState.WITHDRAWN)
    answered_on = _first_of(Response, sa.func.max(col(Response.decided_on)), col(Case.id), *answered, _decided())
    seen_on = _of_court(
        sa.func.max(col(CourtSession.held_on)),
        col(Case.id),
        col(Appearance.state) == AppearanceState.HELD,
        col(Appearance.outcome) != Outcome.ADJOURNED,
        col(CourtSession.held_on) <= _ON,
    )
    return (
        sa.select(
            col(Case.id).label("case_id"),
            col(Case.stage),
            col(Mandate.program),
            sa.func.coalesce(col(Mandate.carried_from), col(Mandate.accepted_on)).label("counts_from"),
            col(PhasePeriod.position),
            col(PhasePeriod.entered_on),
            _window_from(col(PhasePeriod.entered_on)).label("window_from"),
            answered_on.label("answered_on"),
            seen_on.label("last_appearance_on"),
        )
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .outerjoin(PhasePeriod, sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.left_on).is_(None)))
        .where(cases_of(_COURT), col(Case.id).in_(chosen))
        .cte("known")
        .prefix_with("MATERIALIZED")
    )


def _window_from(entered_on: Any) -> sa.ColumnElement[Any]:
    """Return the first day whose failures count as repeats, as `Ladder.window_from` has it."""
    return sa.case((sa.and_(_SINCE_PHASE, entered_on.is_not(None)), entered_on), else_=_WINDOW_FROM)


def _first_of(table: Any, what: Any, case_id: Any, *where: _Condition) -> sa.ScalarSelect[Any]:
    """Select one value of a table's rows of one case."""
    own = (col(table.court_id) == _COURT, col(table.case_id) == case_id)
    return sa.select(what).select_from(table).where(*own, *where).scalar_subquery()


def _of_court(what: Any, case_id: Any, *where: _Condition) -> sa.ScalarSelect[Any]:
    """Select one value of a case's appearances with their sessions."""
    on_session = sa.join(Appearance, CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    own = (col(Appearance.court_id) == _COURT, col(Appearance.case_id) == case_id)
    return sa.select(what).select_from(on_session).where(*own, *where).scalar_subquery()


def _court(known: sa.CTE) -> _Columns:
    """What the calendar says, and which appearances were missed."""
    day, scheduled = col(CourtSession.held_on), col(Appearance.state) == AppearanceState.SCHEDULED
    missed = (
        col(Appearance.state) == AppearanceState.HELD,
        col(Appearance.outcome) == Outcome.DID_NOT_APPEAR,
        day <= _ON,
    )
    failing = {name: _of_court(what, known.c.case_id, *missed, *where) for name, what, *where in _failing(day, known)}
    found = {
        "next_appearance_on": _of_court(sa.func.min(day), known.c.case_id, scheduled, day >= _ON),
        "unheld": _of_court(sa.func.count(), known.c.case_id, scheduled, day < _ON),
        **failing,
    }
    return [value.label(name) for name, value in found.items()]


def _failing(day: Any, known: sa.CTE) -> list[Any]:
    """Name what is asked of one behaviour the court may answer: in the ladder's window, and since it last answered."""
    unanswered = day > _or_ever(known.c.answered_on)
    return [
        ("in_window", sa.func.count(), day >= known.c.window_from),
        ("unanswered", sa.func.count(), unanswered),
        ("first_unanswered_on", sa.func.min(day), unanswered),
        ("last_on", sa.func.max(day)),
    ]


def _or_ever(day: Any) -> sa.ColumnElement[Any]:
    """Return the day, or one before all others where there is none, so that the rest stays one range of an index."""
    return sa.func.coalesce(day, sa.literal(date.min, sa.Date))


def _decided() -> _Condition:
    return col(Response.decided_on) <= _ON


def _open_responses(known: sa.CTE) -> _Columns:
    ordered = (col(Response.state) == ResponseState.ORDERED, col(Response.kind) != ResponseKind.INCENTIVE)
    return [_first_of(Response, sa.func.count(), known.c.case_id, *ordered, _decided()).label("open_responses")]


def _releases(known: sa.CTE) -> _Columns:
    """Whether a release of the case holds on the day, and when the last one ended."""
    given = (col(Release.answer) == ReleaseAnswer.GIVEN, col(Release.starts_on) <= _ON)
    not_revoked = sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > _ON)
    active = _first_of(Release, sa.func.count(), known.c.case_id, *given, col(Release.ends_on) >= _ON, not_revoked)
    ended_on = sa.func.max(sa.func.coalesce(col(Release.revoked_on), col(Release.ends_on)))
    return [
        active.label("releases_active"),
        _first_of(Release, ended_on, known.c.case_id, *given).label("release_ended_on"),
    ]


def _reports(known: sa.CTE) -> _Columns:
    """How many reports are past their grace, since when, and when the last one came.

    Once a later report of the same provider has come, nobody waits for the older one any more.
    """
    later = orm.aliased(Report)
    overtaken = sa.exists().where(
        col(later.court_id) == _COURT,
        col(later.case_id) == col(Report.case_id),
        col(later.due_on) > col(Report.due_on),
        col(later.provider_id) == col(Report.provider_id),
        col(later.received_on) <= _ON,
    )
    past_grace = col(Report.due_on) < sa.bindparam("grace_over", type_=sa.Date)
    waiting = (col(Report.state) == ReportState.EXPECTED, past_grace, ~overtaken)
    last, came = sa.func.max(col(Report.received_on)), col(Report.received_on) <= _ON
    return [
        _first_of(Report, sa.func.count(), known.c.case_id, *waiting).label("reports_outstanding"),
        _first_of(Report, sa.func.min(col(Report.due_on)), known.c.case_id, *waiting).label("oldest_report_due_on"),
        _first_of(Report, last, known.c.case_id, came).label("last_report_on"),
    ]


def _attendance(known: sa.CTE) -> _Columns:
    """Service sessions by kind, since the mandate began and since the last appearance; and the absences."""
    day = col(Attendance.held_on)
    counts = {
        **_by_kind(known, "", day >= _or_ever(known.c.counts_from)),
        **_by_kind(known, "court_", day > _or_ever(known.c.last_appearance_on)),
        **{
            f"absences_{name}": _of_sessions(known, what, _is_settled(AttendanceKind.MISSED), *where)
            for name, what, *where in _failing(day, known)
        },
        "last_session_on": _of_sessions(known, sa.func.max(day)),
    }
    return [value.label(name) for name, value in counts.items()]


def _by_kind(known: sa.CTE, prefix: str, since: _Condition) -> dict[str, sa.ColumnElement[Any]]:
    """Count the sessions `since` a day by kind. A disputed one is not verified, whatever was recorded."""
    counts: dict[str, sa.ColumnElement[Any]] = {
        f"{prefix}{kind}": _of_sessions(known, sa.func.count(), _is_settled(kind), since) for kind in _SETTLED
    }
    unverified = col(Attendance.kind) == AttendanceKind.UNVERIFIED
    disputed = sa.and_(col(Attendance.kind).in_(_SETTLED), col(Attendance.disputed))
    counts[f"{prefix}unverified"] = _of_sessions(known, sa.func.count(), unverified, since) + _of_sessions(
        known, sa.func.count(), disputed, since
    )
    return counts


def _is_settled(kind: AttendanceKind) -> _Condition:
    return sa.and_(col(Attendance.kind) == kind, ~col(Attendance.disputed))


def _of_sessions(known: sa.CTE, what: Any, *where: _Condition) -> sa.ScalarSelect[Any]:
    """Select one value of a case's service sessions as last recorded, up to the day."""
    current = (col(Attendance.replaced_by_id).is_(None), col(Attendance.held_on) <= _ON)
    return _first_of(Attendance, what, known.c.case_id, *where, *current)
