"""A scheduler's process for tests: `worker.py URL kill` dies before every step in turn, `worker.py URL three` is three.

Run as a program of its own: it forks, and a child that dies takes nothing with it but its own connection.
"""

import os
import sys
from typing import Any

from sqlalchemy import event

from models import database
from scheduler.runner import Runner
from scheduler.timetable import JOBS, Job
from tests.builders import NOW

DEAD = 9
_DIFFERENT = ("standings", "next_dates")
"""A job in parts with rows of its own, and one that works through other commands: all others are less than these."""


def main(url: str, how: str) -> int:
    """Do as asked, print what came of it, and return the exit code."""
    if how == "kill":
        print(sum(_killed_at_every_step(url, job) for job in JOBS if job.name in _DIFFERENT))
        how = "one"
    return max(wait_for(child) for child in [_forked(url, JOBS, None) for _ in range({"one": 1, "three": 3}[how])])


def _killed_at_every_step(url: str, job: Job) -> int:
    """Run one job again and again, each child one step longer than the last, until one lives; return the deaths."""
    deaths = 0
    while wait_for(_forked(url, [job], deaths + 1)) == DEAD:
        deaths += 1
    return deaths


def _forked(url: str, jobs: Any, dies_at: int | None) -> int:
    child = os.fork()
    if child:
        return child
    try:
        _work(url, jobs, dies_at)
    finally:
        os._exit(1)


def _work(url: str, jobs: Any, dies_at: int | None) -> None:
    engine = database.engine(url)
    steps = iter(range(1, 100_000))

    def step(*_of_the_event: Any) -> None:
        if next(steps) == dies_at:
            os._exit(DEAD)

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    runner = Runner(engine, lambda: NOW, jobs=jobs)
    for job in jobs:
        runner.run(job)
    os._exit(0)


def wait_for(child: int) -> int:
    """Return the exit code of a child."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
