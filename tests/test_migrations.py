"""The chain of migrations: up and down on both databases, equal to the tables, and safe against a newer database."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from models import database, migrations
from models.errors import DatabaseTooNew
from tests.builders import a_case, a_court, a_part, a_sitting, an_appearance


@pytest.fixture
def empty(empty_database_url: str) -> Iterator[Engine]:
    """An engine on a database without tables."""
    made = database.engine(empty_database_url)
    yield made
    made.dispose()


def test_the_newest_version_equals_the_tables(empty: Engine) -> None:
    migrations.upgrade(empty)
    assert migrations.current(empty) == migrations.newest()
    assert migrations.differences(empty) == []


def test_the_newest_version_holds_every_column_to_the_words_of_the_tables(empty: Engine) -> None:
    migrations.upgrade(empty)
    for name, table in SQLModel.metadata.tables.items():
        checks = [one for one in table.constraints if isinstance(one, sa.CheckConstraint)]
        kept = {str(one["name"]): _words(one["sqltext"]) for one in sa.inspect(empty).get_check_constraints(name)}
        meant = {one.name: one.sqltext.compile(empty, compile_kwargs={"literal_binds": True}) for one in checks}
        assert kept == {str(named): _words(str(condition)) for named, condition in meant.items()}, name


def _words(condition: str) -> set[str]:
    """Return the words in quotes of a condition, which every database writes in its own way."""
    return set(re.findall(r"'([^']*)'", condition))


def test_every_version_goes_down_again_and_leaves_nothing(empty: Engine) -> None:
    migrations.upgrade(empty)
    migrations.downgrade(empty)
    assert set(sa.inspect(empty).get_table_names()) <= {"alembic_version"}


def test_upgrading_twice_changes_nothing_and_keeps_what_is_there(empty: Engine) -> None:
    migrations.upgrade(empty)
    with database.transaction(empty) as session:
        court = a_court(session)
    migrations.upgrade(empty)
    with database.reading(empty) as session:
        assert session.get_one(type(court), court.id).name == court.name


def test_what_the_first_release_kept_goes_up_to_the_newest_version_and_down_again(empty: Engine) -> None:
    migrations.upgrade(empty)
    with database.transaction(empty) as session:
        part = a_part(session, a_court(session))
        an_appearance(session, a_case(session, part), a_sitting(session, part))
    migrations.downgrade(empty, "0001")  # the story with the columns the first release had
    told = _rows(empty)
    assert {"court_sessions", "appearances", "cases"} <= set(told)
    migrations.upgrade(empty)
    kept = _rows(empty)
    assert kept.pop("name_keys") == 2  # made from the names that were there: "Mei" and "Chen"
    assert kept == told
    migrations.downgrade(empty, "0001")
    assert _rows(empty) == told


def _rows(bind: Engine) -> dict[str, int]:
    """Count the rows of every table that has some."""
    with bind.connect() as connection:
        tables = set(sa.inspect(connection).get_table_names()) - {"alembic_version"}
        counted = {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) for name in tables}
    return {name: count for name, count in counted.items() if count}


def test_a_database_of_a_newer_release_is_refused_untouched(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseTooNew, match="newer version"):
        migrations.upgrade(empty)
    assert migrations.current(empty) == "9999"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE courts SET id = NULL",
        "INSERT INTO user_roles (id, court_id, user_id, role) SELECT id, id, id, 'emperor' FROM courts",
        "INSERT INTO installation (id, demonstration, created_at) VALUES (2, false, '2026-12-04 00:00:00')",
    ],
)
def test_the_database_itself_refuses_what_cannot_be(engine: Engine, statement: str) -> None:
    with database.transaction(engine) as session:
        a_court(session)
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text(statement))


def test_a_row_that_points_nowhere_is_refused_when_it_is_committed(engine: Engine) -> None:
    nowhere = "INSERT INTO audit_heads (court_id, seq, hash) VALUES ('00000000000000000000000000000000', 0, '')"
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text(nowhere))
