"""Coming appearances that need an interpreter whom nobody has booked."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import CASE_IN_PROGRAM, COURT, ON, Statement, rows, sessions_on
from models.rules import follow_up_reasons
from models.rules.court_days import CourtDays, subtract_court_days
from models.rules.vocabulary import AppearanceState, FollowUpKind, InterpreterState, Move
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession

#: How long before an appearance the booking is asked for, in calendar days: interpreters are booked a week ahead or two.
AHEAD = timedelta(days=14)

_UNTIL = sa.bindparam("until", type_=sa.Date)
_UNBOOKED: Statement = (
    sa.select(col(Appearance.id), col(Appearance.case_id), col(Appearance.added_at), col(CourtSession.held_on))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), CASE_IN_PROGRAM))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.state) == AppearanceState.SCHEDULED,
        col(Appearance.interpreter) == InterpreterState.NEEDED,
        col(Appearance.court_session_id).in_(sessions_on(col(CourtSession.held_on).between(ON, _UNTIL))),
    )
)


def find_unbooked_interpreters(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each, due the court day before the appearance."""
    today = actor.today(now)
    court_days = sitting.court_days(session, actor)
    found = rows(session, actor, _UNBOOKED, today, until=today + AHEAD)
    wanted = (_due(row, actor, court_days, now) for row in found)
    return Swept(keep(session, actor, {FollowUpKind.INTERPRETER}, wanted, now=now))


def _due(row: Any, actor: Actor, court_days: CourtDays, now: datetime) -> Due:
    since = max(row.held_on - AHEAD, clock.court_day(row.added_at, actor.zone))
    return Due(
        kind=FollowUpKind.INTERPRETER,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.interpreter(actor.today(now), row.held_on),
        move=Move.CLERK,
        since=since,
        due_on=max(subtract_court_days(row.held_on, 1, court_days), since),
    )
