"""Closed days: proposed by a list, confirmed by a person, and closed with a plan where cases are on them."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.closures import add_closure, close_day, confirm_closures, propose_holidays, remove_closure
from models.database import transaction
from models.errors import Conflict, CourtClosed, Invalid
from models.rules.court_days import is_court_day
from models.rules.vocabulary import Outcome, Role, SessionState
from models.scope import Actor
from models.sitting import court_days
from models.tables import Appearance, AuditEvent, Closure, Court, Part
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)
NEW_YEAR = date(2027, 1, 1)


def tell(session: Session) -> tuple[Actor, Part]:
    court = a_court(session)
    return an_actor(session, court, Role.CLERK), a_part(session, court)


def test_a_holiday_list_proposes_and_closes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, _ = tell(session)
        assert propose_holidays(session, clerk, 2027, now=NOW) > 5
        session.flush()
        assert is_court_day(NEW_YEAR, court_days(session, clerk))
        proposed = session.exec(select(Closure).where(col(Closure.closed_on) == NEW_YEAR)).one()
        assert confirm_closures(session, clerk, [proposed.id], now=NOW) == 1
        session.flush()
        assert not is_court_day(NEW_YEAR, court_days(session, clerk))


def test_a_list_proposed_again_proposes_nothing_new(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, _ = tell(session)
        propose_holidays(session, clerk, 2027, now=NOW)
        assert propose_holidays(session, clerk, 2027, now=NOW) == 0
        assert propose_holidays(session, clerk, 2027, now=NOW, state="NY") > 0
        with pytest.raises(Invalid):
            propose_holidays(session, clerk, 2027, now=NOW, state="nowhere")


def test_confirming_a_day_closes_its_empty_sessions(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        sitting = a_sitting(session, part, NEXT)
        add_closure(session, clerk, NEXT, "Court holiday", now=NOW)
        assert (sitting.state, sitting.closed_reason) == (SessionState.CLOSED, "Court holiday")


def test_a_day_with_cases_is_not_closed_without_a_plan_for_them(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        an_appearance(session, a_case(session, part), a_sitting(session, part, NEXT))
        with pytest.raises(Conflict, match="There is 1 case on 11 December"):
            add_closure(session, clerk, NEXT, "Court holiday", now=NOW)


def test_closing_a_day_moves_the_cases_of_all_its_sessions(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        other = a_part(session, a_court_of(session, part), name="Part 14")
        target = a_sitting(session, part, AFTER)
        plan = []
        for number, where in enumerate((part, other)):
            case = a_case(session, where, number=f"2026-000{number}")
            plan.append((an_appearance(session, case, a_sitting(session, where, NEXT)).id, target.id))
        done = close_day(session, clerk, NEXT, "Snow", tuple(plan), now=NOW)
        session.flush()
        assert (done.sessions, len(done.moved)) == (2, 2)
        assert {one.court_session_id for one in done.moved} == {target.id}
        assert not is_court_day(NEXT, court_days(session, clerk))
        events = session.exec(select(AuditEvent.action)).all()
        assert events.count("move_appearance") == 2
        assert events.count("close_day") == 1


def a_court_of(session: Session, part: Part) -> Court:
    return session.get_one(Court, part.court_id)


def test_no_case_moves_to_another_session_of_the_closed_day(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        other = a_part(session, a_court_of(session, part), name="Part 14")
        one = an_appearance(session, a_case(session, part), a_sitting(session, part, NEXT))
        same_day = a_sitting(session, other, NEXT)
        with pytest.raises(CourtClosed):
            close_day(session, clerk, NEXT, "Snow", ((one.id, same_day.id),), now=NOW)


def test_an_outcome_recorded_before_the_day_was_closed_stays(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        today, target = a_sitting(session, part, TODAY), a_sitting(session, part, NEXT)
        held = an_appearance(session, a_case(session, part), today, outcome=Outcome.APPEARED)
        waiting = an_appearance(session, a_case(session, part, number="2026-0002"), today, position=2)
        close_day(session, clerk, TODAY, "Power cut at noon", ((waiting.id, target.id),), now=NOW)
        assert session.get_one(Appearance, held.id).outcome == Outcome.APPEARED


def test_a_day_is_closed_once_and_never_after_it_has_passed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, _ = tell(session)
        close_day(session, clerk, NEXT, "Snow", (), now=NOW)
        session.flush()
        with pytest.raises(Conflict):
            close_day(session, clerk, NEXT, "Snow", (), now=NOW)
        with pytest.raises(Invalid):
            close_day(session, clerk, TODAY - timedelta(days=1), "Snow", (), now=NOW)
        with pytest.raises(Invalid):
            close_day(session, clerk, AFTER, "  ", (), now=NOW)


def test_a_closure_is_removed_until_its_day_has_passed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, _ = tell(session)
        closure = add_closure(session, clerk, NEXT, "Court holiday", now=NOW)
        session.flush()
        with pytest.raises(Invalid):
            remove_closure(session, clerk, closure.id, now=NOW + timedelta(days=8))
        remove_closure(session, clerk, closure.id, now=NOW)
        session.flush()
        assert is_court_day(NEXT, court_days(session, clerk))
