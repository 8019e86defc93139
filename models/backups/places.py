"""Where a restored database is put: a file beside SQLite's until all is proved, one transaction in PostgreSQL.

Until the end the place is as it was. What stood there is kept aside; a database that somebody uses is not touched.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from models import database, migrations
from models.backups import sqlite_files
from models.errors import Conflict, Invalid
from models.settings import Settings

REPLACE = "{what} holds a database. Add --replace to put the backup in its place; it will be kept aside."
IN_USE = "{what} is in use. Stop Offramp first, then do this again."
SERVER = "The PostgreSQL database"
_BUILDING = ("journal_mode=MEMORY", "synchronous=OFF", "temp_store=MEMORY")  # what is half made is thrown away


@dataclass(slots=True)
class Place:
    """An empty database in a transaction, and where what stood there is kept, known once it was put in place."""

    connection: Connection
    kept: str | None = None


Begun = Callable[[Path], None]
"""What is done with a SQLite file before it is opened: nothing, or a copy of another."""


@contextmanager
def place(
    settings: Settings, *, now: datetime, replace: bool = False, standing: str = REPLACE, begun: Begun | None = None
) -> Iterator[Place]:
    """Yield an empty database; when the block ends well it is the court's, otherwise nothing has changed.

    Conflict, saying `standing`, where one is there and `replace` is not given; Conflict where somebody uses it.
    """
    if file := settings.sqlite_file:
        if file.exists() and not replace:
            raise Conflict(standing.format(what=file))
        with _file_beside(file, now=now, begun=begun) as made:
            yield made
    elif begun:
        raise Invalid(
            "A copy of a SQLite file is put back into SQLite: restore it with --database sqlite:///..., then move it "
            "with ./run move."
        )
    else:
        with _schema(settings, None if replace else standing, now=now) as made:
            yield made


@contextmanager
def nowhere(beside: Path, begun: Begun | None = None) -> Iterator[Place]:
    """Yield an empty database that leaves nothing behind: its file has no name any more while it is used.

    Where the system does not let go of a name (Windows), the folder is removed at the end.
    """
    beside.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".drill-", dir=beside, ignore_cleanup_errors=True) as folder:
        file = Path(folder, "drill.db")
        if begun:
            begun(file)
        with _building(file) as bind, migrations.schema_change(bind) as connection:
            with suppress(OSError):
                file.unlink()
            yield Place(connection)


@contextmanager
def _building(file: Path) -> Iterator[Engine]:
    """Yield an engine on a file that nobody else uses and that is thrown away if this fails."""
    made = database.engine(f"sqlite:///{file}")

    @sa.event.listens_for(made, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        for pragma in _BUILDING:
            connection.execute(f"PRAGMA {pragma}")

    try:
        yield made
    finally:
        made.dispose()


@contextmanager
def _file_beside(target: Path, *, now: datetime, begun: Begun | None) -> Iterator[Place]:
    if target.exists():
        sqlite_files.refuse_in_use(target)
    part = target.with_name(target.name + ".part")
    sqlite_files.remove(part)  # left by one that was killed
    try:
        if begun:
            begun(part)
        with _building(part) as bind, migrations.schema_change(bind) as connection:
            made = Place(connection)
            yield made
        sqlite_files.on_disk(part)
        if target.exists():
            kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%d-%H%M%S}")
            sqlite_files.keep_aside(target, kept)
            made.kept = str(kept)
        part.replace(target)
        sqlite_files.on_disk(target.parent)
    finally:
        sqlite_files.remove(part)


@contextmanager
def _schema(settings: Settings, standing: str | None, *, now: datetime) -> Iterator[Place]:
    """Work in the schema the server gives; what stood there is renamed. All of it is one transaction."""
    bind = database.engine(settings.database_url)
    try:
        refuse_others(bind)
        with migrations.schema_change(bind) as connection:
            made = Place(connection)
            if holds_rows(connection):
                if standing:
                    raise Conflict(standing.format(what=SERVER))
                made.kept = f"before_restore_{now:%Y%m%d_%H%M%S}"
                _set_aside(connection, made.kept)
            else:
                _clear(connection)
            yield made
    finally:
        bind.dispose()


def refuse_others(bind: Engine) -> None:
    """Raise Conflict where anybody else is connected to a PostgreSQL database, or has a SQLite file open."""
    if bind.dialect.name == "sqlite":
        bind.dispose()
        sqlite_files.refuse_in_use(Path(str(bind.url.database)))
        return
    others = (
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    with bind.connect() as connection:
        if connection.exec_driver_sql(others).first():
            raise Conflict(IN_USE.format(what=SERVER))


def holds_rows(connection: Connection) -> bool:
    """Tell whether the database holds anything but what its own making wrote."""
    there = set(sa.inspect(connection).get_table_names()) - {"alembic_version", "installation"}
    if there - set(SQLModel.metadata.tables):
        return True  # somebody else's tables, or a newer version's
    return any(connection.execute(sa.select(sa.text("1")).select_from(sa.table(name))).first() for name in there)


def _clear(connection: Connection) -> None:
    """Take away the tables of a database that was made and never used, whichever version it is at."""
    if sa.inspect(connection).has_table("alembic_version"):
        migrations.undone(connection)


def _set_aside(connection: Connection, name: str) -> None:
    """Rename the schema with everything in it, and make an empty one in its place."""
    quoted = connection.dialect.identifier_preparer.quote
    present = quoted(str(connection.exec_driver_sql("SELECT current_schema()").scalar_one()))
    try:
        connection.exec_driver_sql(f"ALTER SCHEMA {present} RENAME TO {quoted(name)}")
        connection.exec_driver_sql(f"CREATE SCHEMA {present}")
    except sa.exc.ProgrammingError:
        raise Invalid(
            f"This account may not put the schema {present} aside. Let the database's owner rename it and make an "
            "empty one, or name a new database; nothing was changed."
        ) from None
