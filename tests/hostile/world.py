"""The court against which hostile things are tried: the demonstration's, small, told once; and another court beside it."""

import inspect
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any, get_type_hints
from uuid import UUID, uuid4

from sqlalchemy.engine import Connection, Engine
from sqlmodel import Session, SQLModel, col, select

from models import database, tables
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of
from models.tables import User
from tests.builders import NOW
from tests.hostile.values import Values

#: The noun of a parameter `<noun>_id`, where it is not the table's own name.
_CALLED = {
    "session": "CourtSession",
    "to_session": "CourtSession",
    "measure": "GatedMeasure",
    "absence": "JudgeAbsence",
    "pattern": "SittingPattern",
    "replaces": "SittingPattern",
    "channel": "ContactChannel",
    "flag": "SafetyFlag",
    "version": "PolicyVersion",
    "substitute": "Judge",
    "default_part": "Part",
    "subject": "Case",
    "withdraw": "Response",
    "next_session": "CourtSession",
    "feed": "FeedToken",
}
_OURS = {"now": NOW, "telephone": NOW, "key": bytes(32)}
INSIDE = (Role.JUDGE, Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR)


def table_for(name: str) -> type[SQLModel]:
    """Return the table whose id a parameter asks for; LookupError for a noun that nobody taught this file."""
    noun = name.removesuffix("_id")
    called = _CALLED.get(noun, "".join(part.capitalize() for part in noun.split("_")))
    found = getattr(tables, called, None)
    if found is None:
        raise LookupError(f"tests/hostile/world.py does not know whose id {name!r} is")
    return found  # type: ignore[no-any-return]


@dataclass(frozen=True)
class World:
    """One connection, held in one transaction for all tries: each is undone behind a savepoint."""

    connection: Connection
    actor: Actor
    other_court: UUID

    def values(self) -> Values:
        """Return the values to try, with ids that are there and another court's."""
        return Values(lambda name: self._id(name, self.actor.court_id), lambda name: self._id(name, self.other_court))

    def _id(self, name: str, court_id: UUID) -> UUID:
        table: Any = table_for(name)
        with Session(self.connection) as session:
            found = session.exec(select(table.id).where(table.court_id == court_id).order_by(table.id.desc())).first()
        return found or uuid4()

    @cached_property
    def before(self) -> str:
        """The state before the first try, and so before each."""
        return self.state()

    def state(self) -> str:
        """Return what the whole database holds, byte by byte, as a digest."""
        return sha256(self.content()).hexdigest()

    def content(self) -> bytes:
        """Return the database as it stands inside the transaction."""
        raw = self.connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        return raw.serialize()

    @contextmanager
    def acting(self) -> Iterator[Session]:
        """Yield a session for one act, committed at the end or rolled back when anything is raised, like the product's."""
        made = Session(self.connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        with made as session, database.refusing_in_words():
            yield session
            session.commit()

    @contextmanager
    def undone(self) -> Iterator[None]:
        """Undo afterwards whatever was committed inside."""
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()


@contextmanager
def opened(engine: Engine, court_id: UUID, other_court: UUID) -> Iterator[World]:
    """Yield the world, with somebody acting who has every role inside the court."""
    with engine.connect() as connection, connection.begin() as held:
        with Session(connection) as session:
            someone = session.exec(select(User.id).where(col(User.court_id) == court_id)).first()
            assert someone is not None
            actor = replace(actor_of(session, someone), roles=frozenset(INSIDE))
        world = World(connection, actor, other_court)
        assert world.before
        yield world
        held.rollback()


def asked_of(command: Callable[..., Any]) -> dict[str, tuple[Any, bool]]:
    """Return (type, whether it is needed) of each parameter that comes from outside."""
    hints = get_type_hints(command)
    return {
        one.name: (hints[one.name], one.default is one.empty)
        for one in inspect.signature(command).parameters.values()
        if one.name not in ("session", "actor", "progress", *_OURS)
    }


def ours_of(command: Callable[..., Any]) -> dict[str, Any]:
    """Return what the product itself hands to a command: the instant, and its key."""
    return {name: value for name, value in _OURS.items() if name in inspect.signature(command).parameters}
