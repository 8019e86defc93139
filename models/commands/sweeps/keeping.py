"""Keep the open follow-ups of a kind equal to what is the case: write what is missing, void what has come about.

A follow-up that a person has settled is never written again for the same occurrence; one that was void is opened again
when what it asks for is missing after all.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlmodel import Session, col

from models.rules.vocabulary import FollowUpKind, Move
from models.scope import Actor
from models.tables import FollowUp
from models.tables.base import new_id, table_of

#: Nobody has settled it, and its matter is not over.
STILL_OPEN = sa.and_(col(FollowUp.done_on).is_(None), col(FollowUp.void_on).is_(None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One thing somebody must see to: `since` is the civil date it came about, `due_on` the last day that is not late."""

    kind: FollowUpKind
    occurrence: str  # ids and civil dates only; the same matter has the same occurrence whenever it is swept
    case_id: UUID
    reason: str
    move: Move
    since: date
    due_on: date
    grace_days: int = 0
    provider_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Swept:
    """What one part of a sweep did: rows written, and the last case it came to where there is more to do."""

    changed: int
    reached: UUID | None = None
    afterwards: Callable[[Engine, Callable[[], datetime]], None] | None = None  # to be done once the part is committed


def keep(
    session: Session,
    actor: Actor,
    kinds: Collection[FollowUpKind],
    wanted: Iterable[Due],
    *,
    now: datetime,
    except_cases: Collection[UUID] = (),
) -> int:
    """Make the court's open follow-ups of `kinds` those of `wanted`; return how many rows were written.

    Those of `except_cases` are left as they are: nobody could tell what is the case there.
    """
    due = {(one.kind, one.occurrence): one for one in wanted if one.case_id not in except_cases}
    found = {(row.kind, row.occurrence): row for row in _open(session, actor, kinds)}
    gone = [row.id for key, row in found.items() if key not in due and row.case_id not in except_cases]
    stale = [(found[key].id, one) for key, one in due.items() if key in found and _differs(found[key], one)]
    written = write(session, actor, [one for key, one in due.items() if key not in found], now=now)
    _refresh(session, stale)
    void_all(session, gone, actor.today(now))
    return written + len(gone) + len(stale)


def write(session: Session, actor: Actor, due: Sequence[Due], *, now: datetime) -> int:
    """Write follow-ups that are not there yet, or no longer void; return how many. What was settled stays so."""
    if not due:
        return 0
    session.flush()
    rows = [
        {
            "id": new_id(),
            "court_id": actor.court_id,
            "case_id": one.case_id,
            "kind": one.kind,
            "occurrence": one.occurrence,
            "reason": one.reason,
            "move": one.move,
            "since": one.since,
            "due_on": one.due_on,
            "grace_days": one.grace_days,
            "provider_id": one.provider_id,
            "written_at": now,
        }
        for one in due
    ]
    result = session.connection().execute(_insert(session), rows, execution_options={"preserve_rowcount": True})
    return max(result.rowcount, 0)


def _insert(session: Session) -> sa.Executable:
    table = table_of(FollowUp)
    insert = sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
    said = {name: insert.excluded[name] for name in ("reason", "move", "due_on", "grace_days")}
    return insert.on_conflict_do_update(
        index_elements=["court_id", "kind", "occurrence"],
        set_={**said, "void_on": None},
        where=sa.and_(table.c.void_on.is_not(None), table.c.done_on.is_(None)),
    )


def _open(session: Session, actor: Actor, kinds: Collection[FollowUpKind]) -> Sequence[Any]:
    statement = sa.select(
        col(FollowUp.id),
        col(FollowUp.case_id),
        col(FollowUp.kind),
        col(FollowUp.occurrence),
        col(FollowUp.reason),
        col(FollowUp.move),
        col(FollowUp.due_on),
        col(FollowUp.grace_days),
    ).where(col(FollowUp.court_id) == actor.court_id, STILL_OPEN, col(FollowUp.kind).in_(kinds))
    return session.execute(statement).all()


def _differs(row: Any, one: Due) -> bool:
    stored = (row.reason, row.move, row.due_on, row.grace_days)
    return stored != (one.reason, one.move, one.due_on, one.grace_days)


def _refresh(session: Session, stale: Sequence[tuple[UUID, Due]]) -> None:
    """Let open follow-ups say what is now the case: a moved day, another count. Their `since` stays."""
    if not stale:
        return
    table = table_of(FollowUp)
    names = ("reason", "move", "due_on", "grace_days")
    statement = sa.update(table).where(table.c.id == sa.bindparam("row_id"))
    values = [{"row_id": row_id, **{f"new_{name}": getattr(one, name) for name in names}} for row_id, one in stale]
    session.connection().execute(statement.values({name: sa.bindparam(f"new_{name}") for name in names}), values)


def void_all(session: Session, ids: Sequence[UUID], on: date) -> None:
    """Close follow-ups because what they asked for has come about."""
    if not ids:
        return
    table = table_of(FollowUp)
    statement = sa.update(table).where(table.c.id == sa.bindparam("row_id"), table.c.done_on.is_(None))
    session.connection().execute(statement.values(void_on=on), [{"row_id": row_id} for row_id in ids])
