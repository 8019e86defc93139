"""A case's next step outside the bench: each with what it needs, dated, and off the calendar once the court is done."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.steps import take_step
from models.database import transaction
from models.errors import Conflict, GateMissing, Invalid, NotPermitted
from models.rules.lifecycle import STEPS, Needs
from models.rules.vocabulary import AppearanceState, Role, Stage
from models.tables import Acd, Appearance, Case, Mandate, PhasePeriod, StageChange
from tests.builders import NOW, TODAY, an_actor, an_appearance
from tests.commands.bench_stories import Bench, a_bench


def step(session: Session, bench: Bench, stage: Stage, *, on: date = TODAY, **given: Any) -> Case:
    case = session.get_one(Case, bench.case.id)
    take_step(session, bench.judge, case.id, stage, seen_version=case.version, on=on, now=NOW, **given)
    return case


def test_whoever_returns_goes_on_where_she_was(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        step(session, bench, Stage.ABSCONDED, reason="A warrant was issued.")
        case = step(session, bench, Stage.ACTIVE)
        assert case.stage is Stage.ACTIVE
        stages = select(StageChange.to_stage).where(col(StageChange.case_id) == case.id).order_by(col(StageChange.id))
        assert session.exec(stages).all()[-2:] == [Stage.ABSCONDED, Stage.ACTIVE]
        assert session.exec(select(Mandate)).one().ended_on is None


def test_a_completed_mandate_taken_up_again_goes_on_in_the_phase_it_ended_in(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        step(session, bench, Stage.COMPLETED)
        with pytest.raises(Invalid, match="reason"):
            step(session, bench, Stage.ACTIVE)
    with transaction(engine) as session:
        step(session, bench, Stage.ACTIVE, reason="Recorded too early.")
        current = session.exec(select(PhasePeriod).where(col(PhasePeriod.left_on).is_(None))).one()
        assert current.position == 0


def test_a_dismissal_after_an_acd_waits_for_its_last_day_or_a_reason(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        step(session, bench, Stage.COMPLETED)
        step(session, bench, Stage.ACD)
        with pytest.raises(Invalid, match="has not run out"):
            step(session, bench, Stage.DISMISSED)
        case = step(session, bench, Stage.DISMISSED, reason="On the prosecutor's motion.")
        assert case.stage is Stage.DISMISSED
        assert session.exec(select(Acd)).one().confirmed_on == TODAY


def test_a_case_the_court_is_done_with_leaves_the_calendar(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        coming = an_appearance(session, bench.case, bench.next)
        step(session, bench, Stage.TRANSFERRED, reason="She moved.")
        assert session.get_one(Appearance, coming.id).state is AppearanceState.REMOVED
        # what is on today's docket stays until its outcome is recorded
        assert session.get_one(Appearance, bench.appearance.id).state is AppearanceState.SCHEDULED


def test_a_step_is_dated_between_the_stage_it_starts_from_and_today(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        with pytest.raises(Invalid, match="has not come yet"):
            step(session, bench, Stage.COMPLETED, on=TODAY + timedelta(days=1))
        with pytest.raises(Invalid, match="in the program since"):
            step(session, bench, Stage.COMPLETED, on=TODAY - timedelta(days=400))


def test_an_older_picture_of_the_case_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        seen = session.get_one(Case, bench.case.id).version - 1
        with pytest.raises(Conflict):
            take_step(session, bench.judge, bench.case.id, Stage.COMPLETED, seen_version=seen, on=TODAY, now=NOW)


def test_who_decides_nothing_takes_no_step(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        coordinator = an_actor(session, bench.court, Role.COORDINATOR, username="coordinator")
        with pytest.raises(NotPermitted):
            take_step(session, coordinator, bench.case.id, Stage.COMPLETED, seen_version=1, on=TODAY, now=NOW)


@pytest.mark.parametrize(
    ("stage", "to_stage"),
    [(a, b) for a in STEPS if a is not Stage.SEALED for b in Stage if b not in STEPS[a]],  # sealed: for nobody there
    ids=lambda one: one.value,
)
def test_a_step_that_does_not_exist_is_refused_in_words(sqlite_engine: Engine, stage: Stage, to_stage: Stage) -> None:
    with transaction(sqlite_engine) as session:
        bench = a_bench(session)
        session.get_one(Case, bench.case.id).stage = stage
        session.flush()
        with pytest.raises(Invalid):
            step(session, bench, to_stage, reason="tried", program="six-sessions")


def test_every_step_that_needs_the_gates_is_refused_without_them(sqlite_engine: Engine) -> None:
    gated = [(a, b) for a, ways in STEPS.items() for b, needs in ways.items() if needs is Needs.GATES]
    assert gated
    for stage, to_stage in gated:
        with transaction(sqlite_engine) as session:
            bench = a_bench(session, name=f"{stage} {to_stage}")
            session.get_one(Case, bench.case.id).stage = stage
            session.flush()
            with pytest.raises(GateMissing):
                step(session, bench, to_stage, reason="tried")


@pytest.mark.parametrize(
    ("months", "until"), [(None, date(2027, 6, 4)), (6, date(2027, 6, 4)), (12, date(2027, 12, 4))]
)
def test_an_acd_runs_for_one_of_the_programs_times(engine: Engine, months: int | None, until: date) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        step(session, bench, Stage.COMPLETED)
        step(session, bench, Stage.ACD, acd_months=months)
        assert session.exec(select(Acd)).one().expires_on == until


def test_an_acd_of_any_other_time_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        step(session, bench, Stage.COMPLETED)
        with pytest.raises(Invalid, match="no time of 7 months"):
            step(session, bench, Stage.ACD, acd_months=7)
