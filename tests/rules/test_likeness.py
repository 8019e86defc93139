"""Promises of likely duplicates: who is shown at intake, and why."""

from datetime import date

import pytest

from models.rules.likeness import LIKELY, Identity, likeness

BORN = date(1998, 3, 4)


def someone(legal_name: str, born: date | None = BORN, script: str | None = None) -> Identity:
    return Identity(legal_name=legal_name, preferred_script=script, date_of_birth=born)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (someone("Mei Chen"), "the same name"),
        (someone("Chen, Mei"), "the same names in another order"),
        (someone("Meichen"), "the same name, spaced otherwise"),
        (someone("Mei Cheng"), "a name spelt alike"),
        (someone("Mei Lin Chen"), "all words of the shorter name are in the longer one"),
        (someone("MEI CHÉN", date(1998, 4, 3)), "day and month of birth the other way round"),
        (someone("Mei Chen", date(1998, 3, 14)), "a date of birth that differs in one figure"),
        (someone("Mei Chen", None), "the same name"),
    ],
)
def test_who_may_be_the_same_is_shown_with_the_reason(other: Identity, reason: str) -> None:
    alike = likeness(someone("Mei Chen"), other)
    assert alike.weight >= LIKELY
    assert reason in alike.reasons


def test_the_same_name_in_her_own_script_is_enough() -> None:
    alike = likeness(someone("May Chan", None, "陈美"), someone("Mei Chen", None, "陈美"))
    assert alike.weight >= LIKELY
    assert "the same name in its own script" in alike.reasons


@pytest.mark.parametrize(
    "other",
    [
        someone("Grace Okafor"),  # the same day of birth alone
        someone("Mei Chen", date(1961, 8, 19)),
        someone("Ana Kim", None),
        Identity(legal_name=""),
    ],
)
def test_who_is_clearly_somebody_else_is_not_shown(other: Identity) -> None:
    if other.legal_name == "Mei Chen":
        assert likeness(someone("Mei Chen"), other).weight < likeness(someone("Mei Chen"), someone("Mei Chen")).weight
    else:
        assert likeness(someone("Mei Chen"), other).weight < LIKELY


def test_likeness_is_the_same_from_both_sides() -> None:
    one, other = someone("Mei Lin Chen"), someone("Chen Mei", date(1998, 4, 3))
    assert likeness(one, other) == likeness(other, one)
