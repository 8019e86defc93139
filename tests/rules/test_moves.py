"""Moving a closed day: a plan never promises a place that is not there."""

from collections import Counter
from datetime import date, time, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from models.policies import policy_in_force
from models.rules.court_days import CourtDays, is_court_day
from models.rules.moves import ToMove, plan_moves
from models.rules.reviews import OpenSession
from models.rules.vocabulary import Purpose

DAY = date(2026, 12, 4)
USUAL = policy_in_force("demonstration", DAY).sessions


def a_session(number: int, days: int, *, booked: int = 0, places: int = 25, part: str = "Part 12") -> OpenSession:
    return OpenSession(
        id=UUID(int=number),
        on=DAY + timedelta(days=days),
        part=part,
        judge=f"Judge of {part}",
        starts_at=time(9, 30),
        booked_cases=booked,
        capacity_cases=places,
        booked_minutes=booked * 5,
        capacity_minutes=places * 5,
    )


def cases(count: int, *, also_on: frozenset[UUID] = frozenset()) -> list[ToMove]:
    return [
        ToMove(
            id=UUID(int=1000 + number),
            on=DAY,
            part="Part 12",
            judge="Judge of Part 12",
            purpose=Purpose.REVIEW,
            minutes=5,
            also_on=also_on,
        )
        for number in range(count)
    ]


def test_each_case_goes_to_the_next_session_of_the_part_and_the_reason_says_so() -> None:
    (move,) = plan_moves(cases(1), [a_session(1, 7, booked=14), a_session(2, 14)], CourtDays(), today=DAY, usual=USUAL)
    assert move.session is not None
    assert move.session.on == date(2026, 12, 11)
    assert move.reason == "The next session of Part 12 with room is 11 December, 7 days later."


def test_a_place_given_away_is_gone_for_the_next_case() -> None:
    moves = plan_moves(cases(2), [a_session(1, 7, booked=24), a_session(2, 14)], CourtDays(), today=DAY, usual=USUAL)
    assert [move.session.on.day for move in moves if move.session] == [11, 18]
    assert "11 December is full (25 of 25 cases)" in moves[1].reason


def test_a_case_is_not_sent_where_it_already_is() -> None:
    sessions = [a_session(1, 7), a_session(2, 14)]
    (move,) = plan_moves(cases(1, also_on=frozenset({UUID(int=1)})), sessions, CourtDays(), today=DAY, usual=USUAL)
    assert move.session is not None
    assert move.session.id == UUID(int=2)


def test_without_room_anywhere_the_reason_says_what_to_do() -> None:
    (move,) = plan_moves(cases(1), [a_session(1, 7, booked=25)], CourtDays(), today=DAY, usual=USUAL)
    assert move.session is None
    assert move.reason.startswith("No session up to 11 December has room for it. Open a session")


def test_another_judge_is_named() -> None:
    (move,) = plan_moves(cases(1), [a_session(1, 3, part="Part 14")], CourtDays(), today=DAY, usual=USUAL)
    assert move.reason == "Part 14 with Judge of Part 14 has room on 7 December, 3 days later."


@st.composite
def calendars(draw: st.DrawFn) -> tuple[list[ToMove], list[OpenSession], CourtDays]:
    sessions = [
        a_session(
            number,
            draw(st.integers(0, 60)),
            booked=draw(st.integers(0, 8)),
            places=draw(st.integers(1, 6)),
            part=draw(st.sampled_from(["Part 12", "Part 14"])),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    closed = frozenset(DAY + timedelta(days=days) for days in draw(st.lists(st.integers(0, 60), max_size=5)))
    also = frozenset(session.id for session in sessions if draw(st.booleans()) and draw(st.booleans()))
    return cases(draw(st.integers(0, 30)), also_on=also), sessions, CourtDays(closed=closed)


@given(calendars())
def test_a_plan_never_fills_a_session_beyond_its_places_or_puts_a_case_on_a_closed_day(
    told: tuple[list[ToMove], list[OpenSession], CourtDays],
) -> None:
    to_move, sessions, court_days = told
    moves = plan_moves(to_move, sessions, court_days, today=DAY, usual=USUAL)
    assert [move.id for move in moves] == [one.id for one in to_move]
    sent = Counter(move.session.id for move in moves if move.session)
    for session in sessions:
        if sent[session.id]:
            assert session.booked_cases + sent[session.id] <= session.capacity_cases
            assert session.booked_minutes + 5 * sent[session.id] <= session.capacity_minutes
            assert is_court_day(session.on, court_days)
            assert session.on > DAY
            assert session.id not in to_move[0].also_on


@given(calendars())
def test_a_case_is_left_over_only_when_no_session_has_room(
    told: tuple[list[ToMove], list[OpenSession], CourtDays],
) -> None:
    to_move, sessions, court_days = told
    moves = plan_moves(to_move, sessions, court_days, today=DAY, usual=USUAL)
    if any(move.session is None for move in moves):
        sent = Counter(move.session.id for move in moves if move.session)
        for session in sessions:
            possible = session.on > DAY and is_court_day(session.on, court_days)
            if possible and session.id not in to_move[0].also_on:
                assert session.booked_cases + sent[session.id] >= session.capacity_cases
