"""What a part still has to result, and what the printed lists add to the docket."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.appearances import calendar_case
from models.database import reading, transaction
from models.queries.docket_paper import paper
from models.queries.to_result import to_result
from models.rules.vocabulary import (
    FollowUpKind,
    Move,
    Outcome,
    Purpose,
    Stage,
)
from models.tables import Appearance, CourtSession, Decision, FollowUp, Part
from tests.builders import NOW, TODAY, a_case, a_sitting, an_appearance
from tests.docket_stories import counted, held
from tests.queries.docket_day import Day


def yesterday(session: Session, part: Part) -> CourtSession:
    return a_sitting(session, part, TODAY - timedelta(days=1))


def test_an_appearance_of_yesterday_without_an_outcome_is_to_result_and_todays_is_not(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        before = yesterday(session, day.part)
        case = a_case(session, day.part, number="2026-QN-00099", name="Nadia Serova")
        an_appearance(session, case, before)
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [(row.name, row.on, row.session_id) for row in waiting.no_outcome] == [
        ("Nadia S.", TODAY - timedelta(days=1), before.id)
    ]
    assert waiting.no_next_date == (), "its date has passed, but what became of it comes first"


def test_what_is_not_called_yet_is_to_result_once_todays_session_has_begun(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        held(session, day.appearances[0])
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [row.name for row in waiting.no_outcome] == ["Dara P.", "Rosa V.", "Jo T."]


def test_a_case_in_the_program_without_a_next_date_is_to_result_until_it_has_one(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        case = a_case(session, day.part, number="2026-QN-00099", name="Nadia Serova")
        an_appearance(session, case, yesterday(session, day.part), outcome=Outcome.APPEARED)
        (row,) = to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date
        assert (row.docket_number, row.last_on, row.reason) == ("2026-QN-00099", TODAY - timedelta(days=1), None)
        later = a_sitting(session, day.part, TODAY + timedelta(days=7))
        calendar_case(session, day.clerk, case.id, later.id, Purpose.REVIEW, now=NOW)
        assert to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date == ()


def test_a_case_held_today_without_a_next_date_is_to_result_today(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        held(session, day.appearances[0])
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [row.docket_number for row in waiting.no_next_date] == ["2026-QN-00001"]


def test_a_recorded_reason_for_no_next_date_is_shown_and_not_counted(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        held(session, day.appearances[0])
        decision = Decision(
            court_id=day.court.id,
            case_id=day.appearances[0].case_id,
            appearance_id=day.appearances[0].id,
            version=1,
            token=uuid4(),
            outcome=Outcome.APPEARED,
            no_next_date_reason="She moves to another county",
            decided_on=TODAY,
            recorded_by=day.clerk.person,
            recorded_at=NOW,
        )
        session.add(decision)
        session.flush()
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [row.reason for row in waiting.no_next_date] == ["She moves to another county"]
    assert waiting.unexplained == ()


def test_closed_and_sealed_cases_owe_no_next_date(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        a_case(session, day.part, number="2026-QN-00098", stage=Stage.DISMISSED)
        a_case(session, day.part, number="2026-QN-00099", stage=Stage.SEALED)
        assert to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date == ()


def test_what_is_to_result_takes_two_statements(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        before = yesterday(session, day.part)
        for n in range(20, 50):
            an_appearance(session, a_case(session, day.part, number=f"2026-QN-{n:05d}"), before)
            a_case(session, day.part, number=f"2026-QO-{n:05d}")
    with reading(engine) as session, counted(engine) as sent:
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert (len(waiting.no_outcome), len(waiting.no_next_date), len(sent)) == (30, 30, 2)


def test_paper_has_the_promise_of_the_last_appearance_and_open_follow_ups_only(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        case_id = day.appearances[0].case_id
        for days_ago, promised in ((30, "A bus pass"), (14, "A call to the shelter")):
            before = a_sitting(session, day.part, TODAY - timedelta(days=days_ago))
            old = Appearance(
                court_id=day.court.id,
                case_id=case_id,
                court_session_id=before.id,
                purpose=Purpose.REVIEW,
                position=1,
                minutes=5,
                added_at=NOW,
                changed_at=NOW,
            )
            session.add(old)
            held(session, old, promised)
        session.add_all([a_follow_up(day, case_id, "1"), a_follow_up(day, case_id, "2", done=True)])
        session.flush()
        found = paper(session, day.clerk, day.sitting.id, today=TODAY)
    assert found.promises[case_id].words == "A call to the shelter"
    assert [one.reason for one in found.follow_ups[case_id]] == ["Occurrence 1"]


def a_follow_up(day: Day, case_id: UUID, occurrence: str, *, done: bool = False) -> FollowUp:
    return FollowUp(
        court_id=day.court.id,
        case_id=case_id,
        kind=FollowUpKind.MANUAL,
        occurrence=occurrence,
        reason=f"Occurrence {occurrence}",
        move=Move.COURT,
        since=TODAY,
        due_on=TODAY,
        done_on=TODAY if done else None,
        written_at=NOW,
    )
