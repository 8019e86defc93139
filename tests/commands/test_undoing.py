"""One undo of many moves: what can go back goes back, and what stays says why."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.bulk_moves import approve
from models.commands.judge_absences import record_absence
from models.commands.moves import move_appearance
from models.commands.undoing import undo
from models.database import transaction
from models.errors import Conflict, NotFound
from models.rules.court_days import is_court_day
from models.rules.vocabulary import AppearanceState, Outcome, Role, SessionState, Stage
from models.sitting import court_days
from models.tables import Appearance, AuditEvent, BulkMove, Case, MovedCase, Report
from tests.builders import NOW, a_case, a_court, a_sitting, an_actor, an_appearance
from tests.commands.bulk_stories import approval, tell, where
from tests.commands.calendar_stories import NEXT, Story, enrolled


def rows(session: Session) -> list[MovedCase]:
    session.flush()
    return list(session.exec(select(MovedCase).order_by(col(MovedCase.id)).execution_options(populate_existing=True)))


def test_one_undo_puts_the_whole_day_back_as_it_was(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        done = undo(session, story.clerk, made.id, now=NOW)
        assert (done.back, done.stay, done.left) == (3, 0, ())
        assert is_court_day(NEXT, court_days(session, story.clerk))
        assert story.next.state == SessionState.OPEN
        back = [session.get_one(Appearance, row.back_id) for row in rows(session)]
        assert [(one.court_session_id, one.position) for one in back] == [(story.next.id, n) for n in (1, 2, 3)]
        assert {one.state for one in back} == {AppearanceState.SCHEDULED}
        detail = session.exec(select(AuditEvent.detail).where(col(AuditEvent.action) == "undo_bulk_move")).one()
        assert detail == {"back": 3, "stay": 0, "calendar_stays": 0}


def test_a_move_is_undone_once(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        undo(session, story.clerk, made.id, now=NOW)
        session.flush()
        with pytest.raises(Conflict, match="undone already"):
            undo(session, story.clerk, made.id, now=NOW)


def test_what_happened_since_stays_and_says_why(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=4)
        made = story.approve(session, story.day())
        session.flush()
        heard, moved_on, decided, free = (session.get_one(Appearance, row.moved_to_id) for row in rows(session))
        heard.state, heard.outcome = AppearanceState.HELD, Outcome.APPEARED
        later = a_sitting(session, story.part, NEXT + timedelta(days=14))
        move_appearance(session, story.clerk, moved_on.id, later.id, "counsel is away", now=NOW)
        session.get_one(Case, decided.case_id).stage = Stage.DISMISSED
        session.flush()
        done = undo(session, story.clerk, made.id, now=NOW)
        assert (done.back, done.stay) == (1, 3)
        told = rows(session)
        assert [(row.kept_reason or "").partition(",")[0] for row in told] == [
            "Its outcome is recorded at the new date",
            "It was moved again since",
            "The case has been decided since",
            "",
        ]
        assert where(session, told[3].back_id) == story.next.id
        assert session.get_one(Appearance, told[3].back_id).case_id == free.case_id


def test_a_place_another_case_has_taken_is_not_taken_back(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        made = story.approve(session, story.fewer(session, 2))
        session.flush()
        story.next.capacity_cases = 3  # somebody gave one place back, and another case took it
        an_appearance(session, a_case(session, story.part, number="2026-9"), story.next, position=9)
        done = undo(session, story.clerk, made.id, now=NOW)
        assert (done.back, done.stay) == (0, 1)
        assert done.left == ("The places of the session were changed since, so they stay as they are.",)
        assert rows(session)[0].kept_reason == ("The session of 11 December is full (3 of 3 cases).")
        assert story.next.capacity_cases == 3


def test_a_smaller_session_gets_its_places_back(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.fewer(session, 1))
        session.flush()
        assert undo(session, story.clerk, made.id, now=NOW).back == 2
        assert (story.next.capacity_cases, story.next.capacity_minutes) == (25, 150)


def test_sessions_closed_for_an_absent_judge_are_opened_again(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.away())
        session.flush()
        assert undo(session, story.clerk, made.id, now=NOW).back == 3
        assert (story.next.state, story.next.closed_reason) == (SessionState.OPEN, None)


def test_a_day_that_has_passed_is_not_given_back(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        done = undo(session, story.clerk, made.id, now=NOW + timedelta(days=10))
        assert (done.back, done.stay) == (0, 3)
        assert "has passed" in " ".join(done.left)
        assert {row.kept_reason for row in rows(session)} == {"Its old day, 11 December, has passed."}
        assert not is_court_day(NEXT, court_days(session, story.clerk))


def test_a_sealed_case_stays_without_being_looked_at(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        session.get_one(Case, story.on_it[0].case_id).stage = Stage.SEALED
        session.flush()
        done = undo(session, story.clerk, made.id, now=NOW)
        assert (done.back, done.stay) == (2, 1)
        assert rows(session)[0].kept_reason == "The case is no longer on the court's lists."


def test_a_report_is_due_again_as_before(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=0)
        one = Story(
            clerk=story.clerk, part=story.part, next=story.next, after=story.after, case=a_case(session, story.part)
        )
        enrolled(session, one)
        one.calendar(session)
        made = story.approve(session, story.day())
        session.flush()
        report = session.exec(select(Report)).one()
        session.refresh(report)
        assert report.due_on == date(2026, 12, 15)
        undo(session, story.clerk, made.id, now=NOW)
        session.flush()
        session.refresh(report)
        assert (report.due_on, report.appearance_id) == (date(2026, 12, 8), rows(session)[0].back_id)


def test_another_courts_move_does_not_exist(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        stranger = an_actor(session, a_court(session, name="Another Court"), Role.CLERK, username="stranger")
        with pytest.raises(NotFound):
            undo(session, stranger, made.id, now=NOW)


def test_an_undone_day_can_be_closed_again(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        session.flush()
        undo(session, story.clerk, made.id, now=NOW)
        given = approval(story.look(session, story.day()))
        again = approve(session, story.clerk, story.day(), given, now=NOW)
        session.flush()
        assert (again.whole, len(session.exec(select(BulkMove)).all())) == (True, 2)


def test_sessions_of_a_judge_who_is_recorded_as_away_stay_closed_and_say_so(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        record_absence(session, story.clerk, story.part.judge_id, NEXT, NEXT, now=NOW)
        made = story.approve(session, story.away())
        session.flush()
        done = undo(session, story.clerk, made.id, now=NOW)
        assert (done.back, done.stay) == (0, 3)
        assert done.left == ("The judge is recorded as away still, so her sessions stay closed.",)
        assert {row.kept_reason for row in rows(session)} == {"The session of 11 December does not take place."}


def test_a_day_closed_from_an_hour_on_moves_the_later_sessions_and_is_undone(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        noon = replace(story.day(), closed_from=time(9, 30))
        early = replace(story.day(), closed_from=time(14, 0))
        assert story.look(session, early).rows == ()
        made = story.approve(session, noon)
        session.flush()
        assert (made.closed_from, story.next.state) == (time(9, 30), SessionState.CLOSED)
        assert undo(session, story.clerk, made.id, now=NOW).back == 3
