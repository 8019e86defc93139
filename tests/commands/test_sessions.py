"""Opening, changing and closing court sessions."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.appearances import calendar_case
from models.commands.sessions import (
    Usual,
    change_session,
    close_session,
    open_session,
    open_sessions_weekly,
    reopen_session,
)
from models.database import transaction
from models.errors import Conflict, CourtClosed, Invalid, NoRoom, NotPermitted
from models.rules.vocabulary import AppearanceState, Purpose, Role, SessionState
from models.scope import Actor
from models.tables import Appearance, Closure, CourtSession, Part
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)


def tell(session: Session) -> tuple[Actor, Part]:
    court = a_court(session)
    return an_actor(session, court, Role.CLERK), a_part(session, court)


def test_a_new_session_is_as_its_part_usually_sits(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        opened = open_session(session, clerk, part.id, NEXT, now=NOW)
        assert (opened.judge_id, opened.starts_at) == (part.judge_id, time(9, 30))
        assert (opened.capacity_cases, opened.capacity_minutes, opened.purposes) == (25, 150, [])
        assert opened.state == SessionState.OPEN


def test_no_session_is_opened_twice_on_a_closed_day_or_in_the_past(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        open_session(session, clerk, part.id, NEXT, now=NOW)
        with pytest.raises(Conflict):
            open_session(session, clerk, part.id, NEXT, now=NOW)
        with pytest.raises(CourtClosed, match="a Saturday"):
            open_session(session, clerk, part.id, NEXT + timedelta(days=1), now=NOW)
        with pytest.raises(Invalid):
            open_session(session, clerk, part.id, TODAY - timedelta(days=1), now=NOW)


def test_a_row_of_sessions_leaves_out_closed_days_and_says_which(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        session.add(Closure(court_id=part.court_id, closed_on=date(2026, 12, 25), name="Christmas", confirmed_at=NOW))
        usual = Usual(capacity_cases=10, purposes=frozenset({Purpose.REVIEW}))
        opened = open_sessions_weekly(session, clerk, part.id, 4, 2, NEXT, date(2027, 1, 22), now=NOW, as_usual=usual)
        assert [one.held_on for one in opened.sessions] == [NEXT, date(2027, 1, 8), date(2027, 1, 22)]
        assert opened.skipped == ((date(2026, 12, 25), "Christmas"),)
        assert {one.capacity_cases for one in opened.sessions} == {10}


def test_opening_the_same_row_again_opens_nothing(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        open_sessions_weekly(session, clerk, part.id, 4, 1, NEXT, AFTER, now=NOW)
        again = open_sessions_weekly(session, clerk, part.id, 4, 1, NEXT, AFTER, now=NOW)
        assert again.sessions == ()
        assert len(again.skipped) == 2


def test_fewer_places_than_booked_need_a_reason_that_stays_with_the_session(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        sitting = open_session(session, clerk, part.id, NEXT, now=NOW)
        for number in range(2):
            case = a_case(session, part, number=f"2026-000{number}")
            calendar_case(session, clerk, case.id, sitting.id, Purpose.REVIEW, now=NOW)
        with pytest.raises(NoRoom, match="2 cases and 10 minutes are booked"):
            change_session(session, clerk, sitting.id, now=NOW, capacity_cases=1)
        changed = change_session(session, clerk, sitting.id, now=NOW, capacity_cases=1, reason="half a morning")
        assert (changed.capacity_cases, changed.note) == (1, "half a morning")


def test_a_session_keeps_what_is_not_changed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        sitting = open_session(session, clerk, part.id, NEXT, now=NOW)
        change_session(session, clerk, sitting.id, now=NOW, starts_at=time(14, 0))
        assert (sitting.starts_at, sitting.capacity_cases, sitting.judge_id) == (time(14, 0), 25, part.judge_id)


def test_closing_a_session_moves_every_case_as_planned_or_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        closing, small = a_sitting(session, part, NEXT), a_sitting(session, part, AFTER, cases=1)
        moves = [
            an_appearance(session, a_case(session, part, number=f"2026-000{n}"), closing, position=n) for n in (1, 2)
        ]
        ids = [one.id for one in moves]
        closing_id, small_id = closing.id, small.id
    plan = tuple((one, small_id) for one in ids)
    with pytest.raises(NoRoom), transaction(engine) as session:
        close_session(session, clerk, closing_id, "burst pipe", plan, now=NOW)
    with transaction(engine) as session:
        assert session.get_one(CourtSession, closing_id).state == SessionState.OPEN
        moved = close_session(session, clerk, closing_id, "burst pipe", plan, now=NOW, over_reason="a burst pipe")
        assert [one.position for one in moved] == [1, 2]
        assert session.get_one(CourtSession, closing_id).closed_reason == "burst pipe"
        old = session.exec(select(Appearance.state).where(col(Appearance.court_session_id) == closing_id))
        assert set(old) == {AppearanceState.MOVED}


def test_a_plan_from_an_older_picture_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        closing = a_sitting(session, part, NEXT)
        an_appearance(session, a_case(session, part), closing)
        with pytest.raises(Conflict, match="changed meanwhile"):
            close_session(session, clerk, closing.id, "burst pipe", (), now=NOW)


def test_a_closed_session_may_take_place_after_all_but_not_on_a_closed_day(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        sitting = open_session(session, clerk, part.id, NEXT, now=NOW)
        close_session(session, clerk, sitting.id, "burst pipe", (), now=NOW)
        assert reopen_session(session, clerk, sitting.id, now=NOW).state == SessionState.OPEN
        close_session(session, clerk, sitting.id, "burst pipe", (), now=NOW)
        session.add(Closure(court_id=part.court_id, closed_on=NEXT, name="a holiday", confirmed_at=NOW))
        session.flush()
        with pytest.raises(CourtClosed):
            reopen_session(session, clerk, sitting.id, now=NOW)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR])
def test_judge_and_coordinator_change_no_session(sqlite_engine: Engine, role: Role) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        reader = replace(clerk, roles=frozenset({role}))
        sitting = a_sitting(session, part, NEXT)
        with pytest.raises(NotPermitted):
            open_session(session, reader, part.id, AFTER, now=NOW)
        with pytest.raises(NotPermitted):
            change_session(session, reader, sitting.id, now=NOW, capacity_cases=30)
        with pytest.raises(NotPermitted):
            close_session(session, reader, sitting.id, "a wish", (), now=NOW)
