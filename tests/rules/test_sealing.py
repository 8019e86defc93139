"""A sealing takes cases that are over, and says of every other why it is left out."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from models.rules.sealing import Candidate, Which, left_out, stamp
from models.rules.vocabulary import Stage

CASE = Candidate(case_id=UUID(int=1), version=3, stage=Stage.DISMISSED, statutes=frozenset({"PL 240.37"}))
LOITERING = Which(statutes=frozenset({"PL 240.37"}))


@pytest.mark.parametrize(
    ("case", "which", "said"),
    [
        (CASE, Which(), None),
        (CASE, LOITERING, None),
        (replace(CASE, stage=Stage.ACTIVE), Which(every_ending=True), "The case is not over: it is in the program."),
        (replace(CASE, stage=Stage.ACD), Which(), "not over: it is adjourned in contemplation of dismissal."),
        (replace(CASE, stage=Stage.TERMINATED), Which(), "The case was not dismissed: it is terminated"),
        (replace(CASE, stage=Stage.TERMINATED), Which(every_ending=True), None),
        (replace(CASE, stage=Stage.TERMINATED, vacated=True), Which(), None),
        (replace(CASE, warrant=True), Which(), "A warrant is in force."),
        (replace(CASE, next_on=date(2026, 12, 9)), Which(), "on the calendar"),
        (replace(CASE, statutes=CASE.statutes | {"PL 220.03"}), LOITERING, "another statute as well"),
        (replace(CASE, statutes=CASE.statutes | {"PL 220.03"}), Which(), None),
    ],
)
def test_each_case_is_sealed_or_left_out_with_its_reason(case: Candidate, which: Which, said: str | None) -> None:
    answer = left_out(case, which)
    assert answer is None if said is None else said in (answer or "")


def test_a_preview_is_stale_when_a_case_came_left_or_changed() -> None:
    shown = stamp([CASE], LOITERING)
    assert stamp([CASE], LOITERING) == shown
    for changed in ([], [CASE, replace(CASE, case_id=UUID(int=2))], [replace(CASE, version=4)]):
        assert stamp(changed, LOITERING) != shown
    assert stamp([replace(CASE, warrant=True)], LOITERING) != shown
