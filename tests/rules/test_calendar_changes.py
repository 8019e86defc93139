"""A change of the calendar: who leaves a smaller session, who can go back, and when a plan is stale."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar_changes import OnSession, last_called, stamp
from models.rules.putting_back import MovedThen, why_not_back
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, Purpose, Stage
from tests.rules.scenario_tables import Row, situations

SESSION = OpenSession(
    id=UUID(int=1),
    on=date(2026, 12, 11),
    part="Part 12",
    judge="Judge of Part 12",
    starts_at=time(9, 30),
    booked_cases=0,
    capacity_cases=25,
    booked_minutes=0,
    capacity_minutes=150,
)


@pytest.mark.parametrize("row", situations("calendar_changes", "fewer"))
def test_who_is_called_last_leaves_a_session_with_fewer_places(row: Row) -> None:
    on_it = [
        OnSession(id=UUID(int=number), minutes=int(told.split()[-1]), fixed=told.startswith("held"))
        for number, told in enumerate(row["on_it"], start=1)
    ]
    assert [one.int for one in last_called(on_it, row["cases"], row["minutes"])] == row["leave"]


@pytest.mark.parametrize("row", situations("calendar_changes", "back"))
def test_an_undo_puts_back_what_can_go_back_and_says_why_another_stays(row: Row) -> None:
    was = replace(SESSION, on=row["was_on"], capacity_cases=row["places"], booked_cases=row["booked"])
    moved = MovedThen(
        state=AppearanceState(row["state"]),
        stage=Stage(row["stage"]),
        now_on=row["now_on"],
        was_on=row["was_on"],
        was=was if row["takes_place"] else None,
        on_it_again=row["on_it_again"],
        purpose=Purpose.REVIEW,
        minutes=5,
    )
    assert (why_not_back(moved, row["today"]) or "") == row["answer"]


@given(st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=20), st.integers(1, 20), st.integers(1, 300))
def test_the_rest_fits_and_nobody_leaves_for_nothing(told: list[tuple[int, bool]], cases: int, minutes: int) -> None:
    on_it = [OnSession(id=UUID(int=n), minutes=took, fixed=held) for n, (took, held) in enumerate(told)]
    leaving = last_called(on_it, cases, minutes)
    rest = [one for one in on_it if one.id not in leaving]
    fits = len(rest) <= cases and sum(one.minutes for one in rest) <= minutes
    assert fits or all(one.fixed for one in rest)
    if leaving:
        one_more = [*rest, next(one for one in on_it if one.id == leaving[0])]
        assert len(one_more) > cases or sum(one.minutes for one in one_more) > minutes


@pytest.mark.parametrize(
    "changed",
    [
        replace(SESSION, booked_cases=1),
        replace(SESSION, booked_minutes=5),
        replace(SESSION, capacity_cases=24),
        replace(SESSION, judge="Another judge"),
        replace(SESSION, on=date(2026, 12, 18)),
    ],
)
def test_a_plan_is_stale_when_a_session_it_fills_has_changed(changed: OpenSession) -> None:
    assert stamp([], [SESSION]) != stamp([], [changed])


def test_a_plan_is_stale_when_a_case_changed_or_came_and_not_when_the_order_of_reading_did() -> None:
    one, other = (UUID(int=1), 1), (UUID(int=2), 4)
    assert stamp([one, other], []) == stamp([other, one], [])
    assert stamp([one], []) != stamp([one, other], [])
    assert stamp([one], []) != stamp([(one[0], 2)], [])
