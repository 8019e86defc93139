"""One claim, one effect: whoever is killed, comes twice or finds a bad record, nothing is halved, doubled or hidden."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import database, facts
from models.audit.checking import first_break
from models.commands.sweeps import standings
from models.commands.sweeps.keeping import Swept
from models.rules import compliance
from models.rules.vocabulary import FollowUpKind, RunState, Stage
from models.scope import Actor
from models.tables import AuditEvent, Case, Court, FollowUp, Heartbeat, Run, SetAside, StandingChange
from scheduler.claims import RETRY_AFTER
from scheduler.runner import Runner
from scheduler.slots import last_slot
from scheduler.timetable import JOBS, Job
from tests.builders import NOW, TODAY
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller

PROJECT = Path(__file__).resolve().parents[2]
STANDINGS = next(job for job in JOBS if job.name == "standings")


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court in which each matter has come about once; the scheduler has never run."""
    with database.transaction(engine) as session:
        everything(a_teller(session))
    return engine


def run_all(engine: Engine, now: datetime = NOW) -> None:
    """Let the scheduler look once at an instant."""
    Runner(engine, lambda: now).run_due()


def written(engine: Engine) -> list[tuple[Any, ...]]:
    """Return every follow-up as it was written, without its id."""
    columns = (FollowUp.kind, FollowUp.case_id, FollowUp.occurrence, FollowUp.since, FollowUp.due_on, FollowUp.void_on)
    with database.reading(engine) as session:
        return sorted(tuple(map(str, row)) for row in session.execute(sa.select(*map(col, columns))))


def runs(engine: Engine, job: str | None = None) -> list[Any]:
    """Return the runs in order of their slots."""
    with database.reading(engine) as session:
        which = [col(Run.job) == job] if job else []
        return list(session.execute(sa.select(*Run.__table__.c).where(*which).order_by(col(Run.slot))))  # type: ignore[attr-defined]


def as_process(url: str, how: str) -> subprocess.CompletedProcess[str]:
    """Let a process of its own work on the database."""
    command = [sys.executable, "-m", "tests.scheduler.worker", url, how]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=240)


def test_killed_at_any_step_it_leaves_nothing_half_written_and_nothing_doubled(told: Engine, database_url: str) -> None:
    told.dispose()
    done = as_process(database_url, "kill")
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 40
    assert {run.state for run in runs(told)} == {RunState.SUCCEEDED}
    kinds = [row[0] for row in written(told)]
    assert len(kinds) == len(set(kinds)) == 15
    with database.reading(told) as session:
        assert first_break(session, session.exec(select(Court.id)).one()) is None
        swept = session.exec(select(AuditEvent.detail).where(col(AuditEvent.action) == "sweep")).all()
        assert sum(detail["changed"] for detail in swept) == sum(run.changed for run in runs(told))
        changed = session.exec(select(StandingChange.case_id)).all()
    assert len(changed) == len(set(changed))


def test_three_at_once_write_everything_once(told: Engine, database_url: str) -> None:
    told.dispose()
    done = as_process(database_url, "three")
    assert done.returncode == 0, done.stderr
    kinds = [row[0] for row in written(told)]
    assert len(kinds) == len(set(kinds)) == 15
    assert len(runs(told)) == len(JOBS)
    assert {run.state for run in runs(told)} == {RunState.SUCCEEDED}


def test_a_slot_that_is_done_is_not_done_again(told: Engine) -> None:
    run_all(told)
    before = runs(told), written(told)
    run_all(told)
    assert (runs(told), written(told)) == before


def test_ten_days_of_silence_are_made_up_for_in_one_run_that_says_so(told: Engine) -> None:
    run_all(told)
    run_all(told, NOW + timedelta(days=11))
    last = runs(told, "reports")[-1]
    assert (last.missed, last.state) == (10, RunState.SUCCEEDED)
    late = [row for row in written(told) if row[0] == FollowUpKind.REPORT_LATE]
    assert {row[3] for row in late} >= {"2026-12-04", "2026-12-15"}


def test_the_next_slot_is_kept_so_that_a_screen_can_tell_when_it_is_late(told: Engine) -> None:
    run_all(told)
    assert runs(told, "reports")[0].next_slot == datetime(2026, 12, 5, 11, 6, tzinfo=UTC)


def test_a_sign_of_life_is_left(told: Engine) -> None:
    run_all(told)
    with database.reading(told) as session:
        assert session.exec(select(Heartbeat.beat_at)).one() == NOW


def poisoned(monkeypatch: pytest.MonkeyPatch, case_id: UUID) -> None:
    """Let one case's facts be beyond the rule."""
    plain, facts_of = compliance.standing_on, facts.facts_of
    with_id: dict[int, UUID] = {}

    def noted(*args: Any, **kwargs: Any) -> Any:
        found = facts_of(*args, **kwargs)
        with_id.update({id(known): key for key, known in found.items()})
        return found

    def judged(known: Any, *rest: Any) -> Any:
        if with_id.get(id(known)) == case_id:
            raise OverflowError("a value that must not reach a log")
        return plain(known, *rest)

    monkeypatch.setattr(standings, "facts_of", noted)
    monkeypatch.setattr(standings, "standing_on", judged)


def test_a_case_that_cannot_be_handled_is_set_aside_and_the_others_go_on(
    told: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with database.reading(told) as session:
        bad = session.exec(select(Case.id).where(col(Case.stage) == Stage.ACTIVE).limit(1).offset(3)).one()
        judged = session.exec(select(Case.id).where(col(Case.stage) != Stage.DISMISSED)).all()
    with monkeypatch.context() as patch:
        poisoned(patch, bad)
        run_all(told)
    with database.reading(told) as session:
        aside = session.exec(select(SetAside)).one()
        assert (aside.subject_id, aside.attempts, aside.settled_at) == (bad, 1, None)
        assert aside.try_again_at > NOW
        assert "must not reach" not in aside.problem
        assert set(session.exec(select(StandingChange.case_id))) == set(judged) - {bad}
    assert "must not reach" not in caplog.text
    run_all(told, NOW + timedelta(hours=2))
    with database.reading(told) as session:
        assert session.exec(select(SetAside.settled_at)).one() is not None
        assert bad in set(session.exec(select(StandingChange.case_id)))


def broken(_session: Session, _keeper: Actor, _now: datetime, _after: UUID | None) -> Swept:
    """Do something nobody foresaw."""
    raise ZeroDivisionError("with a value in it")


def test_a_job_that_fails_is_recorded_and_tried_again_and_the_others_go_on(told: Engine) -> None:
    jobs = (Job("standings", STANDINGS.cron, broken), *(job for job in JOBS if job.name == "outcomes"))
    Runner(told, lambda: NOW, jobs=jobs).run_due()
    (failed,) = runs(told, "standings")
    assert failed.state is RunState.FAILED
    assert "ZeroDivisionError" in failed.problem
    assert "value in it" not in failed.problem
    assert runs(told, "outcomes")[0].state is RunState.SUCCEEDED
    Runner(told, lambda: NOW + RETRY_AFTER, jobs=(STANDINGS,)).run(STANDINGS, failed.slot)
    (again,) = runs(told, "standings")
    assert (again.state, again.attempts, again.problem) == (RunState.SUCCEEDED, 2, None)


def test_work_in_parts_goes_on_from_the_part_that_was_kept(told: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standings, "BATCH", 4)
    runner = Runner(told, lambda: NOW)
    parts = 0

    def twice(*args: Any) -> Swept:
        nonlocal parts
        parts += 1
        if parts == 3:
            raise ZeroDivisionError
        return STANDINGS.work(*args)

    runner.run(Job(STANDINGS.name, STANDINGS.cron, twice))
    (cut,) = runs(told, "standings")
    assert (cut.state, cut.changed) == (RunState.FAILED, 8)
    later = NOW + RETRY_AFTER
    Runner(told, lambda: later).run(STANDINGS, last_slot(STANDINGS.cron, NOW))
    with database.reading(told) as session:
        changed = session.exec(select(StandingChange.case_id)).all()
    assert len(changed) == len(set(changed)) == 14


def test_each_court_is_swept_by_its_own_day(engine: Engine) -> None:
    """At six in the evening of 3 December in Honolulu it is the 4th in New York."""
    with database.transaction(engine) as session:
        for name in ("Harbor County Court", "Island Court"):
            stories = a_teller(session, name=name)
            if name == "Island Court":
                stories.court.zone = "Pacific/Honolulu"
            stories.appearance(stories.case("unheld", coming=False), date(2026, 12, 3))
    run_all(engine, datetime(2026, 12, 4, 9, 30, tzinfo=UTC))
    with database.reading(engine) as session:
        late_in = session.exec(
            select(Court.name)
            .join(FollowUp, col(FollowUp.court_id) == col(Court.id))
            .where(col(FollowUp.kind) == FollowUpKind.NO_OUTCOME)
        ).all()
    assert list(late_in) == ["Harbor County Court"]
    assert date(2026, 12, 4) == TODAY
