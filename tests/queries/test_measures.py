"""The measures of a court as it is stored: what counts, what never does, and whose cases are behind a number."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import dispute_attendance, record_attendance
from models.commands.decisions import decide
from models.commands.given_responses import take_back_response
from models.commands.responses import ChosenResponse
from models.database import reading, transaction
from models.errors import NotPermitted
from models.queries.measures import cases_behind, measures_of
from models.rules.measured import Measures
from models.rules.vocabulary import AttendanceKind, Behaviour, MissedAppearance, Outcome, ResponseKind, Role, Stage
from models.scope import Actor
from models.tables import Attendance, CourtSession, Response
from tests.builders import NOW, TODAY, a_case, an_actor, an_appearance
from tests.commands.bench_stories import a_bench, a_form, absent, attended
from tests.statements import counted

FIRST = TODAY - timedelta(days=59)
TALK = ChosenResponse(kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="conversation with the judge")
PRAISE = ChosenResponse(kind=ResponseKind.INCENTIVE, behaviour=Behaviour.ATTENDED_ALL, what="praise from the bench")


def _measured(session: Session, viewer: Actor) -> Measures:
    session.flush()
    return measures_of(session, viewer, FIRST, TODAY, today=TODAY)


def test_an_absence_is_answered_by_the_first_response_after_it(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        assert (_measured(session, bench.judge).certainty.of, _measured(session, bench.judge).waiting) == (0, 1)
        decide(session, bench.judge, a_form(bench, responses=(TALK,)), now=NOW)
        found = _measured(session, bench.judge)
        assert (found.certainty.said(), found.swiftness.days, found.sanctions) == ("1 of 1", (10,), 1)
        assert [(line.label, line.certainty.of) for line in found.by_phase] == [("Welcome", 1)]


def test_a_withdrawn_response_is_counted_no_more(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(TALK,)), now=NOW)
        session.flush()
        given = session.exec(select(col(Response.id))).one()
        take_back_response(session, bench.judge, given, "It was the provider's.", now=NOW)
        found = _measured(session, bench.judge)
        assert (found.certainty.said(), found.sanctions) == ("0 of 1", 0)


@pytest.mark.parametrize("kind", [one for one in AttendanceKind if one is not AttendanceKind.MISSED])
def test_what_is_no_verified_failure_is_in_no_share(engine: Engine, kind: AttendanceKind) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        day = TODAY - timedelta(days=10)
        record_attendance(session, bench.clerk, bench.referral.id, day, kind, now=NOW, reason="illness")
        found = _measured(session, bench.judge)
        assert (found.certainty.of, found.waiting) == (0, 0)


def test_a_disputed_absence_is_in_no_share(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        session.flush()
        one = session.exec(select(col(Attendance.id))).one()
        dispute_attendance(session, bench.clerk, one, "The door was locked.", now=NOW)
        assert (_measured(session, bench.judge).certainty.of, _measured(session, bench.judge).waiting) == (0, 0)


def test_what_was_left_and_what_was_outside_the_range_have_their_reasons(engine: Engine) -> None:
    own = ChosenResponse(
        kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a letter", outside_reason="she asked for it"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(own,)), now=NOW)
        behind = _measured(session, bench.judge).behind
        assert [item.reason for item in behind["Outside the range"]] == ["she asked for it"]
        assert [item.reason for item in behind["No response, with a reason"]] == ["Counsel is heard first."]
        assert len(behind["Not answered"]) == 1


def test_what_went_well_and_was_praised_is_answered(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        attended(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(PRAISE,)), now=NOW)
        found = _measured(session, bench.judge)
        assert (found.certainty.said(), found.incentives) == ("1 of 1", 1)


def test_to_choose_what_to_do_about_a_missed_appearance_answers_it_that_day(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        form = a_form(bench, outcome=Outcome.DID_NOT_APPEAR, missed=MissedAppearance.ADVANCE_WITH_COUNSEL)
        decide(session, bench.judge, form, now=NOW)
        found = _measured(session, bench.judge)
        assert (found.certainty.said(), found.swiftness.days) == ("1 of 1", (0,))


def test_a_sealed_case_and_another_courts_are_in_no_number(engine: Engine) -> None:
    with transaction(engine) as session:
        bench, other = a_bench(session), a_bench(session, name="Another court")
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(TALK,)), now=NOW)
        session.flush()
        assert _measured(session, other.judge).behind == {}
        assert cases_behind(session, other.judge, [bench.case.id]) == {}
        assert list(cases_behind(session, bench.judge, [bench.case.id])) == [bench.case.id]
        bench.case.stage = Stage.SEALED
        session.add(bench.case)
        assert _measured(session, bench.judge).behind == {}
        assert cases_behind(session, bench.judge, [bench.case.id]) == {}


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_the_measures_are_the_judges_and_the_coordinators(engine: Engine, role: Role) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        who = an_actor(session, bench.court, role, username="somebody else")
        for ask in (
            lambda: measures_of(session, who, FIRST, TODAY, today=TODAY),
            lambda: cases_behind(session, who, []),
        ):
            with pytest.raises(NotPermitted):
                ask()


def test_four_statements_however_many_cases(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10, 8, 6)
        sitting = session.get_one(CourtSession, bench.appearance.court_session_id)
        for number in range(3):
            case = a_case(session, bench.part, number=f"2026-QN-0100{number}", name=f"Rosa {number}")
            an_appearance(session, case, sitting, position=number + 2)
    with reading(engine) as session, counted(engine) as sent:
        measures_of(session, bench.judge, FIRST, TODAY, today=TODAY)
        assert len(sent) == 4
