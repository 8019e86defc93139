"""Promises of opening a database: a court's records are its owner's alone, and an error never tells what was stored."""

from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col, update

from models.database import engine as engine_on
from models.database import reading, transaction
from models.errors import Invalid
from models.tables import Person, Service
from tests.builders import a_case, a_court, a_part, a_service


def test_a_new_database_and_its_folder_are_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "court.db"
    made = engine_on(f"sqlite:///{file}")
    with transaction(made) as session:
        session.connection().exec_driver_sql("CREATE TABLE one (id INTEGER)")
    with reading(made):
        modes = {found.name: S_IMODE(found.stat().st_mode) for found in (file.parent, *file.parent.iterdir())}
    made.dispose()
    assert modes.pop("var") == 0o700
    assert {"court.db", "court.db-wal"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_number_that_no_database_holds_is_refused_in_words_and_nothing_is_kept(engine: Engine) -> None:
    with transaction(engine) as session:
        service = a_service(session, a_court(session))
    with pytest.raises(Invalid, match="far outside"), transaction(engine) as session:
        session.execute(update(Service).values(wait_days=2**70))
    with reading(engine) as session:
        assert session.get_one(Service, service.id).wait_days is None


def test_a_failing_statement_does_not_tell_what_was_to_be_stored(sqlite_engine: Engine) -> None:
    unnamed = update(Person).values(legal_name=None).where(col(Person.preferred_name) == "Mei Chen")
    with transaction(sqlite_engine) as session:
        a_case(session, a_part(session, a_court(session)), name="Mei Chen")
    with reading(sqlite_engine) as session, pytest.raises(SQLAlchemyError) as failed:
        session.execute(unnamed)
    assert "Mei" not in str(failed.value)
