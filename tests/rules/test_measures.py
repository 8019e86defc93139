"""How the court's responses are counted: the promises of `models.rules.measures`."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.measured import FORMULAS, SMALL, Behaved, Given, Left, Measures, Number, Share
from models.rules.measures import measures
from models.rules.vocabulary import Behaviour, ResponseKind
from tests.rules.situations import named, situations

CASE = UUID(int=1)
TABLES = situations("measures")


def _measured(table: dict[str, Any]) -> Measures:
    own: dict[str, Any] = {"case_id": CASE, "phase": "Progress"}
    return measures(
        [
            Behaved(
                **own,
                behaviour=Behaviour(row["behaviour"]),
                on=row["on"],
                answered_on=row.get("answered_on"),
                open_to_court=row.get("seen", True),
            )
            for row in table.get("failures", [])
        ],
        [
            Given(
                **own,
                kind=ResponseKind(row["kind"]),
                behaviour=Behaviour(row["behaviour"]),
                on=row["on"],
                outside_reason=row.get("outside_reason"),
            )
            for row in table.get("given", [])
        ],
        [
            Left(
                **own,
                kind=ResponseKind(row["kind"]),
                behaviour=Behaviour(row["behaviour"]),
                on=row["on"],
                reason=row["reason"],
            )
            for row in table.get("left", [])
        ],
        goal=4,
    )


@pytest.mark.parametrize("table", TABLES, ids=named(TABLES))
def test_each_situation_is_counted_as_it_says(table: dict[str, Any]) -> None:
    found = _measured(table)
    said = {
        "certainty": found.certainty.said(),
        "swiftness": found.swiftness.said(),
        "outside": found.outside.said(),
        "balance": found.balance(),
        "waiting": found.waiting,
    }
    assert {key: said[key] for key in table["expect"]} == table["expect"]


def test_every_number_has_its_formula_in_words() -> None:
    assert set(FORMULAS) == set(Number)


def test_the_cases_behind_a_number_are_as_many_as_it_counts_the_newest_first() -> None:
    failures = [
        {"behaviour": "unacceptable_absence", "on": date(2026, 11, day), "answered_on": answered}
        for day, answered in ((2, date(2026, 11, 4)), (9, None), (3, date(2026, 11, 4)))
    ]
    left = [
        {"kind": "sanction", "behaviour": "unacceptable_absence", "on": date(2026, 11, 10), "reason": "counsel first"}
    ]
    behind = _measured({"failures": failures, "left": left}).behind
    assert {name: [item.on.day for item in items] for name, items in behind.items()} == {
        "Answered": [3, 2],
        "Not answered": [9],
        "No response, with a reason": [10],
    }
    assert behind["Answered"][0].said == "unacceptable absence, answered after 1 day"
    assert behind["No response, with a reason"][0].reason == "counsel first"


_BEHAVED = st.builds(
    Behaved,
    case_id=st.just(CASE),
    behaviour=st.sampled_from([Behaviour.ABSENCE, Behaviour.MISSED_APPEARANCE]),
    phase=st.sampled_from(["Welcome", "Progress"]),
    on=st.just(date(2026, 11, 2)),
    answered_on=st.one_of(st.none(), st.integers(0, 60).map(lambda days: date(2026, 11, 2) + timedelta(days=days))),
    open_to_court=st.booleans(),
)


@given(st.lists(_BEHAVED, max_size=30))
def test_the_lines_add_up_to_the_whole_and_nothing_is_counted_twice(behaved: list[Behaved]) -> None:
    found = measures(behaved, [], [], 4)
    for lines in (found.by_behaviour, found.by_phase):
        assert sum(line.certainty.of for line in lines) == found.certainty.of
        assert sum(line.certainty.counted for line in lines) == found.certainty.counted
        assert sorted(day for line in lines for day in line.swiftness.days) == list(found.swiftness.days)
    assert found.certainty.of + found.waiting == len(behaved)
    assert len(found.behind.get("Answered", ())) == found.certainty.counted == len(found.swiftness.days)


@given(st.integers(0, 400), st.integers(0, 400))
def test_a_percentage_is_said_only_of_enough_and_always_with_both_counts(counted: int, more: int) -> None:
    said = Share(counted, counted + more).said()
    assert ("%" in said) == (counted + more >= SMALL)
    assert not counted + more or f"{counted} of {counted + more}" in said
