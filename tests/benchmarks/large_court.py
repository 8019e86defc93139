"""A large court for benchmarks: rows written in bulk, shaped like what the commands write, with one session of 200 cases.

Only here are rows written past the commands: four million of them would take hours the honest way. A tenth of the cases
is active; the past lies in sessions of about fifty, as the planner finds it in a court that is years old.
"""

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import database, migrations
from models.commands import accounts
from models.rules.vocabulary import Purpose, Role
from models.scope import Actor, actor_of
from models.tables import CourtSession, Installation, Judge, Part, User
from tests.builders import NOW, TODAY, a_court, a_part, a_service, an_actor

CASES = 100_000
ON_TODAY = 200
JUDGE = "judge"
"""The judge's account, with the demonstration's password."""
SESSIONS_EACH = 30
CASES_A_PART = 12_500
YEARS = 8

_STATEMENTS = Path(__file__).with_suffix(".sql")
_MAKING = [Path(__file__), _STATEMENTS, *sorted(Path(migrations.__file__).parent.glob("versions/*.py"))]
_SESSION_IDS = 0x5E0000000000  # as in the statements: then the number of the court day times 100, then the part's
_GIVEN = ["Mei", "Rosa", "Aaliyah", "Ngọc", "María", "Grace", "Li", "Zoë", "Oluwaseun", "Tatiana", "Jia Hui"]
_FAMILY = ["Chen", "Vargas", "Johnson", "Nguyễn", "García López", "Kim", "Okafor", "Petrova", "Smith", "Ramírez"]


@dataclass(frozen=True)
class LargeCourt:
    """The court, its judge, and the large session on `today`."""

    engine: Engine
    path: Path
    judge: Actor
    session_id: UUID
    today: date


def large_court(
    folder: Path, *, cases: int = CASES, on_today: int = ON_TODAY, today: date = TODAY, active: int | None = None
) -> LargeCourt:
    """Write the court into a SQLite file in `folder`; a file of the same size, day and making is found again.

    A tenth of the cases is active unless `active` says how many are.
    """
    active = max(on_today, cases // 10) if active is None else active
    making = hashlib.sha256(b"".join(file.read_bytes() for file in _MAKING)).hexdigest()[:8]
    path = folder / f"large-{cases}-{active}-{on_today}-{today}-{making}.db"
    if not path.exists():
        _write(path, cases, active, on_today, today)
    engine = database.engine(f"sqlite:///{path}")
    with database.reading(engine) as session:
        judge = actor_of(session, session.exec(select(User.id).where(col(User.username) == JUDGE)).one())
        listed = select(CourtSession.id).where(col(CourtSession.held_on) == today, CourtSession.capacity_cases > 50)
        return LargeCourt(engine, path, judge, session.exec(listed).one(), today)


def _write(path: Path, cases: int, active: int, on_today: int, today: date) -> None:
    making = Path(f"{path}.new")
    making.unlink(missing_ok=True)
    engine = database.engine(f"sqlite:///{making}")
    migrations.upgrade(engine)
    with database.transaction(engine) as session:
        parts, given = _begin(session, max(1, cases // CASES_A_PART))
    engine.dispose()
    days = _court_days(today)
    k_today = days.index(today)
    counts = {"cases": cases, "on_today": on_today, "active": active, "parts": len(parts)}
    counts |= {"each": SESSIONS_EACH, "k_today": k_today}
    session_id = f"{_SESSION_IDS + k_today * 100:032x}"
    _fill(making, parts, days, {**given, **counts, "today": str(today), "session": session_id})
    making.rename(path)


def _begin(session: Session, parts: int) -> tuple[list[Part], dict[str, Any]]:
    """Tell the court's beginning through the builders: its accounts, parts and one service."""
    session.add(Installation(demonstration=True, created_at=NOW))
    court = a_court(session)
    admin = an_actor(session, court, Role.ADMINISTRATOR, username="first")
    admin = Actor(**{**vars(admin), "demonstration": True})
    secret = accounts.DEMONSTRATION_PASSWORD
    judge = accounts.add_user(
        session, admin, username=JUDGE, display_name="The judge", roles={Role.JUDGE}, password=secret, now=NOW
    )
    service = a_service(session, court)
    made = [a_part(session, court, name=f"Part {n}") for n in range(1, parts + 1)]
    session.get_one(Judge, made[0].judge_id).user_id = judge
    words = {"given": json.dumps(_GIVEN), "family": json.dumps(_FAMILY), "purposes": json.dumps(list(Purpose))}
    ids = {"court": court.id, "user": judge, "service": service.id, "provider": service.provider_id}
    known = {"policy": "demonstration-1", "now": f"{NOW:%Y-%m-%d %H:%M:%S}.000000"}
    return made, {**words, **known, **{name: one.hex for name, one in ids.items()}}


def _court_days(today: date) -> list[date]:
    """Return the days the court sits, from years ago to five months ahead; `today` even at a weekend."""
    every = (today + timedelta(days=n) for n in range(-365 * YEARS, 150))
    return [day for day in every if day.weekday() < 5 or day == today]


def _fill(path: Path, parts: list[Part], days: list[date], given: dict[str, Any]) -> None:
    """Run the statements with the indexes away, then make these again, and let the planner count."""
    with sqlite3.connect(path) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("CREATE TEMP TABLE parts_of (i, id, judge)")
        connection.executemany(
            "INSERT INTO parts_of VALUES (?, ?, ?)",
            [(i, part.id.hex, part.judge_id.hex) for i, part in enumerate(parts)],
        )
        connection.execute("CREATE TEMP TABLE days (k INTEGER PRIMARY KEY, on_day)")
        connection.executemany("INSERT INTO days VALUES (?, ?)", [(k, str(day)) for k, day in enumerate(days)])
        indexes = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        kept = indexes.fetchall()
        for name, _ in kept:
            connection.execute(f"DROP INDEX {name}")
        for statement in _STATEMENTS.read_text("utf-8").split("\n;\n"):
            connection.execute(statement, given)
        for _, again in kept:
            connection.execute(again)
        connection.execute("ANALYZE")
    connection.close()
