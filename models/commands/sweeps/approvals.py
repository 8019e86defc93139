"""Dates the scheduler proposed: they wait for the clerk, and end when nobody approved them before their day."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.commands.sweeps.keeping import Due, keep
from models.commands.sweeps.parameters import CASE_IN_PROGRAM, COURT, ON, Statement, rows
from models.rules import follow_up_reasons
from models.rules.court_days import CourtDays, add_court_days
from models.rules.vocabulary import AppearanceState, FollowUpKind, Move
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession

#: Court days the clerk has to approve a proposed date; always before the date itself.
TO_APPROVE = 2

_PROPOSED: Statement = (
    sa.select(
        col(Appearance.id),
        col(Appearance.case_id),
        col(Appearance.added_at),
        col(CourtSession.held_on),
    )
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), CASE_IN_PROGRAM))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.state) == AppearanceState.PROPOSED,
        col(CourtSession.held_on) >= ON,
    )
)


def end_old_proposals(session: Session, actor: Actor, *, now: datetime) -> int:
    """Take proposals off whose day has come without an approval; their cases then need another date."""
    past = sa.select(col(CourtSession.id)).where(
        col(CourtSession.court_id) == actor.court_id, col(CourtSession.held_on) < actor.today(now)
    )
    result = session.connection().execute(
        sa.update(Appearance)
        .where(
            col(Appearance.court_id) == actor.court_id,
            col(Appearance.state) == AppearanceState.PROPOSED,
            col(Appearance.court_session_id).in_(past),
        )
        .values(state=AppearanceState.REMOVED, changed_at=now, state_reason="Not approved before its day.")
    )
    return result.rowcount


def keep_approvals(session: Session, actor: Actor, *, now: datetime) -> int:
    """Keep one follow-up for each proposed date; return how many rows changed."""
    court_days = sitting.court_days(session, actor)
    found = rows(session, actor, _PROPOSED, actor.today(now))
    wanted = (_due(row, actor, court_days) for row in found)
    return keep(session, actor, {FollowUpKind.APPROVE_DATE}, wanted, now=now)


def _due(row: Any, actor: Actor, court_days: CourtDays) -> Due:
    since = clock.court_day(row.added_at, actor.zone)
    day_before = row.held_on - timedelta(days=1)
    return Due(
        kind=FollowUpKind.APPROVE_DATE,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.approve_date(since, row.held_on),
        move=Move.CLERK,
        since=since,
        due_on=max(since, min(add_court_days(since, TO_APPROVE, court_days), day_before)),
    )
