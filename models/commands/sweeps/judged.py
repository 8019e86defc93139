"""Follow-ups that rest on how a case stands: several failures and nothing done, and ready to go on.

The last change of standing says which cases and since when; the words take their counts from the facts.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.commands.sweeps.keeping import STILL_OPEN, Due, Swept, keep, void_all, write
from models.commands.sweeps.parameters import COURT, Statement, is_latest, rows
from models.facts import facts_of
from models.facts.statements import Chosen
from models.rules import follow_up_reasons
from models.rules.facts import CaseFacts
from models.rules.vocabulary import FollowUpKind, Move, Stage, Standing
from models.scope import Actor
from models.tables import Case, FollowUp, StandingChange

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


_NOTHING_DONE = _now(Standing.NOTHING_DONE)
#: An open follow-up says what the last change of standing says: of this case, from that day, ready for the same.
_SAYS_SO = sa.and_(
    col(FollowUp.court_id) == COURT,
    col(FollowUp.kind) == FollowUpKind.READY,
    col(FollowUp.case_id) == col(StandingChange.case_id),
    col(FollowUp.since) == col(StandingChange.changed_on),
    col(FollowUp.occurrence).contains(sa.cast(col(StandingChange.to_standing), sa.String)),
    STILL_OPEN,
)
_NEWLY_READY = _now(*_READY).where(~sa.exists().where(_SAYS_SO))
_READY_NO_MORE: Statement = sa.select(col(FollowUp.id)).where(
    col(FollowUp.court_id) == COURT,
    col(FollowUp.kind) == FollowUpKind.READY,
    STILL_OPEN,
    ~sa.exists(
        sa.select(col(StandingChange.id))
        .join(Case, col(Case.id) == col(StandingChange.case_id))
        .where(_standing(*_READY), _SAYS_SO)
        .correlate(FollowUp)
    ),
)
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
    """Keep a follow-up for each case that may advance or complete; the judge decides whether it does.

    Only what is new or over is read: in a large court thousands stay ready from one night to the next.
    """
    today = actor.today(now)
    new, over = rows(session, actor, _NEWLY_READY, today), rows(session, actor, _READY_NO_MORE, today)
    written = write(session, actor, [_ready(row) for row in new], now=now)
    void_all(session, [row.id for row in over], today)
    return Swept(written + len(over))


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
