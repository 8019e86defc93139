"""Dismissed cases whose record waits to be sealed: the worklist after the last step. Nothing is sealed here."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, Statement, rows
from models.rules import follow_up_reasons
from models.rules.court_days import Roll, roll
from models.rules.vocabulary import FollowUpKind, Move, Stage
from models.scope import Actor
from models.tables import Case, StageChange

_DISMISSED: Statement = (
    sa.select(col(StageChange.id), col(StageChange.case_id), col(StageChange.changed_on))
    .join(Case, sa.and_(col(Case.id) == col(StageChange.case_id), col(Case.stage) == Stage.DISMISSED))
    .where(col(StageChange.court_id) == COURT, col(StageChange.to_stage) == Stage.DISMISSED)
)


def find_cases_to_seal(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each dismissal this court recorded, due on a court day within the policy's days."""
    today = actor.today(now)
    within = timedelta(days=actor.policy_on(today).follow_up.sealing_days)
    court_days = sitting.court_days(session, actor)
    wanted = (
        Due(
            kind=FollowUpKind.SEALING,
            occurrence=str(row.id),
            case_id=row.case_id,
            reason=follow_up_reasons.sealing(today, row.changed_on),
            move=Move.CLERK,
            since=row.changed_on,
            due_on=roll(row.changed_on + within, Roll.FORWARD, court_days),
        )
        for row in rows(session, actor, _DISMISSED, today)
    )
    return Swept(keep(session, actor, {FollowUpKind.SEALING}, wanted, now=now))
