"""A sender's process for tests: `sender.py URL FILE three` is three at once, `sender.py URL FILE kill` dies at every step.

Each message that leaves the court is one line of FILE, written by the gateway between two steps. A child that dies is
followed by one that goes on, an hour later each time, as a machine does that is started again.
"""

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import event

from models import database
from models.commands.sending import Outgoing
from models.rules.vocabulary import ChannelKind
from scheduler import gateways
from scheduler.gateways import FileGateway
from scheduler.runner import Runner
from tests.reminder_stories import SENDING, SEVEN, at
from tests.scheduler.worker import DEAD, wait_for

FIRST = at(SEVEN, 9)


class Steps:
    """Counts the steps of a process, and lets it die at one of them as a power cut would."""

    def __init__(self, dies_at: int | None) -> None:
        self._dies_at = dies_at
        self._done = 0

    def __call__(self, *_of_the_event: Any) -> None:
        self._done += 1
        if self._done == self._dies_at:
            os._exit(DEAD)


class SteppingGateway:
    """A gateway to a file with a step before and after the message has left."""

    def __init__(self, file: Path, step: Steps) -> None:
        self._file, self._step = FileGateway(file), step

    def send(self, message: Outgoing, *, now: datetime) -> None:
        self._step()
        self._file.send(message, now=now)
        self._step()


def main(url: str, file: str, how: str) -> int:
    """Do as asked, print how often it died, and return the exit code."""
    if how == "three":
        return max(wait_for(child) for child in [forked(url, Path(file), FIRST, None) for _ in range(3)])
    deaths = 0
    while wait_for(forked(url, Path(file), FIRST + timedelta(minutes=deaths), deaths + 1)) == DEAD:
        deaths += 1
    print(deaths)
    return wait_for(forked(url, Path(file), FIRST + timedelta(hours=3), None))


def forked(url: str, file: Path, now: datetime, dies_at: int | None) -> int:
    """Start a child that keeps the outbox and sends, once; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        step = Steps(dies_at)
        gateways.use(dict.fromkeys(ChannelKind, SteppingGateway(file, step)))
        engine = database.engine(url)
        event.listen(engine, "before_cursor_execute", step)
        event.listen(engine, "commit", step)
        runner = Runner(engine, lambda: now, jobs=SENDING)
        for job in SENDING:
            runner.run(job, now)
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
