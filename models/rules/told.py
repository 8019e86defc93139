"""What is told beside the standing and never changes it: warrants, new arrests, goals out of reach, responses still open.

A warrant is the judge's order, a new arrest a fact with a source and not a verdict, a goal out of reach a need.
"""

from datetime import date

from models.rules import words
from models.rules.facts import CaseFacts
from models.rules.vocabulary import WarrantState

_ORDERED = {WarrantState.STAYED: "was ordered and stayed", WarrantState.ISSUED: "was issued"}


def noted(facts: CaseFacts, on: date) -> tuple[str, ...]:
    """Return a sentence for each such fact, as known on the civil date `on`."""
    said = (_warrant(facts, on), _arrests(facts, on), _open(facts), _distal(facts))
    return tuple(sentence for sentence in said if sentence)


def warrant_stands(facts: CaseFacts) -> bool:
    """Tell whether a warrant was ordered and not vacated."""
    return facts.warrant in _ORDERED


def _warrant(facts: CaseFacts, on: date) -> str | None:
    if facts.warrant not in _ORDERED or facts.warrant_on is None:
        return None
    return f"A warrant {_ORDERED[facts.warrant]} on {words.day(facts.warrant_on, on)}; it stands until the judge vacates it."


def _arrests(facts: CaseFacts, on: date) -> str | None:
    if not facts.arrests or facts.last_arrest_on is None:
        return None
    latest = words.day(facts.last_arrest_on, on)
    which = (
        f"A new arrest of {latest} was"
        if facts.arrests == 1
        else f"{words.count(facts.arrests, 'new arrest')}, the latest of {latest}, were"
    )
    return f"{which} reported to the court: a fact with its source, not a verdict, and not counted."


def _open(facts: CaseFacts) -> str | None:
    if not facts.open_responses:
        return None
    verb = "is" if facts.open_responses == 1 else "are"
    return f"{words.count(facts.open_responses, 'response')} of the court {verb} still open."


def _distal(facts: CaseFacts) -> str | None:
    if not facts.distal_goals:
        return None
    times = "once" if facts.distal_goals == 1 else f"{words.small(facts.distal_goals)} times"
    return (
        f"The court found {times} that a goal was out of reach: that asks for a service adjustment and is not counted."
    )
