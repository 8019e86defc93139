"""What the judge orders about a warrant or a new arrest: offered only where one is told, and never preselected."""

from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.components.heading import show_note
from models.queries.bench import BenchCase
from models.rules import warrants
from models.rules.told import warrant_stands
from models.rules.vocabulary import MissedAppearance, Outcome, WarrantState

AFTER_ARREST = tuple(MissedAppearance)


@dataclass(frozen=True)
class Orders:
    """What was chosen on the form; None where nothing was."""

    warrant: WarrantState | None = None
    after_arrest: MissedAppearance | None = None


def show_orders(case: BenchCase, outcome: Outcome) -> Orders:
    """Show the choices that the facts of the case call for; return what was chosen."""
    return Orders(warrant=_warrant(case, outcome), after_arrest=_after_arrest(case))


def _warrant(case: BenchCase, outcome: Outcome) -> WarrantState | None:
    facts = case.facts
    if not warrant_stands(facts) or facts.warrant is None or facts.warrant_on is None:
        return None
    if outcome is Outcome.DID_NOT_APPEAR:
        return None  # the choices about the missed appearance say it
    since = wording.day_short(facts.warrant_on, today=case.today)
    return st.segmented_control(
        f"Warrant {warrants.SPOKEN[facts.warrant]} {since}: the judge orders (nothing is chosen for her)",
        warrants.next_orders(facts.warrant),
        format_func=lambda state: warrants.SPOKEN[state].capitalize(),
        key=f"warrant-{case.heading.appearance_id}",
    )


def _after_arrest(case: BenchCase) -> MissedAppearance | None:
    facts = case.facts
    if not facts.arrests_since_court:
        return None
    chosen: MissedAppearance | None = st.segmented_control(
        f"{wording.count(facts.arrests_since_court, 'new arrest')} since court: the judge's choice (none is made for her)",
        AFTER_ARREST,
        format_func=lambda choice: wording.text(choice).capitalize(),
        key=f"arrest-{case.heading.appearance_id}",
    )
    show_note("A new arrest is a fact with its source, not a verdict. The standing does not count it.")
    return chosen
