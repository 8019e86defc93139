"""A court with rows in every table, a recovery key, and a backup of the court made for that key."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from models import database
from models.backups import making, recovery_key
from models.backups.contents import lines_of, manifest_of
from models.settings import Settings
from tests.builders import NOW
from tests.databases import SqliteFiles
from tests.whole_court import fill_every_table


@dataclass(frozen=True)
class Kept:
    """The court's database, its recovery key, and a backup."""

    settings: Settings
    private: str
    file: Path

    def key(self) -> Any:
        return recovery_key.private(self.private.encode(), lambda: "")


@pytest.fixture(scope="session")
def kept_once(tmp_path_factory: pytest.TempPathFactory, sqlite_files: SqliteFiles) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("court")
    private = recovery_key.make(Settings(keys_folder=folder / "keys"))
    with sqlite_files.fresh() as url:
        settings = Settings(database_url=url, keys_folder=folder / "keys")
        filled(url)
        bind = database.engine(url)
        made = making.back_up(bind, folder / "backup.age", recovery_key.recipients(settings), now=NOW)
        bind.dispose()
        yield Kept(settings, private, made.file)


@pytest.fixture
def kept(kept_once: Kept) -> Kept:
    """A court and its backup, only to be read: all tests share it."""
    return kept_once


def filled(url: str) -> None:
    """Put rows into every table of a migrated database."""
    bind = database.engine(url)
    with database.transaction(bind) as session:
        fill_every_table(session)
    bind.dispose()


def contents(url: str) -> dict[str, list[Any]]:
    """Return every row of every table, as it travels."""
    bind = database.engine(url)
    try:
        with database.at_one_moment(bind) as connection:
            tables = manifest_of(connection, now=NOW).tables
            return {name: sorted(lines_of(connection, {name: table}), key=repr) for name, table in tables.items()}
    finally:
        bind.dispose()


#: What a restore itself writes: sign-ins and feed addresses end, and the audit says so.
ITS_OWN = {"user_sessions", "feed_tokens", "audit_events", "audit_heads"}


def there(kept: Kept, url: str) -> Settings:
    return replace(kept.settings, database_url=url)


def assert_restored(kept: Kept, url: str) -> None:
    came, left = contents(url), contents(kept.settings.database_url)
    assert {name: came[name] for name in came if name not in ITS_OWN} == {
        name: left[name] for name in left if name not in ITS_OWN
    }


@pytest.fixture
def standing(sqlite_files: SqliteFiles, tmp_path: Path) -> Settings:
    """A machine with a database in place."""
    file = tmp_path / "offramp.db"
    file.write_bytes(sqlite_files.template().read_bytes())
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("INSERT INTO heartbeats VALUES ('the one before', '2026-12-04 15:00:00.000000')")
        connection.commit()
    return Settings(database_url=f"sqlite:///{file}")


def heartbeats(file: Path) -> list[str]:
    with closing(sqlite3.connect(file)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM heartbeats")]
