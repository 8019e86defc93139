"""Another program in mid-course: one mandate ends and the next begins, and nothing that was recorded is lost."""

from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.programs import change_program
from models.commands.steps import take_step
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.facts import facts_of_case
from models.rules.facts import CaseFacts
from models.rules.vocabulary import Role, Stage
from models.scope import Actor
from models.sitting import court_days
from models.tables import Case, Mandate, PhasePeriod
from tests.builders import NOW, TODAY, an_actor
from tests.commands.bench_stories import BEGAN_ON, Bench, a_bench, attended


def change(
    session: Session, bench: Bench, program: str = "young-people", *, who: Actor | None = None, **given: Any
) -> Mandate:
    case = session.get_one(Case, bench.case.id)
    asked: dict[str, Any] = {
        "phase": 1,
        "keeps_count": True,
        "reason": "She is seventeen.",
        "seen_version": case.version,
    } | given
    return change_program(session, who or bench.judge, case.id, program, now=NOW, **asked)


def facts(session: Session, bench: Bench) -> CaseFacts:
    given: dict[str, Any] = {"policy": bench.judge.policy_on(TODAY), "court_days": court_days(session, bench.judge)}
    return facts_of_case(session, bench.judge, bench.case.id, on=TODAY, **given)


def test_the_first_mandate_and_its_phases_stay_and_the_next_begins_in_the_phase_that_was_ordered(
    engine: Engine,
) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        change(session, bench)
    with transaction(engine) as session:
        first, second = session.exec(select(Mandate).order_by(col(Mandate.accepted_on))).all()
        assert (first.program, first.ended_on, first.ended_reason) == ("six-sessions", TODAY, "She is seventeen.")
        assert (second.program, second.ended_on, second.sessions) == ("young-people", None, 4)
        left, entered = session.exec(select(PhasePeriod).order_by(col(PhasePeriod.entered_on))).all()
        assert (left.mandate_id, left.left_on) == (first.id, TODAY)
        assert (entered.mandate_id, entered.position, entered.name) == (second.id, 1, "Building support")


@pytest.mark.parametrize(("keeps_count", "counted"), [(True, 2), (False, 0)])
def test_what_was_attended_counts_on_or_anew_as_the_judge_ordered(
    engine: Engine, keeps_count: bool, counted: int
) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        attended(session, bench, 30, 20)
        change(session, bench, keeps_count=keeps_count)
    with transaction(engine) as session:
        found = facts(session, bench)
        assert (found.program, found.phase, found.sessions.attended) == ("young-people", 1, counted)
        assert found.mandate_since == (BEGAN_ON if keeps_count else TODAY)


def test_a_program_changed_twice_still_counts_from_the_first_day(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        attended(session, bench, 30)
        change(session, bench)
        change(session, bench, "six-sessions")
    with transaction(engine) as session:
        assert facts(session, bench).sessions.attended == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"program": "six-sessions"}, "in that program already"),
        ({"program": "no such program"}, "no program of that name"),
        ({"phase": 9}, "no such phase"),
        ({"phase": -1}, "no such phase"),
        ({"reason": "  "}, "Write why"),
    ],
)
def test_what_cannot_be_ordered_is_refused_in_words_and_changes_nothing(
    engine: Engine, given: dict[str, Any], said: str
) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    with pytest.raises(Invalid, match=said), transaction(engine) as session:
        change(session, bench, **given)
    with transaction(engine) as session:
        assert session.exec(select(Mandate)).one().ended_on is None


def test_a_mandate_that_does_not_run_has_no_program_to_change(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        version = session.get_one(Case, bench.case.id).version
        given: dict[str, Any] = {"seen_version": version, "on": TODAY, "now": NOW}
        take_step(session, bench.judge, bench.case.id, Stage.COMPLETED, **given)
    with pytest.raises(Invalid, match="not running"), transaction(engine) as session:
        change(session, bench)


def test_a_case_changed_meanwhile_is_looked_at_again_first(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        with pytest.raises(Conflict):
            change(session, bench, seen_version=session.get_one(Case, bench.case.id).version - 1)


def test_another_court_has_no_such_case_and_a_coordinator_no_such_decision(engine: Engine) -> None:
    with transaction(engine) as session:
        bench, other = a_bench(session), a_bench(session, name="River County Court")
        coordinator = an_actor(session, bench.court, Role.COORDINATOR)
        with pytest.raises(NotFound):
            change(session, bench, who=other.judge)
        with pytest.raises(NotPermitted):
            change(session, bench, who=coordinator)
