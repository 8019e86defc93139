"""Rows in every table there is, made from what the tables themselves ask for: a new table is in it by itself.

Each table gets a row with everything that may be left out, and one without, as far as its constraints allow.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from models import audit
from models.backups.columns import kind_of
from models.scope import keeper
from models.tables import Installation
from models.tables.base import Words
from tests.builders import NOW, TODAY, a_court, a_policy_version

SENTINEL = "Quillfeather"
"""Stands in every free text: no name, and nobody else's word."""

_TOLD = {"courts", "installation", "audit_events", "audit_heads", "policy_versions"}


def fill_every_table(session: Session) -> None:
    """Put rows into every table; two courts, each with an audit."""
    courts = [a_court(session, name=name) for name in ("Harbor County Court", "Lakeside — 法院")]
    ids: dict[str, list[UUID]] = {"courts": [court.id for court in courts]}
    ids["policy_versions"] = [
        a_policy_version(session, court, f"v{number}", TODAY, draft=not number).id
        for number, court in enumerate(courts)
    ]
    session.add(Installation(created_at=NOW))
    session.flush()
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in _TOLD:
            ids[table.name] = [_row(session, table, ids, number) for number in (0, 1)]
    for court in courts:
        for number in range(3):
            audit.record(session, keeper(session, court), "open_case", "case", UUID(int=number), now=NOW)
    session.flush()


def _row(session: Session, table: sa.Table, ids: Mapping[str, list[UUID]], number: int) -> Any:
    """Insert the first of the rows that can be thought of which the table's constraints accept; return its key."""
    for values in _thinkable(table, ids, number):
        try:
            with session.begin_nested():
                session.execute(sa.insert(table).values(values))
        except sa.exc.IntegrityError:
            continue
        return next(values[column.name] for column in table.primary_key)
    raise AssertionError(f"no row of {table.name} could be made: teach tests/whole_court.py its constraint")


def _thinkable(table: sa.Table, ids: Mapping[str, list[UUID]], number: int) -> Iterator[dict[str, Any]]:
    words = {column.name: column.type.enums for column in table.columns if isinstance(column.type, sa.Enum)}
    optional = [column.name for column in table.columns if column.nullable]
    full = {column.name: _value(column, place, ids, number) for place, column in enumerate(table.columns)}
    for chosen in product(*words.values()):
        said = full | dict(zip(words, chosen, strict=True))
        for left_out in product(*([(number == 1, number == 0)] * len(optional))):
            out = {name for name, leave in zip(optional, left_out, strict=True) if leave}
            yield {name: None if name in out else value for name, value in said.items()}


def _value(column: sa.Column[Any], place: int, ids: Mapping[str, list[UUID]], number: int) -> Any:
    """Return a value for a column; what points at another table points at the row of the same number there."""
    for key in column.foreign_keys:
        there = ids.get(key.column.table.name)
        return there[number] if there else None  # its own table: nothing is there yet
    if isinstance(column.type, Words):
        return frozenset(column.type.enum)
    day = TODAY + timedelta(days=place)
    made: dict[str, Any] = {
        "id": UUID(int=number * 1000 + place + 1),
        "number": place + 1,
        "flag": bool(number),
        "date": day,
        "time": time(9, 30, place),
        "instant": datetime(day.year, day.month, day.day, 15, 0, 0, 123456 * number, UTC),
        "json": {"z": [SENTINEL, None], "a": 1.5},
        "bytes": bytes([number, 0, 255]),
        "text": f"{SENTINEL} “{column.name}” {number}\n\t'\"\\ 法院",
    }
    return made[kind_of(column)]
