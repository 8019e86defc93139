"""Promises of models.backups.moving: a court on another database is the same court, to the last audit event."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.audit.checking import first_break
from models.backups import making, moving, recovery_key
from models.backups.contents import lines_of
from models.backups.moving import move
from models.backups.restoring import restore
from models.errors import Conflict, Invalid
from models.settings import Settings
from models.tables import Court
from tests.backups.conftest import ITS_OWN, Kept, contents
from tests.builders import NOW, a_court
from tests.databases import PostgresqlDatabases


@pytest.fixture
def source(kept: Kept) -> Iterator[Engine]:
    made = database.engine(kept.settings.database_url)
    yield made
    made.dispose()


@pytest.fixture
def there(postgresql_databases: PostgresqlDatabases) -> Iterator[Settings]:
    with postgresql_databases.fresh() as url:  # made by `migrate`, and never used
        yield Settings(database_url=url)


def test_everything_moves_to_postgresql_and_comes_back_from_a_backup_made_there(
    kept: Kept, source: Engine, there: Settings, tmp_path: Path
) -> None:
    before = contents(kept.settings.database_url)
    moved = move(source, there, now=NOW)
    assert contents(there.database_url) == contents(kept.settings.database_url) == before
    bind = database.engine(there.database_url)
    with database.reading(bind) as session:
        assert [first_break(session, court.id) for court in session.exec(select(Court))] == [None, None]
    assert moved.rows == sum(map(len, before.values()))
    made = making.back_up(bind, tmp_path / "b.age", recovery_key.recipients(kept.settings), now=NOW)
    bind.dispose()
    back = Settings(database_url=f"sqlite:///{tmp_path / 'back.db'}")
    restore(back, made.file, kept.key, replace=False, now=NOW)
    came = contents(back.database_url)
    assert {name: came[name] for name in before if name not in ITS_OWN} == {
        name: before[name] for name in before if name not in ITS_OWN
    }


def test_a_database_that_is_not_empty_is_refused_and_stays_as_it_is(source: Engine, there: Settings) -> None:
    bind = database.engine(there.database_url)
    with database.transaction(bind) as session:
        a_court(session, name="Another court")
    bind.dispose()
    before = contents(there.database_url)
    with pytest.raises(Conflict, match="not empty"):
        move(source, there, now=NOW)
    assert contents(there.database_url) == before


def test_a_court_that_works_is_not_moved(source: Engine, kept: Kept, there: Settings) -> None:
    others = database.engine(kept.settings.database_url)
    with others.connect(), pytest.raises(Conflict, match="in use"):
        move(source, there, now=NOW)
    others.dispose()


def test_what_came_otherwise_than_it_left_is_not_kept(
    source: Engine, there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def otherwise(connection: Any, tables: Any) -> Iterator[Any]:
        lines = lines_of(connection, tables)
        return iter(list(lines)[1:]) if connection.dialect.name == "postgresql" else lines

    monkeypatch.setattr(moving, "lines_of", otherwise)
    with pytest.raises(Invalid, match="not what"):
        move(source, there, now=NOW)
    assert not any(contents(there.database_url).values())


def test_a_court_that_worked_meanwhile_is_not_moved(
    source: Engine, there: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "courts_of", lambda _: [])  # as if each chain ended elsewhere by now
    with pytest.raises(Conflict, match="working meanwhile"):
        move(source, there, now=NOW)
    assert not any(contents(there.database_url).values())
