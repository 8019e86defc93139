"""Who sits on a day, and which sessions cannot be held."""

from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.court_days import CourtDays, with_closure
from models.rules.judge_absences import Away, Planned, not_held, who_sits

ALVAREZ, OKAFOR, LINDQVIST = (UUID(int=n) for n in (1, 2, 3))
MONDAY, FRIDAY = date(2026, 12, 7), date(2026, 12, 11)


def away(judge: UUID, substitute: UUID | None = None, first: date = MONDAY, last: date = FRIDAY) -> Away:
    return Away(judge_id=judge, first_on=first, last_on=last, substitute_id=substitute, reason="training")


def planned(on: date = FRIDAY, starts_at: time = time(14, 0)) -> Planned:
    return Planned(
        id=UUID(int=9), on=on, starts_at=starts_at, part="Part 12", judge_id=ALVAREZ, judge="Hon. R. Alvarez"
    )


@pytest.mark.parametrize(
    ("on", "absences", "expected"),
    [
        (FRIDAY, [], ALVAREZ),
        (FRIDAY, [away(OKAFOR)], ALVAREZ),
        (FRIDAY, [away(ALVAREZ, OKAFOR)], OKAFOR),
        (MONDAY, [away(ALVAREZ, OKAFOR)], OKAFOR),
        (date(2026, 12, 12), [away(ALVAREZ, OKAFOR)], ALVAREZ),
        (FRIDAY, [away(ALVAREZ)], None),
        (FRIDAY, [away(ALVAREZ, OKAFOR), away(OKAFOR, LINDQVIST)], LINDQVIST),
        (FRIDAY, [away(ALVAREZ, OKAFOR), away(OKAFOR)], None),
        (FRIDAY, [away(ALVAREZ, OKAFOR), away(OKAFOR, ALVAREZ)], None),
    ],
)
def test_the_judge_sits_or_whoever_sits_for_her_or_nobody(
    on: date, absences: list[Away], expected: UUID | None
) -> None:
    assert who_sits(ALVAREZ, on, absences) == expected


@given(
    st.lists(
        st.builds(
            Away,
            judge_id=st.sampled_from([ALVAREZ, OKAFOR, LINDQVIST]),
            substitute_id=st.sampled_from([ALVAREZ, OKAFOR, LINDQVIST, None]),
            first_on=st.just(MONDAY),
            last_on=st.just(FRIDAY),
        ),
        max_size=6,
    )
)
def test_who_sits_is_never_somebody_who_is_away(absences: list[Away]) -> None:
    assert who_sits(ALVAREZ, FRIDAY, absences) not in {one.judge_id for one in absences}


def test_a_session_without_a_judge_is_named_with_the_reason() -> None:
    found = not_held([planned()], [away(ALVAREZ)], CourtDays())
    assert [one.reason for one in found] == [
        "Hon. R. Alvarez is away on 11 December (training), and nobody sits in that place."
    ]
    assert not_held([planned()], [away(ALVAREZ, OKAFOR)], CourtDays()) == ()


@pytest.mark.parametrize(
    ("starts_at", "held"), [(time(9, 30), True), (time(13, 59), True), (time(14, 0), False), (time(15, 0), False)]
)
def test_where_the_court_closes_at_an_hour_what_began_before_is_held(starts_at: time, held: bool) -> None:
    days = with_closure(CourtDays(), FRIDAY, "Judicial conference", time(14, 0))
    found = not_held([planned(starts_at=starts_at)], [], days)
    assert (found == ()) is held
    if not held:
        assert found[0].reason == "11 December is a day the court is closed from 14:00 (Judicial conference)."
