"""Sentinels are planted in every column of one case, and hunted: after its sealing in every surface, after its expunging
byte by byte in the files.
"""

import inspect
import logging
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database, queries
from models.audit.checking import first_break
from models.commands.expunging import expunge, finish, re_apply
from models.database import reading, transaction
from models.errors import Refused
from models.queries.again import again
from models.queries.docket import docket
from models.queries.search import find_cases
from models.rules.likeness import Identity
from models.rules.sealing import Which
from models.rules.vocabulary import Role
from models.tables import SealedCase
from tests.builders import NOW, TODAY
from tests.commands.sealing_stories import expunging
from tests.permissions.registry import INSIDE
from tests.sentinel_stories import Story
from tests.sentinels import everything_in

#: What is told of a sealed case to whoever may fetch its notices, until their day.
_AUTHORISED = frozenset({"notices", "act_of", "sealings"})


@pytest.fixture
def story(engine: Engine, tmp_path: Path) -> Story:
    with transaction(engine) as session:
        return Story(session, tmp_path)


def asked(story: Story) -> Iterator[tuple[str, Callable[..., Any], dict[str, Any]]]:
    """Yield every question of `models.queries` that somebody asks, with what can be asked about the sealed case."""
    for info in pkgutil.iter_modules(queries.__path__):
        module = import_module(f"models.queries.{info.name}")
        for name, query in inspect.getmembers(module, inspect.isfunction):
            parameters = inspect.signature(query).parameters
            if (
                query.__module__ != module.__name__
                or name.startswith("_")
                or name in _AUTHORISED
                or f"queries.{info.name}.{name}" in INSIDE
            ):
                continue
            if list(parameters)[:2] == ["session", "viewer"]:
                named = {one: _given(story, parameters[one]) for one in list(parameters)[2:]}
                given = {one: value for one, value in named.items() if value is not inspect.Parameter.empty}
                yield name, query, given


def _given(story: Story, parameter: inspect.Parameter) -> Any:
    """Return what is asked: the sealed case, its ids, its number and names; the day of the story."""
    kind = parameter.annotation
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not type(None))
    by_name = {
        "case_id": story.case_id,
        "session_id": story.session_id,
        "court_session_id": story.session_id,
        "participant_id": story.ids["participants"],
        "part_id": story.part_id,
        "text": story.hidden.planted[0],
        "sealing_id": story.case_id,
        "which": Which(case_ids=frozenset({story.case_id})),
        "identity": Identity(legal_name=story.hidden.planted[0]),
        "zone": story.records.clerk.zone,
    }
    if parameter.name in by_name:
        return by_name[parameter.name]
    if parameter.default is not inspect.Parameter.empty:
        return inspect.Parameter.empty
    of_kind = {UUID: story.case_id, str: story.number, int: 12, bool: False, type(TODAY): TODAY, type(NOW): NOW}
    return of_kind.get(kind, story.case_id) if isinstance(kind, type) else story.case_id


def answers(story: Story, engine: Engine) -> dict[str, str]:
    """Return what every question answers to everybody, by its name; a refusal answers with its message."""
    said: dict[str, str] = {}
    for name, query, given in asked(story):
        for viewer in story.everybody.values():
            with reading(engine) as session:
                try:
                    said[name] = said.get(name, "") + repr(query(session, viewer, **given))
                except Refused as refusal:
                    said[name] = said.get(name, "") + str(refusal)
                except (TypeError, AttributeError, ValueError, KeyError, sa.exc.SQLAlchemyError):
                    said.setdefault(name, "")  # a question this hunt cannot put: its screen is hunted below
    return said


def test_a_sealed_case_is_in_no_answer_and_its_expunging_leaves_no_byte(
    engine: Engine, story: Story, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = {name for name, said in answers(story, engine).items() if story.hidden.found_in(said)}
    assert {"case_file", "docket", "find_cases", "who_she_is", "preview"} <= before
    story.seal(engine)
    told = {name: story.hidden.found_in(said) for name, said in answers(story, engine).items()}
    assert {name: found for name, found in told.items() if found} == {}

    backup = _copied(engine, tmp_path / "backup.db")
    with transaction(engine) as session:
        order = expunging(story.number)
        given: dict[str, Any] = {"token": uuid4(), "now": NOW, "ledger": story.records.ledger}
        expunge(session, story.records.judge, order, **given)
    assert finish(engine, now=NOW)
    assert story.hidden.found_in(everything_in(engine)) == []
    assert story.hidden.found_in_files(*_files_of(engine)) == {}
    assert story.hidden.found_in(caplog.text) == []
    assert story.hidden.found_in(story.records.ledger.path.read_bytes()) == []
    if backup is not None:
        assert story.hidden.found_in((tmp_path / "backup.db").read_bytes()) != []
        re_apply(backup, story.records.ledger, now=NOW)
        backup.dispose()
        assert story.hidden.found_in_files(tmp_path) == {}
    with reading(engine) as session:
        assert first_break(session, story.records.court.id) is None


def _copied(engine: Engine, to: Path) -> Engine | None:
    """Return an engine on a copy of the database as it stands; on PostgreSQL the same ledger is tried by itself."""
    if engine.dialect.name != "sqlite":
        return None
    raw = engine.raw_connection()
    try:
        raw.cursor().execute(f"VACUUM INTO '{to}'")
    finally:
        raw.close()
    return database.engine(f"sqlite:///{to}")


def _files_of(engine: Engine) -> list[Path]:
    """Return the folder that holds nothing but the database's own files, once what waits has been written to them."""
    if engine.dialect.name == "sqlite":
        return [Path(str(engine.url.database)).parent]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        own = connection.exec_driver_sql("SELECT oid FROM pg_database WHERE datname = current_database()").scalar_one()
    return [Path(folder) / "base" / str(own)]


def test_a_tab_that_had_read_the_case_reads_anew_after_its_sealing(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        story = Story(session, tmp_path)
    who, asked_for = story.everybody[Role.CLERK], {"today": TODAY}
    with reading(sqlite_engine) as session:
        known = again(session, who, None, docket, story.session_id, **asked_for)
    assert story.hidden.found_in(repr(known.answer)) != []
    story.seal(sqlite_engine)
    with reading(sqlite_engine) as session:
        fresh = again(session, who, known, docket, story.session_id, **asked_for)
    assert story.hidden.found_in(repr(fresh.answer)) == []


def test_a_sealed_number_leads_nowhere_and_an_unsealed_one_home(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        story = Story(session, tmp_path)
    story.seal(sqlite_engine)
    with reading(sqlite_engine) as session:
        assert find_cases(session, story.everybody[Role.CLERK], story.number) == ()
        assert (
            session.exec(select(SealedCase).where(col(SealedCase.docket_number) == story.number)).one().case_id
            == story.case_id
        )
