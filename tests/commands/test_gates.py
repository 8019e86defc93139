"""Liberty and the program are taken only behind the gates, each dated, in order; and once."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.commands.course import terminate
from models.commands.decisions import BenchDecision, decide
from models.commands.gates import drop_measure, give_notice, pass_gate
from models.commands.responses import ChosenResponse
from models.database import transaction
from models.errors import Conflict, GateMissing, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import Behaviour, Gate, Measure, ResponseKind, Role, Stage
from models.scope import Actor
from models.tables import AuditEvent, Case, GatedMeasure, Mandate, Response
from tests.builders import NOW, TODAY, a_court, an_actor
from tests.commands.bench_stories import Bench, a_bench, a_form, absent

JAIL = ChosenResponse(
    kind=ResponseKind.SANCTION,
    behaviour=Behaviour.ABSENCE,
    what="two days of jail",
    outside_reason="found by the judge",
)
REST = (Gate.COUNSEL, Gate.HEARING, Gate.FINDING)


def notice(session: Session, bench: Bench, measure: Measure = Measure.LIBERTY) -> GatedMeasure:
    return give_notice(session, bench.judge, bench.case.id, measure, "The People ask for it.", on=TODAY, now=NOW)


def passed(session: Session, bench: Bench, measure: Measure, gates: tuple[Gate, ...] = REST) -> GatedMeasure:
    one = notice(session, bench, measure)
    for gate in gates:
        pass_gate(session, bench.judge, one.id, gate, on=TODAY, now=NOW, finding="Found after the hearing.")
    return one


def jail_form(session: Session, bench: Bench) -> BenchDecision:
    session.flush()
    session.refresh(bench.case)
    return a_form(bench, seen_version=bench.case.version, responses=(JAIL,))


def test_liberty_is_taken_once_all_gates_are_passed_and_only_once(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        one = passed(session, bench, Measure.LIBERTY)
        decide(session, bench.judge, jail_form(session, bench), now=NOW)
        assert session.exec(select(Response.what)).one() == "two days of jail"
        assert one.taken_on == TODAY
        with pytest.raises(Conflict):
            pass_gate(session, bench.judge, one.id, Gate.FINDING, on=TODAY, now=NOW, finding="again")


@pytest.mark.parametrize("number", range(len(REST)))
def test_one_gate_missing_refuses_in_words(engine: Engine, number: int) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        passed(session, bench, Measure.LIBERTY, REST[:number])
        form = jail_form(session, bench)
        with pytest.raises(GateMissing, match=r"Still missing: .*finding"):
            decide(session, bench.judge, form, now=NOW)


def test_the_gates_of_one_measure_open_no_other(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        passed(session, bench, Measure.TERMINATION)
        form = jail_form(session, bench)
        with pytest.raises(GateMissing):
            decide(session, bench.judge, form, now=NOW)


def test_a_program_is_ended_only_behind_the_gates_and_the_mandate_ends_with_it(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        case = session.get_one(Case, bench.case.id)
        with pytest.raises(GateMissing, match="counsel"):
            terminate(session, bench.judge, case, now=NOW, on=TODAY, reason="found")
    with transaction(engine) as session:
        passed(session, bench, Measure.TERMINATION)
        case = session.get_one(Case, bench.case.id)
        terminate(session, bench.judge, case, now=NOW, on=TODAY, reason="Found after the hearing.")
        assert case.stage is Stage.TERMINATED
        assert session.exec(select(Mandate)).one().ended_on == TODAY


def test_what_was_dropped_opens_nothing_and_may_be_asked_for_again(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        one = passed(session, bench, Measure.TERMINATION)
        with pytest.raises(Conflict, match="recorded already"):
            notice(session, bench, Measure.TERMINATION)
        drop_measure(session, bench.judge, one.id, "withdrawn by the People", now=NOW)
        with pytest.raises(GateMissing):
            terminate(session, bench.judge, session.get_one(Case, bench.case.id), now=NOW, on=TODAY, reason="found")
        notice(session, bench, Measure.TERMINATION)


def test_a_finding_has_words_and_each_step_leaves_an_audit_event_without_them(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        one = passed(session, bench, Measure.LIBERTY, REST[:2])
        with pytest.raises(Invalid, match="finding in words"):
            pass_gate(session, bench.judge, one.id, Gate.FINDING, on=TODAY, now=NOW, finding=" ")
        pass_gate(session, bench.judge, one.id, Gate.FINDING, on=TODAY, now=NOW, finding="Secret words")
        told = session.exec(select(AuditEvent).where(col(AuditEvent.subject_id) == one.id)).all()
        assert len(told) == 4
        assert "Secret" not in " ".join(str(event.detail) for event in told)


def test_who_decides_nothing_and_another_court_pass_no_gate(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        one = notice(session, bench)
        court = a_court(session, name="Elsewhere")
        stranger = an_actor(session, court, Role.JUDGE, username="stranger")
        coordinator: Actor = an_actor(session, court, Role.COORDINATOR, username="coordinator elsewhere")
        with pytest.raises(NotFound):
            pass_gate(session, stranger, one.id, Gate.COUNSEL, on=TODAY, now=NOW)
        with pytest.raises(NotPermitted):
            pass_gate(session, coordinator, one.id, Gate.COUNSEL, on=TODAY, now=NOW)


def test_the_database_holds_the_order_of_the_gates_itself(engine: Engine) -> None:
    with transaction(engine) as session:
        one = notice(session, a_bench(session))
    for wrong in (
        {"counsel_on": TODAY - timedelta(days=1)},
        {"heard_on": TODAY},
        {"found_on": TODAY},
        {"taken_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction(engine) as session:
            session.execute(sa.update(GatedMeasure).where(col(GatedMeasure.id) == one.id).values(**wrong))
