"""Promise: whatever is handed to a command, it ends in a refusal in words, or is kept as the text it is.

Every command that people can reach, each of its parameters in turn with everything `values.py` knows, the others
plausible. One database, each try undone behind a savepoint.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from models import database
from models.commands import accounts
from models.errors import Refused
from models.tables import AuditEvent
from seed_data.telling import tell
from tests.builders import TODAY, a_case, a_court, a_part, a_sitting, an_appearance
from tests.databases import SqliteFiles
from tests.hostile.reached import Command, commands
from tests.hostile.values import MARK, made
from tests.hostile.world import World, asked_of, opened, ours_of

#: Commands that are tried elsewhere, with the reason.
ELSEWHERE = {
    "imports.load_docket": "takes what reading a file makes: tests/hostile/test_files.py hands over files",
    "sign_ins.compare_own": "slow on purpose, changes nothing: tests/hostile/test_routes.py hands over forms",
    "sign_ins.confirm_own": "takes what compare_own found",
}

#: Parameters that nobody types, or whose words the court itself makes public, with the reason.
OURS = {
    ("prints.record_export", "made_as"): "a word of the route's own",
    ("policies.import_draft", "file"): "the name of the file that the person chose, said to the person",
    ("policies.begin_draft", "name"): "the audit names the version of the policy; the name is the court's word",
}


@pytest.fixture(scope="module")
def world(sqlite_files: SqliteFiles) -> Iterator[World]:
    """A small court of every kind of record, with passwords that are compared quickly."""
    with pytest.MonkeyPatch.context() as patched, told(sqlite_files) as found:
        patched.setattr(accounts, "HASHER", PasswordHasher(time_cost=1, memory_cost=64))
        yield found


@contextmanager
def told(sqlite_files: SqliteFiles) -> Iterator[World]:
    with sqlite_files.fresh() as url:
        engine = database.engine(url)
        tell(engine, TODAY, scale=0.01)
        with database.transaction(engine) as session:
            own = session.exec(select(AuditEvent.court_id)).first()
            assert own is not None
            other = a_court(session, name="Another Court")
            part = a_part(session, other)
            an_appearance(session, a_case(session, part, number="2026-ZZ-1"), a_sitting(session, part))
            other_id = other.id
        with opened(engine, own, other_id) as found:
            yield found
        engine.dispose()


def tries(world: World, called: str, command: Command) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (which parameter is hostile, what is handed over); the first is as an honest person would."""
    values = world.values()
    asked = asked_of(command)
    honest = {name: values.plausible(kind, name) for name, (kind, needed) in asked.items() if needed}
    yield "nothing", honest
    for name, (kind, _) in asked.items():
        if (called, name) not in OURS:
            yield from ((name, honest | {name: bad}) for bad in values.hostile(kind, name))


def wrong_with(world: World, command: Command, given: Mapping[str, Any]) -> str | None:
    """Hand it over and say what went wrong: another error than a refusal, an echo, a trace in the database or the audit."""
    with world.undone():
        try:
            with world.acting() as session:
                handed = {name: made(value) for name, value in given.items()}
                command(session, world.actor, **handed, **ours_of(command))
        except Refused as refusal:
            if MARK in str(refusal):
                return f"the refusal repeats what was typed: {str(refusal)[:80]!r}"
            return None if world.state() == world.before else "something of a refused act was kept"
        except Exception as error:  # noqa: BLE001 - what this test is looking for
            return f"{type(error).__module__}.{type(error).__name__}: {str(error)[:160]}"
        return kept_wrongly(world, holds_null="\\x00" in repr(given))


def kept_wrongly(world: World, *, holds_null: bool) -> str | None:
    """Say what a text that was taken left where it must not be."""
    if holds_null and f"{MARK}\0{MARK}".encode() in world.content():
        return "a text is kept that not every database can keep"
    with Session(world.connection) as session:
        last = session.exec(select(AuditEvent.detail).order_by(col(AuditEvent.seq).desc()).limit(5)).all()
    return "the audit holds what was typed" if any(MARK in str(detail) for detail in last) else None


def test_every_command_refuses_in_words_or_keeps_the_text_as_it_is(world: World) -> None:
    wrong: dict[str, str] = {}
    tried = 0
    for called, command in commands().items():
        if called in ELSEWHERE:
            continue
        for name, given in tries(world, called, command):
            tried += 1
            problem = wrong_with(world, command, given)
            if problem:
                wrong.setdefault(f"{called}({name}): {problem}", repr(given.get(name))[:80])
    assert wrong == {}
    assert tried >= 500


def test_what_is_tried_elsewhere_is_still_a_command() -> None:
    known = commands()
    assert set(ELSEWHERE) <= set(known)
    assert all(name in asked_of(known[called]) for called, name in OURS)
