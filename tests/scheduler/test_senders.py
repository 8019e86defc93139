"""Real senders' processes on both databases: killed at every step, and three at once. No message leaves twice."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import FollowUpKind, RunState
from models.tables import FollowUp, Run
from tests.builders import NEW_YORK
from tests.follow_up_stories import a_teller
from tests.reminder_stories import a_reminded_case, outbox, states

PROJECT = Path(__file__).resolve().parents[2]
CASES = 24


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court with several participants who are to be reminded on one day."""
    with database.transaction(engine) as session:
        stories = a_teller(session)
        for number in range(CASES):
            a_reminded_case(stories, f"Number {number}")
    engine.dispose()
    return engine


def senders(url: str, file: Path, how: str) -> str:
    """Let processes of their own send to a file; return what they said."""
    command = [sys.executable, "-m", "tests.scheduler.sender", url, str(file), how]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout


def lines(file: Path) -> list[Any]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_killed_at_every_step_none_is_sent_twice_and_none_is_lost_without_a_person_knowing(
    told: Engine, database_url: str, tmp_path: Path
) -> None:
    deaths = int(senders(database_url, tmp_path / "sent.txt", "kill"))
    assert deaths > 30
    told_of = [state for state, _ in states(told)]
    assert len(told_of) == CASES
    assert set(told_of) == {"sent", "not_known"}
    left = len(lines(tmp_path / "sent.txt"))
    assert told_of.count("sent") <= left <= CASES
    with database.reading(told) as session:
        own = select(FollowUp.occurrence).where(col(FollowUp.kind) == FollowUpKind.REMINDER_NOT_SENT)
        unsure = {str(row.id) for row in outbox(told) if row.state == "not_known"}
        assert set(session.exec(own)) == unsure
        assert len(unsure) == told_of.count("not_known") > 0


def test_three_senders_at_once_send_each_message_once(told: Engine, database_url: str, tmp_path: Path) -> None:
    senders(database_url, tmp_path / "sent.txt", "three")
    assert states(told) == [("sent", None)] * CASES
    assert len(lines(tmp_path / "sent.txt")) == CASES
    with database.reading(told) as session:
        assert set(session.exec(select(Run.state))) == {RunState.SUCCEEDED}
    assert {row.sent_at.astimezone(NEW_YORK).hour for row in outbox(told)} == {9}
