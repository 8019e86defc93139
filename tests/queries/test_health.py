"""What a machine that watches the installation is told of the scheduler: reasons, and nothing of a case or a court."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from models import database
from models.queries.health import Health, health
from models.rules.vocabulary import RunState
from models.tables import Heartbeat, Run, SetAside
from models.tables.base import new_id
from tests.builders import NOW, a_court
from tests.statements import counted

HOUR = timedelta(hours=1)


def told(engine: Engine, *rows: Any, runs: tuple[dict[str, Any], ...] = (), beat: timedelta | None = None) -> Health:
    """Return how a court stands after these runs, with the last sign of life some time ago."""
    with database.transaction(engine) as session:
        court = a_court(session)
        for run in runs:
            usual = {"slot": NOW - HOUR, "next_slot": NOW, "started_at": NOW - HOUR, "finished_at": NOW - HOUR}
            session.add(Run(court_id=court.id, **(usual | {"state": RunState.SUCCEEDED} | run)))
        for row in rows:
            row.court_id = court.id
            session.add(row)
        if beat is not None:
            session.add(Heartbeat(name="scheduler", beat_at=NOW - beat))
    with database.reading(engine) as session, counted(engine) as statements:
        found = health(session, now=NOW)
    assert len(statements) == 2
    return found


def test_all_is_well_when_it_lives_and_every_job_came_to_its_end(engine: Engine) -> None:
    found = told(engine, runs=({"job": "reports"}, {"job": "sending"}), beat=timedelta(minutes=1))
    assert (found.troubles, found.last_success, found.aside) == ((), NOW - HOUR, 0)


@pytest.mark.parametrize(
    ("beat", "says"),
    [(None, "the scheduler has never run"), (timedelta(minutes=11), "the scheduler is silent since 2026-12-04T14:49Z")],
)
def test_a_silent_scheduler_is_trouble(engine: Engine, beat: timedelta | None, says: str) -> None:
    assert told(engine, beat=beat).troubles == (says,)


def test_late_and_failed_jobs_are_named_once_each(engine: Engine) -> None:
    late, before = {"next_slot": NOW - 2 * HOUR}, {"slot": NOW - 3 * HOUR}
    runs = (
        {"job": "reports", **late},
        {"job": "acds", "state": RunState.FAILED},
        {"job": "ready", "state": RunState.FAILED, **before},  # failed, and then did not
        {"job": "ready"},
    )
    assert told(engine, runs=runs, beat=timedelta()).troubles == ("failed: acds", "late: reports")


def test_records_set_aside_are_counted_and_are_staffs_to_see(engine: Engine) -> None:
    row: dict[str, Any] = {"job": "standings", "subject_id": new_id(), "try_again_at": NOW, "problem": "-"}
    found = told(engine, SetAside(court_id=new_id(), **row), beat=timedelta())
    assert (found.troubles, found.aside) == ((), 1)
