"""Referrals a provider has not answered within the court's days, and needs for which no place has been found."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import CASE_IN_PROGRAM, COURT, Statement, rows
from models.rules import follow_up_reasons
from models.rules.court_days import deadline
from models.rules.vocabulary import FollowUpKind, Move, ReferralState
from models.scope import Actor
from models.tables import Case, Referral, Service

_KINDS = {FollowUpKind.REFERRAL_UNANSWERED, FollowUpKind.NEED_WITHOUT_PLACE}

_WAITING: Statement = (
    sa.select(
        col(Referral.id),
        col(Referral.case_id),
        col(Referral.state),
        col(Referral.state_since),
        col(Service.provider_id),
    )
    .join(Case, sa.and_(col(Case.id) == col(Referral.case_id), CASE_IN_PROGRAM))
    .outerjoin(Service, col(Service.id) == col(Referral.service_id))
    .where(col(Referral.court_id) == COURT, col(Referral.state).in_((ReferralState.REFERRED, ReferralState.NEEDED)))
)


def find_waiting_referrals(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each referral past its answer's day (the provider's move) and for each need (ours)."""
    today = actor.today(now)
    answer_days = actor.policy_on(today).follow_up.referral_answer_days
    court_days = sitting.court_days(session, actor)
    wanted = []
    for row in rows(session, actor, _WAITING, today):
        due_on = deadline(row.state_since, answer_days, court_days).on
        if row.state is ReferralState.NEEDED:
            wanted.append(_need(row, due_on))
        elif due_on < today:
            wanted.append(_unanswered(row, due_on, answer_days))
    return Swept(keep(session, actor, _KINDS, wanted, now=now))


def _need(row: Any, due_on: date) -> Due:
    return Due(
        kind=FollowUpKind.NEED_WITHOUT_PLACE,
        occurrence=f"{row.id}:{row.state_since}",
        case_id=row.case_id,
        reason=follow_up_reasons.need_without_place(row.state_since, row.state_since),
        move=Move.COORDINATOR,
        since=row.state_since,
        due_on=due_on,
    )


def _unanswered(row: Any, due_on: date, answer_days: int) -> Due:
    return Due(
        kind=FollowUpKind.REFERRAL_UNANSWERED,
        occurrence=f"{row.id}:{row.state_since}",
        case_id=row.case_id,
        reason=follow_up_reasons.referral_unanswered(due_on, row.state_since, answer_days),
        move=Move.PROVIDER,
        since=due_on,
        due_on=due_on,
        provider_id=row.provider_id,
    )
