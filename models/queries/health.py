"""Whether the scheduler keeps the dates, for the thing that watches the installation: names of jobs, counts and instants.

It answers for all courts together and asks nobody's leave, so it holds nothing of a case and no court's name.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.queries.runs import LATE_AFTER, SILENT_AFTER
from models.rules.vocabulary import RunState
from models.tables import Heartbeat, Run, SetAside


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What keeps the dates from being kept (`troubles`, none when all is well), and what is worth knowing beside it."""

    troubles: tuple[str, ...]
    beat_at: datetime | None
    last_success: datetime | None
    aside: int  # records set aside, where staff see them; no trouble of the machine


def health(session: Session, *, now: datetime) -> Health:
    """Return how the scheduler stands at an instant (UTC), in two statements."""
    succeeded = col(Run.state) == RunState.SUCCEEDED
    beat_at, last_success, aside = session.execute(
        sa.select(
            sa.select(sa.func.max(col(Heartbeat.beat_at))).scalar_subquery(),
            sa.select(sa.func.max(col(Run.finished_at))).where(succeeded).scalar_subquery(),
            sa.select(sa.func.count()).where(col(SetAside.settled_at).is_(None)).scalar_subquery(),
        )
    ).one()
    return Health(
        troubles=(*_silence(beat_at, now), *_last_runs(session, now)),
        beat_at=beat_at,
        last_success=last_success,
        aside=aside,
    )


def _silence(beat_at: datetime | None, now: datetime) -> tuple[str, ...]:
    if beat_at is None:
        return ("the scheduler has never run",)
    return (f"the scheduler is silent since {beat_at:%Y-%m-%dT%H:%MZ}",) if beat_at < now - SILENT_AFTER else ()


def _last_runs(session: Session, now: datetime) -> tuple[str, ...]:
    """Say which jobs failed last, or are past their time, in any court."""
    last = (
        sa.select(col(Run.court_id), col(Run.job), sa.func.max(col(Run.slot)).label("slot"))
        .where(col(Run.slot) <= now)
        .group_by(col(Run.court_id), col(Run.job))
        .subquery("last")
    )
    same = sa.and_(last.c.court_id == col(Run.court_id), last.c.job == col(Run.job), last.c.slot == col(Run.slot))
    rows = session.execute(sa.select(col(Run.job), col(Run.state), col(Run.next_slot)).join(last, same)).all()
    failed = sorted({job for job, state, _ in rows if state is RunState.FAILED})
    late = sorted({job for job, _, next_slot in rows if next_slot + LATE_AFTER < now})
    said = [f"{what}: {', '.join(jobs)}" for what, jobs in (("failed", failed), ("late", late)) if jobs]
    return tuple(said)
