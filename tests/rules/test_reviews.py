"""When a case comes to court next: the promises of `models.rules.reviews`."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.court_days import CourtDays, is_court_day, why_not_sitting, with_closure
from models.rules.reviews import NextReview, OpenSession, ReviewInputs, next_review
from models.rules.vocabulary import CapacityBy, Purpose
from tests.rules.scenario_tables import Row, calendar, situations

COURT = calendar("reviews")
TODAY = date(2026, 12, 4)


def _session(number: int, **given_: Any) -> OpenSession:
    usual: dict[str, Any] = {
        "part": "Part 3",
        "judge": "Judge Reyes",
        "starts_at": time(9, 30),
        "booked_cases": 10,
        "capacity_cases": 25,
        "booked_minutes": 50,
        "capacity_minutes": 150,
    }
    given_["purposes"] = frozenset(Purpose(purpose) for purpose in given_.get("purposes", []))
    given_["interpreter_languages"] = frozenset(given_.get("interpreter_languages", []))
    given_["capacity_by"] = CapacityBy(given_.get("capacity_by", "either"))
    return OpenSession(id=UUID(int=number), **{**usual, **given_})


def _answer(row: Row) -> NextReview:
    last = row["last_appearance_on"]
    inputs = ReviewInputs(
        today=row["today"],
        last_appearance_on=None if last == "none" else last,
        interval_days=row["interval_days"],
        override_days=row.get("override_days"),
        part=row["part"],
        judge=row["judge"],
        same_judge_wait_days=row.get("same_judge_wait_days", 0),
        same_part_wait_days=row.get("same_part_wait_days", 0),
        interpreter_wait_days=row.get("interpreter_wait_days", 0),
        language=row.get("language"),
        purpose=Purpose(row.get("purpose", "review")),
        new_minutes=10,
        policy_version="test-1",
    )
    court_days = COURT
    for closed in row.get("closed_from", []):
        court_days = with_closure(court_days, closed["on"], closed["name"], time.fromisoformat(closed["at"]))
    return next_review(inputs, [_session(n, **given_) for n, given_ in enumerate(row["sessions"])], court_days)


@pytest.mark.parametrize("row", situations("reviews", "review"))
def test_the_next_review_is_proposed_with_its_reason(row: Row) -> None:
    answer = _answer(row)
    assert answer.best is not None
    assert answer.best.session.on == row["best"]
    assert list(answer.best.reasons) == row["says"]
    assert answer.reasons == answer.best.reasons
    assert [proposal.session.on for proposal in answer.proposals[1:]] == row.get("others", [])
    assert [skip.session.on for skip in answer.skipped] == row.get("skipped", [])
    assert (answer.earlier.session.on if answer.earlier else None) == row.get("earlier")
    assert answer.why_no_date is None
    assert (answer.policy_version, answer.information_on) == ("test-1", row["today"])


@pytest.mark.parametrize("row", situations("reviews", "nothing"))
def test_where_there_is_no_date_the_reason_says_what_would_make_one(row: Row) -> None:
    answer = _answer(row)
    assert answer.proposals == ()
    assert answer.why_no_date == row["why"]
    assert answer.reasons == (row["why"],)
    assert (answer.earlier.session.on if answer.earlier else None) == row.get("earlier")


def test_an_earlier_session_says_that_it_is_earlier() -> None:
    inputs = ReviewInputs(today=TODAY, last_appearance_on=TODAY, interval_days=28, part="Part 3", judge="Judge Reyes")
    answer = next_review(inputs, [_session(1, on=date(2026, 12, 30))], COURT)
    assert answer.earlier is not None
    assert answer.earlier.days_from_target == -2
    assert answer.earlier.reasons == (
        "28 days is 1 January 2027, a holiday; the last session before it with room is 30 December.",
        "That is 2 days earlier than the interval.",
    )


@pytest.mark.parametrize("judges", [("Judge Reyes", "Judge Osei"), ("Judge Osei", "Judge Reyes")])
def test_of_two_earlier_sessions_on_one_day_the_one_with_the_same_judge_is_offered(judges: tuple[str, str]) -> None:
    inputs = ReviewInputs(today=TODAY, last_appearance_on=TODAY, interval_days=28, part="Part 3", judge="Judge Reyes")
    sessions = [_session(n, on=date(2026, 12, 30), judge=judge) for n, judge in enumerate(judges)]
    answer = next_review(inputs, [*sessions, _session(9, on=date(2026, 12, 29))], COURT)
    assert answer.earlier is not None
    assert (answer.earlier.session.judge, answer.earlier.session.on) == ("Judge Reyes", date(2026, 12, 30))


def test_many_full_sessions_are_counted_rather_than_listed() -> None:
    inputs = ReviewInputs(today=TODAY, last_appearance_on=TODAY, interval_days=14, part="Part 3", judge="Judge Reyes")
    days = [date(2027, 1, 4) + timedelta(days=n) for n in range(5)]
    full = [_session(n, on=day, booked_cases=25) for n, day in enumerate(days)]
    answer = next_review(inputs, [*full, _session(9, on=date(2027, 1, 11))], COURT)
    assert "5 sessions from 4 January 2027 to 8 January 2027 are full or closed" in answer.reasons[0]


def test_an_interval_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one day"):
        ReviewInputs(today=TODAY, last_appearance_on=None, interval_days=28, override_days=0)


SESSIONS = st.lists(
    st.builds(
        _session,
        st.integers(0, 10**9),
        on=st.dates(date(2026, 11, 20), date(2027, 3, 31)),
        part=st.sampled_from(["Part 3", "Part 5"]),
        judge=st.sampled_from(["Judge Reyes", "Judge Osei"]),
        booked_cases=st.integers(0, 27),
        booked_minutes=st.integers(0, 160),
        purposes=st.sampled_from([[], ["review"], ["intake"]]),
        capacity_by=st.sampled_from(CapacityBy),
        kept_for_new=st.integers(0, 3),
        booked_new=st.integers(0, 3),
        starts_at=st.sampled_from([time(9, 30), time(14, 0)]),
        interpreter_languages=st.sampled_from([[], ["Korean"]]),
    ),
    max_size=30,
)
INPUTS = st.builds(
    ReviewInputs,
    today=st.just(TODAY),
    last_appearance_on=st.none() | st.dates(date(2026, 9, 1), TODAY),
    interval_days=st.integers(1, 60),
    part=st.none() | st.just("Part 3"),
    judge=st.none() | st.just("Judge Reyes"),
    minutes=st.integers(1, 20),
    same_judge_wait_days=st.integers(0, 30),
    same_part_wait_days=st.integers(0, 30),
    interpreter_wait_days=st.integers(0, 30),
    language=st.none() | st.just("Korean"),
    purpose=st.sampled_from([Purpose.REVIEW, Purpose.INTAKE]),
    new_minutes=st.integers(0, 15),
)
_DAYS = st.dates(date(2026, 12, 1), date(2027, 3, 31))
CLOSURES = st.builds(
    CourtDays,
    st.frozensets(_DAYS, max_size=30),
    closed_from=st.dictionaries(_DAYS, st.sampled_from([time(9, 30), time(13, 0)]), max_size=30),
)


@given(INPUTS, SESSIONS, CLOSURES)
def test_nothing_closed_full_past_or_of_another_kind_is_ever_proposed(
    inputs: ReviewInputs, sessions: list[OpenSession], court_days: CourtDays
) -> None:
    answer = next_review(inputs, sessions, court_days)
    for proposal in (*answer.proposals, *filter(None, [answer.earlier])):
        assert is_court_day(proposal.session.on, court_days)
        assert proposal.session.on > inputs.today
        assert why_not_sitting(proposal.session.on, proposal.session.starts_at, court_days) is None
        assert proposal.session.has_room(inputs.minutes, inputs.purpose, new_minutes=inputs.new_minutes)
        assert proposal.session.takes(inputs.purpose)
        assert proposal.reason
    assert all(proposal.session.on >= inputs.target_on for proposal in answer.proposals)


@given(INPUTS, SESSIONS, CLOSURES)
def test_there_is_either_a_proposal_or_a_reason_why_not(
    inputs: ReviewInputs, sessions: list[OpenSession], court_days: CourtDays
) -> None:
    answer = next_review(inputs, sessions, court_days)
    assert bool(answer.proposals) is (answer.why_no_date is None)
    assert all(reason.endswith(".") for reason in answer.reasons)


@given(INPUTS, SESSIONS, CLOSURES, st.integers(0, 60))
def test_a_longer_interval_never_gives_an_earlier_date(
    inputs: ReviewInputs, sessions: list[OpenSession], court_days: CourtDays, more: int
) -> None:
    longer = replace(inputs, interval_days=inputs.interval_days + more)
    best, later = (next_review(given_, sessions, court_days).best for given_ in (inputs, longer))
    assert later is None or (best is not None and best.session.on <= later.session.on)


@given(INPUTS, SESSIONS, CLOSURES, st.randoms())
def test_the_order_in_which_sessions_are_given_plays_no_part(
    inputs: ReviewInputs, sessions: list[OpenSession], court_days: CourtDays, random: Any
) -> None:
    unique = list({session.id: session for session in sessions}.values())
    shuffled = random.sample(unique, len(unique))
    assert next_review(inputs, unique, court_days).proposals == next_review(inputs, shuffled, court_days).proposals
