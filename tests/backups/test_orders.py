"""Promise of a restore: what a court sealed or expunged after the backup was made does not come back with it."""

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.audit.checking import first_break
from models.backups import making, recovery_key
from models.backups.restoring import Did, drill, restore
from models.commands.expunging import expunge
from models.errors import SettingsError
from models.settings import Settings
from models.tables import Case, Person
from tests.builders import NOW
from tests.commands.sealing_stories import expunging, the_records


def test_what_was_sealed_or_expunged_since_is_sealed_and_destroyed_again_before_the_database_is_used(
    sqlite_engine: Engine, empty_database_url: str, tmp_path: Path
) -> None:
    there = Settings(database_url=empty_database_url, keys_folder=tmp_path / "keys", ledger_file=tmp_path / "ledger")
    private = recovery_key.make(there)
    with database.transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-GONE", name="Mei Quillfeather")
        hidden = records.dismissed(session, "CR-2", name="Rosa Vargas")
    made = making.back_up(sqlite_engine, tmp_path / "b.age", recovery_key.recipients(there), now=NOW)
    with database.transaction(sqlite_engine) as session:
        records.seal(session, hidden.id)
        expunge(session, records.judge, expunging("CR-GONE"), token=uuid4(), now=NOW, ledger=records.ledger)

    def key() -> object:
        return recovery_key.private(private.encode(), lambda: "")

    assert drill(there, made.file, key, now=NOW).did == Did(0, 1, 1)
    assert restore(there, made.file, key, replace=False, now=NOW).did == Did(0, 1, 1)
    bind = database.engine(empty_database_url)
    with database.reading(bind) as session:
        assert list(session.exec(select(Person.legal_name))) == ["Rosa Vargas"]
        assert [case.stage for case in session.exec(select(Case))] == ["sealed"]
        assert first_break(session, records.court.id) is None
    bind.dispose()
    if there.sqlite_file:
        for file in there.sqlite_file.parent.glob(f"{there.sqlite_file.name}*"):
            assert b"Quillfeather" not in file.read_bytes()


def test_no_backup_is_put_back_past_a_ledger_that_cannot_be_read(tmp_path: Path) -> None:
    there = Settings(database_url=f"sqlite:///{tmp_path / 'new.db'}", ledger_file=tmp_path / "ledger")
    there.ledger_file.touch(mode=0o600)
    there.ledger_file.write_text('{"act": "1", "entr\n')
    with pytest.raises(SettingsError, match="Line 1"):
        restore(there, tmp_path / "b.age", lambda: None, replace=False, now=NOW)
    assert not (tmp_path / "new.db").exists()
