"""The world of a simulation: one court, its staff, the clock, chance, and what nobody in court knows yet.

Everything that is done goes through `act`, one transaction each, as in life; `must_refuse` is for what no court may
be able to do.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest.mock import patch
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models import clock, database, scope
from models.errors import Refused
from models.rules.vocabulary import AttendanceKind
from models.scope import Actor
from models.tables import Service

T = TypeVar("T")
#: Any statement that reads.
Statement = sa.Select[*tuple[Any, ...]]
ZONE = ZoneInfo("America/New_York")


class Broken(AssertionError):
    """An invariant does not hold: the day, the case's id (no name), and what was expected."""

    def __init__(self, on: date, case_id: UUID | str | None, expected: str) -> None:
        """Say it in one sentence."""
        super().__init__(f"{on}, case {case_id}: expected {expected}")


@dataclass
class Life:
    """What one invented participant is like, and what has happened outside of court that no report has told yet."""

    case_id: UUID
    provider_id: UUID
    comes: float  # how likely she attends a session
    provider_reports: float  # how likely her provider reports in time
    weekday: int  # of her sessions
    release: str  # how she answers when asked
    asked_on: date | None  # None once she was asked
    untold: list[tuple[date, AttendanceKind]] = field(default_factory=list)
    back_on: date | None = None  # when she comes back after a warrant


@dataclass
class World:
    """One court while it is simulated. `now` moves on with every act; `counts` says what happened how often."""

    bind: Engine
    chance: Random
    participants: int
    first: date
    last: date
    judges: dict[UUID, Actor] = field(default_factory=dict)  # by part
    judge_ids: list[UUID] = field(default_factory=list)
    clerk: Actor = field(init=False)
    coordinator: Actor = field(init=False)
    administrator: Actor = field(init=False)
    services: list[Service] = field(default_factory=list)  # of the mandate, one a provider
    lives: dict[UUID, Life] = field(default_factory=dict)  # by case
    to_undo: dict[UUID, date] = field(default_factory=dict)  # moves of many cases, and when somebody undoes them
    claimed: set[UUID] = field(default_factory=set)  # reminders a sender has taken
    policy_from: date | None = None  # the first day of the policy that was changed in mid-course
    counts: Counter[str] = field(default_factory=Counter)
    today: date = field(init=False)
    now: datetime = field(init=False)

    def begin(self, day: date) -> None:
        """Let the office open on a day."""
        self.today, self.now = day, clock.at(day, 9, 0, ZONE)

    def sign_in_again(self) -> None:
        """Let everybody be read anew, as at each request: with the policies the court has by now."""
        with database.reading(self.bind) as session:
            self.judges = {part: scope.actor_of(session, judge.person) for part, judge in self.judges.items()}
            for name in ("clerk", "coordinator", "administrator"):
                setattr(self, name, scope.actor_of(session, getattr(self, name).person))

    def happens(self, probability: float) -> bool:
        """Draw whether something happens."""
        return self.chance.random() < probability

    def token(self) -> UUID:
        """Return a form's token."""
        return UUID(int=self.chance.getrandbits(128), version=4)

    def act(self, name: str, deed: Callable[[Session], T]) -> T | None:
        """Do one thing in a transaction of its own and count it; what is refused leaves nothing and is counted apart."""
        self.now += timedelta(seconds=15)
        try:
            with database.transaction(self.bind) as session:
                done = deed(session)
        except Refused as refused:
            self.counts[f"refused: {name} ({type(refused).__name__})"] += 1
            return None
        self.counts[name] += 1
        return done

    def must_refuse(
        self, name: str, case_id: UUID | None, refusal: type[Refused], deed: Callable[[Session], object]
    ) -> None:
        """Try what must not be possible: anything but the refusal breaks the simulation."""
        self.now += timedelta(seconds=15)
        try:
            with database.transaction(self.bind) as session:
                deed(session)
                session.rollback()
        except refusal:
            self.counts[f"never: {name}"] += 1
            return
        raise Broken(self.today, case_id, f"{refusal.__name__} for: {name}")

    def ask(self, statement: Statement) -> Sequence[Any]:
        """Return the rows of a statement of the simulation's own, read in one state of the database."""
        with database.reading(self.bind) as session:
            return session.execute(statement).all()


@contextmanager
def steady_ids() -> Iterator[None]:
    """Let rows get ids (UUID version 7) that are the same in every run, in the order of making, to compare two runs."""
    made = count(1)

    def numbered() -> SimpleNamespace:
        return SimpleNamespace(int=(next(made) << 80) | (7 << 76) | (8 << 60))

    with patch("models.tables.base.uuid7", numbered):
        yield
