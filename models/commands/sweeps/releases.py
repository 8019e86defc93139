"""Releases about to end, and those that ended, where a provider still works with the participant.

Renewing is her free choice: whoever declined or revoked is not asked again here, and nothing of it counts against her.
"""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import CASE_IN_PROGRAM, COURT, ON, Statement, rows
from models.rules import follow_up_reasons
from models.rules.vocabulary import REFERRAL_OPEN, FollowUpKind, Move, ReleaseAnswer
from models.scope import Actor
from models.tables import Case, Referral, Release, Service
from models.tables.base import table_of

_KINDS = {FollowUpKind.RELEASE_EXPIRING, FollowUpKind.RELEASE_EXPIRED}


def _ending() -> Statement:
    later = sa.alias(table_of(Release), "later_release")
    answered_since = sa.exists().where(
        later.c.court_id == COURT,
        later.c.case_id == col(Release.case_id),
        later.c.provider_id == col(Release.provider_id),
        later.c.id != col(Release.id),
        sa.or_(later.c.ends_on > col(Release.ends_on), later.c.recorded_at > col(Release.recorded_at)),
    )
    works_with = sa.exists().where(
        col(Referral.court_id) == COURT,
        col(Referral.case_id) == col(Release.case_id),
        col(Referral.state).in_(REFERRAL_OPEN),
        col(Referral.service_id) == col(Service.id),
        col(Service.provider_id) == col(Release.provider_id),
    )
    return (
        sa.select(
            col(Release.id),
            col(Release.case_id),
            col(Release.provider_id),
            col(Release.starts_on),
            col(Release.ends_on),
        )
        .join(Case, sa.and_(col(Case.id) == col(Release.case_id), CASE_IN_PROGRAM))
        .where(
            col(Release.court_id) == COURT,
            col(Release.answer) == ReleaseAnswer.GIVEN,
            col(Release.revoked_on).is_(None),
            col(Release.starts_on) <= ON,
            col(Release.ends_on) <= sa.bindparam("warn_until", type_=sa.Date),
            ~answered_since,
            works_with,
        )
    )


_ENDING = _ending()


def find_ending_releases(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each release within the policy's warning days or past its last day."""
    today = actor.today(now)
    warning = timedelta(days=actor.policy_on(today).follow_up.release_warning_days)
    found = rows(session, actor, _ENDING, today, warn_until=today + warning)
    wanted = [_expired(row) if row.ends_on < today else _expiring(row, warning, today) for row in found]
    return Swept(keep(session, actor, _KINDS, wanted, now=now))


def _expiring(row: Any, warning: timedelta, today: date) -> Due:
    return Due(
        kind=FollowUpKind.RELEASE_EXPIRING,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.release_expiring(today, row.ends_on),
        move=Move.COORDINATOR,
        since=max(row.starts_on, row.ends_on - warning),
        due_on=row.ends_on,
        provider_id=row.provider_id,
    )


def _expired(row: Any) -> Due:
    first_day_without = row.ends_on + timedelta(days=1)
    return Due(
        kind=FollowUpKind.RELEASE_EXPIRED,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.release_expired(first_day_without, row.ends_on),
        move=Move.COORDINATOR,
        since=first_day_without,
        due_on=first_day_without,
        provider_id=row.provider_id,
    )
