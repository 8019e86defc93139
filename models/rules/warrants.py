"""Which order about a warrant can follow which: ordered and stayed, issued, vacated. Each is the judge's own order.

Nothing here proposes one, and none brings about anything by itself.
"""

from datetime import date

from models.rules import words
from models.rules.vocabulary import MissedAppearance, WarrantState

SPOKEN = {
    WarrantState.STAYED: "ordered and stayed",
    WarrantState.ISSUED: "issued",
    WarrantState.VACATED: "vacated",
}

#: The choices about a missed appearance or a new arrest that are an order about a warrant.
ORDERS = {
    MissedAppearance.WARRANT_STAYED: WarrantState.STAYED,
    MissedAppearance.WARRANT_ISSUED: WarrantState.ISSUED,
}


def next_orders(standing: WarrantState | None) -> tuple[WarrantState, ...]:
    """Return the orders that can follow the one in force; None or a vacated warrant: no warrant stands."""
    if standing in (None, WarrantState.VACATED):
        return (WarrantState.STAYED, WarrantState.ISSUED)
    return tuple(state for state in WarrantState if state is not standing)


def refusal(
    standing: WarrantState | None, since: date | None, order: WarrantState, on: date, today: date
) -> str | None:
    """Return in words why an order of the civil date `on` cannot follow the one in force since `since`; None: it can."""
    if on > today:
        return "That day has not come yet. Write the day on which the judge ordered it."
    if order not in next_orders(standing):
        said = "No warrant stands, so there is none to vacate." if order is WarrantState.VACATED else None
        return said or f"The warrant is {SPOKEN[order]} already."
    if since and on < since:
        return f"The order in force is of {words.day(since, today)}. Choose that day or a later one."
    return None
