"""Follow-ups that rest on how a case stands: several failures and nothing done, and ready to go on.

The last change of standing says which cases and since when; the words take their counts from the facts.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, Statement, is_latest, rows
from models.facts import facts_of
from models.facts.statements import Chosen
from models.rules import follow_up_reasons
from models.rules.facts import CaseFacts
from models.rules.vocabulary import FollowUpKind, Move, Stage, Standing
from models.scope import Actor
from models.tables import Case, StandingChange

_READY = (Standing.READY_TO_ADVANCE, Standing.READY_TO_COMPLETE)


def _standing(*standings: Standing) -> sa.ColumnElement[bool]:
    """Return the condition that a case in the program stands so now."""
    return sa.and_(
        col(StandingChange.court_id) == COURT,
        col(StandingChange.to_standing).in_(standings),
        is_latest(),
        col(Case.stage) == Stage.ACTIVE,
    )


def _now(*standings: Standing) -> Statement:
    return (
        sa.select(col(StandingChange.case_id), col(StandingChange.to_standing), col(StandingChange.changed_on))
        .join(Case, col(Case.id) == col(StandingChange.case_id))
        .where(_standing(*standings))
    )


_NOTHING_DONE, _GOING_ON = _now(Standing.NOTHING_DONE), _now(*_READY)
_UNANSWERED: Chosen = (
    sa.select(col(StandingChange.case_id))
    .join(Case, col(Case.id) == col(StandingChange.case_id))
    .where(_standing(Standing.NOTHING_DONE))
)


def find_nothing_done(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each case whose failures the court has not answered: the court's own move, from that day."""
    today = actor.today(now)
    found = rows(session, actor, _NOTHING_DONE, today)
    facts: dict[UUID, CaseFacts] = {}
    if found:
        days = sitting.court_days(session, actor)
        facts = facts_of(session, actor, _UNANSWERED, on=today, policy=actor.policy_on(today), court_days=days)
    wanted = (_nothing_done(row, facts[row.case_id]) for row in found)
    return Swept(keep(session, actor, {FollowUpKind.NOTHING_DONE}, wanted, now=now))


def find_ready(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Keep a follow-up for each case that may advance or complete; the judge decides whether it does."""
    found = rows(session, actor, _GOING_ON, actor.today(now))
    return Swept(keep(session, actor, {FollowUpKind.READY}, map(_ready, found), now=now))


def _nothing_done(row: Any, facts: CaseFacts) -> Due:
    failures = facts.absences.unanswered + facts.missed_appearances.unanswered
    days = (facts.absences.first_unanswered_on, facts.missed_appearances.first_unanswered_on)
    first_on = min((day for day in days if day), default=None)
    return Due(
        kind=FollowUpKind.NOTHING_DONE,
        occurrence=f"{row.case_id}:{row.changed_on}",
        case_id=row.case_id,
        reason=follow_up_reasons.nothing_done(row.changed_on, failures, first_on),
        move=Move.COURT,
        since=row.changed_on,
        due_on=row.changed_on,
    )


def _ready(row: Any) -> Due:
    complete = row.to_standing is Standing.READY_TO_COMPLETE
    return Due(
        kind=FollowUpKind.READY,
        occurrence=f"{row.case_id}:{row.to_standing}:{row.changed_on}",
        case_id=row.case_id,
        reason=follow_up_reasons.ready(row.changed_on, row.changed_on, complete),
        move=Move.COURT,
        since=row.changed_on,
        due_on=row.changed_on,
    )
