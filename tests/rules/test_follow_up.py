"""How follow-ups stand and what is said of them: the promises of `models.rules.follow_up` and its reasons."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import follow_up_reasons
from models.rules.follow_up import (
    FollowUpInputs,
    acd_expiry,
    acd_worklist_on,
    age_days,
    follow_up_state,
    standing_of_follow_up,
)
from models.rules.vocabulary import FollowUpKind, FollowUpState
from tests.rules.scenario_tables import Row, calendar, situations

COURT = calendar("follow_up")
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
INPUTS = st.builds(
    FollowUpInputs,
    due_on=DAYS,
    grace_days=st.integers(0, 20),
    held_until=st.none() | DAYS,
    done_on=st.none() | DAYS,
    waived=st.booleans(),
    void=st.booleans(),
    never_late=st.booleans(),
)


def _inputs(row: Row) -> FollowUpInputs:
    fields = ("due_on", "grace_days", "held_until", "done_on", "waived", "void", "never_late")
    return FollowUpInputs(**{field: row[field] for field in fields if field in row})


@pytest.mark.parametrize("row", situations("follow_up", "state"))
def test_a_follow_up_stands_as_its_dates_say(row: Row) -> None:
    answer = standing_of_follow_up(_inputs(row), row["on"])
    assert answer.state == row["expected"]
    assert answer.reasons == (row["reason"],)
    assert answer.age_days == row["age"]
    assert answer.open is (row["expected"] not in {"done", "waived", "void"})
    assert answer.information_on == row["on"]


@pytest.mark.parametrize("row", situations("follow_up", "acd"))
def test_an_acd_runs_out_after_calendar_months(row: Row) -> None:
    answer = acd_expiry(row["granted_on"], row["months"])
    assert answer.expires_on == row["expires_on"]
    assert answer.dismissed_from == row["expires_on"] + timedelta(days=1)
    assert acd_worklist_on(answer, COURT) == row["worklist_on"]
    assert answer.reasons[0] == row["reason"]


def test_an_acd_of_no_months_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^an ACD can be restored for at least one month$"):
        acd_expiry(date(2026, 1, 1), 0)


@pytest.mark.parametrize("row", situations("follow_up", "sentence"))
def test_the_sentence_for_staff(row: Row) -> None:
    given_: dict[str, Any] = {key: None if value == "none" else value for key, value in row["given"].items()}
    assert getattr(follow_up_reasons, row["kind"])(**given_) == row["says"]


def test_every_kind_of_follow_up_has_its_sentence_and_a_scenario() -> None:
    told = {row.values[0]["kind"] for row in situations("follow_up", "sentence")}
    assert told >= {kind.value for kind in FollowUpKind}  # a response has a second one, for when it was not done


@given(INPUTS, DAYS)
def test_the_short_form_gives_the_same_state(inputs: FollowUpInputs, on: date) -> None:
    assert follow_up_state(inputs, on) is standing_of_follow_up(inputs, on).state


@given(INPUTS, DAYS)
def test_nothing_is_late_on_its_due_day_or_before(inputs: FollowUpInputs, on: date) -> None:
    if standing_of_follow_up(inputs, on).state is FollowUpState.LATE:
        assert on > inputs.due_on + timedelta(days=inputs.grace_days)


@given(INPUTS, DAYS, st.integers(0, 60))
def test_a_follow_up_never_grows_younger(inputs: FollowUpInputs, on: date, more: int) -> None:
    assert 0 <= age_days(inputs, on) <= age_days(inputs, on + timedelta(days=more))


@given(DAYS, DAYS, st.integers(1, 24))
def test_an_acd_granted_later_never_runs_out_earlier(one: date, other: date, months: int) -> None:
    first, last = sorted((one, other))
    assert acd_expiry(first, months).expires_on <= acd_expiry(last, months).expires_on


def test_an_answer_keeps_what_it_was_made_from() -> None:
    inputs = FollowUpInputs(due_on=date(2026, 12, 4), grace_days=2)
    assert standing_of_follow_up(inputs, date(2026, 12, 5)).inputs == inputs
    acd = acd_expiry(date(2026, 12, 4), 6)
    assert (acd.granted_on, acd.months) == (date(2026, 12, 4), 6)
    assert acd.reasons[1] == "The case can be restored up to and including that day; after it, it is deemed dismissed."
