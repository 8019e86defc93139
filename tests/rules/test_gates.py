"""The gates: which may be recorded next, and what is said of those that are missing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.gates import ORDER, Gates, reasons, refusal
from models.rules.vocabulary import Gate
from tests.builders import TODAY

NOTICE, COUNSEL, HEARD, FOUND = (TODAY - timedelta(days=n) for n in (9, 6, 3, 0))
NAMES = ("notice_on", "counsel_on", "heard_on", "found_on")
ALL = Gates(notice_on=NOTICE, counsel_on=COUNSEL, heard_on=HEARD, found_on=FOUND)


@pytest.mark.parametrize(
    ("gates", "gate", "on", "said"),
    [
        (Gates(), Gate.NOTICE, NOTICE, None),
        (Gates(), Gate.FINDING, FOUND, "First comes notice."),
        (Gates(notice_on=NOTICE), Gate.HEARING, HEARD, "First comes counsel."),
        (Gates(notice_on=NOTICE), Gate.NOTICE, HEARD, "Notice is recorded already."),
        (Gates(notice_on=NOTICE), Gate.COUNSEL, COUNSEL, None),
        (Gates(notice_on=NOTICE), Gate.COUNSEL, NOTICE, None),
        (Gates(notice_on=COUNSEL), Gate.COUNSEL, NOTICE, "It cannot be before the step that came first"),
        (Gates(notice_on=NOTICE), Gate.COUNSEL, TODAY + timedelta(days=1), "That day has not come yet."),
        (ALL, Gate.FINDING, TODAY, "The judge's finding is recorded already."),
        (ALL, Gate.NOTICE, TODAY, "Notice is recorded already."),
        (Gates(notice_on=NOTICE), Gate.FINDING, TODAY, "First comes counsel."),
        (Gates(notice_on=NOTICE), Gate.COUNSEL, TODAY, None),
    ],
)
def test_each_gate_comes_in_its_order_and_not_before_its_day(
    gates: Gates, gate: Gate, on: date, said: str | None
) -> None:
    answer = refusal(gates, gate, on, TODAY)
    assert answer is None if said is None else (answer or "").startswith(said)


def test_what_is_missing_is_said_after_what_was_done() -> None:
    said = reasons(Gates(notice_on=NOTICE, counsel_on=COUNSEL), TODAY)
    assert said == (
        "Notice was given on 25 November.",
        "Counsel was there from 28 November on.",
        "Still missing: an opportunity to be heard and the judge's finding.",
    )
    assert "missing" not in " ".join(reasons(ALL, TODAY))


def test_what_was_done_on_the_day_itself_is_said_and_what_comes_later_is_missing() -> None:
    assert reasons(ALL, FOUND)[-1] == "The judge made the finding on 4 December."
    assert reasons(ALL, FOUND - timedelta(days=1))[-1] == "Still missing: the judge's finding."


def test_a_decision_of_the_day_before_the_finding_cannot_rest_on_it() -> None:
    assert ALL.passed_by(FOUND)
    assert not ALL.passed_by(FOUND - timedelta(days=1))


@given(st.lists(st.sampled_from(ORDER), max_size=12), st.lists(st.integers(-20, 3), min_size=12, max_size=12))
def test_whatever_is_tried_the_gates_end_in_order(tried: list[Gate], days: list[int]) -> None:
    gates = Gates()
    for gate, off in zip(tried, days, strict=False):
        on = TODAY + timedelta(days=off)
        if refusal(gates, gate, on, TODAY) is None:
            known = dict(zip(NAMES, gates.days, strict=True)) | {NAMES[ORDER.index(gate)]: on}
            gates = Gates(**known)
    passed = [day for day in gates.days if day]
    assert passed == sorted(passed)
    assert gates.days[: len(passed)] == tuple(passed)
    assert gates.passed_by(TODAY) == (len(passed) == len(ORDER))
