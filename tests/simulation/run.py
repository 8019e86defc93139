"""A court simulated day by day: the scheduler's morning, the people's day, the scheduler's evening, and what must hold.

`python -m tests.simulation.run --participants 500 --days 731 --seed 1 --database sqlite:////tmp/simulated.db` runs one
by hand on an empty, migrated database and prints what happened.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col

from models import clock, database, migrations
from models.rules.reminders import BY_MACHINE
from models.tables import AuditHead
from scheduler.runner import Runner
from scheduler.timetable import JOBS, Job
from tests.simulation import (
    arrests,
    audit_trail,
    bench,
    calendar,
    course,
    court,
    invariants,
    office,
    outside,
    policy,
    reminders,
    together,
)
from tests.simulation.due_lists import days_of
from tests.simulation.reminders import Post
from tests.simulation.world import ZONE, World, steady_ids

FIRST = date(2027, 1, 4)
#: Nothing is sent before or after the hours of the policy.
_BY_NIGHT = tuple(job for job in JOBS if job.name != "sending")
#: Every so many days the audit is verified from its first event on, the screens are read, and every case judged anew.
VERIFIED_EVERY, READ_EVERY, JUDGED_EVERY = 60, 28, 10


def simulate(
    bind: Engine, *, participants: int, days: int, seed: int, told: Callable[[World, int], None] | None = None
) -> World:
    """Return a court after so many days; `told` hears of each that held, with its number.

    Raises Broken, an AssertionError, on the first day on which an invariant does not hold.
    """
    chance = Random(seed)
    world = World(bind, chance, participants, FIRST, FIRST + timedelta(days=days))
    with steady_ids(), _way_out(world) as post:
        court.found(world)
        seen = 0
        for number in range(days):
            seen = _day(world, FIRST + timedelta(days=number), number, seen, post)
            if told:
                told(world, number + 1)
        audit_trail.chain_verifies(world)
    return world


@contextmanager
def _way_out(world: World) -> Iterator[Post]:
    """Let what the court sends go to a file, as the scheduler's gateways have it, and forget it afterwards."""
    with TemporaryDirectory() as folder:
        post = Post(world, Path(folder) / "sent.jsonl")
        with patch("scheduler.gateways._used", dict.fromkeys(BY_MACHINE, post)):
            yield post


def head(world: World) -> str:
    """Return the hash at the end of the court's audit: it stands for everything that happened."""
    return str(world.ask(sa.select(col(AuditHead.hash)))[0][0])


def _day(world: World, today: date, number: int, seen: int, post: Post) -> int:
    """Let one day pass; return the number of its last audit event."""
    began = world.now if number == 0 else datetime(today.year, today.month, today.day, 11, 0, tzinfo=UTC)
    world.today, world.now = today, datetime(today.year, today.month, today.day, 11, 30, tzinfo=UTC)
    _sweep(world, *_BY_NIGHT)
    invariants.nothing_went_wrong_by_night(world)
    invariants.list_is_what_is_due(world)
    audit_trail.due_today_is_not_late(world)
    if number % READ_EVERY == READ_EVERY - 1:
        audit_trail.reading_writes_nothing(world)
    if days_of(world).sits(today):
        _work(world, number)
        _send(world, post)
        _end(world, number, began)
    else:
        _send(world, post)
    audit_trail.every_change_has_its_event(world, began)
    if number % VERIFIED_EVERY == VERIFIED_EVERY - 1:
        audit_trail.chain_verifies(world)
    return audit_trail.chain_goes_on(world, seen)


def _work(world: World, number: int) -> None:
    """Let people do their day's work."""
    today = world.today
    world.begin(today)
    if number and number % court.LENGTHENED_EVERY < 3:
        court.lengthen(world, today)
    for part_of_the_day in (outside, bench, office, course, arrests, calendar, together, reminders, policy):
        part_of_the_day.day(world)


def _send(world: World, post: Post) -> None:
    """Let the scheduler look at the outbox and send, in the afternoon of every day; nothing happens by itself since."""
    world.now = max(world.now, clock.at(world.today, 16, 45, ZONE))
    begun = world.now
    _sweep(world, *(job for job in JOBS if job.name in ("reminders", "sending")))
    reminders.each_went_out_once(world, post, begun)


def _end(world: World, number: int, began: datetime) -> None:
    """Let the scheduler have its evening, which changes nothing on other days, and ask what a day's work left."""
    world.now = max(world.now, clock.at(world.today, 18, 30, ZONE))
    _sweep(world, *(job for job in _BY_NIGHT if job.cron.split()[1] == "*"))
    invariants.capacity_is_kept(world)
    invariants.sanctions_rest_on_verified_facts(world)
    invariants.reports_wait_for_a_coming_day(world)
    arrests.nothing_follows_from_an_arrest(world)
    anew = number % JUDGED_EVERY == JUDGED_EVERY - 1 or policy.changes_on(world)
    policy.everybody_is_judged_under_it(world, began, anew=anew)


def without_waiting(bind: Engine) -> Engine:
    """Let SQLite not wait for the disk at every commit: nobody keeps a simulated court."""
    if bind.dialect.name == "sqlite":
        sa.event.listen(bind, "connect", lambda connection, _: connection.execute("PRAGMA synchronous = OFF"))
        bind.dispose()
    return bind


def _sweep(world: World, *jobs: Job) -> None:
    """Let the scheduler do each job's last slot, through the runner, with the clock handed in."""
    runner = Runner(world.bind, lambda: world.now)
    for job in jobs:
        runner.run(job)


def _told(world: World, days: int) -> None:
    """Say how far it has come, now and then."""
    if days % 20 == 0:
        said = f"day {days}, {world.today}: every invariant has held; {len(world.lives)} cases"
        print(said, file=sys.stderr, flush=True)


def main() -> None:
    """Simulate a court by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("participants", 60), ("days", 200), ("seed", 1)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument("--database", required=True)
    given = asked.parse_args()
    bind = without_waiting(database.engine(given.database))
    migrations.upgrade(bind)
    world = simulate(bind, participants=given.participants, days=given.days, seed=given.seed, told=_told)
    print(json.dumps(dict(sorted(world.counts.items())), indent=1))
    print(head(world))


if __name__ == "__main__":
    main()
