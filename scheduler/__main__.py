"""Run the scheduler: `python -m scheduler` keeps the dates; `python -m scheduler once JOB --now ISO` rehearses one job.

The only file that knows the timer. Its jobs are held in memory and say only when to look: what is done, and what was
missed, is in the database.
"""

import argparse
import logging
import os
import signal
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Event

from apscheduler.executors.pool import ThreadPoolExecutor  # type: ignore[import-untyped]
from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]

from models import clock, readiness
from models.errors import Invalid
from models.settings import Settings
from models.trouble import told
from scheduler import gateways
from scheduler.runner import BEAT_EVERY, Runner, job_named
from scheduler.timetable import JOBS

#: How often to look whether a slot was missed or failed: a machine that slept, a database that was away.
LOOK_EVERY = timedelta(minutes=10)
GRACE_SECONDS = 3600


def main(arguments: Sequence[str]) -> int:
    """Read the command line and do as asked; return the exit code."""
    asked = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s", stream=sys.stdout)
    for talkative in ("apscheduler", "alembic"):
        logging.getLogger(talkative).setLevel(logging.WARNING)
    if asked.verb == "once":
        return told(lambda: _once(asked.job, asked.now))
    return told(_run)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scheduler", description="Keeps the court's dates and follow-ups.")
    verbs = parser.add_subparsers(dest="verb")
    verbs.add_parser("run", help="keep running until ended (the default)")
    once = verbs.add_parser("once", help="run one job now, or all of them, and end")
    once.add_argument("job", choices=[*(job.name for job in JOBS), "all"], metavar="JOB", help=_names())
    once.add_argument("--now", type=_instant, help="the instant to rehearse, such as 2026-12-04T11:00Z")
    return parser


def _names() -> str:
    return ", ".join((*(job.name for job in JOBS), "all"))


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _once(name: str, now: datetime | None) -> int:
    bind = readiness.opened(Settings.from_env(os.environ))
    at = now or clock.now()
    runner = Runner(bind, lambda: at)
    chosen = JOBS if name == "all" else tuple(filter(None, [job_named(name)]))
    if not chosen:
        raise Invalid(f"There is no job {name!r}. There is {_names()}.")
    for job in chosen:
        print(f"{job.name}: {runner.run(job, at)} rows written")
    return 0


def _run() -> int:
    settings = Settings.from_env(os.environ)
    gateways.check(settings)
    bind = readiness.guarded(settings)
    end = Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: end.set())
    runner = Runner(bind, clock.now, stop=end)
    timer = _timer(runner)
    timer.start()
    end.wait()
    timer.shutdown(wait=True)
    bind.dispose()
    return 0


def _timer(runner: Runner) -> BackgroundScheduler:
    """Return the timer: one worker for the jobs, so that they keep their order, and one for the sign of life."""
    timer = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1), "beat": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
    )
    timer.add_job(runner.beat, IntervalTrigger(seconds=BEAT_EVERY.seconds, timezone=UTC), id="beat", executor="beat")
    timer.add_job(runner.run_due, IntervalTrigger(seconds=LOOK_EVERY.seconds, timezone=UTC), id="look")
    timer.add_job(runner.run_due, id="start")  # at once: what was missed while nobody ran
    for job in runner.jobs:
        timer.add_job(runner.run, CronTrigger.from_crontab(job.cron, timezone=UTC), args=(job,), id=job.name)
    return timer


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
