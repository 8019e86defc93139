"""What the preview of a closed day reads: the appearances to move, where their cases are already, their
reports and releases, and closed days.

Five statements, however many cases there are. `which` chooses the court sessions.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.rules.court_days import CourtDays
from models.rules.vocabulary import AppearanceState, FlagKind, ReleaseAnswer, ReportState, SessionState
from models.scope import Actor, own_cases
from models.tables import (
    Appearance,
    Case,
    Closure,
    CourtSession,
    Judge,
    Part,
    Participant,
    Person,
    Provider,
    Release,
    Report,
    SafetyFlag,
)

TO_MOVE = (AppearanceState.PROPOSED, AppearanceState.SCHEDULED)
Which = sa.ColumnElement[bool]


_INITIALS_ONLY = sa.exists().where(
    col(SafetyFlag.participant_id) == col(Participant.id),
    col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
    col(SafetyFlag.ended_on).is_(None),
)
_IN_CALL_ORDER = (
    col(CourtSession.held_on),
    col(CourtSession.starts_at),
    col(Part.name),
    col(Appearance.position),
    col(Appearance.id),
)


def appearances(viewer: Actor, which: Which) -> sa.Select[*tuple[Any, ...]]:
    """Select the open sessions that would close, each with its appearances in call order (or one empty row)."""
    on_them = sa.and_(
        col(Appearance.court_session_id) == col(CourtSession.id), col(Appearance.state).in_(sitting.TAKES_A_PLACE)
    )
    return (
        sa.select(
            col(CourtSession.id).label("session_id"),
            col(CourtSession.held_on).label("on"),
            col(CourtSession.starts_at),
            col(Part.name).label("part"),
            col(Judge.name).label("judge"),
            col(Appearance.id).label("appearance_id"),
            col(Appearance.case_id),
            col(Appearance.state),
            col(Appearance.purpose),
            col(Appearance.minutes),
            col(Appearance.interpreter),
            col(Case.version),
            col(Case.docket_number),
            col(Person.preferred_name),
            col(Person.legal_name),
            col(Participant.interpreter_language).label("language"),
            _INITIALS_ONLY.label("initials_only"),
        )
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(Judge, col(Judge.id) == sitting.USUAL_JUDGE)
        .outerjoin(
            sa.join(Appearance, Case, sa.and_(col(Case.id) == col(Appearance.case_id), own_cases(viewer)))
            .join(Participant, col(Participant.id) == col(Case.participant_id))
            .join(Person, col(Person.id) == col(Participant.person_id)),
            on_them,
        )
        .where(col(CourtSession.court_id) == viewer.court_id, col(CourtSession.state) == SessionState.OPEN, which)
        .order_by(*_IN_CALL_ORDER)
    )


def closures(session: Session, viewer: Actor) -> tuple[CourtDays, dict[date, str]]:
    """Return the court's own days, and the days only proposed as holidays with their names."""
    rows = session.execute(
        sa.select(col(Closure.closed_on), col(Closure.closed_from), col(Closure.name), col(Closure.confirmed_at)).where(
            col(Closure.court_id) == viewer.court_id
        )
    ).all()
    proposed = {row.closed_on: row.name for row in rows if row.confirmed_at is None}
    return sitting.days_closed([row for row in rows if row.confirmed_at is not None]), proposed


def also_on(session: Session, viewer: Actor, which: Which) -> dict[UUID, frozenset[UUID]]:
    """Return per case to move every session it is on."""
    live = sa.and_(col(Appearance.court_id) == viewer.court_id, col(Appearance.state).in_(sitting.TAKES_A_PLACE))
    to_move = (
        sa.select(col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(live, which)
    )
    rows = session.execute(
        sa.select(col(Appearance.case_id), col(Appearance.court_session_id)).where(
            live, col(Appearance.case_id).in_(to_move)
        )
    )
    found: dict[UUID, set[UUID]] = {}
    for case_id, session_id in rows:
        found.setdefault(case_id, set()).add(session_id)
    return {case_id: frozenset(ids) for case_id, ids in found.items()}


def reports(session: Session, viewer: Actor, which: Which, day: date) -> tuple[dict[UUID, date], int]:
    """Return the due day of what is expected per appearance to move, and how many others are due that day."""
    moving = sa.and_(which, col(Appearance.state).in_(TO_MOVE))
    rows = session.execute(
        sa.select(col(Report.appearance_id), col(Report.due_on), sa.case((moving, 1), else_=0))
        .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(
            col(Report.court_id) == viewer.court_id,
            col(Report.state) == ReportState.EXPECTED,
            sa.or_(moving, col(Report.due_on) == day),
        )
    ).all()
    return {row[0]: row[1] for row in rows if row[2]}, sum(1 for row in rows if not row[2])


def releases(session: Session, viewer: Actor, which: Which, first: date) -> dict[UUID, list[tuple[str, date, date]]]:
    """Return per case to move what it has released: the provider, and the first and last day on which that holds."""
    to_move = (
        sa.select(col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.court_id) == viewer.court_id, col(Appearance.state).in_(TO_MOVE), which)
    )
    rows = session.execute(
        sa.select(
            col(Release.case_id),
            col(Provider.name),
            col(Release.starts_on),
            col(Release.ends_on),
            col(Release.revoked_on),
        )
        .join(Provider, col(Provider.id) == col(Release.provider_id))
        .where(
            col(Release.court_id) == viewer.court_id,
            col(Release.answer) == ReleaseAnswer.GIVEN,
            col(Release.ends_on) >= first,
            col(Release.case_id).in_(to_move),
        )
        .order_by(col(Release.ends_on), col(Provider.name))
    )
    found: dict[UUID, list[tuple[str, date, date]]] = {}
    for case_id, provider, starts_on, ends_on, revoked_on in rows:
        last = ends_on if revoked_on is None else min(ends_on, revoked_on - timedelta(days=1))
        found.setdefault(case_id, []).append((provider, starts_on, last))
    return found
