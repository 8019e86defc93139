"""The court's responses: inside the policy's range or with a reason, never without their gates, open until settled."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import sitting
from models.commands.attendance import record_attendance
from models.commands.decisions import decide
from models.commands.responses import ChosenResponse
from models.database import reading, transaction
from models.errors import GateMissing, Invalid
from models.facts import facts_of_case
from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    MissedAppearance,
    Outcome,
    ReportState,
    ResponseKind,
)
from models.tables import LeftUnanswered, Release, Report, Response
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import Bench, a_bench, a_form, absent, attended

Story = Callable[..., None]


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        (ChosenResponse(kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written essay"), "outside"),
        (ChosenResponse(kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a handshake"), "outside"),
        (ChosenResponse(kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what=" "), "no words"),
    ],
)
def test_what_is_outside_the_range_needs_a_reason(engine: Engine, chosen: ChosenResponse, refusal: str) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        with pytest.raises(Invalid, match=refusal):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


def test_a_reason_makes_a_response_outside_the_range_possible_and_is_kept(engine: Engine) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a handshake", outside_reason="she asked for it"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)
    with reading(engine) as session:
        assert session.exec(select(col(Response.outside_reason))).one() == "she asked for it"


def test_no_sanction_without_a_verified_behaviour_whatever_the_reason(engine: Engine) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written plan", outside_reason="a feeling"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        with pytest.raises(Invalid, match="No verified behaviour"):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


@pytest.mark.parametrize("words", ["two days of jail", "remand", "Jail, suspended"])
def test_what_takes_liberty_is_refused_without_its_gates(engine: Engine, words: str) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what=words, outside_reason="serious"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        with pytest.raises(GateMissing, match="counsel"):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


ADJUSTED = ChosenResponse(kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what=" Transport  help")


def test_a_service_adjustment_can_never_be_chosen_as_a_sanction(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        form = a_form(bench, responses=(replace(ADJUSTED, outside_reason="she lives far away"),))
        with pytest.raises(Invalid, match="never a sanction"):
            decide(session, bench.judge, form, now=NOW)


@pytest.mark.parametrize("kind", [AttendanceKind.UNVERIFIED, AttendanceKind.CANCELLED, AttendanceKind.EXCUSED])
def test_a_session_that_is_no_verified_failure_can_trigger_no_sanction(engine: Engine, kind: AttendanceKind) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        day = TODAY - timedelta(days=10)
        record_attendance(session, bench.clerk, bench.referral.id, day, kind, now=NOW, reason="illness")
        _no_sanction(session, bench)


def test_a_disputed_absence_can_trigger_no_sanction(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        day, missed = TODAY - timedelta(days=10), AttendanceKind.MISSED
        record_attendance(session, bench.clerk, bench.referral.id, day, missed, now=NOW, disputed=True)
        _no_sanction(session, bench)


@pytest.mark.parametrize("received_on", [None, TODAY - timedelta(days=1)], ids=["a missing report", "a late report"])
def test_a_providers_report_can_trigger_no_sanction(engine: Engine, received_on: date | None) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        provider_id = session.exec(select(col(Release.provider_id)).where(col(Release.case_id) == bench.case.id)).one()
        due_on = TODAY - timedelta(days=20)
        report = Report(
            court_id=bench.court.id,
            case_id=bench.case.id,
            appearance_id=bench.appearance.id,
            provider_id=provider_id,
            period_from=due_on - timedelta(days=14),
            period_to=due_on,
            due_on=due_on,
            state=ReportState.RECEIVED if received_on else ReportState.EXPECTED,
            received_on=received_on,
            versions=int(received_on is not None),
        )
        session.add(report)
        _no_sanction(session, bench)


def _no_sanction(session: Session, bench: Bench) -> None:
    talk = ChosenResponse(
        kind=ResponseKind.SANCTION,
        behaviour=Behaviour.ABSENCE,
        what="conversation with the judge",
        outside_reason="the judge's own",
    )
    with pytest.raises(Invalid, match="No verified behaviour"):
        decide(session, bench.judge, a_form(bench, responses=(talk,)), now=NOW)


@pytest.mark.parametrize(
    ("story", "said"), [(absent, "a range for unacceptable absence"), (attended, "a range for attending all sessions")]
)
def test_to_answer_nothing_where_the_policy_has_a_range_needs_a_reason_and_is_kept(
    engine: Engine, story: Story, said: str
) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        story(session, bench, 10)
        form = a_form(bench, left_reason=None)
        session.commit()
        with pytest.raises(Invalid, match=said), transaction(engine) as refused:
            decide(refused, bench.judge, form, now=NOW)
        decide(session, bench.judge, replace(form, left_reason="She comes back tomorrow with counsel."), now=NOW)
    with reading(engine) as session:
        left = session.exec(select(LeftUnanswered)).one()
        assert (left.reason, left.decided_on) == ("She comes back tomorrow with counsel.", TODAY)
        assert left.because
        assert left.offered


def test_a_reason_for_answering_nothing_is_kept_only_where_nothing_is_answered(engine: Engine) -> None:
    talk = ChosenResponse(kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="conversation with the judge")
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(talk,), left_reason="written before"), now=NOW)
        assert session.exec(select(LeftUnanswered)).all() == []


@pytest.mark.parametrize("outcome", [Outcome.ADJOURNED, Outcome.EXCUSED])
def test_who_is_not_before_the_court_is_answered_another_day(engine: Engine, outcome: Outcome) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, outcome=outcome, left_reason=None), now=NOW)
        assert session.exec(select(LeftUnanswered)).all() == []


def test_to_choose_what_to_do_about_a_missed_appearance_is_an_answer(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        form = a_form(
            bench, outcome=Outcome.DID_NOT_APPEAR, missed=MissedAppearance.ADVANCE_WITH_COUNSEL, left_reason=None
        )
        decide(session, bench.judge, form, now=NOW)
        assert session.exec(select(LeftUnanswered)).all() == []


def test_an_incentive_of_the_same_day_answers_no_absence(engine: Engine) -> None:
    own = ChosenResponse(
        kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a letter", outside_reason="she asked for it"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(own,)), now=NOW)
        session.flush()
        policy, days = bench.judge.policy_on(TODAY), sitting.court_days(session, bench.judge)
        facts = facts_of_case(session, bench.judge, bench.case.id, on=TODAY, policy=policy, court_days=days)
        assert facts.absences.unanswered == 1
