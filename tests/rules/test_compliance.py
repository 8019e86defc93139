"""How a case stands: situations in plain English, and what never counts against a participant."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.compliance import standing_on
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.vocabulary import Stage, Standing
from models.situations import differences
from tests.rules.situations import ON, POLICY, a_policy, answered, facts, named, situations

TABLES = situations("compliance")

#: How much a standing says against the participant or the court; knowing nothing says nothing against anybody.
WEIGHT = dict.fromkeys(Standing, 0) | {Standing.ATTENTION: 1, Standing.NOTHING_DONE: 2, Standing.ABSCONDED: 3}


@pytest.mark.parametrize("table", TABLES, ids=named(TABLES))
def test_each_situation_stands_as_it_says(table: dict[str, Any]) -> None:
    expect: dict[str, Any] = {key: table[key] for key in ("standing", "headline", "can_change_on") if key in table}
    expect |= {"reasons": [table["reason"]]} if "reason" in table else {}
    assert differences(answered(table, expect)) == ()


def test_an_answer_carries_its_inputs_the_policy_and_the_date_of_the_information() -> None:
    known = facts()
    answer = standing_on(known, POLICY, ON)
    assert (answer.inputs, answer.policy_version, answer.information_on) == (known, "test-1", known.information_on)


def test_how_many_absences_are_several_is_the_courts_to_say() -> None:
    known = facts(absences=Failures(in_window=2, unanswered=2, last_on=ON))
    assert standing_on(known, a_policy(several_absences=3), ON).standing is Standing.ATTENTION
    assert standing_on(known, a_policy(several_absences=2), ON).standing is Standing.NOTHING_DONE


def test_a_program_the_policy_no_longer_has_is_said_and_not_guessed() -> None:
    answer = standing_on(facts(program="gone"), POLICY, ON)
    assert not answer.course.may_complete
    assert "no program of that name" in answer.course.reasons[0]


counts = st.integers(0, 8)
days = st.integers(0, 200).map(lambda n: ON - timedelta(days=n))


@st.composite
def sessions(draw: st.DrawFn) -> Sessions:
    return Sessions(attended=draw(counts), excused=draw(counts), missed=draw(counts))


@st.composite
def failures(draw: st.DrawFn) -> Failures:
    unanswered = draw(st.integers(0, 4))
    in_window = unanswered + draw(st.integers(0, 3))
    last = draw(days) if in_window else None
    return Failures(in_window=in_window, unanswered=unanswered, first_unanswered_on=last, last_on=last)


cases = st.builds(
    CaseFacts,
    stage=st.sampled_from(Stage),
    program=st.sampled_from(["six", None]),
    phase=st.integers(0, 2),
    phase_since=st.none() | days,
    mandate_since=st.none() | days,
    sessions=sessions(),
    sessions_since_court=sessions(),
    absences=failures(),
    missed_appearances=failures(),
    open_responses=st.integers(0, 2),
    last_appearance_on=st.none() | days,
    information_on=st.none() | days,
)


@st.composite
def with_what_never_counts(draw: st.DrawFn) -> tuple[CaseFacts, CaseFacts]:
    """Draw a case, and the same case with any number of facts that are not the participant's."""
    case = draw(cases)
    apart = {"cancelled": draw(counts), "unverified": draw(counts)}
    more = replace(
        case,
        sessions=replace(case.sessions, **apart),
        sessions_since_court=replace(case.sessions_since_court, **apart),
        reports_outstanding=draw(counts),
        report_days_late=draw(counts),
        release_active=draw(st.booleans()),
        release_ended_on=draw(st.none() | days),
        unheld=draw(counts),
    )
    return case, more


@given(with_what_never_counts())
def test_what_is_not_the_participants_never_makes_a_standing_worse(pair: tuple[CaseFacts, CaseFacts]) -> None:
    before, after = (standing_on(case, POLICY, ON) for case in pair)
    assert WEIGHT[after.standing] == WEIGHT[before.standing]
    assert after.standing in {before.standing, Standing.NOT_ASSESSABLE, Standing.ON_TRACK}


@given(with_what_never_counts())
def test_what_is_not_the_participants_never_takes_readiness_away(pair: tuple[CaseFacts, CaseFacts]) -> None:
    before, after = (standing_on(case, POLICY, ON).course for case in pair)
    assert (after.may_advance, after.may_complete) == (before.may_advance, before.may_complete)


@given(cases)
def test_every_answer_has_a_headline_and_a_reason_to_read_aloud(case: CaseFacts) -> None:
    answer = standing_on(case, POLICY, ON)
    assert 0 < len(answer.headline) <= 40
    assert answer.reasons
    assert all(reason.endswith(".") and reason[0].isupper() | reason[0].isdigit() for reason in answer.reasons)


@given(cases)
def test_nothing_changes_before_the_day_an_answer_names(case: CaseFacts) -> None:
    answer = standing_on(case, POLICY, ON)
    last = min(answer.can_change_on or ON + timedelta(days=400), ON + timedelta(days=400)) - timedelta(days=1)
    assert last >= ON
    later = standing_on(case, POLICY, last)
    assert (later.standing, later.headline) == (answer.standing, answer.headline)
