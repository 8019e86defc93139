"""Promises of models.readiness and models.rehearsal, on both kinds of database."""

from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models import clock, migrations, readiness
from models.database import engine as engine_on
from models.database import transaction
from models.errors import DatabaseTooNew, Invalid, Refused, SettingsError
from models.settings import Settings
from models.tables import Court, Installation
from tests.builders import NEW_YORK, NOW, a_court


def settings_of(url: str, today: date | None = None) -> Settings:
    return Settings(database_url=url, today=today)


def make_demonstration(session: Session) -> None:
    installation = session.get(Installation, 1) or Installation(created_at=NOW)
    installation.demonstration = True
    session.add(installation)
    a_court(session)


@pytest.fixture
def own_clock() -> object:
    """The clock as it was, whatever a test did to it."""
    yield
    clock.shift(timedelta())


def test_an_empty_database_is_brought_to_this_version(empty_database_url: str) -> None:
    assert readiness.migrate(settings_of(empty_database_url)) == migrations.newest()
    readiness.opened(settings_of(empty_database_url)).dispose()


def test_a_part_refuses_a_database_that_is_not_at_this_version(empty_database_url: str) -> None:
    with pytest.raises(Invalid, match="run migrate"):
        readiness.opened(settings_of(empty_database_url))


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine, database_url: str) -> None:
    with transaction(engine) as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew):
        readiness.migrate(settings_of(database_url))
    with pytest.raises(DatabaseTooNew):
        readiness.opened(settings_of(database_url))
    assert migrations.current(engine) == "9999"


def test_a_court_with_records_gets_no_demonstration(engine: Engine, database_url: str) -> None:
    with transaction(engine) as session:
        a_court(session, name="Harbor")
    assert readiness.ready(settings_of(database_url)) is False
    with Session(engine) as session:
        assert session.exec(select(Court.name)).all() == ["Harbor"]


@pytest.mark.usefixtures("own_clock")
def test_a_demonstrations_clock_starts_on_the_day_asked_for(engine: Engine, database_url: str) -> None:
    with transaction(engine) as session:
        make_demonstration(session)
    readiness.opened(settings_of(database_url, date(2031, 3, 4))).dispose()
    assert clock.court_day(clock.now(), NEW_YORK) == date(2031, 3, 4)


@pytest.mark.usefixtures("own_clock")
def test_no_other_courts_clock_is_moved(engine: Engine, database_url: str) -> None:
    with transaction(engine) as session:
        a_court(session)
    with pytest.raises(SettingsError, match="--today"):
        readiness.opened(settings_of(database_url, date(2031, 3, 4)))
    assert clock.court_day(clock.now(), ZoneInfo("UTC")) != date(2031, 3, 4)


def test_a_demonstration_that_fails_to_load_leaves_the_database_empty_for_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(f"sqlite:///{tmp_path / 'offramp.db'}")
    monkeypatch.setattr(readiness, "_run_seed_data", half_loaded)
    with pytest.raises(Refused, match="half"):
        readiness.ready(settings)
    monkeypatch.setattr(readiness, "_run_seed_data", loaded)
    assert readiness.ready(settings) is True
    assert sorted(path.name for path in tmp_path.iterdir() if "-" not in path.name) == ["offramp.db"]


def half_loaded(url: str) -> None:
    loaded(url)
    raise Refused("half of it is there")


def loaded(url: str) -> None:
    made = engine_on(url)
    with transaction(made) as session:
        make_demonstration(session)
    made.dispose()
