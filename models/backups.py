"""Copy a court's SQLite database to one file, and put such a file back; nothing is overwritten without being kept.

A court on PostgreSQL uses pg_dump and pg_restore, which know more. Nothing here reads a row of the court's.
"""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from models import migrations
from models.errors import Conflict, DatabaseTooNew, Invalid, NotFound
from models.settings import Settings


def back_up(settings: Settings, to: Path) -> int:
    """Copy the court's database to a new file, also while the court is working; return its size in bytes.

    Raises Conflict where the file exists, NotFound without a database, Invalid on PostgreSQL.
    """
    source = _sqlite_file(settings, "pg_dump --format=custom")
    if to.exists():
        raise Conflict(f"{to} exists already. Name a new file; a backup is never written over.")
    if not source.exists():
        raise NotFound(f"There is no database at {source} yet.")
    copy(source, to)
    return to.stat().st_size


def restore(settings: Settings, backup: Path, *, replace: bool, now: datetime) -> Path | None:
    """Put a backup in the database's place; return where the database that stood there is kept, if there was one.

    `now` (UTC) is in the kept file's name. Raises NotFound, Invalid or DatabaseTooNew for a file that cannot be the
    court's database, and Conflict where one stands and `replace` is not given, or where it is in use.
    """
    target = _sqlite_file(settings, "pg_restore")
    _check(backup)
    if target.exists() and not replace:
        raise Conflict(
            f"{target} holds a database. Add --replace to put the backup in its place; it will be kept aside."
        )
    if target.exists():
        _refuse_in_use(target)
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy(backup, part)
    kept = None
    if target.exists():
        kept = target.with_name(f"{target.name}.before-restore-{now:%Y%m%d-%H%M%S}")
        copy(target, kept)
    part.replace(target)
    return kept


def copy(source: Path, to: Path) -> None:
    """Copy one SQLite database as it stands at one moment; `to` appears complete and on the disk, or not at all."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".copying")
    part.unlink(missing_ok=True)
    try:
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))  # a court's records: nobody else's to read
        with closing(_open(source)) as reader, closing(sqlite3.connect(part)) as writer:
            reader.backup(writer)
            writer.execute("PRAGMA journal_mode=DELETE")  # one file, without the two that WAL keeps beside it
            if writer.execute("PRAGMA quick_check").fetchone() != ("ok",):
                raise Invalid(f"The copy of {source} is damaged. Check the disk; {source} was not changed.")
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _sqlite_file(settings: Settings, instead: str) -> Path:
    file = settings.sqlite_file
    if file is None:
        raise Invalid(f"This court keeps its data in PostgreSQL. Use {instead}, which knows how.")
    return file


def _open(path: Path) -> sqlite3.Connection:
    """Open an existing file without making or changing it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _check(backup: Path) -> None:
    if not backup.is_file():
        raise NotFound(f"There is no file {backup}.")
    version = None
    with suppress(sqlite3.DatabaseError), closing(_open(backup)) as reader:
        if reader.execute("PRAGMA quick_check").fetchone() == ("ok",):
            (version,) = reader.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    if version is None:
        raise Invalid(f"{backup} is not a whole backup of Offramp's. Nothing was changed.")
    if version not in migrations.known():
        raise DatabaseTooNew


def _refuse_in_use(target: Path) -> None:
    """Leaving WAL needs the file for oneself alone, so it tells whether anybody else has it open."""
    try:
        with closing(sqlite3.connect(target, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Conflict(f"{target} is in use. Stop Offramp first, then restore.") from None
