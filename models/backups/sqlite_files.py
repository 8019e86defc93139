"""SQLite's files as files: copied at one moment, found in use, brought to rest on the disk, removed with their companions."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from models.errors import Conflict, Invalid

_BESIDE = ("-wal", "-shm", "-journal")


def copy(source: Path, to: Path) -> None:
    """Copy one database as it stands at one moment; `to` appears complete and on the disk, or not at all."""
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
        on_disk(part)
        part.replace(to)
    finally:
        part.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """Open an existing file without making or changing it."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def is_whole(file: Path) -> bool:
    """Tell whether a file is a database of Offramp's that can be read to its end."""
    try:
        with closing(_open(file)) as reader:
            reader.execute("SELECT version_num FROM alembic_version").fetchone()
            return bool(reader.execute("PRAGMA quick_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False


def refuse_in_use(file: Path) -> None:
    """Leaving WAL needs the file for oneself alone, so it tells whether anybody else has it open: Conflict then.

    A damaged file is nobody's: it may be replaced.
    """
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Conflict(f"{file} is in use. Stop Offramp first, then do this again.") from None
    except sqlite3.DatabaseError:
        return


def keep_aside(file: Path, kept: Path) -> None:
    """Give a database a second name, `kept`, and that name what may stand beside it; the first one stays until replaced."""
    try:
        os.link(file, kept)
    except OSError:  # a file system without links
        copy_bytes(file, kept)
    for suffix in _BESIDE:
        if (beside := Path(f"{file}{suffix}")).exists():
            beside.replace(f"{kept}{suffix}")


def copy_bytes(file: Path, to: Path) -> None:
    """Copy a file as it is, for its owner alone."""
    with file.open("rb") as source, os.fdopen(os.open(to, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())


def on_disk(path: Path) -> None:
    """Wait until what was written to a file or a folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(file: Path) -> None:
    """Remove a database and the files that may stand beside it."""
    for suffix in ("", *_BESIDE):
        Path(f"{file}{suffix}").unlink(missing_ok=True)
