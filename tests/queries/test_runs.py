"""How the scheduler stands: silent, late, failed, complete; told to staff and administrators without any case content."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models import database
from models.queries.runs import LastSweep, last_sweep, runs, set_aside
from models.rules.vocabulary import Role, RunState
from models.scope import Actor
from models.tables import Case, Court, Heartbeat, Run, SetAside
from tests.builders import NOW, a_case, a_court, a_part, an_actor
from tests.statements import counted

HOUR = timedelta(hours=1)


def a_run(
    session: Session, court: Court, job: str, slot: datetime, *, state: RunState = RunState.SUCCEEDED, missed: int = 0
) -> None:
    """Tell of a run of an hourly job that took a minute."""
    session.add(
        Run(
            court_id=court.id,
            job=job,
            slot=slot,
            next_slot=slot + HOUR,
            missed=missed,
            started_at=slot,
            finished_at=None if state is RunState.BEGUN else slot + timedelta(minutes=1),
            state=state,
            changed=3,
            problem="It stopped." if state is RunState.FAILED else None,
        )
    )


@pytest.fixture
def court(engine: Engine) -> Court:
    with database.transaction(engine) as session:
        court = a_court(session)
        session.add(Heartbeat(name="scheduler", beat_at=NOW))
        return court


def asked(engine: Engine, court: Court, now: datetime = NOW, role: Role = Role.CLERK) -> LastSweep:
    with database.transaction(engine) as session:
        who = an_actor(session, court, role, username=f"{role} at {now}")
    with database.reading(engine) as session:
        return last_sweep(session, who, now=now)


def test_the_last_sweep_is_as_old_as_the_job_that_looked_longest_ago(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        for job, hours in (("standings", 0), ("reports", 2), ("standings", 1)):
            a_run(session, court, job, NOW - hours * HOUR)
    sweep = asked(engine, court)
    assert sweep.at == NOW - 2 * HOUR + timedelta(minutes=1)
    assert (sweep.missed, sweep.failed, sweep.silent) == (0, (), False)


def test_a_job_is_late_an_hour_after_it_was_due_again(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        a_run(session, court, "standings", NOW)
    assert asked(engine, court, NOW + 2 * HOUR).late == ()
    assert [run.job for run in asked(engine, court, NOW + 2 * HOUR + timedelta(minutes=1)).late] == ["standings"]


def test_a_failed_run_is_told_and_the_sweep_is_not_complete(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        a_run(session, court, "standings", NOW - HOUR)
        a_run(session, court, "standings", NOW, state=RunState.FAILED)
    sweep = asked(engine, court)
    assert [run.problem for run in sweep.failed] == ["It stopped."]
    assert sweep.at is None


def test_a_run_that_was_cut_short_is_no_success(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        a_run(session, court, "standings", NOW, state=RunState.BEGUN)
    assert asked(engine, court).at is None


def test_silence_is_told_after_ten_minutes(engine: Engine, court: Court) -> None:
    assert not asked(engine, court, NOW + timedelta(minutes=10)).silent
    assert asked(engine, court, NOW + timedelta(minutes=11)).silent


def test_runs_of_another_court_are_not_shown(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        other = a_court(session, name="River County Court")
        a_run(session, other, "standings", NOW)
        who = an_actor(session, court, Role.ADMINISTRATOR)
    with database.reading(engine) as session:
        assert runs(session, who, now=NOW) == ()
        assert last_sweep(session, who, now=NOW).jobs == ()


def aside(engine: Engine, court: Court, role: Role) -> Actor:
    with database.transaction(engine) as session:
        case = a_case(session, a_part(session, court))
        session.add(
            SetAside(
                court_id=court.id,
                job="standings",
                subject_id=case.id,
                try_again_at=NOW + HOUR,
                problem="This case could not be looked at.",
            )
        )
        return an_actor(session, court, role)


def test_a_case_set_aside_is_shown_to_staff(engine: Engine, court: Court) -> None:
    who = aside(engine, court, Role.CLERK)
    with database.reading(engine) as session:
        (row,) = set_aside(session, who)
        assert row.case_id == session.exec(select(Case.id)).one()


def test_an_administrator_learns_that_there_is_one_and_not_which(engine: Engine, court: Court) -> None:
    who = aside(engine, court, Role.ADMINISTRATOR)
    with database.reading(engine) as session:
        (row,) = set_aside(session, who)
        assert (row.case_id, row.docket_number) == (None, None)


def test_the_number_of_statements_is_fixed(engine: Engine, court: Court) -> None:
    with database.transaction(engine) as session:
        for hours in range(30):
            a_run(session, court, "standings", NOW - hours * HOUR)
        who = an_actor(session, court, Role.CLERK)
    with counted(engine) as sent, database.reading(engine) as session:
        last_sweep(session, who, now=NOW)
    assert len(sent) == 2
