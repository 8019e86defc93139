"""What the judge records at an appearance: all of it or nothing, once, explained, and to be put right."""

from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, func, select

from models.commands.corrections import Correction, correct_decision
from models.commands.decisions import decide
from models.commands.responses import ChosenResponse
from models.database import reading, transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import (
    AppearanceState,
    Behaviour,
    CourseChange,
    FollowUpKind,
    MissedAppearance,
    Outcome,
    ResponseKind,
    ResponseState,
    Role,
    Stage,
)
from models.tables import (
    Acd,
    Appearance,
    AuditEvent,
    Case,
    Decision,
    FollowUp,
    PhasePeriod,
    Report,
    Response,
    StageChange,
)
from tests.builders import NOW, TODAY, a_court, an_actor
from tests.commands.bench_stories import NEXT_ON, Bench, a_bench, a_form, absent, attended
from tests.statements import counted

TALK = ChosenResponse(
    kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="conversation with the judge", behaviour_on=TODAY
)


def _number(session: Session, table: type) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def _case(session: Session, bench: Bench) -> Case:
    return session.exec(select(Case).where(col(Case.id) == bench.case.id)).one()


def test_one_decision_records_outcome_response_promise_next_date_and_audit_together(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
    with transaction(engine) as session:
        decide(session, bench.judge, a_form(bench, responses=(TALK,), promised="a certificate"), now=NOW)
    with reading(engine) as session:
        held = session.get_one(Appearance, bench.appearance.id)
        assert (held.state, held.outcome, held.promised) == (
            AppearanceState.HELD,
            Outcome.APPEARED,
            "a certificate",
        )
        response = session.exec(select(Response)).one()
        assert response.because.startswith("First unacceptable absence in 90 days")
        assert response.state is ResponseState.DONE  # a conversation is over when it is held
        following = session.exec(select(Appearance).where(col(Appearance.id) != held.id)).one()
        assert following.court_session_id == bench.next.id
        expected = session.exec(select(col(Report.due_on)).where(col(Report.appearance_id) == following.id)).one()
        assert TODAY < expected < NEXT_ON
        promise = session.exec(select(FollowUp).where(col(FollowUp.kind) == FollowUpKind.PROMISE)).one()
        assert (promise.due_on, promise.since) == (NEXT_ON, TODAY)
        assert "decide" in session.exec(select(col(AuditEvent.action))).all()


def test_a_decision_is_one_change_of_the_case_in_twenty_statements(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    before, form = bench.case.version, a_form(bench)
    with transaction(engine) as session, counted(engine) as sent:
        decide(session, bench.judge, form, now=NOW)
        session.commit()
        assert len(sent) <= 20
    with reading(engine) as session:
        assert _case(session, bench).version == before + 1


def test_a_refusal_leaves_nothing_behind(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        before = _number(session, AuditEvent)
    without_next = a_form(bench, responses=(TALK,), next_session_id=None)
    with pytest.raises(Invalid, match="next appearance"), transaction(engine) as session:
        decide(session, bench.judge, without_next, now=NOW)
    with reading(engine) as session:
        assert session.get_one(Appearance, bench.appearance.id).state is AppearanceState.SCHEDULED
        assert (_number(session, Response), _number(session, Decision)) == (0, 0)
        assert _number(session, AuditEvent) == before


def test_the_same_form_sent_twice_is_one_decision(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    form = a_form(bench)
    for _ in range(2):
        with transaction(engine) as session:
            decide(session, bench.judge, form, now=NOW)
    with reading(engine) as session:
        assert _number(session, Decision) == 1
        assert _number(session, Appearance) == 2


def test_who_decides_on_an_old_state_is_told_and_nothing_is_overwritten(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    form = a_form(bench)
    with transaction(engine) as session:
        attended(session, bench, 3)
    with pytest.raises(Conflict), transaction(engine) as session:
        decide(session, bench.judge, form, now=NOW)
    with reading(engine) as session:
        assert _number(session, Decision) == 0


def test_an_outcome_is_recorded_once_and_then_corrected(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench), now=NOW)
    with transaction(engine) as session:
        version = _case(session, bench).version
        again = a_form(bench, seen_version=version)
        with pytest.raises(Conflict, match="correct it"):
            decide(session, bench.judge, again, now=NOW)


def test_a_correction_is_a_new_fact_and_the_old_one_stays(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, seen_version=bench.case.version, responses=(TALK,)), now=NOW)
        given = session.exec(select(Response)).one()
    with transaction(engine) as session:
        form = Correction(
            appearance_id=bench.appearance.id,
            token=uuid4(),
            seen_version=_case(session, bench).version,
            outcome=Outcome.EXCUSED,
            reason="the wrong line was chosen",
            withdraw=(given.id,),
        )
        correct_decision(session, bench.judge, form, now=NOW)
    with reading(engine) as session:
        versions = session.exec(select(Decision).order_by(col(Decision.version))).all()
        assert [(one.version, one.outcome) for one in versions] == [(1, Outcome.APPEARED), (2, Outcome.EXCUSED)]
        assert session.get_one(Appearance, bench.appearance.id).outcome is Outcome.EXCUSED
        assert session.get_one(Response, given.id).state is ResponseState.WITHDRAWN


def test_a_correction_without_its_reason_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench), now=NOW)
        form = Correction(
            appearance_id=bench.appearance.id,
            token=uuid4(),
            seen_version=_case(session, bench).version,
            outcome=Outcome.EXCUSED,
            reason=" ",
        )
        with pytest.raises(Invalid, match="what was wrong"):
            correct_decision(session, bench.judge, form, now=NOW)


def test_a_warrant_is_the_judges_choice_and_needs_no_next_date(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        form = a_form(
            bench, outcome=Outcome.DID_NOT_APPEAR, missed=MissedAppearance.WARRANT_ISSUED, next_session_id=None
        )
        decide(session, bench.judge, form, now=NOW)
        assert _case(session, bench).stage is Stage.ABSCONDED


def test_not_appearing_alone_changes_nothing_else(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench, outcome=Outcome.DID_NOT_APPEAR), now=NOW)
        assert _case(session, bench).stage is Stage.ACTIVE
        assert _number(session, Response) == 0


def test_advancing_closes_one_phase_and_opens_the_next(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench, course=(CourseChange.ADVANCE,)), now=NOW)
    with reading(engine) as session:
        periods = session.exec(select(PhasePeriod).order_by(col(PhasePeriod.position))).all()
        assert [(one.name, one.left_on) for one in periods] == [("Welcome", TODAY), ("Progress", None)]


def test_completing_grants_an_acd_of_six_calendar_months(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        form = a_form(bench, course=(CourseChange.COMPLETE, CourseChange.GRANT_ACD), next_session_id=None)
        decide(session, bench.judge, form, now=NOW)
    with reading(engine) as session:
        assert session.exec(select(col(Acd.expires_on))).one().isoformat() == "2027-06-04"
        ways = session.exec(select(StageChange).order_by(col(StageChange.id))).all()
        assert [one.to_stage for one in ways][-2:] == [Stage.COMPLETED, Stage.ACD]


def test_tomorrows_appearance_takes_no_outcome_today(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench), now=NOW)
        coming = session.exec(select(Appearance).where(col(Appearance.court_session_id) == bench.next.id)).one()
        form = a_form(bench, appearance_id=coming.id, seen_version=_case(session, bench).version)
        with pytest.raises(Invalid, match="from that day"):
            decide(session, bench.judge, form, now=NOW)


def test_only_who_may_decide_decides_and_another_court_has_no_such_case(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        coordinator = an_actor(session, bench.court, Role.COORDINATOR, username="coordinator")
        stranger = an_actor(session, a_court(session, name="Other"), Role.JUDGE, username="stranger")
        with pytest.raises(NotPermitted):
            decide(session, coordinator, a_form(bench), now=NOW)
        with pytest.raises(NotFound):
            decide(session, stranger, a_form(bench), now=NOW)
