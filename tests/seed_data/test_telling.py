"""The demonstration can be told on any day, always alike, by commands only, and complete or not at all."""

import ast
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.errors import Invalid
from models.rules.vocabulary import AppearanceState
from models.tables import Appearance, AuditEvent, Case, Court, CourtSession, Part, Person
from seed_data import __main__ as terminal
from seed_data import courtroom
from seed_data.telling import tell
from tests.databases import SqliteFiles

SMALL = 0.02
PACKAGE = Path(terminal.__file__).parent


def _told(engine: Engine) -> tuple[list[Any], Counter[str]]:
    """Return every case's story in short, and how often each thing was done."""
    with database.reading(engine) as session:
        stories = session.execute(
            sa.select(col(Case.docket_number), col(Case.stage), col(CourtSession.held_on), col(Appearance.outcome))
            .join(Appearance, col(Appearance.case_id) == col(Case.id))
            .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
            .order_by(col(Case.docket_number), col(CourtSession.held_on), col(Appearance.state))
        ).all()
        names = session.scalars(sa.select(col(Person.preferred_name)).order_by(col(Person.preferred_name))).all()
        return [*map(tuple, stories), *names], Counter(session.scalars(sa.select(col(AuditEvent.action))))


def test_the_same_day_and_seed_tell_the_same_stories(sqlite_files: SqliteFiles) -> None:
    told = []
    for seed in (1, 1, 2):
        with sqlite_files.fresh() as url:
            engine = database.engine(url)
            tell(engine, date(2026, 12, 4), seed=seed, scale=SMALL)
            told.append(_told(engine))
            engine.dispose()
    assert told[0] == told[1]
    assert told[0] != told[2]


@pytest.mark.parametrize(
    ("today", "anchor"),
    [
        (date(2026, 12, 5), date(2026, 12, 7)),  # a Saturday
        (date(2026, 11, 26), date(2026, 11, 27)),  # Thanksgiving
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2027, 1, 4), date(2027, 1, 4)),  # a Monday, after two weeks of holidays
    ],
)
def test_it_can_be_told_on_any_day(sqlite_engine: Engine, today: date, anchor: date) -> None:
    assert tell(sqlite_engine, today, scale=SMALL).anchor == anchor
    with database.reading(sqlite_engine) as session:
        waiting = session.scalar(
            sa.select(sa.func.count())
            .select_from(Appearance)
            .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
            .join(Part, col(Part.id) == col(CourtSession.part_id))
            .where(
                col(CourtSession.held_on) == anchor,
                col(Part.name) == "DIV-2",
                col(Appearance.state) == AppearanceState.SCHEDULED,
            )
        )
    assert waiting
    assert waiting >= 10


def test_it_is_told_on_both_kinds_of_database(engine: Engine) -> None:
    assert tell(engine, date(2026, 12, 4), scale=SMALL).stories > 40


def test_a_database_that_has_a_court_is_left_alone(sqlite_engine: Engine) -> None:
    tell(sqlite_engine, date(2026, 12, 4), scale=SMALL)
    before = _told(sqlite_engine)
    with pytest.raises(Invalid, match="needs an empty one"):
        tell(sqlite_engine, date(2026, 12, 4), scale=SMALL)
    assert _told(sqlite_engine) == before


def test_what_fails_on_the_way_leaves_nothing_behind(sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise Invalid("in the middle")

    monkeypatch.setattr(courtroom, "begin", fails)
    with pytest.raises(Invalid, match="in the middle"):
        tell(sqlite_engine, date(2026, 12, 4), scale=SMALL)
    with database.reading(sqlite_engine) as session:
        assert session.exec(select(Court)).first() is None


def test_the_terminal_refuses_in_a_sentence(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    told = ["--today", "2026-12-04", "--scale", str(SMALL), "--database", sqlite_url]
    assert terminal.main(told) == 0
    assert "The demonstration court is there" in capsys.readouterr().out
    assert terminal.main(told) == 1
    assert "already has a court" in capsys.readouterr().err


def test_stories_are_told_by_commands_and_never_by_rows() -> None:
    """Of all tables only the mark of the installation is made here; the others are read."""
    made = []
    for path in sorted(PACKAGE.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        tables = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "models.tables"
            for alias in node.names
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in tables:
                made.append(node.func.id)
            if isinstance(node, ast.Attribute) and node.attr in ("add", "add_all", "insert", "delete", "merge"):
                made.append(ast.unparse(node))
    rows = [what for what in made if not re.search(r"(taken|used)\.add$", what)]
    assert sorted(rows) == ["Installation", "session.add"]
