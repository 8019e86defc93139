"""The database: engines and transactions for SQLite and PostgreSQL.

On SQLite every write transaction begins IMMEDIATE, because a deferred one that reads first fails at once under load;
reads run on a connection marked `readonly`, so that they never wait for a writer. Nothing else opens a connection.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session

from models.errors import Conflict, Invalid

OUT_OF_BOUNDS = "A number, a day or a sign in this is far outside of what can be kept. Correct it and save again."
TWICE_AT_ONCE = (
    "This was recorded in the same moment by somebody else, or by the same form. Look at the present state first."
)
_PRAGMAS = (
    *("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000", "cache_size=-65536"),
    "secure_delete=ON",  # what is deleted or overwritten is overwritten in the file too
)


def engine(url: str) -> Engine:
    """Return an engine for a `sqlite:///` or `postgresql+psycopg://` address; SQLite's file is made if missing.

    Its errors name statements and never the values in them: an error is kept in logs, and a value may be a name.
    """
    address = sa.make_url(url)
    if address.get_backend_name() != "sqlite":
        return sa.create_engine(address, pool_pre_ping=True, hide_parameters=True)
    if address.database and address.database != ":memory:":
        _make_file(Path(address.database))
    made = sa.create_engine(address, hide_parameters=True)
    sa.event.listen(made, "connect", _prepare)
    sa.event.listen(made, "begin", _begin)
    return made


def _make_file(file: Path) -> None:
    """Make a new file and its folder their owner's alone; SQLite gives the files beside it the same rights."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # it is there already, or SQLite will say what is wrong
        file.touch(mode=0o600, exist_ok=False)


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    readonly = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")


@contextmanager
def transaction(bind: Engine) -> Iterator[Session]:
    """Yield a session whose changes are committed together at the end, or not at all; refusals as `refusing_in_words`."""
    with Session(bind, expire_on_commit=False, autoflush=True) as session, refusing_in_words():
        yield session
        session.commit()


@contextmanager
def refusing_in_words() -> Iterator[None]:
    """Turn into a refusal what only the database notices.

    Invalid for a number, a day or a sign that nothing can hold: commands refuse what the court would never mean, this
    is what nobody could have meant. Conflict where something unique was recorded twice in the same moment.
    """
    try:
        yield
    except (OverflowError, UnicodeEncodeError, sa.exc.DataError):
        raise Invalid(OUT_OF_BOUNDS) from None
    except sa.exc.IntegrityError as error:
        if not _is_twice(error.orig):
            raise
        raise Conflict(TWICE_AT_ONCE) from None


def _is_twice(error: BaseException | None) -> bool:
    """Tell whether a statement failed because what must be unique is there already."""
    return getattr(error, "sqlstate", None) == "23505" or "UNIQUE constraint failed" in str(error)


@contextmanager
def reading(bind: Engine) -> Iterator[Session]:
    """Yield a session for reads only; it sees one state of the database and never waits for a writer."""
    readonly = {"sqlite": {"readonly": True}, "postgresql": {"postgresql_readonly": True}}
    options = readonly.get(bind.dialect.name, {})
    with bind.connect().execution_options(**options) as connection, Session(connection) as session:
        yield session
        session.rollback()


def clean(bind: Engine, tables: Sequence[str]) -> bool:
    """Write the files anew without what was deleted or overwritten in `tables`; tell whether that came about.

    On SQLite the whole file, and the WAL beside it is emptied; on PostgreSQL the tables, their indexes and what the
    planner remembers of their values. It waits a while for whoever reads or writes, and is False when they stay.
    """
    with suppress(sa.exc.DBAPIError, sqlite3.Error):
        return _cleaned_file(bind) if bind.dialect.name == "sqlite" else _cleaned_tables(bind, tables)
    return False


def _cleaned_file(bind: Engine) -> bool:
    connection = bind.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone() or (1, 0, 0)
        return not busy
    finally:
        connection.close()


def _cleaned_tables(bind: Engine, tables: Sequence[str]) -> bool:
    with bind.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("SET lock_timeout = '10s'")
        for table in tables:
            connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')
        connection.exec_driver_sql("RESET lock_timeout")
    return True


@contextmanager
def at_one_moment(bind: Engine) -> Iterator[Connection]:
    """Yield a connection that reads the whole database as it stood at one moment, while others go on writing."""
    alone = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    options = {"readonly": True} if bind.dialect.name == "sqlite" else alone
    with bind.connect().execution_options(**options) as connection:
        yield connection
        connection.rollback()
