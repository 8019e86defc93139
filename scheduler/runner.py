"""Claim a slot, do the work, keep what came of it: claim and effect are one transaction, part by part.

Whoever is killed between two steps leaves whole parts or nothing; whoever comes second finds the slot done. It writes
ids and counts to the log, nothing else.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit, scope
from models.commands.sweeps.keeping import Swept
from models.database import reading, transaction
from models.rules.vocabulary import RunState
from models.tables import Court, Heartbeat, Run
from scheduler import claims
from scheduler.slots import last_slot
from scheduler.timetable import JOBS, Job

_log = logging.getLogger("offramp.scheduler")

HEARTBEAT = "scheduler"


@dataclass
class Runner:
    """Runs jobs against one database. `read_clock` returns the instant (UTC); `stop` ends the work after a part."""

    bind: Engine
    read_clock: Callable[[], datetime]
    jobs: Sequence[Job] = JOBS
    stop: Event = field(default_factory=Event)

    def run_due(self) -> None:
        """Run each job's last slot in each court unless it is done: after a standstill it makes up for those before."""
        self.beat()
        for job in self.jobs:
            slot = last_slot(job.cron, self.read_clock())
            with reading(self.bind) as session:
                done = claims.is_done(session, job, slot)
            if not done:
                self.run(job, slot)

    def run(self, job: Job, slot: datetime | None = None) -> int:
        """Run one slot of a job (its last one when not given) in every court; return the rows written."""
        slot = slot or last_slot(job.cron, self.read_clock())
        with reading(self.bind) as session:
            courts = session.exec(select(Court.id).order_by(col(Court.id))).all()
        return sum(self._run_in(court_id, job, slot) for court_id in courts)

    def beat(self) -> None:
        """Leave a sign of life."""
        with transaction(self.bind) as session:
            row = session.get(Heartbeat, HEARTBEAT) or Heartbeat(name=HEARTBEAT, beat_at=self.read_clock())
            row.beat_at = self.read_clock()
            session.add(row)

    def _run_in(self, court_id: UUID, job: Job, slot: datetime) -> int:
        """Work through one court's slot part by part; a failure is recorded and the next court goes on."""
        changed = 0
        try:
            while not self.stop.is_set():
                with transaction(self.bind) as session:
                    run = claims.claim(session, court_id, job, slot, now=self.read_clock())
                    if run is None:
                        _log.info(
                            "job=%s court=%s slot=%s: already done, or resting after a failure",
                            job.name,
                            court_id,
                            f"{slot:%FT%RZ}",
                        )
                        break
                    swept = self._part(session, job, run)
                    changed += swept.changed
                    ended = run.state is RunState.SUCCEEDED
                if swept.afterwards:
                    swept.afterwards(self.bind, self.read_clock)
                if ended:
                    _log.info("job=%s court=%s slot=%s changed=%d", job.name, court_id, f"{slot:%FT%RZ}", changed)
                    break
        except Exception as problem:  # noqa: BLE001 - one court's trouble must not end the others' night
            self._failed(court_id, job, slot, problem)
        return changed

    def _part(self, session: Session, job: Job, run: Run) -> Swept:
        """Do the next part of a claimed run and note how far it came."""
        keeper = scope.keeper(session, session.get_one(Court, run.court_id))
        now = self.read_clock()
        swept = job.work(session, keeper, now, run.reached)
        if swept.changed:
            detail = {"job": job.name, "slot": run.slot, "changed": swept.changed}
            audit.record(session, keeper, "sweep", "run", run.id, now=now, detail=detail)
        run.changed += swept.changed
        run.reached = swept.reached
        if swept.reached is None:
            run.state, run.finished_at, run.problem = RunState.SUCCEEDED, self.read_clock(), None
        session.add(run)
        return swept

    def _failed(self, court_id: UUID, job: Job, slot: datetime, problem: Exception) -> None:
        """Record a failure where staff see it; the name of the error and its place, never its values."""
        _log.error("job=%s court=%s slot=%s failed: %s", job.name, court_id, f"{slot:%FT%RZ}", _place(problem))
        try:
            with transaction(self.bind) as session:
                claims.fail(session, court_id, job, slot, type(problem).__name__, now=self.read_clock())
        except sa.exc.SQLAlchemyError as again:
            _log.error("job=%s court=%s: the failure could not be recorded: %s", job.name, court_id, _place(again))


def _place(problem: Exception) -> str:
    """Return the error's kind and the line of ours it came from; a message could hold a value."""
    trace, where = problem.__traceback__, ""
    while trace is not None:
        code = trace.tb_frame.f_code
        if "site-packages" not in code.co_filename:
            where = f" at {code.co_name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(problem).__name__}{where}"


def job_named(name: str, jobs: Iterable[Job] = JOBS) -> Job | None:
    """Return the job of that name, if there is one."""
    return next((job for job in jobs if job.name == name), None)


#: How long the last sign of life may lie back before the timer writes another one.
BEAT_EVERY = timedelta(minutes=1)
