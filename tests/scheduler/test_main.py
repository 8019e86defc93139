"""The scheduler as a process: it begins by catching up, rehearses one job on request, and ends cleanly when asked."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import FollowUpKind, RunState
from models.tables import FollowUp, Heartbeat, Run
from scheduler.timetable import JOBS
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def told(sqlite_engine: Engine) -> Engine:
    """A court in which each matter has come about once."""
    with database.transaction(sqlite_engine) as session:
        everything(a_teller(session))
    return sqlite_engine


def started(url: str, *arguments: str) -> subprocess.Popen[str]:
    """Start the scheduler on a database."""
    return subprocess.Popen(
        [sys.executable, "-m", "scheduler", *arguments],
        cwd=PROJECT,
        env={**os.environ, "OFFRAMP_DATABASE_URL": url},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def ended(process: subprocess.Popen[str]) -> str:
    """Wait for its end and return what it said."""
    said, _ = process.communicate(timeout=60)
    return said


def states(engine: Engine) -> list[RunState]:
    with database.reading(engine) as session:
        return [RunState(state) for state in session.exec(select(Run.state))]


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_it_catches_up_at_once_and_ends_cleanly_when_asked(
    told: Engine, sqlite_url: str, asked: signal.Signals
) -> None:
    process = started(sqlite_url)
    until = time.monotonic() + 60
    while len(states(told)) < len(JOBS) and time.monotonic() < until:
        time.sleep(0.2)
    process.send_signal(asked)
    said = ended(process)
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert set(states(told)) == {RunState.SUCCEEDED}
    with database.reading(told) as session:
        assert session.exec(select(Heartbeat.name)).one() == "scheduler"


def test_one_job_is_rehearsed_at_an_instant(told: Engine, sqlite_url: str) -> None:
    process = started(sqlite_url, "once", "outcomes", "--now", "2026-12-04T11:00:00Z")
    assert "outcomes: 1 rows written" in ended(process)
    with database.reading(told) as session:
        kinds = session.exec(select(FollowUp.kind).where(col(FollowUp.void_on).is_(None))).all()
    assert list(kinds) == [FollowUpKind.NO_OUTCOME]


@pytest.mark.usefixtures("told")
def test_the_log_holds_ids_and_counts_only(sqlite_url: str) -> None:
    said = ended(started(sqlite_url, "once", "all", "--now", "2026-12-04T11:00:00Z"))
    assert "job=standings" in said
    assert "Case" not in said
    assert "2026-QN" not in said


def test_a_job_that_does_not_exist_is_named_with_those_that_do(sqlite_url: str) -> None:
    process = started(sqlite_url, "once", "everything")
    said = ended(process)
    assert process.returncode == 2
    assert "standings" in said


def test_without_a_database_it_says_what_to_do(tmp_path: Path) -> None:
    process = started(f"sqlite:///{tmp_path / 'none.db'}")
    said = ended(process)
    assert process.returncode == 1
    assert "./run migrate" in said
    assert "Traceback" not in said
