"""Adjournments in contemplation of dismissal that run out: the clerk confirms the dismissal; nothing is dismissed here."""

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
from models.tables import Acd, Case

_RUNNING: Statement = (
    sa.select(col(Acd.id), col(Acd.case_id), col(Acd.granted_on), col(Acd.expires_on))
    .join(Case, sa.and_(col(Case.id) == col(Acd.case_id), col(Case.stage) == Stage.ACD))
    .where(
        col(Acd.court_id) == COURT,
        col(Acd.restored_on).is_(None),
        col(Acd.confirmed_on).is_(None),
        col(Acd.expires_on) <= sa.bindparam("warn_until", type_=sa.Date),
    )
)


def find_ending_acds(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each ACD within the policy's warning days, due the first court day after it has run out."""
    today = actor.today(now)
    warning = timedelta(days=actor.policy_on(today).follow_up.acd_warning_days)
    court_days = sitting.court_days(session, actor)
    wanted = (
        Due(
            kind=FollowUpKind.ACD_EXPIRY,
            occurrence=str(row.id),
            case_id=row.case_id,
            reason=follow_up_reasons.acd_expiry(today, row.expires_on),
            move=Move.CLERK,
            since=max(row.granted_on, row.expires_on - warning),
            due_on=roll(row.expires_on + timedelta(days=1), Roll.FORWARD, court_days),
        )
        for row in rows(session, actor, _RUNNING, today, warn_until=today + warning)
    )
    return Swept(keep(session, actor, {FollowUpKind.ACD_EXPIRY}, wanted, now=now))
