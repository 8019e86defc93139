"""Promises of models.backups.making: one moment while the court works, recorded, and gone on the day it said."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.audit.checking import first_break
from models.backups import files, making, recovery_key
from models.backups.files import reading
from models.database import transaction
from models.settings import Settings
from models.tables import AuditEvent, Court
from tests.builders import NOW, a_court, a_policy_version


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(keys_folder=tmp_path / "keys")


def names(file: Path, private: str) -> list[str]:
    """Return the courts of which a backup has the row."""
    with reading(file, lambda: recovery_key.private(private.encode(), lambda: "")) as backup:
        table = next(iter(backup.manifest.tables.items()))
        assert table[0] == "courts"
        place = list(table[1].columns).index("name")
        return sorted(line[place] for line in list(backup.lines)[: table[1].rows])


def test_a_backup_is_of_one_moment_while_the_court_goes_on_working(
    engine: Engine, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = recovery_key.make(settings)
    with transaction(engine) as session:
        a_court(session, name="Harbor")

    def meanwhile(*given: object) -> str:
        with transaction(engine) as session:
            a_court(session, name="Committed after it began")
        return files.write(*given)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(making, "write", meanwhile)
    with transaction(engine) as session:
        if engine.dialect.name == "postgresql":  # SQLite has one writer, and it writes in `meanwhile`
            a_court(session, name="Not committed")
        made = making.back_up(engine, tmp_path / "b.age", recovery_key.recipients(settings), now=NOW)
    assert names(made.file, private) == ["Harbor"]


def test_that_everything_was_copied_is_in_the_audit_of_each_court(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        court = a_court(session)
    made = making.back_up(sqlite_engine, tmp_path / "b.json.gz", (), now=NOW)
    with transaction(sqlite_engine) as session:
        event = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "backup")).one()
        assert first_break(session, court.id) is None
    assert event.detail == {
        "file_sha256": made.sha256,
        "encrypted": False,
        "through": 0,
        "ages_out_on": "2027-03-04",
    }


def test_a_backup_ages_out_by_the_policy_that_keeps_it_the_shortest(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        a_court(session, name="Lakeside")
        a_policy_version(session, a_court(session), "shorter", NOW.date(), ("backups_days = 90", "backups_days = 30"))
    with transaction(sqlite_engine) as session:
        assert making.ages_out_on(session, NOW) == NOW.date() + timedelta(days=30)


def test_in_a_folder_of_backups_those_whose_day_has_passed_are_removed_and_nothing_else(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    stays = (
        "offramp-20260901-020000-until-2026-12-04.age",  # its last day
        "offramp-20260901-020000-until-2026-12-03.age.part",
        "notes-until-2020-01-01.age",
        "court.db",
    )
    gone = ("offramp-20260901-020000-until-2026-12-03.age", "offramp-20260901-020000-until-2026-12-03.json.gz")
    for name in (*stays, *gone):
        (tmp_path / name).write_text("x")
    with transaction(sqlite_engine) as session:
        a_court(session)
    made = making.back_up(sqlite_engine, tmp_path, (), now=NOW)
    assert made.file.name == "offramp-20261204-150000-until-2027-03-04.json.gz"
    assert {file.name for file in made.removed} == set(gone)
    assert {file.name for file in tmp_path.iterdir()} == {*stays, made.file.name}


def test_a_backup_that_failed_removes_no_older_one(sqlite_engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "offramp-20260901-020000-until-2026-12-03.age").write_text("x")
    with transaction(sqlite_engine) as session:
        session.execute(sa.delete(Court))
        session.execute(sa.text("DROP TABLE heartbeats"))
    with pytest.raises(sa.exc.OperationalError):
        making.back_up(sqlite_engine, tmp_path, (), now=NOW)
    assert [file.name for file in tmp_path.iterdir()] == ["offramp-20260901-020000-until-2026-12-03.age"]
