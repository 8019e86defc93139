"""The claim of a slot: one row for each court, job and slot, locked while a part of the work is done.

The row and the effect are committed together, so a claim without its effect cannot exist.
"""

from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from models.rules.vocabulary import RunState
from models.tables import Court, Run
from models.tables.base import new_id, table_of
from scheduler.slots import next_slot, slots_between
from scheduler.timetable import Job

#: How long a failed slot rests before it is tried again.
RETRY_AFTER = timedelta(minutes=10)

_OF_JOB = (
    col(Run.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
    col(Run.job) == sa.bindparam("job", type_=sa.String),
)
_SLOT = sa.bindparam("slot", type_=table_of(Run).c.slot.type)
_SAME = select(Run).where(*_OF_JOB, col(Run.slot) == _SLOT).with_for_update().execution_options(populate_existing=True)
_LAST_DONE = sa.select(sa.func.max(col(Run.slot))).where(
    *_OF_JOB, col(Run.slot) < _SLOT, col(Run.state) == RunState.SUCCEEDED
)
_INSERTS = {
    "sqlite": sqlite.insert(table_of(Run)).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(table_of(Run)).on_conflict_do_nothing(),
}


def claim(session: Session, court_id: UUID, job: Job, slot: datetime, *, now: datetime) -> Run | None:
    """Return the run of a slot, locked until the transaction ends; None when it is done, or failed a moment ago."""
    run = _row(session, court_id, job, slot, now)
    if run.state is RunState.SUCCEEDED:
        return None
    if run.state is RunState.FAILED:
        if run.finished_at is not None and run.finished_at > now - RETRY_AFTER:
            return None
        run.state, run.finished_at, run.attempts = RunState.BEGUN, None, run.attempts + 1
    return run


def fail(session: Session, court_id: UUID, job: Job, slot: datetime, kind: str, *, now: datetime) -> None:
    """Record that a slot could not be finished; what its parts had done before stays."""
    run = _row(session, court_id, job, slot, now)
    if run.state is RunState.SUCCEEDED:
        return
    run.state, run.finished_at = RunState.FAILED, now
    run.problem = f"It stopped on an unexpected error ({kind}) and will be tried again."
    session.add(run)


def is_done(session: Session, job: Job, slot: datetime) -> bool:
    """Tell whether every court's run of a slot has come to its end."""
    ended = (col(Run.job) == job.name, col(Run.slot) == slot, col(Run.state) == RunState.SUCCEEDED)
    waiting = sa.select(col(Court.id)).where(~sa.exists().where(col(Run.court_id) == col(Court.id), *ended))
    return session.execute(waiting.limit(1)).first() is None


def _row(session: Session, court_id: UUID, job: Job, slot: datetime, now: datetime) -> Run:
    """Return the slot's row, made if it is not there; two at once get the same one, one after the other."""
    values = {
        "id": new_id(),
        "court_id": court_id,
        "job": job.name,
        "slot": slot,
        "next_slot": next_slot(job.cron, slot),
        "missed": _missed(session, court_id, job, slot),
        "started_at": now,
        "state": RunState.BEGUN,
        "attempts": 1,
        "changed": 0,
    }
    session.connection().execute(_INSERTS[session.get_bind().dialect.name], values)
    return session.scalars(_SAME, {"court_id": court_id, "job": job.name, "slot": slot}).one()


def _missed(session: Session, court_id: UUID, job: Job, slot: datetime) -> int:
    """Count the slots that passed without a run since the last one that was finished; none before the first."""
    last = session.scalar(_LAST_DONE, {"court_id": court_id, "job": job.name, "slot": slot})
    return slots_between(job.cron, last, slot) if last else 0
