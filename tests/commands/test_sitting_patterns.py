"""How a part sits: patterns begin, follow one another and end; their sessions are opened once, and closed ones stay closed."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.judge_absences import record_absence
from models.commands.opening import Usual
from models.commands.sessions import change_session, close_session
from models.commands.sitting_patterns import add_term, begin_pattern, end_pattern, open_pattern
from models.commands.sweeps.sittings import open_ahead
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.queries.sitting_patterns import coming_days, sitting_patterns
from models.rules.sitting_patterns import Pattern
from models.rules.vocabulary import CapacityBy, Purpose, Rhythm, Role, SessionState
from models.scope import Actor, keeper
from models.tables import AuditEvent, Closure, Court, CourtSession, Judge, Part, SittingPattern
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_actor, an_appearance
from tests.statements import counted

FRIDAYS = Pattern(rhythm=Rhythm.WEEKLY, from_on=TODAY, starts_at=time(9, 30), weekday=4)
YEARS_END = date(2026, 12, 31)


def tell(session: Session) -> tuple[Actor, Part]:
    court = a_court(session)
    return an_actor(session, court, Role.CLERK), a_part(session, court)


def held_on(session: Session, state: SessionState = SessionState.OPEN) -> list[date]:
    days = select(CourtSession).where(col(CourtSession.state) == state).order_by(col(CourtSession.held_on))
    return [one.held_on for one in session.exec(days)]


def test_the_sessions_of_a_pattern_are_what_it_says_and_closed_days_are_named(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        session.add(Closure(court_id=part.court_id, closed_on=date(2026, 12, 25), name="Christmas", confirmed_at=NOW))
        sits = Usual(
            capacity_cases=12,
            capacity_by=CapacityBy.CASES,
            kept_for_new=2,
            interpreter_languages=["Spanish", " Korean "],
            purposes=frozenset({Purpose.REVIEW, Purpose.INTAKE}),
        )
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW, as_usual=sits)
        opened = open_pattern(session, clerk, pattern.id, YEARS_END, now=NOW)
        assert [one.held_on.day for one in opened.sessions] == [4, 11, 18]
        assert opened.skipped == ((date(2026, 12, 25), "Christmas"),)
        one = opened.sessions[0]
        assert (one.capacity_cases, one.capacity_minutes, one.capacity_by, one.kept_for_new) == (12, 150, "cases", 2)
        assert (one.interpreter_languages, one.purposes) == (["Korean", "Spanish"], ["intake", "review"])


def test_opened_again_a_session_is_neither_doubled_nor_reopened_nor_put_back_at_its_old_hour(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        first, second, _ = open_pattern(session, clerk, pattern.id, date(2026, 12, 18), now=NOW).sessions
        close_session(session, clerk, first.id, "burst pipe", (), now=NOW)
        change_session(session, clerk, second.id, now=NOW, starts_at=time(11, 0))
        again = open_pattern(session, clerk, pattern.id, date(2026, 12, 18), now=NOW)
        assert again.sessions == ()
        assert held_on(session) == [date(2026, 12, 11), date(2026, 12, 18)]
        assert held_on(session, SessionState.CLOSED) == [TODAY]
        opened = [action for action in session.exec(select(AuditEvent.action)) if action == "open_sessions"]
        assert len(opened) == 1


def test_the_scheduler_keeps_sessions_open_as_far_ahead_as_the_policy_says_and_once(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        court = session.get_one(Court, clerk.court_id)
        machine = keeper(session, court)
        assert open_ahead(session, machine, now=NOW).changed == 27
        assert open_ahead(session, machine, now=NOW).changed == 0
        assert open_ahead(session, machine, now=NOW + timedelta(days=7)).changed == 1
        assert max(held_on(session)) == TODAY + timedelta(weeks=27)


def test_a_pattern_that_takes_anothers_place_ends_it_the_day_before(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        old = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        sessions = open_pattern(session, clerk, old.id, YEARS_END, now=NOW).sessions
        with_case = sessions[-1]
        an_appearance(session, a_case(session, part), with_case)
        mondays = replace(FRIDAYS, from_on=date(2026, 12, 14), weekday=0)
        new = begin_pattern(session, clerk, part.id, mondays, now=NOW, replaces=old.id)
        session.flush()
        assert (old.until_on, new.until_on) == (date(2026, 12, 13), None)
        assert held_on(session) == [TODAY, date(2026, 12, 11), with_case.held_on]
        assert [row.said for row in sitting_patterns(session, clerk, TODAY)] == [
            "Every Friday at 9:30, from 4 December 2026 until 13 December 2026.",
            "Every Monday at 9:30, from 14 December 2026.",
        ]


def test_ending_a_pattern_takes_back_empty_sessions_and_names_those_with_cases(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        sessions = open_pattern(session, clerk, pattern.id, YEARS_END, now=NOW).sessions
        an_appearance(session, a_case(session, part), sessions[2])
        ended = end_pattern(session, clerk, pattern.id, TODAY, now=NOW)
        assert (ended.taken_back, ended.left) == (2, (date(2026, 12, 18),))
        with pytest.raises(Conflict):
            end_pattern(session, clerk, pattern.id, YEARS_END, now=NOW)


def test_a_pattern_that_has_not_begun_is_gone_when_it_ends_unless_cases_are_on_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        later = begin_pattern(session, clerk, part.id, replace(FRIDAYS, from_on=date(2026, 12, 11)), now=NOW)
        sessions = open_pattern(session, clerk, later.id, YEARS_END, now=NOW).sessions
        appearance = an_appearance(session, a_case(session, part), sessions[0])
        with pytest.raises(Conflict, match="There are cases"):
            end_pattern(session, clerk, later.id, TODAY, now=NOW)
        session.delete(appearance)
        session.flush()
        end_pattern(session, clerk, later.id, TODAY, now=NOW)
        session.flush()
        assert session.exec(select(SittingPattern.id)).all() == []


def test_a_pattern_names_who_sits_and_who_sits_for_her(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        other = Judge(court_id=clerk.court_id, name="Hon. M. Okafor")
        session.add(other)
        session.flush()
        record_absence(session, clerk, other.id, TODAY, TODAY, now=NOW, substitute_id=part.judge_id)
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW, as_usual=Usual(judge_id=other.id))
        first, second = open_pattern(session, clerk, pattern.id, date(2026, 12, 11), now=NOW).sessions
        assert (first.judge_id, first.substitute_for) == (part.judge_id, other.id)
        assert (second.judge_id, second.substitute_for) == (other.id, None)


def test_a_term_is_the_courts_and_a_pattern_may_sit_only_within_it(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        within = replace(FRIDAYS, terms=frozenset({"winter term"}))
        with pytest.raises(Invalid, match="no term of that name"):
            begin_pattern(session, clerk, part.id, within, now=NOW)
        add_term(session, clerk, "winter term", date(2026, 12, 10), date(2026, 12, 20), now=NOW)
        session.flush()
        with pytest.raises(Conflict):
            add_term(session, clerk, " winter  term", date(2026, 12, 10), date(2026, 12, 24), now=NOW)
        pattern = begin_pattern(session, clerk, part.id, within, now=NOW)
        assert [one.held_on.day for one in open_pattern(session, clerk, pattern.id, YEARS_END, now=NOW).sessions] == [
            11,
            18,
        ]


def test_a_preview_says_what_is_left_out_and_opens_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk, part = tell(session)
        session.add(Closure(court_id=part.court_id, closed_on=date(2026, 12, 25), name="Christmas", confirmed_at=NOW))
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        open_pattern(session, clerk, pattern.id, TODAY, now=NOW)
        session.flush()
        with counted(engine) as sent:
            days = coming_days(session, clerk, part.id, FRIDAYS, today=TODAY, days=27)
        assert len(sent) == 3
        assert [(day.on.day, day.left_out) for day in days] == [
            (4, "a session is on the calendar already"),
            (11, None),
            (18, None),
            (25, "Christmas"),
        ]
        assert held_on(session) == [TODAY]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(FRIDAYS, from_on=TODAY - timedelta(days=1)),
        replace(FRIDAYS, until_on=TODAY - timedelta(days=1)),
        replace(FRIDAYS, every_weeks=0),
        replace(FRIDAYS, weekday=7),
        replace(FRIDAYS, rhythm=Rhythm.MONTHLY, nth=6),
        replace(FRIDAYS, rhythm=Rhythm.DATED),
        replace(FRIDAYS, rhythm=Rhythm.DATED, dates=frozenset({TODAY - timedelta(days=1)})),
    ],
)
def test_a_pattern_past_or_without_a_day_is_refused_in_words(sqlite_engine: Engine, wrong: Pattern) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        with pytest.raises(Invalid):
            begin_pattern(session, clerk, part.id, wrong, now=NOW)


def test_another_court_and_another_role_change_no_pattern(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        clerk, part = tell(session)
        pattern = begin_pattern(session, clerk, part.id, FRIDAYS, now=NOW)
        session.flush()
        stranger = an_actor(session, a_court(session, name="Elsewhere"), Role.CLERK, username="other")
        judge = replace(clerk, roles=frozenset({Role.JUDGE}))
        for act in (
            lambda who: begin_pattern(session, who, part.id, FRIDAYS, now=NOW),
            lambda who: open_pattern(session, who, pattern.id, YEARS_END, now=NOW),
            lambda who: end_pattern(session, who, pattern.id, YEARS_END, now=NOW),
        ):
            with pytest.raises(NotFound):
                act(stranger)
            with pytest.raises(NotPermitted):
                act(judge)
        assert sitting_patterns(session, stranger, TODAY) == ()
