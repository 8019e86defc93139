"""The preview of a policy over 20,000 open cases: seconds with progress, in proportion to their number, in little memory.

The draft differs in what the facts are counted by, so that every case is counted and judged twice: the dearest case.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from models import database
from models.policies import written_in_files
from models.policies.writing import changed
from models.queries.policy_preview import preview
from models.rules.vocabulary import Role
from models.scope import Actor
from tests.benchmarks.large_court import LargeCourt, large_court

pytestmark = pytest.mark.benchmark

PROJECT = Path(__file__).resolve().parents[2]
FEW, MANY = 2_000, 20_000
SECONDS, MEGABYTES = 10, 300

DRAFT = changed(
    written_in_files("demonstration")[-1].text,
    {"version": "draft", "reports.grace_court_days": 5, "programs[1].phases[2].review_every_days": 14},
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the courts of this file are written; a folder of one's own keeps them for the next run."""
    kept = os.environ.get("OFFRAMP_BENCHMARK_FOLDER")
    made = Path(kept) if kept else tmp_path_factory.mktemp("previewed")
    made.mkdir(parents=True, exist_ok=True)
    return made


def administrator(court: LargeCourt) -> Actor:
    return Actor(**{**vars(court.judge), "roles": frozenset({Role.ADMINISTRATOR})})


def previewed(folder: Path, cases: int) -> tuple[float, int]:
    """Return the processor's seconds of one preview, and how often it told its progress."""
    court = large_court(folder, cases=cases, active=cases)
    told: list[tuple[int, int]] = []
    with database.reading(court.engine) as session:
        begun = time.thread_time()
        found = preview(
            session,
            administrator(court),
            DRAFT,
            today=court.today,
            progress=lambda done, total: told.append((done, total)),
        )
        taken = time.thread_time() - begun
    court.engine.dispose()
    assert found.cases == cases
    assert told[-1] == (cases, cases)
    print(f"\npreview over {cases:,} cases: {taken:.2f} s, {found.changed:,} standings change, told {len(told)} times")
    return taken, len(told)


def test_a_preview_over_20_000_cases_takes_seconds_and_grows_with_their_number(folder: Path) -> None:
    (few, _), (many, told) = (previewed(folder, n) for n in (FEW, MANY))
    print(f"growth {many / few:.1f} for {MANY / FEW:.0f} times the cases")
    assert many < SECONDS
    assert many / few < 1.5 * MANY / FEW
    assert told >= 10


def test_memory_does_not_grow_with_the_court(folder: Path) -> None:
    peaks = [peak(large_court(folder, cases=n, active=n).path) for n in (FEW, MANY)]
    print(f"\npeak memory: {peaks[0]:.0f} MB for {FEW:,} cases, {peaks[1]:.0f} MB for {MANY:,}")
    assert peaks[1] < MEGABYTES


def peak(path: Path) -> float:
    """Preview in a process of its own and return its peak memory in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", _PREVIEW, str(path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-2]) / 1024  # the last line: "VmHWM:   123456 kB"


_PREVIEW = """
import pathlib, sys
from sqlmodel import select
from models import database
from models.queries.policy_preview import preview
from models.scope import keeper
from models.rules.vocabulary import Role
from models.tables import Court
from dataclasses import replace
from tests.benchmarks.test_policy_preview import DRAFT
from tests.builders import TODAY
with database.reading(database.engine(f"sqlite:///{sys.argv[1]}")) as session:
    actor = replace(keeper(session, session.exec(select(Court)).one()), roles=frozenset({Role.ADMINISTRATOR}))
    preview(session, actor, DRAFT, today=TODAY)
print(next(line for line in pathlib.Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""
