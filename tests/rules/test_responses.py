"""What the ladder proposes, and what it never does: the promises of `models.rules.responses`."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.choices import within_range
from models.rules.facts import CaseFacts
from models.rules.policy import Policy, Rung
from models.rules.responses import proposals, ratio_sentence, takes_liberty
from models.rules.vocabulary import Behaviour, ResponseKind, ResponseModel
from tests.rules.situations import ON, POLICY, RUNGS, a_policy, facts, named, situations
from tests.rules.test_compliance import cases, with_what_never_counts

TABLES = situations("responses")
ANY = a_policy(same_behaviour_only=False)


@pytest.mark.parametrize("table", TABLES, ids=named(TABLES))
def test_each_situation_gets_the_proposals_it_says(table: dict[str, Any]) -> None:
    policy = _policy(table)
    today = [Behaviour(value) for value in table.get("today", [])]
    found = proposals(facts(**table["facts"]), policy, table["on"], today)
    said = [(one.kind, one.step or 0, list(one.options), list(one.judge_only)) for one in found]
    assert said == [(p["kind"], p["step"], p["options"], p.get("judge_only", [])) for p in table["proposals"]]
    assert table.get("reason") in {None, *(reason for one in found for reason in one.reasons)}
    for one, wanted in zip(found, table["proposals"], strict=True):
        assert wanted.get("magnitudes", list(one.magnitudes)) == list(one.magnitudes)


def _policy(table: dict[str, Any]) -> Policy:
    """Return the policy as a situation sets it: the court's model, the lines with a model of their own, the counting."""
    own = {Behaviour(behaviour): ResponseModel(model) for behaviour, model in table.get("mix", {}).items()}
    rungs = [replace(rung, model=own.get(rung.behaviour)) for rung in RUNGS]
    for behaviour, phases in table.get("distal", {}).items():
        need = Rung(behaviour=Behaviour(behaviour), kind=ResponseKind.ADJUSTMENT, steps=(("transport help",),))
        rungs.append(replace(need, phases=tuple(phases), distal=True))
    for behaviour, held in table.get("in_phase", {}).items():
        line = Rung(behaviour=Behaviour(behaviour), kind=ResponseKind.SANCTION, steps=(tuple(held["range"]),))
        rungs.append(replace(line, phases=tuple(held["phases"])))
    return a_policy(
        same_behaviour_only=table.get("scope") != "any_behaviour",
        rungs=tuple(rungs),
        model=ResponseModel(table.get("model", "graduated")),
        since_phase=table.get("window") == "phase",
    )


def test_a_milestone_with_a_line_of_its_own_is_proposed_by_that_line() -> None:
    rung = Rung(behaviour=Behaviour.MILESTONE, kind=ResponseKind.INCENTIVE, steps=(("applause",),))
    known = facts(sessions={"attended": 3}, sessions_since_court={"attended": 1})
    found = proposals(known, a_policy(rungs=(*RUNGS, rung)), ON)
    assert [(one.behaviour, one.options[0]) for one in found] == [
        (Behaviour.ATTENDED_ALL, "praise from the bench"),
        (Behaviour.MILESTONE, "applause"),
    ]


def test_one_behaviour_may_get_a_sanction_and_an_adjustment_and_they_stay_apart() -> None:
    rung = Rung(behaviour=Behaviour.ABSENCE, kind=ResponseKind.ADJUSTMENT, steps=(("transport help",),))
    found = proposals(facts(absences={"in_window": 1, "unanswered": 1}), a_policy(rungs=(rung, *RUNGS)), ON)
    assert [one.kind for one in found] == [ResponseKind.SANCTION, ResponseKind.ADJUSTMENT]
    assert found[1].step is None


@pytest.mark.parametrize("behaviour", [Behaviour.DISTAL_GOAL, Behaviour.ATTENDED_ALL, Behaviour.MILESTONE])
def test_a_sanction_for_a_goal_out_of_reach_or_for_success_is_never_proposed(behaviour: Behaviour) -> None:
    rung = Rung(behaviour=behaviour, kind=ResponseKind.SANCTION, steps=(("written plan",),))
    known = facts(sessions={"attended": 6}, sessions_since_court={"attended": 6})
    assert proposals(known, a_policy(rungs=(rung,)), ON, today=[behaviour]) == ()


def test_a_choice_is_in_the_range_whatever_its_capitals_and_spaces() -> None:
    (proposal,) = proposals(facts(missed_appearances={"in_window": 3, "unanswered": 1}), POLICY, ON)
    assert within_range(proposal, " Team  conference")
    assert within_range(proposal, "warrant ordered and stayed")
    assert not within_range(proposal, "excuse or conversation")
    assert not within_range(proposal, "")


@pytest.mark.parametrize(
    "response", ["Jail, two days", "warrant ordered and stayed", "Termination", "remanded overnight"]
)
def test_what_takes_liberty_or_ends_the_program_is_known(response: str) -> None:
    assert takes_liberty(response)


@pytest.mark.parametrize("response", ["praise for her determination", "team conference", "certificate", ""])
def test_what_does_not_take_liberty_needs_no_gate(response: str) -> None:
    assert not takes_liberty(response)


@pytest.mark.parametrize(
    ("incentives", "sanctions", "said"),
    [
        (3, 1, "3 incentives, 1 sanction · goal 4 to 1"),
        (1, 0, "1 incentive, 0 sanctions · goal 4 to 1"),
        (0, 0, "no incentive or sanction yet · goal 4 to 1"),
    ],
)
def test_the_balance_is_said_with_the_goal(incentives: int, sanctions: int, said: str) -> None:
    assert ratio_sentence(incentives, sanctions, 4) == said


@given(with_what_never_counts(), st.booleans())
def test_what_is_not_the_participants_never_changes_a_proposal(pair: tuple[CaseFacts, CaseFacts], same: bool) -> None:
    policy = a_policy(same_behaviour_only=same)
    before, after = (proposals(case, policy, ON) for case in pair)
    assert [(one.kind, one.step, one.options) for one in before] == [(one.kind, one.step, one.options) for one in after]


@given(cases, st.booleans(), st.sets(st.sampled_from(Behaviour)))
def test_nothing_that_takes_liberty_is_ever_offered(case: CaseFacts, same: bool, today: set[Behaviour]) -> None:
    found = proposals(case, a_policy(same_behaviour_only=same), ON, today)
    assert not any(takes_liberty(option) for one in found for option in one.options)


@given(cases)
def test_counting_any_behaviour_never_gives_a_lower_step_than_counting_the_same(case: CaseFacts) -> None:
    same, either = proposals(case, POLICY, ON), proposals(case, ANY, ON)
    assert [one.behaviour for one in same] == [one.behaviour for one in either]
    assert all((low.step or 0) <= (high.step or 0) for low, high in zip(same, either, strict=True))


@given(cases)
def test_without_an_unanswered_failure_no_sanction_is_proposed(case: CaseFacts) -> None:
    sanctions = [one for one in proposals(case, ANY, ON) if one.kind is ResponseKind.SANCTION]
    if not case.absences.unanswered and not case.missed_appearances.unanswered:
        assert sanctions == []


@given(cases, st.booleans())
def test_isolated_a_longer_history_never_changes_what_is_proposed(case: CaseFacts, same: bool) -> None:
    policy = a_policy(same_behaviour_only=same, model=ResponseModel.ISOLATED)
    longer = replace(case, absences=replace(case.absences, in_window=case.absences.in_window + 3))
    before, after = proposals(case, policy, ON), proposals(longer, policy, ON)
    assert [(one.kind, one.options, one.reasons) for one in before] == [
        (one.kind, one.options, one.reasons) for one in after
    ]


@given(cases, st.integers(1, 5))
def test_graduated_a_longer_history_never_lowers_the_step(case: CaseFacts, more: int) -> None:
    longer = replace(case, absences=replace(case.absences, in_window=case.absences.in_window + more))
    before, after = proposals(case, POLICY, ON), proposals(longer, POLICY, ON)
    assert all((low.step or 0) <= (high.step or 0) for low, high in zip(before, after, strict=True))
