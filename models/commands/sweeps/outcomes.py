"""Appearances whose day has passed without a recorded outcome: the court's move, the participant's in no way."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, ON, OPEN_CASE, Statement, rows, sessions_on
from models.rules import follow_up_reasons
from models.rules.vocabulary import AppearanceState, FollowUpKind, Move
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession

_UNHELD: Statement = (
    sa.select(col(Appearance.id), col(Appearance.case_id), col(CourtSession.held_on))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), OPEN_CASE))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.state) == AppearanceState.SCHEDULED,
        col(Appearance.court_session_id).in_(sessions_on(col(CourtSession.held_on) < ON)),
    )
)


def find_missing_outcomes(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep one follow-up for each appearance without an outcome, since its own day; the policy's grace applies."""
    today = actor.today(now)
    grace = actor.policy_on(today).follow_up.outcome_grace_days
    wanted = (
        Due(
            kind=FollowUpKind.NO_OUTCOME,
            occurrence=str(row.id),
            case_id=row.case_id,
            reason=follow_up_reasons.no_outcome(row.held_on, row.held_on),
            move=Move.COURT,
            since=row.held_on,
            due_on=row.held_on,
            grace_days=grace,
        )
        for row in rows(session, actor, _UNHELD, today)
    )
    return Swept(keep(session, actor, {FollowUpKind.NO_OUTCOME}, wanted, now=now))
