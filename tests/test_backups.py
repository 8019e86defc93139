"""Promises of models.backups."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.backups import back_up, restore
from models.database import engine, reading, transaction
from models.errors import Conflict, DatabaseTooNew, Invalid, NotFound
from models.settings import Settings
from models.tables import Court
from tests.builders import NOW, a_court


def names(url: str) -> list[str]:
    made = engine(url)
    with reading(made) as session:
        found = sorted(session.exec(select(Court.name)))
    made.dispose()
    return found


@pytest.fixture
def settings(sqlite_url: str) -> Settings:
    made = engine(sqlite_url)
    with transaction(made) as session:
        a_court(session, name="Harbor")
    made.dispose()
    return Settings(database_url=sqlite_url)


def test_a_backup_taken_while_the_court_works_holds_what_was_committed(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        a_court(session, name="Harbor")
    with transaction(sqlite_engine) as session:
        a_court(session, name="Not yet committed")
        size = back_up(Settings(database_url=str(sqlite_engine.url)), tmp_path / "backup.db")
    assert size == (tmp_path / "backup.db").stat().st_size
    assert names(f"sqlite:///{tmp_path / 'backup.db'}") == ["Harbor"]


def test_nobody_else_may_read_a_backup(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").stat().st_mode & 0o077 == 0


def test_a_backup_is_never_written_over(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "backup.db").write_text("something")
    with pytest.raises(Conflict):
        back_up(settings, tmp_path / "backup.db")
    assert (tmp_path / "backup.db").read_text() == "something"


def test_what_was_backed_up_comes_back_and_what_stood_there_is_kept(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup.db")
    made = engine(settings.database_url)
    with transaction(made) as session:
        a_court(session, name="Later")
    made.dispose()
    kept = restore(settings, tmp_path / "backup.db", replace=True, now=NOW)
    assert names(settings.database_url) == ["Harbor"]
    assert kept is not None
    assert kept.name.endswith(".before-restore-20261204-150000")
    assert names(f"sqlite:///{kept}") == ["Harbor", "Later"]


def test_a_restore_asks_before_it_replaces_a_database(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup.db")
    with pytest.raises(Conflict, match="--replace"):
        restore(settings, tmp_path / "backup.db", replace=False, now=NOW)


def test_a_restore_makes_the_database_where_there_is_none(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup.db")
    elsewhere = Settings(database_url=f"sqlite:///{tmp_path / 'new' / 'offramp.db'}")
    assert restore(elsewhere, tmp_path / "backup.db", replace=False, now=NOW) is None
    assert names(elsewhere.database_url) == ["Harbor"]


def test_a_restore_refuses_while_the_court_is_working(sqlite_engine: Engine, tmp_path: Path) -> None:
    settings = Settings(database_url=str(sqlite_engine.url))
    with reading(sqlite_engine) as session:
        session.exec(select(Court)).all()
    back_up(settings, tmp_path / "backup.db")
    with pytest.raises(Conflict, match="in use"):
        restore(settings, tmp_path / "backup.db", replace=True, now=NOW)


def test_a_file_that_is_no_backup_is_refused_and_nothing_is_changed(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but long enough to look at")
    with pytest.raises(Invalid):
        restore(settings, tmp_path / "notes.txt", replace=True, now=NOW)
    with pytest.raises(NotFound):
        restore(settings, tmp_path / "missing.db", replace=True, now=NOW)
    assert names(settings.database_url) == ["Harbor"]


def test_a_backup_of_a_newer_version_is_refused(settings: Settings, tmp_path: Path) -> None:
    back_up(settings, tmp_path / "backup.db")
    with closing(sqlite3.connect(tmp_path / "backup.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    with pytest.raises(DatabaseTooNew):
        restore(settings, tmp_path / "backup.db", replace=True, now=NOW)
    assert names(settings.database_url) == ["Harbor"]


def test_a_court_on_postgresql_is_told_what_to_use_instead(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="pg_dump"):
        back_up(Settings(database_url="postgresql+psycopg://court@db/offramp"), tmp_path / "backup.db")
