"""A judge's absence: who sits meanwhile, what cannot be held, and that taking it back undoes it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.appearances import calendar_case
from models.commands.judge_absences import record_absence, remove_absence
from models.commands.sessions import close_session, open_session, reopen_session
from models.database import transaction
from models.errors import Conflict, CourtClosed, Invalid, NotFound, NotPermitted
from models.queries.judge_absences import judge_absences, sessions_not_held
from models.rules.court_days import with_closure
from models.rules.judge_absences import Away
from models.rules.vocabulary import Purpose, Role
from models.scope import Actor
from models.sitting import court_days, open_sessions
from models.tables import AuditEvent, Judge, JudgeAbsence, Part
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor
from tests.statements import counted

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)


def tell(session: Session) -> tuple[Actor, Part, Judge]:
    court = a_court(session)
    other = Judge(court_id=court.id, name="Hon. M. Okafor")
    session.add(other)
    return an_actor(session, court, Role.CLERK), a_part(session, court), other


def test_coming_sessions_name_the_substitute_until_the_absence_is_taken_back(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part, other = tell(session)
        during, after = a_sitting(session, part, NEXT), a_sitting(session, part, AFTER)
        away = record_absence(session, clerk, part.judge_id, TODAY, NEXT, now=NOW, substitute_id=other.id)
        assert (during.judge_id, during.substitute_for) == (other.id, part.judge_id)
        assert (after.judge_id, after.substitute_for) == (part.judge_id, None)
        assert sessions_not_held(session, clerk, TODAY, AFTER) == ()
        assert [(one.judge, one.substitute) for one in judge_absences(session, clerk, NEXT, AFTER)] == [
            ("Judge of Part 12", "Hon. M. Okafor")
        ]
        remove_absence(session, clerk, away.id, now=NOW)
        assert (during.judge_id, during.substitute_for) == (part.judge_id, None)
        actions = session.exec(select(AuditEvent.action)).all()
        assert {"record_judge_absence", "remove_judge_absence"} <= set(actions)


def test_without_a_substitute_a_session_is_offered_to_nobody_and_named_with_the_reason(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part, _ = tell(session)
        sitting, later = a_sitting(session, part, NEXT), a_sitting(session, part, AFTER)
        record_absence(session, clerk, part.judge_id, NEXT, NEXT, now=NOW, reason="training")
        assert [one.id for one in open_sessions(session, clerk, TODAY, AFTER)] == [later.id]
        found = sessions_not_held(session, clerk, TODAY, AFTER)
        assert [(one.session_id, one.reason) for one in found] == [
            (sitting.id, "Judge of Part 12 is away on 11 December (training), and nobody sits in that place.")
        ]
        with pytest.raises(CourtClosed, match="is away on 11 December"):
            calendar_case(session, clerk, a_case(session, part).id, sitting.id, Purpose.REVIEW, now=NOW)


def test_when_the_substitute_is_away_too_nobody_sits_unless_somebody_sits_for_her(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part, other = tell(session)
        third = Judge(court_id=clerk.court_id, name="Hon. S. Lindqvist")
        session.add(third)
        sitting = a_sitting(session, part, NEXT)
        record_absence(session, clerk, part.judge_id, NEXT, NEXT, now=NOW, substitute_id=other.id)
        away = record_absence(session, clerk, other.id, NEXT, AFTER, now=NOW)
        assert [one.session_id for one in sessions_not_held(session, clerk, NEXT, NEXT)] == [sitting.id]
        assert open_sessions(session, clerk, NEXT, NEXT) == ()
        remove_absence(session, clerk, away.id, now=NOW)
        record_absence(session, clerk, other.id, NEXT, AFTER, now=NOW, substitute_id=third.id)
        assert (sitting.judge_id, sitting.substitute_for) == (third.id, part.judge_id)


def test_what_an_absence_or_a_closure_would_do_is_seen_before_it_is_recorded(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part, _ = tell(session)
        sitting = a_sitting(session, part, NEXT)
        supposed = Away(judge_id=part.judge_id, first_on=NEXT, last_on=NEXT)
        closed = with_closure(court_days(session, clerk), NEXT, "Power cut", time(9, 0))
        session.flush()
        with counted(engine) as statements:
            by_absence = sessions_not_held(session, clerk, TODAY, AFTER, supposing_away=[supposed])
        assert len(statements) == 3
        by_closure = sessions_not_held(session, clerk, TODAY, AFTER, supposing_closed=closed)
        assert [one.session_id for one in (*by_absence, *by_closure)] == [sitting.id, sitting.id]
        assert sessions_not_held(session, clerk, TODAY, AFTER) == ()


def test_a_session_opened_or_opened_again_during_an_absence_names_the_substitute(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part, other = tell(session)
        closed = open_session(session, clerk, part.id, NEXT, now=NOW)
        close_session(session, clerk, closed.id, "burst pipe", (), now=NOW)
        record_absence(session, clerk, part.judge_id, NEXT, AFTER, now=NOW, substitute_id=other.id)
        assert open_session(session, clerk, part.id, AFTER, now=NOW).judge_id == other.id
        assert reopen_session(session, clerk, closed.id, now=NOW).judge_id == other.id


def test_an_absence_with_days_out_of_order_past_or_twice_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part, _ = tell(session)
        yesterday = TODAY - timedelta(days=1)
        for first, last in ((AFTER, NEXT), (yesterday, yesterday)):
            with pytest.raises(Invalid):
                record_absence(session, clerk, part.judge_id, first, last, now=NOW)
        with pytest.raises(Invalid, match="sit for herself"):
            record_absence(session, clerk, part.judge_id, NEXT, NEXT, now=NOW, substitute_id=part.judge_id)
        record_absence(session, clerk, part.judge_id, NEXT, AFTER, now=NOW)
        with pytest.raises(Conflict, match="11 December to 18 December"):
            record_absence(session, clerk, part.judge_id, AFTER, AFTER, now=NOW)


def test_an_absence_that_has_passed_stays(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part, _ = tell(session)
        away = record_absence(session, clerk, part.judge_id, TODAY, NEXT, now=NOW)
        with pytest.raises(Invalid):
            remove_absence(session, clerk, away.id, now=NOW + timedelta(days=8))
        assert session.exec(select(col(JudgeAbsence.id))).all() == [away.id]


def test_another_court_and_another_role_reach_no_absence(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part, _ = tell(session)
        away = record_absence(session, clerk, part.judge_id, TODAY, NEXT, now=NOW)
        stranger = an_actor(session, a_court(session, name="Elsewhere"), Role.CLERK, username="other")
        with pytest.raises(NotFound):
            remove_absence(session, stranger, away.id, now=NOW)
        with pytest.raises(NotFound):
            record_absence(session, stranger, part.judge_id, AFTER, AFTER, now=NOW)
        assert judge_absences(session, stranger, TODAY, AFTER) == ()
        with pytest.raises(NotPermitted):
            record_absence(session, replace(clerk, roles=frozenset({Role.JUDGE})), part.judge_id, AFTER, AFTER, now=NOW)
