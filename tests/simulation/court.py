"""The simulated court on its first day, made by commands: accounts, judges, parts, holidays, sessions and providers.

Its sessions are small for its caseload, so that places are short now and then.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from unittest.mock import patch
from uuid import UUID

from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from models import clock, database, scope, sitting
from models.commands.accounts import add_user
from models.commands.closures import confirm_closures, propose_holidays
from models.commands.courts import add_court
from models.commands.parts import add_judge, add_part
from models.commands.providers import add_provider, add_service
from models.commands.sessions import open_sessions_weekly
from models.rules.vocabulary import Role, ServiceKind
from models.scope import Actor
from models.tables import Closure, Court
from tests.simulation.world import ZONE, World

PASSWORD = "a simulation's passphrase"
_STAFF = (Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR)
#: Of each part: its weekday (Monday is 0), every so many weeks, and its start.
PARTS = ((0, 1, time(9, 30)), (2, 1, time(14, 0)), (3, 1, time(9, 30)))
#: How far ahead the calendar is kept open, in days, and how often it is lengthened.
AHEAD, LENGTHENED_EVERY = 250, 60
DAYS_IN_PROGRAM, DAYS_BETWEEN_REVIEWS = 170, 22


def found(world: World) -> None:
    """Make the court as of the world's first day."""
    world.begin(world.first)
    quick = patch("models.commands.accounts.HASHER", PasswordHasher(time_cost=1, memory_cost=64))
    with quick, database.transaction(world.bind) as session:
        founder = _founder(session, world)
        staff = {role: _person(session, world, founder, role.value, role) for role in _STAFF}
        world.clerk, world.coordinator, world.administrator = (staff[role] for role in _STAFF)
        _close_holidays(session, world)
        for number, (_, _, starts_at) in enumerate(PARTS):
            _part(session, world, founder, number, starts_at)
        _providers(session, world)
    lengthen(world, world.first)


def lengthen(world: World, first: date) -> None:
    """Open every part's sessions from a day on, as far ahead as the court keeps its calendar."""
    for part_id, (weekday, every, _) in zip(world.judges, PARTS, strict=True):
        span = (weekday, every, first, world.today + timedelta(days=AHEAD))

        def opened(session: Session, part_id: UUID = part_id, span: tuple[int, int, date, date] = span) -> object:
            return open_sessions_weekly(session, world.clerk, part_id, *span, now=world.now)

        world.act("sessions opened", opened)


def _founder(session: Session, world: World) -> Actor:
    court_id = add_court(
        session,
        name="Simulated Court",
        public_name="Part 7",
        zone=ZONE.key,
        policy="demonstration",
        now=world.now,
    )
    session.flush()
    return replace(scope.keeper(session, session.get_one(Court, court_id)), roles=frozenset({Role.ADMINISTRATOR}))


def _person(session: Session, world: World, founder: Actor, username: str, role: Role) -> Actor:
    user_id = add_user(
        session, founder, username=username, display_name=username, password=PASSWORD, roles=[role], now=world.now
    )
    session.flush()
    return scope.actor_of(session, user_id)


def _close_holidays(session: Session, world: World) -> None:
    for year in range(world.first.year, (world.last + timedelta(days=AHEAD)).year + 1):
        propose_holidays(session, world.clerk, year, now=world.now)
    session.flush()
    proposed = session.exec(select(Closure.id).order_by(col(Closure.closed_on))).all()
    confirm_closures(session, world.clerk, proposed, now=world.now)
    session.flush()
    sitting.court_days(session, world.clerk)


def _part(session: Session, world: World, founder: Actor, number: int, starts_at: time) -> None:
    acts = _person(session, world, founder, f"judge-{number}", Role.JUDGE)
    judge = add_judge(session, world.clerk, f"Judge {number}", now=world.now, user_id=acts.user_id)
    session.flush()
    part = add_part(
        session,
        world.clerk,
        f"Part {number}",
        room=str(number),
        judge_id=judge.id,
        starts_at=starts_at,
        capacity_cases=_capacity(world),
        capacity_minutes=7 * _capacity(world),
        now=world.now,
    )
    session.flush()
    world.judges[part.id] = acts
    world.judge_ids.append(judge.id)


def _capacity(world: World) -> int:
    """Return the places of a session: about what the caseload needs, and little more."""
    days = (world.last - world.first).days
    in_program = world.participants * min(DAYS_IN_PROGRAM, days) / days
    return max(3, round(in_program / DAYS_BETWEEN_REVIEWS * 7 / len(PARTS) * 1.3))


def _providers(session: Session, world: World) -> None:
    for name in ("Garden Street", "Willow", "Open Door"):
        provider = add_provider(session, world.clerk, name, now=world.now)
        session.flush()
        world.services.append(
            add_service(
                session,
                world.clerk,
                provider.id,
                f"Counselling at {name}",
                ServiceKind.COUNSELLING,
                as_of=clock.court_day(world.now, ZONE),
                now=world.now,
                places=20,
            )
        )
