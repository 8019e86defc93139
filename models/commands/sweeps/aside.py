"""Set a case aside that a sweep cannot handle, where staff see it, and let the others go on.

A failing part is halved until the case alone remains, so that one bad record costs a few statements and no more.
It keeps the name of what went wrong, never a value.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlmodel import Session, col, select

from models.scope import Actor
from models.tables import SetAside
from models.tables.base import table_of

T = TypeVar("T")

#: The first wait before a case is tried again; four times as long after each failure, but never longer than the last.
FIRST_WAIT, LONGEST_WAIT = timedelta(hours=1), timedelta(days=7)


def each(
    session: Session,
    actor: Actor,
    job: str,
    items: Sequence[T],
    work: Callable[[Sequence[T]], int],
    *,
    now: datetime,
    case_of: Callable[[T], UUID],
) -> int:
    """Do `work` on all items, or on all but those whose case cannot be handled; return the rows written.

    Each try is a savepoint: a failing part leaves nothing behind. A lost or locked database is no case's fault and is
    raised.
    """
    if not items:
        return 0
    try:
        with session.begin_nested():
            return work(items)
    except (OperationalError, InterfaceError):
        raise
    except Exception as problem:  # noqa: BLE001 - one bad record must not keep the others from being looked at
        if len(items) == 1:
            set_aside(session, actor, job, case_of(items[0]), problem, now=now)
            return 0
    half = len(items) // 2
    halves = (items[:half], items[half:])
    return sum(each(session, actor, job, part, work, now=now, case_of=case_of) for part in halves)


def set_aside(session: Session, actor: Actor, job: str, case_id: UUID, problem: Exception, *, now: datetime) -> None:
    """Keep a case apart until a later instant (UTC); again doubles its wait twice."""
    same = (col(SetAside.court_id) == actor.court_id, col(SetAside.job) == job, col(SetAside.subject_id) == case_id)
    row = session.exec(select(SetAside).where(*same)).first()
    if row is None:
        row = SetAside(court_id=actor.court_id, job=job, subject_id=case_id, attempts=0, try_again_at=now, problem="")
    row.attempts = 1 if row.settled_at is not None else row.attempts + 1
    row.try_again_at = now + min(FIRST_WAIT * 4 ** min(row.attempts - 1, 8), LONGEST_WAIT)
    row.problem = f"This case could not be looked at ({type(problem).__name__}). The others were."
    row.settled_at = None
    session.add(row)
    session.flush()


def settle(session: Session, actor: Actor, job: str, handled: Iterable[UUID], *, now: datetime) -> None:
    """Note that cases which were set aside have been handled since."""
    open_rows = {row[0]: row[1] for row in session.execute(_unsettled(actor, job))}
    ids = [open_rows[case_id] for case_id in handled if case_id in open_rows]
    if ids:
        table = table_of(SetAside)
        statement = sa.update(table).where(table.c.id == sa.bindparam("row_id"), table.c.try_again_at <= now)
        session.connection().execute(statement.values(settled_at=now), [{"row_id": row_id} for row_id in ids])


def cases_aside(session: Session, actor: Actor, job: str) -> frozenset[UUID]:
    """Return the cases a job has set aside and not yet handled."""
    return frozenset(row[0] for row in session.execute(_unsettled(actor, job)))


def resting(job: str, case_id: Any) -> sa.ColumnElement[bool]:
    """Return the condition that a case waits for its next try; the statement takes `court_id` and `now`."""
    return sa.exists().where(
        col(SetAside.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(SetAside.job) == job,
        col(SetAside.subject_id) == case_id,
        col(SetAside.settled_at).is_(None),
        col(SetAside.try_again_at) > sa.bindparam("now", type_=sa.DateTime(timezone=True)),
    )


def _unsettled(actor: Actor, job: str) -> sa.Select[UUID, UUID]:
    return sa.select(col(SetAside.subject_id), col(SetAside.id)).where(
        col(SetAside.court_id) == actor.court_id, col(SetAside.job) == job, col(SetAside.settled_at).is_(None)
    )
