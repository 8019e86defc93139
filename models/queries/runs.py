"""What the scheduler did, whether it is late, and what it had to set aside: for the people who rely on it.

It knows no timetable: each run keeps the instant at which its job is due again. Instants are UTC.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.rules.audited import Look
from models.rules.permissions import Action
from models.rules.vocabulary import RunState
from models.scope import Actor, may, own_cases, require
from models.tables import Case, Heartbeat, Run, SetAside

#: A job this long past its slot is late; a scheduler silent for this long has stopped.
LATE_AFTER, SILENT_AFTER = timedelta(hours=1), timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRow:
    """One run of one slot. `late` is true for the last run of a job whose next slot has passed without one."""

    job: str
    slot: datetime
    next_slot: datetime
    started_at: datetime
    finished_at: datetime | None
    state: RunState
    attempts: int
    changed: int
    missed: int  # slots before it that nobody ran; this run made up for them
    problem: str | None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSweep:
    """How the scheduler stands: the last run of each job, its sign of life, and how many cases wait apart."""

    jobs: tuple[RunRow, ...]
    beat_at: datetime | None
    aside: int
    now: datetime

    @property
    def at(self) -> datetime | None:
        """When the last sweep came to its end: every job has looked since. None while one never has."""
        ended = [job.finished_at for job in self.jobs if job.state is RunState.SUCCEEDED and job.finished_at]
        return min(ended, default=None) if len(ended) == len(self.jobs) else None

    @property
    def silent(self) -> bool:
        """Tell whether the scheduler has given no sign of life for too long."""
        return self.beat_at is None or self.beat_at < self.now - SILENT_AFTER

    @property
    def failed(self) -> tuple[RunRow, ...]:
        """The jobs whose last run failed."""
        return tuple(job for job in self.jobs if job.state is RunState.FAILED)

    @property
    def late(self) -> tuple[RunRow, ...]:
        """The jobs that are past their time."""
        return tuple(job for job in self.jobs if job.late)

    @property
    def missed(self) -> int:
        """Slots the last runs made up for."""
        return max((job.missed for job in self.jobs), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideRow:
    """A case a job could not handle; its number only for those who may see cases."""

    job: str
    case_id: UUID | None
    docket_number: str | None
    attempts: int
    try_again_at: datetime
    problem: str


def last_sweep(session: Session, viewer: Actor, *, now: datetime) -> LastSweep:
    """Return how the scheduler stands for the viewer's court, in two statements."""
    require(viewer, Action.SEE_RUNS)
    last = (
        sa.select(col(Run.job).label("job"), sa.func.max(col(Run.slot)).label("slot"))
        .where(col(Run.court_id) == viewer.court_id, col(Run.slot) <= now)
        .group_by(col(Run.job))
        .subquery("last")
    )
    of_job = sa.and_(last.c.job == col(Run.job), last.c.slot == col(Run.slot))
    found = session.execute(_runs(viewer).join(last, of_job).order_by(col(Run.slot))).mappings()
    waiting = sa.select(sa.func.count()).where(
        col(SetAside.court_id) == viewer.court_id, col(SetAside.settled_at).is_(None)
    )
    beat = sa.select(sa.func.max(col(Heartbeat.beat_at)))
    beat_at, aside = session.execute(sa.select(beat.scalar_subquery(), waiting.scalar_subquery())).one()
    return LastSweep(jobs=tuple(_row(line, now) for line in found), beat_at=beat_at, aside=aside, now=now)


def runs(session: Session, viewer: Actor, *, now: datetime, at_most: int = 60) -> tuple[RunRow, ...]:
    """Return the newest runs in the viewer's court, the newest first, in one statement."""
    require(viewer, Action.SEE_RUNS)
    newest = _runs(viewer).where(col(Run.slot) <= now).order_by(col(Run.slot).desc(), col(Run.job)).limit(at_most)
    return tuple(_row(line, None) for line in session.execute(newest).mappings())


@shows_list(Look.SET_ASIDE, lambda rows: (row.case_id for row in rows))
def set_aside(session: Session, viewer: Actor) -> Sequence[AsideRow]:
    """Return the cases that wait apart, in one statement; a role without cases learns how many and of which job."""
    require(viewer, Action.SEE_RUNS)
    may_see = may(viewer, Action.SEE_CASE)
    found = session.execute(
        sa.select(
            col(SetAside.job),
            col(Case.id),
            col(Case.docket_number),
            col(SetAside.attempts),
            col(SetAside.try_again_at),
            col(SetAside.problem),
        )
        .outerjoin(Case, sa.and_(col(Case.id) == col(SetAside.subject_id), own_cases(viewer)))
        .where(col(SetAside.court_id) == viewer.court_id, col(SetAside.settled_at).is_(None))
        .order_by(col(SetAside.try_again_at))
    )
    return [
        AsideRow(
            job=row[0],
            case_id=row[1] if may_see else None,
            docket_number=row[2] if may_see else None,
            attempts=row[3],
            try_again_at=row[4],
            problem=row[5],
        )
        for row in found
    ]


def _runs(viewer: Actor) -> sa.Select[*tuple[Any, ...]]:
    columns = (
        *(Run.job, Run.slot, Run.next_slot, Run.started_at, Run.finished_at),
        *(Run.state, Run.attempts, Run.changed, Run.missed, Run.problem),
    )
    return sa.select(*(col(column) for column in columns)).where(col(Run.court_id) == viewer.court_id)


def _row(line: Any, now: datetime | None) -> RunRow:
    """Make one row; `now` only for the last run of a job, which can be late."""
    return RunRow(**line, late=now is not None and line["next_slot"] + LATE_AFTER < now)
