"""Moving many cases at once: from a fresh preview, all or some, once, and never more than somebody has confirmed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.appearances import change_purpose, move_appearance
from models.commands.bulk_moves import approve
from models.database import transaction
from models.errors import Conflict, CourtClosed, Invalid, NotFound, NotPermitted
from models.rules.court_days import is_court_day
from models.rules.vocabulary import MoveCause, Purpose, Role, SessionState
from models.sitting import court_days, open_sessions
from models.tables import Appearance, AuditEvent, Court, CourtSession, MovedCase
from tests.builders import NOW, a_case, a_court, a_part, a_sitting, an_actor, an_appearance
from tests.commands.bulk_stories import Bulk, approval, tell
from tests.commands.calendar_stories import NEXT


def moved(session: Session) -> list[MovedCase]:
    session.flush()
    return list(session.exec(select(MovedCase).order_by(col(MovedCase.id))))


def test_closing_a_day_moves_its_cases_and_keeps_what_was_done_as_one_row(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        made = story.approve(session, story.day())
        rows = moved(session)
        assert (made.cause, made.whole, made.reason) == (MoveCause.DAY_CLOSED, True, "Snow")
        assert [row.appearance_id for row in rows] == [one.id for one in story.on_it]
        assert {session.get_one(Appearance, row.moved_to_id).court_session_id for row in rows} == {story.after.id}
        assert not is_court_day(NEXT, court_days(session, story.clerk))
        events = session.exec(select(AuditEvent.action)).all()
        assert events.count("approve_bulk_move") == 1


def test_the_same_approval_twice_changes_nothing_the_second_time(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        given = approval(story.look(session, story.day()))
        first = approve(session, story.clerk, story.day(), given, now=NOW)
        session.flush()
        events = len(session.exec(select(AuditEvent.id)).all())
        assert approve(session, story.clerk, story.day(), given, now=NOW).id == first.id
        session.flush()
        assert len(session.exec(select(AuditEvent.id)).all()) == events
        assert len(moved(session)) == 3


def test_the_same_approval_from_two_clicks_at_once_is_one_move(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        given = approval(story.look(session, story.day()))
    gate = Barrier(2)

    def click(_: int) -> UUID:
        with transaction(engine) as session:
            if engine.dialect.name != "sqlite":
                session.connection()
                gate.wait(10)
            return approve(session, story.clerk, story.day(), given, now=NOW).id

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert first == second
    with transaction(engine) as session:
        assert len(moved(session)) == 3


def a_case_more(session: Session, story: Bulk) -> None:
    an_appearance(session, a_case(session, story.part, number="2026-9"), story.next, position=9)


def a_case_changed(session: Session, story: Bulk) -> None:
    change_purpose(session, story.clerk, story.on_it[0].id, Purpose.COMPLETION, now=NOW)


def a_case_gone(session: Session, story: Bulk) -> None:
    later = a_sitting(session, story.part, NEXT.replace(day=28))
    move_appearance(session, story.clerk, story.on_it[0].id, later.id, "counsel is away", now=NOW)


def the_target_filled(session: Session, story: Bulk) -> None:
    an_appearance(session, a_case(session, story.part, number="2026-9"), story.after)


def the_target_closed(session: Session, story: Bulk) -> None:
    story.after.state = SessionState.CLOSED
    session.flush()


@pytest.mark.parametrize(
    "meanwhile",
    [a_case_more, a_case_changed, a_case_gone, the_target_filled, the_target_closed],
    ids=lambda f: f.__name__,
)
def test_a_preview_is_refused_once_the_facts_have_changed(sqlite_engine: Engine, meanwhile: object) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        given = approval(story.look(session, story.day()))
        meanwhile(session, story)  # type: ignore[operator]  # one of the five above
        with pytest.raises(Conflict, match="changed meanwhile"):
            approve(session, story.clerk, story.day(), given, now=NOW)
        assert moved(session) == []


def test_approving_some_moves_those_and_leaves_the_day_open(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        first = story.approve(session, story.day(), only=2)
        assert (first.whole, len(moved(session))) == (False, 2)
        assert is_court_day(NEXT, court_days(session, story.clerk))
        assert session.get_one(CourtSession, story.next.id).state == SessionState.OPEN
        second = story.approve(session, story.day())
        assert (second.whole, len(moved(session))) == (True, 3)
        assert story.next.state == SessionState.CLOSED


def test_a_judges_absence_moves_every_case_of_hers_and_none_of_another(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        other = a_part(session, session.get_one(Court, story.part.court_id), name="Part 14")
        hers = a_sitting(session, other, NEXT)
        story.approve(session, story.away(), reason="The judge is ill")
        assert len(moved(session)) == 3
        assert (story.next.state, story.next.closed_reason) == (SessionState.CLOSED, "The judge is ill")
        assert hers.state == SessionState.OPEN
        assert is_court_day(NEXT, court_days(session, story.clerk))


def test_fewer_places_move_who_is_called_last_and_lower_the_capacity(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        change = story.fewer(session, 2)
        seen = story.look(session, change)
        assert ([row.appearance_id for row in seen.rows], seen.staying) == ([story.on_it[2].id], 2)
        made = story.approve(session, change)
        assert (made.whole, story.next.capacity_cases, story.next.state) == (True, 2, SessionState.OPEN)
        assert [row.appearance_id for row in moved(session)] == [story.on_it[2].id]


def test_the_capacity_stays_until_the_rest_fits(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        made = story.approve(session, story.fewer(session, 1), only=1)
        assert (made.whole, story.next.capacity_cases) == (False, 25)
        assert story.approve(session, story.fewer(session, 1)).whole
        assert story.next.capacity_cases == 1


def test_more_than_the_stated_number_need_a_second_confirmation(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.commands.bulk_moves.MOST_AT_ONCE", 2)
    with transaction(sqlite_engine) as session:
        story = tell(session)
        with pytest.raises(Invalid, match="3 cases would move, more than 2 at once"):
            story.approve(session, story.day())
        assert moved(session) == []
        assert story.approve(session, story.day(), confirmed=True).whole


def test_nobody_chosen_is_said_and_an_empty_day_closes(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        with pytest.raises(Invalid, match="No case is chosen"):
            story.approve(session, story.day(), only=0)
    with transaction(sqlite_engine) as session:
        court = a_court(session, name="Empty")
        a_sitting(session, a_part(session, court), NEXT)
        clerk = an_actor(session, court, Role.CLERK, username="other")
        empty = replace(story, clerk=clerk)
        assert empty.approve(session, empty.day()).whole


def test_no_case_goes_to_a_session_of_the_same_change(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        other = a_sitting(session, a_part(session, session.get_one(Court, story.part.court_id), name="P"), NEXT)
        one = story.on_it[0].id
        seen = story.look(session, story.day())
        fresh = replace(seen, sessions=open_sessions(session, story.clerk, NEXT, NEXT)).stamp({other.id})
        given = approval(seen, plan=((one, other.id),), stamp=fresh)
        with pytest.raises(CourtClosed, match="a session this is about"):
            approve(session, story.clerk, story.day(), given, now=NOW)


def test_another_courts_session_is_as_good_as_none_and_a_judge_approves_nothing(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        change = story.closed(session)
        given = approval(story.look(session, change))
        elsewhere = a_court(session, name="Another Court")
        stranger = an_actor(session, elsewhere, Role.CLERK, username="stranger")
        with pytest.raises(NotFound):
            approve(session, stranger, change, given, now=NOW)
        judge = an_actor(session, elsewhere, Role.JUDGE, username="judge")
        with pytest.raises(NotPermitted):
            approve(session, judge, change, given, now=NOW)
