"""Promises of models.backups.places: until all is proved the place is as it was, and what stood there is kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models import database
from models.backups import contents as held_in
from models.backups.places import place
from models.backups.restoring import drill, restore
from models.errors import Conflict
from models.settings import PROJECT, Settings
from models.tables import Court, Heartbeat
from tests.backups.conftest import Kept, assert_restored, contents, heartbeats, there
from tests.backups.test_files import a_full_disk
from tests.builders import NOW
from tests.databases import PostgresqlDatabases
from tests.whole_court import SENTINEL


def test_a_database_in_place_is_only_replaced_when_asked_and_kept_aside(kept: Kept, standing: Settings) -> None:
    with pytest.raises(Conflict, match="--replace"):
        restore(standing, kept.file, kept.key, replace=False, now=NOW)
    done = restore(standing, kept.file, kept.key, replace=True, now=NOW)
    assert done.kept is not None
    assert done.kept.endswith(".before-restore-20261204-150000")
    assert heartbeats(Path(done.kept)) == ["the one before"]
    assert_restored(kept, standing.database_url)


def test_in_postgresql_the_one_in_place_is_kept_aside_too(
    kept: Kept, postgresql_databases: PostgresqlDatabases
) -> None:
    with postgresql_databases.fresh() as url:
        used(url)
        with pytest.raises(Conflict, match="--replace"):
            restore(there(kept, url), kept.file, kept.key, replace=False, now=NOW)
        done = restore(there(kept, url), kept.file, kept.key, replace=True, now=NOW)
        assert_restored(kept, url)
        bind = database.engine(url)
        with bind.connect() as connection:
            assert connection.scalar(sa.text(f"SELECT name FROM {done.kept}.heartbeats")) == "the one before"
        bind.dispose()


def used(url: str) -> None:
    bind = database.engine(url)
    with bind.begin() as connection:
        connection.execute(sa.insert(Heartbeat).values(name="the one before", beat_at=NOW))
    bind.dispose()


def test_a_damaged_database_is_kept_aside_as_it_is(standing: Settings) -> None:
    file = Path(str(standing.sqlite_file))
    file.write_bytes(b"the disk has eaten it" * 100)
    with place(standing, replace=True, now=NOW) as made:
        made.connection.exec_driver_sql("CREATE TABLE there (is_one)")
    assert Path(str(made.kept)).read_bytes().startswith(b"the disk")
    assert file.read_bytes().startswith(b"SQLite format 3")


def test_a_database_in_use_is_not_replaced(kept: Kept, engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    with database.reading(engine) as session:
        session.execute(sa.select(Court)).all()
        with pytest.raises(Conflict, match="in use"):
            restore(there(kept, url), kept.file, kept.key, replace=True, now=NOW)


def test_a_full_disk_leaves_the_database_as_it_was(kept: Kept, standing: Settings) -> None:
    with a_full_disk(300_000), pytest.raises((OSError, sa.exc.OperationalError)):
        restore(standing, kept.file, kept.key, replace=True, now=NOW)
    file = Path(str(standing.sqlite_file))
    assert heartbeats(file) == ["the one before"]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


_KILLED = """
import os, signal, sys
from models.backups import restoring
restoring.prove = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from models.__main__ import main
main(["restore", sys.argv[1], "--key", sys.argv[2], "--replace"])
"""


def test_whoever_is_killed_in_the_middle_has_restored_nothing_and_can_begin_again(
    kept: Kept, standing: Settings, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(kept.private)
    done = subprocess.run(
        [sys.executable, "-c", _KILLED, kept.file, tmp_path / "key"],
        cwd=PROJECT,
        env={**os.environ, "OFFRAMP_DATABASE_URL": standing.database_url},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    file = Path(str(standing.sqlite_file))
    assert heartbeats(file) == ["the one before"]
    restore(standing, kept.file, kept.key, replace=True, now=NOW)
    assert not list(file.parent.glob("*.part*"))
    assert_restored(kept, standing.database_url)


def test_a_lost_connection_leaves_postgresql_as_it_was(
    kept: Kept, postgresql_databases: PostgresqlDatabases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(connection: sa.Connection, _courts: object) -> None:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr("models.backups.restoring.prove", lose)
    with postgresql_databases.fresh() as url:
        used(url)
        before = contents(url)
        with pytest.raises(sa.exc.DBAPIError):
            restore(there(kept, url), kept.file, kept.key, replace=True, now=NOW)
        assert contents(url) == before


def test_a_drill_proves_a_backup_and_leaves_nothing(
    kept: Kept, standing: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Path(str(standing.sqlite_file))
    before = file.read_bytes()
    legible: list[Path] = []

    def look(*proved: Any) -> None:
        """Prove as ever, and look meanwhile for a file with something of a case in it."""
        held_in.prove(*proved)
        legible.extend(one for one in file.parent.rglob("*") if one.is_file() and SENTINEL.encode() in one.read_bytes())

    monkeypatch.setattr("models.backups.restoring.prove", look)
    done = drill(standing, kept.file, kept.key, now=NOW)
    assert done.manifest.rows > 100
    assert done.kept is None
    assert legible == []
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert file.read_bytes() == before
