"""Judge again the cases whose facts or dates can have changed, and keep each change of standing with its true day.

`Case.look_on` is the hint: empty after any change of the case, else the next day on which time alone can change the
answer. The rule judges; this only asks it, in batches chosen by the order of ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.commands.sweeps import aside
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.parameters import COURT, ON, OPEN_CASE, Statement, is_latest, rows
from models.facts import facts_of
from models.facts.statements import Chosen
from models.rules.compliance import StandingAnswer, standing_on
from models.rules.court_days import CourtDays, subtract_court_days
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.standing_changes import ComingDays, because_of, changed_on, next_standing
from models.rules.vocabulary import ReleaseAnswer, ReportState, RunState, Stage, Standing
from models.scope import Actor
from models.tables import Case, Release, Report, Run, StandingChange
from models.tables.base import new_id, table_of

JOB = "standings"
BATCH = 1000

#: Kept for a case whose standing time alone never changes: only a change of the case brings it back.
NEVER = date(9999, 12, 31)

_DUE = sa.and_(
    OPEN_CASE,
    sa.or_(col(Case.look_on).is_(None), col(Case.look_on) <= ON),
    ~aside.resting(JOB, col(Case.id)),
)
_NEXT: Statement = (
    sa.select(col(Case.id), col(Case.version), col(Case.stage_since))
    .where(_DUE, col(Case.id) > sa.bindparam("after", type_=sa.Uuid))
    .order_by(col(Case.id))
    .limit(sa.bindparam("batch", type_=sa.Integer))
)
_BATCH: Chosen = sa.select(col(Case.id)).where(
    _DUE, col(Case.id).between(sa.bindparam("first_id", type_=sa.Uuid), sa.bindparam("last_id", type_=sa.Uuid))
)
_LAST: Statement = sa.select(col(StandingChange.case_id), col(StandingChange.to_standing)).where(
    col(StandingChange.court_id) == COURT, col(StandingChange.case_id).in_(_BATCH), is_latest()
)


def _hints() -> Statement:
    """Per case in the program: the next days on which a report or a release changes what the court can know."""
    release = (
        col(Release.court_id) == COURT,
        col(Release.case_id) == col(Case.id),
        col(Release.answer) == ReleaseAnswer.GIVEN,
    )
    waiting = (
        col(Report.court_id) == COURT,
        col(Report.case_id) == col(Case.id),
        col(Report.state) == ReportState.EXPECTED,
        col(Report.due_on) >= sa.bindparam("grace_over", type_=sa.Date),
    )
    firsts = (
        sa.select(sa.func.min(col(Report.due_on))).where(*waiting),
        sa.select(sa.func.min(col(Release.ends_on))).where(*release, col(Release.ends_on) >= ON),
        sa.select(sa.func.min(col(Release.starts_on))).where(*release, col(Release.starts_on) > ON),
        sa.select(sa.func.min(col(Release.revoked_on))).where(*release, col(Release.revoked_on) > ON),
    )
    columns = (first.correlate(Case).scalar_subquery() for first in firsts)
    return sa.select(col(Case.id), *columns).where(col(Case.id).in_(_BATCH), col(Case.stage) == Stage.ACTIVE)


_HINTS = _hints()


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """What all cases of one batch share."""

    today: date
    now: datetime
    policy: Policy
    before: Policy | None  # the policy of the last sweep, where another is in force by now
    next_policy_from: date | None
    court_days: CourtDays
    looked_on: date | None  # the civil date of the last sweep


def judge_standings(session: Session, actor: Actor, *, now: datetime, after: UUID | None = None) -> Swept:
    """Judge the next batch of cases after a case's id; `reached` is None once all have been judged."""
    today = actor.today(now)
    given = {"after": after or UUID(int=0), "batch": BATCH, "now": now}
    due = rows(session, actor, _NEXT, today, **given)
    looked_on, policy = _looked_on(session, actor, now), actor.policy_on(today)
    setting = _Setting(
        today=today,
        now=now,
        policy=policy,
        before=actor.policy_on(looked_on) if looked_on and looked_on < policy.in_force_from else None,
        next_policy_from=actor.next_policy_from(today),
        court_days=sitting.court_days(session, actor),
        looked_on=looked_on,
    )
    work = partial(_judge, session, actor, setting)
    changed = aside.each(session, actor, JOB, due, work, now=now, case_of=lambda row: row.id)
    aside.settle(session, actor, JOB, (row.id for row in due), now=now)
    return Swept(changed, due[-1].id if len(due) == BATCH else None)


def _looked_on(session: Session, actor: Actor, now: datetime) -> date | None:
    """Return the civil date of the last sweep that came to its end."""
    last = session.scalar(
        sa.select(sa.func.max(col(Run.slot))).where(
            col(Run.court_id) == actor.court_id,
            col(Run.job) == JOB,
            col(Run.state) == RunState.SUCCEEDED,
            col(Run.slot) < now,
        )
    )
    return clock.court_day(last, actor.zone) if last else None


def _judge(session: Session, actor: Actor, setting: _Setting, due: Sequence[Any]) -> int:
    """Judge some cases, one statement a question; return how many standings changed."""
    span = {"first_id": due[0].id, "last_id": due[-1].id, "now": setting.now}
    policy, today = setting.policy, setting.today
    facts = facts_of(session, actor, _BATCH, on=today, policy=policy, court_days=setting.court_days, **span)
    grace_over = subtract_court_days(today, policy.reports.grace_court_days, setting.court_days)
    hints = {row[0]: row[1:] for row in rows(session, actor, _HINTS, today, grace_over=grace_over, **span)}
    before = {row.case_id: row.to_standing for row in rows(session, actor, _LAST, today, **span)}
    unchanged_by_time = _under_the_policy_before(session, actor, setting, span)
    changes, looks = [], []
    for row in due:
        known, stood = facts[row.id], before.get(row.id)
        answer = standing_on(known, policy, today)
        if stood is not answer.standing:
            by_policy = stood is not None and unchanged_by_time.get(row.id) is stood
            changes.append(_change(actor, row, known, stood, answer, setting, by_policy=by_policy))
        looks.append({"case": row.id, "seen": row.version, "day": _look_on(answer, hints.get(row.id, ()), setting)})
    _store(session, changes, looks)
    return len(changes)


def _under_the_policy_before(
    session: Session, actor: Actor, setting: _Setting, span: dict[str, Any]
) -> dict[UUID, Standing]:
    """Return how the cases would stand today had no other policy taken force; empty on a day on which none has."""
    policy, today = setting.before, setting.today
    if policy is None:
        return {}
    facts = facts_of(session, actor, _BATCH, on=today, policy=policy, court_days=setting.court_days, **span)
    return {case_id: standing_on(known, policy, today).standing for case_id, known in facts.items()}


def _look_on(answer: StandingAnswer, hints: Sequence[date | None], setting: _Setting) -> date:
    """Return the next day to judge the case again though nothing is recorded: never today."""
    policy_from = (setting.next_policy_from,)
    if not hints:
        return next_standing(answer, ComingDays(policy_from=policy_from), setting.today) or NEVER
    due, ends, begins, revoked = ((day,) for day in hints)
    coming = ComingDays(
        reports_due=due,
        releases_end=ends,
        releases_begin=begins,
        releases_revoked=revoked,
        policy_from=policy_from,
    )
    return next_standing(answer, coming, setting.today) or NEVER


def _change(
    actor: Actor,
    row: Any,
    facts: CaseFacts,
    before: Standing | None,
    answer: StandingAnswer,
    setting: _Setting,
    *,
    by_policy: bool,
) -> dict[str, Any]:
    policy, today = setting.policy, setting.today
    looked_on = setting.looked_on if before else None
    day = changed_on(facts, policy, answer.standing, today, looked_on=looked_on, stage_since=row.stage_since)
    return {
        "id": new_id(),
        "court_id": actor.court_id,
        "case_id": row.id,
        "from_standing": before,
        "to_standing": answer.standing,
        "changed_on": policy.in_force_from if by_policy else day,
        "reason": because_of(policy, answer.reasons[0], today) if by_policy else answer.reasons[0],
        "policy_version": answer.policy_version,
        "recorded_at": setting.now,
    }


def _store(session: Session, changes: Sequence[dict[str, Any]], looks: Sequence[dict[str, Any]]) -> None:
    """Write both in one statement each; a case that somebody changed meanwhile keeps its empty hint."""
    connection = session.connection()
    if changes:
        connection.execute(sa.insert(table_of(StandingChange)), changes)
    table = table_of(Case)
    same = (table.c.id == sa.bindparam("case"), table.c.version == sa.bindparam("seen"))
    if looks:
        connection.execute(sa.update(table).where(*same).values(look_on=sa.bindparam("day")), looks)
