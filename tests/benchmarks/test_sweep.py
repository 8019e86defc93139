"""The nightly sweep of a large court: seconds for 20,000 active cases, in proportion to their number, in little memory.

Two nights after a first sweep: the worst, in which every case has changed since, and a usual one, in which one in
twenty has.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import col

from models import database
from models.rules.vocabulary import RunState
from models.tables import Case, Run
from scheduler.runner import Runner
from scheduler.timetable import JOBS
from tests.benchmarks.large_court import large_court
from tests.builders import NOW

pytestmark = pytest.mark.benchmark

PROJECT = Path(__file__).resolve().parents[2]
FEW, MANY = 2_000, 20_000
SECONDS, MEGABYTES = 10, 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the courts of this file are written; a folder of one's own keeps them for the next run."""
    kept = os.environ.get("OFFRAMP_BENCHMARK_FOLDER")
    made = Path(kept) if kept else tmp_path_factory.mktemp("swept")
    made.mkdir(parents=True, exist_ok=True)
    return made


def swept_before(folder: Path, active: int) -> Path:
    """Return a court with so many active cases that was swept the day before; made once."""
    made = large_court(folder, cases=active, active=active)
    made.engine.dispose()
    path = made.path.with_name(f"swept-{made.path.name}")
    if not path.exists():
        making = Path(f"{path}.new")
        shutil.copyfile(made.path, making)
        changed(making, "1 = 1")
        told(f"first sweep, {active:,} cases", seconds(making, NOW - timedelta(days=1)))
        making.rename(path)
    return path


def a_night(folder: Path, active: int, which: str) -> Path:
    """Return a copy of it in which the active cases that an SQL condition names have changed since."""
    copy = folder / f"night-{active}.db"
    for suffix in ("-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(swept_before(folder, active), copy)
    changed(copy, which)
    return copy


def changed(path: Path, which: str) -> None:
    """Let the cases that an SQL condition names have changed, so that they are judged again."""
    engine = database.engine(f"sqlite:///{path}")
    with database.transaction(engine) as session:
        session.execute(sa.update(Case).where(sa.text(which)).values(look_on=None))
    engine.dispose()


def seconds(path: Path, now: datetime = NOW) -> dict[str, float]:
    """Run every job once at an instant and return the processor's seconds of each."""
    engine = database.engine(f"sqlite:///{path}")
    runner, taken = Runner(engine, lambda: now), {}
    for job in JOBS:
        begun = time.thread_time()
        runner.run(job)
        taken[job.name] = time.thread_time() - begun
    with database.reading(engine) as session:
        states = [RunState(state) for state in session.scalars(sa.select(col(Run.state)))]
    engine.dispose()
    assert set(states) == {RunState.SUCCEEDED}
    return taken


def told(name: str, taken: dict[str, float]) -> float:
    """Print what each job took and return the whole."""
    whole = sum(taken.values())
    jobs = ", ".join(f"{job} {part:.2f}" for job, part in sorted(taken.items(), key=lambda each: -each[1])[:5])
    print(f"\n{name}: {whole:.2f} s ({jobs})")
    return whole


def test_the_worst_night_takes_seconds_and_grows_with_the_number_of_cases(folder: Path) -> None:
    few, many = (told(f"worst night, {n:,} cases", seconds(a_night(folder, n, "1 = 1"))) for n in (FEW, MANY))
    print(f"growth {many / few:.1f} for {MANY / FEW:.0f} times the cases")
    assert many < SECONDS
    assert many / few < 1.5 * MANY / FEW


def test_a_usual_night_judges_only_what_has_changed(folder: Path) -> None:
    assert told("usual night", seconds(a_night(folder, MANY, "substr(docket_number, -2) < '05'"))) < SECONDS


def test_memory_does_not_grow_with_the_court(folder: Path) -> None:
    peaks = [peak(a_night(folder, n, "1 = 1")) for n in (FEW, MANY)]
    print(f"\npeak memory: {peaks[0]:.0f} MB for {FEW:,} cases, {peaks[1]:.0f} MB for {MANY:,}")
    assert peaks[1] < MEGABYTES


def peak(path: Path) -> float:
    """Sweep in a process of its own and return its peak memory in megabytes."""
    environment = {**os.environ, "OFFRAMP_DATABASE_URL": f"sqlite:///{path}"}
    done = subprocess.run(
        [sys.executable, "-c", _SWEEP], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-2]) / 1024  # the last line: "VmHWM:   123456 kB"


_SWEEP = f"""
import pathlib, sys
from scheduler.__main__ import main
code = main(["once", "all", "--now", "{NOW.isoformat()}"])
print(next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
sys.exit(code)
"""
