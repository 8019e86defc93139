"""Dismissed cases, and those whose conviction was vacated, whose record waits to be sealed: the worklist after the last step. Nothing is sealed here."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, Statement, rows
from models.rules import follow_up_reasons
from models.rules.court_days import Roll, roll
from models.rules.vocabulary import CLOSED, FollowUpKind, Move, Stage
from models.scope import Actor
from models.tables import Case, StageChange, Vacatur

_DISMISSED: Statement = (
    sa.select(col(StageChange.id), col(StageChange.case_id), col(StageChange.changed_on))
    .join(Case, sa.and_(col(Case.id) == col(StageChange.case_id), col(Case.stage) == Stage.DISMISSED))
    .where(col(StageChange.court_id) == COURT, col(StageChange.to_stage) == Stage.DISMISSED)
)
_VACATED: Statement = (
    sa.select(col(Vacatur.id), col(Vacatur.case_id), col(Vacatur.ordered_on))
    .join(Case, sa.and_(col(Case.id) == col(Vacatur.case_id), col(Case.stage).in_(CLOSED - {Stage.SEALED})))
    .where(col(Vacatur.court_id) == COURT)
)


def find_cases_to_seal(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each dismissal and each vacated conviction, due on a court day within the policy's days."""
    today = actor.today(now)
    within = timedelta(days=actor.policy_on(today).follow_up.sealing_days)
    court_days = sitting.court_days(session, actor)
    dismissed, vacated = rows(session, actor, _DISMISSED, today), rows(session, actor, _VACATED, today)
    told = [(row, row.changed_on, follow_up_reasons.sealing(today, row.changed_on)) for row in dismissed]
    told += [(row, row.ordered_on, follow_up_reasons.sealing_vacated(today, row.ordered_on)) for row in vacated]
    wanted = (
        Due(
            kind=FollowUpKind.SEALING,
            occurrence=str(row.id),
            case_id=row.case_id,
            reason=reason,
            move=Move.CLERK,
            since=since,
            due_on=roll(since + within, Roll.FORWARD, court_days),
        )
        for row, since, reason in told
    )
    return Swept(keep(session, actor, {FollowUpKind.SEALING}, wanted, now=now))
