"""A full disk: nothing is half-written, nothing leaves that was not claimed, and once there is room all is made up for.

SQLite itself answers that it is full when its file may not grow; on PostgreSQL a trigger raises the server's own
error for a full disk (SQLSTATE 53100) at every row that would be written.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import database
from models.audit.checking import first_break
from models.rules.vocabulary import RunState
from models.tables import Court, FollowUp, Reminder, Run
from scheduler.runner import Runner
from scheduler.timetable import JOBS
from tests.builders import NOW, TODAY
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller
from tests.reminder_stories import Sent, a_reminded_case, states

_FULL = ("follow_ups", "standing_changes", "reminders", "audit_events", "runs")


@contextmanager
def full_disk(engine: Engine) -> Iterator[None]:
    """Let the database have no room while the `with` runs."""
    with _no_growth(engine) if engine.dialect.name == "sqlite" else _refusing(engine):
        yield


@contextmanager
def _no_growth(engine: Engine) -> Iterator[None]:
    def limit(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # SQLite takes it as: no larger than it is

    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)
    engine.dispose()


@contextmanager
def _refusing(engine: Engine) -> Iterator[None]:
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "CREATE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$"
            )
        )
        for table in _FULL:
            connection.execute(
                sa.text(f"CREATE TRIGGER full_{table} BEFORE INSERT ON {table} EXECUTE FUNCTION disk_is_full()")
            )
    yield
    with engine.begin() as connection:
        connection.execute(sa.text("DROP FUNCTION disk_is_full() CASCADE"))


def follow_ups(session: Session) -> list[tuple[str, ...]]:
    columns = (FollowUp.kind, FollowUp.occurrence, FollowUp.since, FollowUp.due_on)
    return sorted(tuple(map(str, row)) for row in session.execute(sa.select(*map(col, columns))))


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court in which each matter has come about once, and one participant is to be reminded."""
    with database.transaction(engine) as session:
        stories = everything(a_teller(session))
        a_reminded_case(stories, on=TODAY + timedelta(days=7))
    return engine


def test_a_full_disk_doubles_nothing_loses_nothing_and_sends_nothing_unclaimed(
    told: Engine, sent: Sent, caplog: pytest.LogCaptureFixture
) -> None:
    with full_disk(told):
        for minutes in (0, 20, 40):
            _look(told, minutes)
    assert "OperationalError" in caplog.text or "DiskFull" in caplog.text
    assert len(sent.messages) == [state for state, _ in states(told)].count("sent")
    _look(told, 90)
    _look(told, 120)
    assert states(told) == [("sent", None)]
    assert len(sent.messages) == 1
    with database.reading(told) as session:
        kinds = [row[0] for row in follow_ups(session)]
        assert len(kinds) == len(set(kinds)) >= 15
        last = select(Run.state).where(col(Run.slot) > NOW + timedelta(minutes=55))
        assert set(session.exec(last)) == {RunState.SUCCEEDED}
        assert first_break(session, session.exec(select(Court.id)).one()) is None
        assert len(session.exec(select(Reminder.occurrence)).all()) == 1


def _look(engine: Engine, minutes: int) -> None:
    """Let the scheduler look, some minutes after NOW; its sign of life may be refused as any other row."""
    runner = Runner(engine, lambda: NOW + timedelta(minutes=minutes), jobs=JOBS)
    for job in runner.jobs:
        runner.run(job)
