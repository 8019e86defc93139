"""Promises of likely duplicates: who is shown at intake, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.likeness import LIKELY, Identity, likeness
from tests.rules.scenario_tables import Row, situations

PAIRS = situations("likeness", "pair")
NAMES = st.text("ab 陈", max_size=6)
PEOPLE = st.builds(
    Identity,
    legal_name=NAMES,
    preferred_name=st.none() | NAMES,
    preferred_script=st.none() | NAMES,
    date_of_birth=st.none() | st.dates(),
)


def _person(row: Row, side: str) -> Identity:
    born = row["born" if side == "one" else "other_born"]
    return Identity(
        legal_name=row[side],
        preferred_script=row.get("script" if side == "one" else "other_script"),
        date_of_birth=None if born == "none" else born,
    )


@pytest.mark.parametrize("row", PAIRS)
def test_two_people_are_as_alike_as_the_table_says_and_for_its_reasons(row: Row) -> None:
    alike = likeness(_person(row, "one"), _person(row, "other"))
    assert (alike.weight, list(alike.reasons)) == (row["weight"], row["reasons"])


@pytest.mark.parametrize("row", PAIRS)
def test_likeness_is_the_same_from_both_sides(row: Row) -> None:
    one, other = _person(row, "one"), _person(row, "other")
    assert likeness(one, other) == likeness(other, one)


def test_a_name_spelt_alike_is_enough_to_be_shown_and_a_shared_birthday_is_not() -> None:
    weights = {row.values[0]["situation"]: row.values[0]["weight"] for row in PAIRS}
    assert weights["a name spelt alike is enough to be shown"] >= LIKELY
    assert weights["the same day alone: many people share it"] < LIKELY


@given(PEOPLE, PEOPLE)
def test_any_two_people_weigh_from_0_to_100(one: Identity, other: Identity) -> None:
    assert 0 <= likeness(one, other).weight <= 100
