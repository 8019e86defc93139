"""How the versions of a policy follow one another: a past day never gets another one, and no running program is lost."""

from datetime import date, timedelta

import pytest

from models.rules import words
from models.rules.policy_versions import Term, VersionState, programs_lost, term_on, why_not_from
from tests.rules.situations import ON, POLICY

DAY = timedelta(days=1)
STATE = VersionState


@pytest.mark.parametrize(
    ("from_day", "others", "state", "until"),
    [
        (None, [ON], STATE.DRAFT, None),
        (ON + DAY, [ON - DAY], STATE.PLANNED, None),
        (ON + DAY, [ON + 9 * DAY, ON + 5 * DAY], STATE.PLANNED, ON + 4 * DAY),
        (ON, [ON - DAY], STATE.IN_FORCE, None),
        (ON - DAY, [ON], STATE.REPLACED, ON - DAY),
        (ON - DAY, [ON + DAY], STATE.IN_FORCE, ON),
        (ON - 9 * DAY, [ON - 9 * DAY, ON - 5 * DAY], STATE.REPLACED, ON - 6 * DAY),
    ],
)
def test_a_version_is_in_force_until_the_day_before_the_next(
    from_day: date | None, others: list[date], state: VersionState, until: date | None
) -> None:
    assert term_on(from_day, others, ON) == Term(state=state, until=until)


def test_a_policy_takes_force_on_no_day_that_is_over_and_on_none_that_is_taken() -> None:
    assert why_not_from(ON, [ON + DAY], ON) is None
    over, taken = ON - DAY, ON + DAY
    assert why_not_from(over, [], ON) == (
        "A policy is in force from today or a later day, never from a day that is over: "
        f"{words.day(over, ON)} stays explained by the policy of that day. Choose another day."
    )
    said = f"A version takes force on {words.day(taken, ON)} already. Choose another day, or take that back."
    assert why_not_from(taken, [taken], ON) == said


def test_programs_that_run_are_named_with_their_cases_when_a_policy_loses_them() -> None:
    assert programs_lost({"six": 3}, POLICY) is None
    lost = programs_lost({"six": 3, "young": 2, "long": 1}, POLICY)
    assert lost is not None
    assert "long (1 case)" in lost
    assert "young (2 cases)" in lost
    assert lost.index("long") < lost.index("young")
    assert "six" not in lost
