"""The sessions a person means who chooses a date."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from models.rules.chosen_dates import Wish, wished
from models.rules.court_days import CourtDays, with_closure
from models.rules.review_inputs import OpenSession, ReviewInputs

TODAY = date(2026, 12, 4)
FRIDAY, MONDAY, NEXT_FRIDAY = date(2026, 12, 11), date(2026, 12, 14), date(2026, 12, 18)
COURT = with_closure(CourtDays(), date(2026, 12, 25), "Christmas")
INPUTS = ReviewInputs(today=TODAY, last_appearance_on=TODAY, interval_days=28, part="Part 3")


def a_session(on: date, booked: int = 10) -> OpenSession:
    return OpenSession(
        id=UUID(int=on.toordinal()),
        on=on,
        part="Part 3",
        judge="Judge Reyes",
        starts_at=time(9, 30),
        booked_cases=booked,
        capacity_cases=25,
        booked_minutes=50,
        capacity_minutes=150,
    )


SESSIONS = [
    a_session(TODAY),
    a_session(FRIDAY, 25),
    a_session(MONDAY),
    a_session(NEXT_FRIDAY),
    a_session(date(2026, 12, 25)),
]


@pytest.mark.parametrize(
    ("wish", "on", "offered", "best", "says"),
    [
        (
            Wish.FIRST_WITH_ROOM,
            TODAY,
            [MONDAY],
            MONDAY,
            "The first session with room is Part 3 on 14 December (10 of 25 cases).",
        ),
        (
            Wish.THIS_DATE,
            NEXT_FRIDAY,
            [NEXT_FRIDAY],
            NEXT_FRIDAY,
            "The first session of 18 December with room is Part 3 on 18 December (10 of 25 cases).",
        ),
        (
            Wish.THIS_DATE,
            FRIDAY,
            [FRIDAY],
            None,
            "Each session of 11 December is full, or takes another kind of appearance.",
        ),
        (Wish.THIS_DATE, date(2026, 12, 25), [], None, "25 December is Christmas."),
        (Wish.THIS_DATE, date(2026, 12, 16), [], None, "No session of 16 December is open."),
        (
            Wish.THIS_WEEKDAY,
            FRIDAY,
            [FRIDAY, NEXT_FRIDAY],
            NEXT_FRIDAY,
            "The first session on a Friday with room is Part 3 on 18 December (10 of 25 cases).",
        ),
        (Wish.THIS_WEEKDAY, FRIDAY + timedelta(days=1), [], None, "No session on a Saturday is open."),
    ],
)
def test_what_is_offered_is_what_was_asked_for_with_the_reason(
    wish: Wish, on: date, offered: list[date], best: date | None, says: str
) -> None:
    found = wished(wish, INPUTS, SESSIONS, COURT, on)
    assert [one.on for one in found.sessions] == offered
    assert (found.best.on if found.best else None) == best
    assert found.reason == says
