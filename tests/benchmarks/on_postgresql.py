"""The large court on PostgreSQL: every row of the SQLite file, copied table by table."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import sqlalchemy as sa
from psycopg import sql
from sqlmodel import SQLModel

AT_ONCE = 20_000


def copied(path: Path, url: str) -> None:
    """Fill a migrated, empty PostgreSQL database at `url` with the court in a SQLite file, and let the planner count."""
    address = sa.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with closing(sqlite3.connect(path)) as court, psycopg.connect(address) as connection:
        connection.execute("SET session_replication_role = replica")  # millions of references, all known to be right
        connection.execute("SET timezone = 'UTC'")
        for table in SQLModel.metadata.sorted_tables:
            _copy(court, connection, table)
        connection.commit()
        connection.autocommit = True
        connection.execute("VACUUM (ANALYZE)")


def _copy(court: sqlite3.Connection, connection: psycopg.Connection, table: sa.Table) -> None:
    names = [column.name for column in table.columns]
    rows = court.execute(f"SELECT {', '.join(names)} FROM {table.name}")
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.name), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        while some := rows.fetchmany(AT_ONCE):
            for row in some:
                copy.write_row([None if value is None else str(value) for value in row])
