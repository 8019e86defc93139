"""Load ahead: each case is expected in the rhythm of its phase until it completes, and every number says how it is made up."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.policies import policy_in_force
from models.rules.capacity import Load
from models.rules.forecast import forecast
from models.rules.vocabulary import CapacityBy
from models.rules.weeks_ahead import RECENT_WEEKS, WEEKS, CaseAhead, Forecast, Intake, Pace, SittingAhead
from tests.rules.scenario_tables import Row, situations

TODAY = date(2026, 12, 4)
MONDAY = date(2026, 11, 30)
POLICY = policy_in_force("demonstration", TODAY)
WEEKLY = Pace(attended=10, days=70)
PART = "Part 12"


def a_load(booked: int = 0, places: int = 25, minutes: int = 125, by: CapacityBy = CapacityBy.EITHER) -> Load:
    return Load(
        booked_cases=booked,
        capacity_cases=places,
        booked_minutes=booked * 5,
        capacity_minutes=minutes,
        capacity_by=by,
    )


def fridays(every: int = 1) -> list[SittingAhead]:
    return [SittingAhead(part=PART, on=TODAY + timedelta(weeks=n), load=a_load()) for n in range(0, WEEKS, every)]


def a_case(**known: object) -> CaseAhead:
    told = {"part": PART, "program": "six-sessions", "phase": 0, "phase_since": None, "attended": 0, "from_on": TODAY}
    return CaseAhead(**told | known)  # type: ignore[arg-type]  # each a field of a case


def ahead(
    cases: list[CaseAhead], sittings: list[SittingAhead], intakes: tuple[Intake, ...] = (), pace: Pace = WEEKLY
) -> Forecast:
    return forecast(cases, intakes, sittings, POLICY, pace, today=TODAY)


@pytest.mark.parametrize("row", situations("forecast", "reviews"))
def test_a_case_is_expected_in_the_rhythm_of_its_phase_until_it_completes(row: Row) -> None:
    case = a_case(
        program=row["program"] or None,
        phase=row["phase"],
        phase_since=row["phase_since"] if row["program"] else None,
        attended=row["attended"],
        from_on=row["from_on"],
        ends_next=row["ends_next"],
    )
    sittings = fridays(3 if row["sits"] == "every third" else 1)
    made = ahead([case], sittings, pace=Pace(attended=10, days=10 * row["every"]))
    assert [week for week, one in enumerate(made.weeks) for _ in range(round(one.reviews))] == row["reviews"]


@pytest.mark.parametrize("row", situations("forecast", "weeks"))
def test_a_week_says_what_is_expected_for_how_many_places(row: Row) -> None:
    load = a_load(row["booked"], row["places"], row["minutes"], CapacityBy(row["by"]))
    waiting = [a_case(ends_next=True, from_on=date(2026, 11, 20)) for _ in range(row["expects"])]
    week = ahead(waiting, [SittingAhead(part=PART, on=date(2026, 12, 11), load=load)]).weeks[1]
    assert week.said == row["answer"]
    assert week.over == int(row["answer"].partition("; ")[2].partition(" ")[0] or 0)


def test_new_cases_need_a_first_appearance_and_then_the_reviews_of_a_fresh_mandate() -> None:
    intake = Intake(part=PART, opened=2 * RECENT_WEEKS, accepted=RECENT_WEEKS)
    new = [one.new for one in ahead([], fridays(), (intake,)).weeks]
    assert new[0] == 0  # nobody is expected to come before next week
    assert new[1:3] == [2, 2]  # first appearances alone
    assert new[3] == pytest.approx(3)  # and the first reviews of those who came in week 1
    assert new[7:] == [pytest.approx(4)] * 19  # and their completions, four weeks later


def test_overloaded_weeks_are_named_and_a_part_that_sits_no_more_has_no_place() -> None:
    waiting = [a_case(ends_next=True, from_on=date(2026, 11, 20)) for _ in range(3)]
    (week,) = ahead(waiting, []).overloaded
    assert (week.week_on, week.over, week.sessions) == (MONDAY, 3, 0)
    assert week.said == "no session; 3 expected: 0 calendared, 3 expected reviews, 0 for new cases"


def test_days_that_only_a_pattern_asks_for_are_places_and_said_so() -> None:
    asked_for = SittingAhead(part=PART, on=date(2026, 12, 11), load=a_load(), opened=False)
    week = ahead([], [asked_for]).weeks[1]
    assert (week.sessions, week.not_opened, week.places) == (1, 1, 25)


def test_the_reasons_tell_pace_rates_policy_and_date() -> None:
    said = " ".join(ahead([a_case()], [], (Intake(part=PART, opened=6, accepted=3),)).reasons)
    assert "one session every 7.0 days, as in the running mandates so far (10 sessions)" in said
    assert "0.5 a week and 0.2 accepted mandates a week" in said
    assert POLICY.version in said
    assert "Information of 4 December." in said
    assert "no running mandate tells a pace yet" in " ".join(ahead([], [], pace=Pace(attended=0, days=0)).reasons)


CASES = st.builds(
    a_case,
    program=st.sampled_from([None, *(one.key for one in POLICY.programs), "one the policy has lost"]),
    phase=st.integers(0, 4),
    phase_since=st.none() | st.dates(date(2026, 1, 1), TODAY),
    attended=st.integers(0, 30),
    from_on=st.dates(date(2026, 1, 1), date(2027, 8, 1)),
    ends_next=st.booleans(),
)


@given(st.lists(CASES, max_size=8), st.integers(1, 6), st.integers(1, 60))
def test_a_review_is_expected_only_after_today_and_where_the_part_sits_while_it_still_does(
    cases: list[CaseAhead], every: int, pace: int
) -> None:
    sittings = fridays(every)
    last = max((one.on - MONDAY).days // 7 for one in sittings)
    made = ahead(cases, sittings, pace=Pace(attended=1, days=pace))
    assert len(made.weeks) == (WEEKS if sittings or cases else 0)
    for number, week in enumerate(made.weeks):
        if week.reviews and number <= last:
            assert week.sessions
            assert number > 0


IN_THE_LAST_PHASE = st.builds(
    a_case,
    phase=st.just(2),
    attended=st.integers(0, 6),
    from_on=st.dates(date(2026, 10, 1), date(2027, 1, 31)),
)


@given(IN_THE_LAST_PHASE, st.integers(1, 60))
def test_who_attends_faster_is_expected_no_later_for_the_last_time(case: CaseAhead, days: int) -> None:
    def last(days: int) -> int:
        made = ahead([case], fridays(), pace=Pace(attended=1, days=days))
        return max((number for number, week in enumerate(made.weeks) if week.reviews), default=-1)

    assert last(days) <= last(days + 10)
