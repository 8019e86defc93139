"""Cases in the program of which nobody has seen or heard for the days the court allows.

Counts a contact that reached the participant, a session attended, an appearance she came to. A try or an absence is no
contact; silence is nobody's fault.
"""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, ON, Statement, rows, sessions_on
from models.rules import follow_up_reasons
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    FollowUpKind,
    Move,
    Outcome,
    Stage,
)
from models.scope import Actor
from models.tables import Appearance, Attendance, Case, Contact, CourtSession, Mandate

_LIMIT = sa.bindparam("heard_until", type_=sa.Date)


def _heard() -> tuple[Statement, ...]:
    """Return the three ways of hearing of a participant, each a day, for the case of the statement around it."""
    contact = sa.select(col(Contact.made_on)).where(
        col(Contact.court_id) == COURT,
        col(Contact.case_id) == col(Case.id),
        col(Contact.reached),
        col(Contact.made_on) <= ON,
    )
    attended = sa.select(col(Attendance.held_on)).where(
        col(Attendance.court_id) == COURT,
        col(Attendance.case_id) == col(Case.id),
        col(Attendance.held_on) <= ON,
        col(Attendance.kind) == AttendanceKind.ATTENDED,
        col(Attendance.disputed).in_((False, True)),  # either: so that the day is a range of the index
        col(Attendance.replaced_by_id).is_(None),
    )
    appeared = (
        sa.select(col(CourtSession.held_on))
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(
            col(Appearance.court_id) == COURT,
            col(Appearance.case_id) == col(Case.id),
            col(Appearance.state) == AppearanceState.HELD,
            col(Appearance.outcome) == Outcome.APPEARED,
            col(CourtSession.held_on) <= ON,
        )
    )
    return contact, attended, appeared


def _seen_in_court_since() -> sa.ColumnElement[bool]:
    """Return the condition that she came to one of the sessions since the limit: few, so that they are looked up once."""
    recent = sessions_on(sa.and_(col(CourtSession.held_on) > _LIMIT, col(CourtSession.held_on) <= ON))
    return sa.exists().where(
        col(Appearance.court_id) == COURT,
        col(Appearance.case_id) == col(Case.id),
        col(Appearance.state) == AppearanceState.HELD,
        col(Appearance.outcome) == Outcome.APPEARED,
        sa.func.coalesce(col(Appearance.court_session_id), sa.null()).in_(recent),  # her few, not each of the recent
    )


def _silent() -> Statement:
    ways = [(way, way.selected_columns[0]) for way in _heard()]
    told = [sa.exists(way.where(day > _LIMIT).correlate(Case)) for way, day in ways[:-1]]
    recent = (*told, _seen_in_court_since())
    last = [way.with_only_columns(sa.func.max(day)).correlate(Case).scalar_subquery() for way, day in ways]
    return (
        sa.select(col(Case.id), col(Mandate.accepted_on), *(day.label(f"last_{n}") for n, day in enumerate(last)))
        .join(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .where(
            col(Case.court_id) == COURT,
            col(Case.stage) == Stage.ACTIVE,
            col(Mandate.accepted_on) <= _LIMIT,
            *(~way for way in recent),
        )
    )


_SILENT = _silent()


def find_silence(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each case not heard of for the policy's days; the day the limit is reached is not late."""
    today = actor.today(now)
    days = actor.policy_on(today).follow_up.no_contact_days
    found = rows(session, actor, _SILENT, today, heard_until=today - timedelta(days=days))
    return Swept(keep(session, actor, {FollowUpKind.NO_CONTACT}, (_due(row, days) for row in found), now=now))


def _due(row: Any, days: int) -> Due:
    last: date | None = max((day for day in row[2:] if day), default=None)
    limit = max(filter(None, (last, row.accepted_on))) + timedelta(days=days)
    return Due(
        kind=FollowUpKind.NO_CONTACT,
        occurrence=f"{row.id}:{limit}",
        case_id=row.id,
        reason=follow_up_reasons.no_contact(limit, last, days),
        move=Move.COORDINATOR,
        since=limit,
        due_on=limit,
    )
