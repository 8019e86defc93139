"""Which order about a warrant can follow which: the judge's own, and said in words where one cannot."""

from datetime import timedelta

import pytest

from models.rules import words
from models.rules.vocabulary import MissedAppearance, WarrantState
from models.rules.warrants import ORDERS, next_orders, refusal
from tests.rules.situations import ON

STAYED, ISSUED, VACATED = WarrantState.STAYED, WarrantState.ISSUED, WarrantState.VACATED
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("standing", "can_follow"),
    [
        (None, {STAYED, ISSUED}),
        (VACATED, {STAYED, ISSUED}),
        (STAYED, {ISSUED, VACATED}),
        (ISSUED, {STAYED, VACATED}),
    ],
)
def test_each_order_follows_what_stands(standing: WarrantState | None, can_follow: set[WarrantState]) -> None:
    assert set(next_orders(standing)) == can_follow
    refused = {order for order in WarrantState if refusal(standing, None, order, ON, ON)}
    assert refused == set(WarrantState) - can_follow


def test_a_refused_order_says_why_and_what_to_do() -> None:
    none = "No warrant stands, so there is none to vacate."
    assert refusal(None, None, VACATED, ON, ON) == refusal(VACATED, ON, VACATED, ON, ON) == none
    assert refusal(STAYED, ON, STAYED, ON, ON) == "The warrant is ordered and stayed already."
    assert refusal(ISSUED, ON, ISSUED, ON, ON) == "The warrant is issued already."
    ahead = "That day has not come yet. Write the day on which the judge ordered it."
    assert refusal(None, None, ISSUED, ON + DAY, ON) == ahead
    earlier = f"The order in force is of {words.day(ON, ON)}. Choose that day or a later one."
    assert refusal(STAYED, ON, ISSUED, ON - DAY, ON) == earlier
    assert refusal(STAYED, ON, ISSUED, ON, ON) is None
    assert refusal(STAYED, ON - DAY, ISSUED, ON, ON) is None


def test_only_the_choices_that_are_orders_order_anything() -> None:
    assert ORDERS == {MissedAppearance.WARRANT_STAYED: STAYED, MissedAppearance.WARRANT_ISSUED: ISSUED}
