"""Where a case stands in its program: the promises of `models.rules.program`."""

from typing import Any

import pytest

from models.rules.program import course_on
from models.rules.vocabulary import Stage
from models.situations import differences
from tests.rules.situations import ON, POLICY, answered, facts, named, situations

TABLES = situations("program")


@pytest.mark.parametrize("table", TABLES, ids=named(TABLES))
def test_each_situation_has_the_course_it_says(table: dict[str, Any]) -> None:
    expect = {key: table[key] for key in ("conditions", "may_advance", "may_complete")}
    answer = answered(table, {**expect, "reasons": [table["reason"]]})
    assert differences(answer) == ()
    assert answer.standing.course.can_change_on == table.get("can_change_on")


def test_the_day_the_mandate_began_is_day_one() -> None:
    assert course_on(facts(mandate_since=ON), POLICY, ON).day_of_program == 1
    assert course_on(facts(), POLICY, ON).day_of_program == 61


def test_phases_are_counted_from_one() -> None:
    course = course_on(facts(), POLICY, ON)
    assert (course.phase_name, course.phase, course.phase_count, course.next_phase) == ("Progress", 2, 3, "Transition")


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ACTIVE])
def test_nobody_advances_or_completes_while_no_mandate_is_running(stage: Stage) -> None:
    course = course_on(facts(stage=stage, sessions={"attended": 6}), POLICY, ON)
    assert not course.may_advance
    assert not course.may_complete


def test_a_program_that_the_policy_lost_is_said_and_what_was_asked_is_kept() -> None:
    asked = facts(program="gone", information_on=ON)
    course = course_on(asked, POLICY, ON)
    assert course.reasons == ("The court's policy in force has no program of that name, so nothing can be counted.",)
    assert (course.inputs, course.policy_version, course.information_on) == (asked, POLICY.version, ON)


def test_without_a_mandate_there_is_nothing_to_advance_in() -> None:
    course = course_on(facts(stage=Stage.OFFERED, program=None), POLICY, ON)
    assert (course.phase_count, course.to_complete) == (0, ())
    assert course.reasons == ("No mandate has been accepted, so there is no program to advance in.",)


@pytest.mark.parametrize("stage", [Stage.COMPLETED, Stage.ACD, Stage.DISMISSED, Stage.TERMINATED])
def test_after_a_mandate_nobody_says_that_none_was_accepted(stage: Stage) -> None:
    course = course_on(facts(stage=stage, program=None), POLICY, ON)
    assert course.reasons == ("The mandate is not running, so there is nothing to advance or complete.",)


def test_a_phase_beyond_the_programs_last_is_its_last() -> None:
    assert course_on(facts(phase=7), POLICY, ON).phase_name == "Transition"


def test_cancelled_and_unverified_sessions_are_no_fraction_of_anything() -> None:
    course = course_on(facts(sessions={"attended": 3, "cancelled": 5, "unverified": 5}), POLICY, ON)
    assert course.to_advance[0].text == "3 of 4 sessions"
