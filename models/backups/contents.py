"""What a whole database holds: its manifest, its rows one after the other, and an empty database filled with them.

Rows pass by one at a time, so that a court of any size needs the same memory.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Self
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Session, SQLModel, col

from models import migrations
from models.audit.checking import first_break
from models.backups.columns import Line, kind_of, lines, plain_table, rows, selected
from models.errors import Invalid
from models.settings import PROJECT
from models.tables import AuditHead, Court

TOGETHER = 1000
"""Rows that are handed to the database, or asked of it, at once."""

DIFFERENT = "What was filled in is not what the backup says it holds. Nothing was put in place; use another backup."


@dataclass(frozen=True, slots=True)
class TableHeld:
    """One table: how many rows, and its columns with their kinds."""

    rows: int
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CourtHeld:
    """One court and the end of its audit: the number and the hash of the last event."""

    id: str
    name: str
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a database held at one instant (UTC), which version it was at, and the day (UTC) its backup ages out."""

    product: str
    migration: str
    made_at: str
    ages_out_on: str | None
    courts: Sequence[CourtHeld]
    tables: Mapping[str, TableHeld]

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Self:
        """Return a manifest from its JSON. KeyError or TypeError where it is none."""
        courts = [CourtHeld(**court) for court in told["courts"]]
        tables = {name: TableHeld(**table) for name, table in told["tables"].items()}
        return cls(**{**told, "courts": courts, "tables": tables})

    def told(self) -> dict[str, Any]:
        """Return its JSON."""
        return asdict(self)

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables.values())


def manifest_of(connection: Connection, *, now: datetime, ages_out_on: date | None = None) -> Manifest:
    """Return what the database of this version holds, as the connection's transaction sees it."""
    tables = {}
    for table in SQLModel.metadata.sorted_tables:
        count = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        tables[table.name] = TableHeld(count, {column.name: kind_of(column) for column in table.columns})
    return Manifest(
        product=product_version(),
        migration=str(migrations.newest()),
        made_at=now.isoformat(timespec="seconds"),
        ages_out_on=ages_out_on.isoformat() if ages_out_on else None,
        courts=courts_of(connection),
        tables=tables,
    )


def product_version() -> str:
    """Return the version of the product that runs."""
    return str(tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def courts_of(connection: Connection) -> list[CourtHeld]:
    """Return the courts, each with the end of its audit."""
    ends = sa.select(col(Court.id), col(Court.name), col(AuditHead.seq), col(AuditHead.hash))
    joined = ends.outerjoin(AuditHead, col(AuditHead.court_id) == col(Court.id)).order_by(col(Court.name))
    return [CourtHeld(one.hex, name, seq or 0, end or "") for one, name, seq, end in connection.execute(joined)]


def lines_of(connection: Connection, tables: Mapping[str, TableHeld]) -> Iterator[Line]:
    """Yield every row of the tables, one table after the other."""
    for name, table in tables.items():
        read = connection.execution_options(stream_results=True, yield_per=TOGETHER)
        with read.execute(selected(name, table.columns)) as found:
            yield from lines(found, table.columns)


def fill(connection: Connection, manifest: Manifest, travelled: Iterator[Line]) -> None:
    """Make the database the one of the manifest, at its version then: a transaction of the caller's, on an empty database.

    Invalid where the lines are not what the manifest tells.
    """
    migrations.within(connection, manifest.migration)
    put = _copied if connection.dialect.name == "postgresql" else _inserted
    try:
        for name, table in manifest.tables.items():
            connection.execute(sa.delete(sa.table(name)))  # a migration may have made the installation's own row
            put(connection, name, table.columns, rows(islice(travelled, table.rows), table.columns))
            if connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one() != table.rows:
                raise Invalid(DIFFERENT)
    except (ValueError, TypeError, AttributeError):
        raise Invalid(DIFFERENT) from None
    if next(travelled, None) is not None:
        raise Invalid(DIFFERENT)
    hold_together(connection)  # and before a migration: PostgreSQL changes no table that still waits for a check


def _inserted(connection: Connection, name: str, columns: Mapping[str, str], given: Iterable[Line]) -> None:
    statement = sa.insert(plain_table(name, columns))
    source = iter(given)
    while some := [dict(zip(columns, row, strict=True)) for row in islice(source, TOGETHER)]:
        connection.execute(statement, some)


def _copied(connection: Connection, name: str, columns: Mapping[str, str], given: Iterable[Line]) -> None:
    """Fill a table of PostgreSQL's the way its own tools do, five times as fast as inserting."""
    quoted = connection.dialect.identifier_preparer.quote
    statement = f"COPY {quoted(name)} ({', '.join(map(quoted, columns))}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    with cursor, cursor.copy(statement) as copy:
        for row in given:
            copy.write_row(row)


def prove(connection: Connection, courts: Sequence[CourtHeld]) -> None:
    """Walk the audit of every court from its first event to its last, which must be the one named; Invalid otherwise."""
    if courts_of(connection) != list(courts):
        raise Invalid(DIFFERENT)
    with Session(connection) as session:
        for court in courts:
            broken = first_break(session, UUID(court.id))
            if broken is not None:
                raise Invalid(
                    f"The audit of {court.name} is broken at event {broken}. Nothing was put in place; use an earlier backup."
                )


def hold_together(connection: Connection) -> None:
    """Make sure that every row points at rows that are there; Invalid otherwise."""
    if connection.dialect.name == "postgresql":
        try:
            connection.exec_driver_sql(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # those that wait for the commit are checked here
        except sa.exc.IntegrityError:
            raise Invalid(DIFFERENT) from None
        connection.exec_driver_sql("SET CONSTRAINTS ALL DEFERRED")
    elif connection.exec_driver_sql("PRAGMA foreign_key_check").first():
        raise Invalid(DIFFERENT)
