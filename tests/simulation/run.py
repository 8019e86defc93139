"""A court simulated day by day: the scheduler's morning, the people's day, the scheduler's evening, and what must hold.

`python -m tests.simulation.run --participants 500 --days 731 --seed 1 --database sqlite:////tmp/simulated.db` runs one
by hand on an empty, migrated database and prints what happened.
"""

import argparse
import json
from datetime import UTC, date, datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col

from models import clock, database, migrations
from models.tables import AuditHead
from scheduler.runner import Runner
from scheduler.timetable import JOBS
from tests.simulation import audit_trail, bench, calendar, course, court, invariants, office, outside
from tests.simulation.due_lists import days_of
from tests.simulation.world import ZONE, World, steady_ids

FIRST = date(2027, 1, 4)
#: Every so many days the audit is verified from its first event on, and the screens are read.
VERIFIED_EVERY, READ_EVERY = 60, 28


def simulate(bind: Engine, *, participants: int, days: int, seed: int) -> World:
    """Return a court after so many days. Broken, an AssertionError, on the first day on which an invariant does not hold."""
    chance = Random(seed)
    world = World(bind, chance, participants, FIRST, FIRST + timedelta(days=days))
    with steady_ids():
        court.found(world)
        seen = 0
        for number in range(days):
            seen = _day(world, FIRST + timedelta(days=number), number, seen)
        audit_trail.chain_verifies(world)
    return world


def head(world: World) -> str:
    """Return the hash at the end of the court's audit: it stands for everything that happened."""
    return str(world.ask(sa.select(col(AuditHead.hash)))[0][0])


def _day(world: World, today: date, number: int, seen: int) -> int:
    """Let one day pass; return the number of its last audit event."""
    began = world.now if number == 0 else datetime(today.year, today.month, today.day, 11, 0, tzinfo=UTC)
    world.today, world.now = today, datetime(today.year, today.month, today.day, 11, 30, tzinfo=UTC)
    _sweep(world, hourly_only=False)
    invariants.nothing_went_wrong_by_night(world)
    invariants.list_is_what_is_due(world)
    audit_trail.due_today_is_not_late(world)
    if number % READ_EVERY == READ_EVERY - 1:
        audit_trail.reading_writes_nothing(world)
    if days_of(world).sits(today):
        _work(world, number)
    audit_trail.every_change_has_its_event(world, began)
    if number % VERIFIED_EVERY == VERIFIED_EVERY - 1:
        audit_trail.chain_verifies(world)
    return audit_trail.chain_goes_on(world, seen)


def _work(world: World, number: int) -> None:
    """Let people do their day's work, and the scheduler its evening; on other days nothing changes by then."""
    today = world.today
    world.begin(today)
    if number and number % court.LENGTHENED_EVERY < 3:
        court.lengthen(world, today)
    for part_of_the_day in (outside, bench, office, course, calendar):
        part_of_the_day.day(world)
    world.now = max(world.now, clock.at(today, 18, 30, ZONE))
    _sweep(world, hourly_only=True)
    invariants.capacity_is_kept(world)
    invariants.sanctions_rest_on_verified_facts(world)


def without_waiting(bind: Engine) -> Engine:
    """Let SQLite not wait for the disk at every commit: nobody keeps a simulated court."""
    if bind.dialect.name == "sqlite":
        sa.event.listen(bind, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        bind.dispose()
    return bind


def _sweep(world: World, *, hourly_only: bool) -> None:
    """Let the scheduler do what is due: each job's last slot, through the runner, with the clock handed in."""
    runner = Runner(world.bind, lambda: world.now)
    for job in JOBS:
        if not hourly_only or job.cron.split()[1] == "*":
            runner.run(job)


def main() -> None:
    """Simulate a court by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("participants", 60), ("days", 200), ("seed", 1)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument("--database", required=True)
    given = asked.parse_args()
    bind = without_waiting(database.engine(given.database))
    migrations.upgrade(bind)
    world = simulate(bind, participants=given.participants, days=given.days, seed=given.seed)
    print(json.dumps(dict(sorted(world.counts.items())), indent=1))
    print(head(world))


if __name__ == "__main__":
    main()
