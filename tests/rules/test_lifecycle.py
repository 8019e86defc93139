"""Which steps a case may take: the promises of `models.rules.lifecycle`."""

from datetime import date

import pytest

from models.rules.lifecycle import SPOKEN, STEPS, Needs, next_stages, refusal, step
from models.rules.vocabulary import Stage


def test_every_stage_has_its_steps_and_its_words() -> None:
    assert set(STEPS) == set(SPOKEN) == set(Stage)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (Stage.IDENTIFIED, Stage.SCREENED),
        (Stage.SCREENED, Stage.OFFERED),
        (Stage.OFFERED, Stage.ACTIVE),
        (Stage.ACTIVE, Stage.COMPLETED),
        (Stage.COMPLETED, Stage.ACD),
        (Stage.ACD, Stage.DISMISSED),
        (Stage.DISMISSED, Stage.SEALED),
        (Stage.ACD, Stage.ACTIVE),
        (Stage.ABSCONDED, Stage.ACTIVE),
        (Stage.DECLINED, Stage.OFFERED),
    ],
)
def test_the_usual_ways_are_open(here: Stage, there: Stage) -> None:
    assert refusal(here, there) is None


def test_no_case_is_terminated_without_the_gates() -> None:
    into = [steps[Stage.TERMINATED] for steps in STEPS.values() if Stage.TERMINATED in steps]
    assert into
    assert set(into) == {Needs.GATES}


def test_nobody_is_in_the_program_without_an_accepted_mandate() -> None:
    assert step(Stage.OFFERED, Stage.ACTIVE).needs is Needs.MANDATE
    assert refusal(Stage.SCREENED, Stage.ACTIVE) is not None


def test_nothing_is_sealed_before_it_is_dismissed() -> None:
    assert [stage for stage, steps in STEPS.items() if Stage.SEALED in steps] == [Stage.DISMISSED]


def test_a_refusal_names_the_ways_that_are_open() -> None:
    assert refusal(Stage.DISMISSED, Stage.ACTIVE) == (
        "A case that is dismissed cannot be in the program next; it can be sealed."
    )


def test_a_case_that_has_ended_is_put_right_by_a_correction() -> None:
    assert refusal(Stage.SEALED, Stage.ACTIVE) == (
        "A case that is sealed does not move on. If that was a mistake, correct the entry that said so."
    )


def test_a_case_that_is_already_there_is_told_so() -> None:
    assert refusal(Stage.ACTIVE, Stage.ACTIVE) == "This case is already in the program."


def test_the_answer_carries_its_stages_need_reasons_and_day() -> None:
    answer = step(Stage.ACTIVE, Stage.TERMINATED, date(2026, 12, 4))
    assert (answer.allowed, answer.needs, answer.information_on) == (True, Needs.GATES, date(2026, 12, 4))
    assert "the judge's finding" in answer.reasons[-1]


def test_every_stage_can_be_reached_from_the_first() -> None:
    reached, new = {Stage.IDENTIFIED}, {Stage.IDENTIFIED}
    while new:
        new = {there for here in new for there in next_stages(here)} - reached
        reached |= new
    assert reached == set(Stage)


@pytest.mark.parametrize(
    ("here", "there", "allowed"),
    [
        (Stage.ACTIVE, Stage.COMPLETED, True),
        (Stage.ACTIVE, Stage.ACTIVE, False),
        (Stage.SEALED, Stage.ACTIVE, False),
        (Stage.SCREENED, Stage.ACTIVE, False),
    ],
)
def test_every_answer_carries_the_two_stages_and_the_day_asked_about(here: Stage, there: Stage, allowed: bool) -> None:
    answer = step(here, there, date(2026, 12, 4))
    assert (answer.from_stage, answer.to_stage, answer.information_on) == (here, there, date(2026, 12, 4))
    assert answer.allowed is allowed


def test_the_open_ways_are_joined_by_or() -> None:
    assert refusal(Stage.ACD, Stage.SEALED) == (
        "A case that is adjourned in contemplation of dismissal cannot be sealed next; "
        "it can be dismissed or in the program."
    )
