"""A court of 100,000 active cases on both databases: everything judged anew, and an ordinary night after it.

Anew is what a new policy brings: every case's hint is gone. On an ordinary night two in a hundred have changed. Each
night runs every job of the timetable in a process of its own, as the scheduler does, and says its seconds and memory.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from models import database
from models.rules.vocabulary import RunState
from models.tables import Case, Run
from tests.benchmarks.large_court import large_court
from tests.benchmarks.on_postgresql import copied
from tests.builders import NOW
from tests.databases import PostgresqlDatabases

pytestmark = pytest.mark.benchmark

PROJECT = Path(__file__).resolve().parents[2]
ACTIVE = int(os.environ.get("OFFRAMP_BENCHMARK_CASES", "100000"))
ANEW, ORDINARY = 60.0, 5.0  # seconds of the wall for all jobs of a night
MEGABYTES = 300


@pytest.fixture(scope="module")
def court_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the court in a SQLite file, as it is before any night."""
    folder = tmp_path_factory.mktemp("judged")
    made = large_court(folder, cases=ACTIVE, active=ACTIVE)
    made.engine.dispose()
    return made.path


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def court_url(request: pytest.FixtureRequest, court_file: Path) -> Iterator[str]:
    """Yield the address of the court on one kind of database."""
    if request.param == "sqlite":
        own = court_file.with_name("judged.db")
        shutil.copyfile(court_file, own)
        yield f"sqlite:///{own}"
        own.unlink()
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.fresh() as url:
        copied(court_file, url)
        yield url


def _touch(url: str, which: str) -> int:
    """Let the cases that an SQL condition names have changed; return how many."""
    engine = database.engine(url)
    with database.transaction(engine) as session:
        changed = session.connection().execute(sa.update(Case).where(sa.text(which)).values(look_on=None)).rowcount
    engine.dispose()
    return changed


def _night(url: str, days: int) -> tuple[float, float]:
    """Run every job on the night so many days after NOW; return the seconds of all jobs and the peak in megabytes."""
    environment = {**os.environ, "OFFRAMP_DATABASE_URL": url}
    at = (NOW + timedelta(days=days)).isoformat()
    command = [sys.executable, "-c", _JOBS, at]
    done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    jobs = sorted(told["jobs"].items(), key=lambda job: -job[1])
    print(f"\n{sum(told['jobs'].values()):.1f} s, {told['megabytes']:.0f} MB:", jobs[:5])
    return sum(told["jobs"].values()), told["megabytes"]


_JOBS = """
import json, os, pathlib, sys, time
from datetime import datetime
from models import database
from scheduler.runner import Runner
from scheduler.timetable import JOBS
at = datetime.fromisoformat(sys.argv[1])
runner = Runner(database.engine(os.environ["OFFRAMP_DATABASE_URL"]), lambda: at)
taken = {}
for job in JOBS:
    begun = time.monotonic()
    runner.run(job)
    taken[job.name] = time.monotonic() - begun
status = pathlib.Path("/proc/self/status").read_text()
peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
print(json.dumps({"jobs": taken, "megabytes": peak}))
"""


def _all_succeeded(url: str) -> bool:
    engine = database.engine(url)
    with database.reading(engine) as session:
        states = {RunState(state) for state in session.scalars(sa.select(col(Run.state)))}
    engine.dispose()
    return states == {RunState.SUCCEEDED}


def test_everything_is_judged_anew_in_a_minute_and_an_ordinary_night_takes_seconds(court_url: str) -> None:
    _night(court_url, 0)  # the first one writes what a court in use has long had
    assert _touch(court_url, "1 = 1") == ACTIVE
    anew, most = _night(court_url, 1)
    touched = _touch(court_url, "substr(docket_number, length(docket_number) - 1) in ('00', '50')")
    ordinary, usual = _night(court_url, 2)
    print(f"judged anew {anew:.1f} s, an ordinary night with {touched:,} cases touched {ordinary:.1f} s")
    assert touched == ACTIVE // 50
    assert _all_succeeded(court_url)
    assert max(most, usual) < MEGABYTES
    assert anew < ANEW
    assert ordinary < ORDINARY
