"""Promises of models.backups.restoring: everything comes back and is proved, or nothing is put in place."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, col

from models import database, migrations
from models.audit.checking import first_break
from models.backups import contents as held_in
from models.backups import recovery_key, sqlite_files
from models.backups.columns import kind_of
from models.backups.contents import lines_of, manifest_of
from models.backups.files import write
from models.backups.restoring import Restored, restore
from models.errors import DatabaseTooNew, Invalid
from models.settings import Settings
from models.tables import AuditEvent
from tests.backups.conftest import Kept, assert_restored, contents, heartbeats, there
from tests.builders import NOW
from tests.databases import PostgresqlDatabases, SqliteFiles


@pytest.fixture
def new(tmp_path: Path) -> Settings:
    """A machine with no database yet."""
    return Settings(database_url=f"sqlite:///{tmp_path / 'new' / 'offramp.db'}", keys_folder=tmp_path / "keys")


def test_every_row_of_every_table_comes_back_on_either_database(kept: Kept, empty_database_url: str) -> None:
    done = restore(there(kept, empty_database_url), kept.file, kept.key, replace=False, now=NOW)
    assert done.manifest.rows > 100
    assert all(table.rows for table in done.manifest.tables.values())
    assert_restored(kept, empty_database_url)


@pytest.fixture(scope="module")
def restored(kept_once: Kept, tmp_path_factory: pytest.TempPathFactory) -> tuple[Restored, Path]:
    """The court on a new machine: what was said of it, and its file."""
    file = tmp_path_factory.mktemp("machine") / "new" / "offramp.db"
    done = restore(there(kept_once, f"sqlite:///{file}"), kept_once.file, kept_once.key, replace=False, now=NOW)
    return done, file


def test_it_says_every_table_and_every_court_it_restored(kept: Kept, restored: tuple[Restored, Path]) -> None:
    held, left = restored[0].manifest, contents(kept.settings.database_url)
    assert {name: table.rows for name, table in held.tables.items()} == {
        name: len(rows) - 2 * (name == "audit_events") for name, rows in left.items()
    }
    assert [(court.name, court.audit_seq) for court in held.courts] == [
        ("Harbor County Court", 3),
        ("Lakeside — 法院", 3),
    ]


def test_the_audit_goes_on_from_where_the_backup_ended(restored: tuple[Restored, Path]) -> None:
    bind = database.engine(f"sqlite:///{restored[1]}")
    with database.reading(bind) as session:
        for court in restored[0].manifest.courts:
            assert first_break(session, UUID(court.id)) is None
            events = sa.select(col(AuditEvent.action), col(AuditEvent.previous_hash)).where(
                col(AuditEvent.court_id) == UUID(court.id), col(AuditEvent.seq) > court.audit_seq
            )
            assert session.execute(events).all() == [("restore", court.audit_hash)]
    bind.dispose()


def test_no_sign_in_and_no_feed_address_of_that_time_lives_on(restored: tuple[Restored, Path]) -> None:
    assert restored[0].did.sign_ins_ended == 1
    with closing(sqlite3.connect(restored[1])) as connection:
        assert connection.execute("SELECT count(*) FROM user_sessions WHERE ended_at IS NULL").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM feed_tokens WHERE revoked_at IS NULL").fetchone() == (0,)


def test_a_restored_database_is_its_owners_alone(restored: tuple[Restored, Path]) -> None:
    assert [file.name for file in restored[1].parent.iterdir()] == ["offramp.db"]
    assert restored[1].stat().st_mode & 0o077 == 0


def changed(kept: Kept, to: Path, statement: str) -> Path:
    """Return a backup of the court with one thing changed in its database first."""
    with closing(sqlite3.connect(str(kept.settings.sqlite_file))) as source, closing(sqlite3.connect(to)) as copy:
        source.backup(copy)
        copy.execute("DROP TRIGGER audit_events_not_changed")
        copy.execute("PRAGMA foreign_keys=OFF")
        copy.execute(statement)
        copy.commit()
    bind = database.engine(f"sqlite:///{to}")
    with database.at_one_moment(bind) as connection:
        manifest = manifest_of(connection, now=NOW)
        lines = lines_of(connection, manifest.tables)
        write(to.with_suffix(".age"), manifest, lines, recovery_key.recipients(kept.settings))
    bind.dispose()
    return to.with_suffix(".age")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_events SET action = 'other' WHERE seq = 2", "broken at event 2"),
        ("UPDATE cases SET participant_id = lower(hex(randomblob(16)))", "not what the backup says"),
    ],
)
def test_what_does_not_hold_together_is_not_put_in_place(
    kept: Kept, standing: Settings, tmp_path: Path, statement: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        restore(standing, changed(kept, tmp_path / "c.db", statement), kept.key, replace=True, now=NOW)
    assert heartbeats(Path(str(standing.sqlite_file))) == ["the one before"]


def test_rows_that_the_manifest_does_not_tell_are_refused(standing: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.backups.contents.migrations.within", lambda *_: None)  # it is at that version
    tables = {"heartbeats": held_in.TableHeld(1, {"name": "text", "beat_at": "instant"})}
    manifest = held_in.Manifest("1", "1", NOW.isoformat(), None, [], tables)
    bind = database.engine(standing.database_url)
    row = ["one", NOW.isoformat()]
    mistakes: list[list[Any]] = [[row, row], [], [["one"]], [["one", "no instant"]], [["one", 7]], [None]]
    for wrong in mistakes:
        with bind.connect() as connection, pytest.raises(Invalid, match="not what the backup says"):
            held_in.fill(connection, manifest, iter(wrong))
    bind.dispose()


def test_a_backup_of_an_older_version_is_restored_and_brought_forward(
    kept: Kept, empty_database_url: str, sqlite_files: SqliteFiles, tmp_path: Path
) -> None:
    with sqlite_files.fresh(empty=True) as url:
        bind = database.engine(url)
        migrations.upgrade(bind, "0011")
        with bind.begin() as connection:
            of_today = tables_of(sa.inspect(connection))
            connection.exec_driver_sql("INSERT INTO heartbeats VALUES ('old', '2026-12-04 15:00:00.000000')")
            tables = {name: replace(table, rows=int(name == "heartbeats")) for name, table in of_today.items()}
            manifest = held_in.Manifest("0.1.0", "0011", NOW.isoformat(), None, [], tables)
            write(tmp_path / "old.age", manifest, lines_of(connection, tables), recovery_key.recipients(kept.settings))
        bind.dispose()
    done = restore(there(kept, empty_database_url), tmp_path / "old.age", kept.key, replace=False, now=NOW)
    assert done.migration == migrations.newest()
    assert contents(empty_database_url)["heartbeats"] == [["old", "2026-12-04T15:00:00+00:00"]]


def tables_of(inspected: sa.Inspector) -> dict[str, held_in.TableHeld]:
    """Return the tables of today with the columns that the database's version has already."""
    found = {}
    for table in SQLModel.metadata.sorted_tables:
        if inspected.has_table(table.name):
            had = {column["name"] for column in inspected.get_columns(table.name)}
            kinds = {one.name: kind_of(one) for one in table.columns if one.name in had}
            found[table.name] = held_in.TableHeld(0, kinds)
    return found


def test_a_page_copy_of_the_first_releases_is_restored_too(
    kept: Kept, new: Settings, tmp_path: Path, postgresql_databases: PostgresqlDatabases
) -> None:
    assert kept.settings.sqlite_file is not None
    sqlite_files.copy(kept.settings.sqlite_file, tmp_path / "copy.db")
    restore(new, tmp_path / "copy.db", kept.key, replace=False, now=NOW)
    assert_restored(kept, new.database_url)
    with postgresql_databases.fresh(empty=True) as url, pytest.raises(Invalid, match="then move it"):
        restore(there(kept, url), tmp_path / "copy.db", kept.key, replace=False, now=NOW)
    with closing(sqlite3.connect(tmp_path / "copy.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    with pytest.raises(DatabaseTooNew):
        restore(new, tmp_path / "copy.db", kept.key, replace=True, now=NOW)
