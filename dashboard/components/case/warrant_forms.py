"""Forms for what is told beside the standing: the judge's orders about a warrant, and new arrests with their source."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, day_input, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.tokens import form_token
from models.commands.typed import LONGEST_LINE
from models.commands.warrants import ArrestTold, order_warrant, strike_arrest, tell_arrest
from models.queries.case_file import CaseFile
from models.queries.case_warrants import ArrestRow
from models.rules import warrants as rule
from models.rules.vocabulary import ArrestSource, WarrantState
from models.scope import Actor

SOURCES = list(ArrestSource)


def warrant_form(file: CaseFile) -> Act | None:
    """Ask what the judge ordered about a warrant outside a session; nothing is preselected."""
    standing = file.warrant
    if standing:
        said = f"{rule.SPOKEN[standing.state]} on {wording.day_words(standing.ordered_on)} by {standing.ordered_by}"
        show_note(f"The last order: {said}.")
    with st.form("warrant", border=False):
        orders = rule.next_orders(standing.state if standing else None)
        state = st.radio("The judge orders: the warrant is", orders, None, format_func=_order, key="warrant-state")
        on = day_input("Ordered on", file.today, file.today, key="warrant-day")
        reason = st.text_input("Why", key="warrant-reason", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None
    if state is None:
        show_note("Choose what the judge ordered. Nothing is recorded until then.")
        return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return order_warrant(session, who, file.heading.case_id, state, on=on, now=now, reason=reason)

    return Act(run, f"Recorded: the warrant is {rule.SPOKEN[state]}. Nothing else has changed.")


def arrest_form(file: CaseFile) -> Act | None:
    """Ask for a new arrest somebody told the court of."""
    token = f"arrest:{file.heading.case_id}"
    with st.form("arrest", border=False):
        arrested_on = day_input("Arrested on", file.today, file.today, key="arrest-day")
        told_on = day_input("The court was told on", file.today, file.today, key="arrest-told")
        source = st.selectbox("Told by", SOURCES, None, format_func=_source, key="arrest-source")
        note = st.text_input("In a few words", key="arrest-note", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None
    if source is None:
        show_note("Choose who told the court. Nothing is recorded until then.")
        return None
    told = ArrestTold(token=form_token(token), arrested_on=arrested_on, told_on=told_on, source=source, note=note)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return tell_arrest(session, who, file.heading.case_id, told, now=now)

    return Act(run, "Recorded as a fact with its source. It is no verdict and changes nothing by itself.", token)


def strike_form(file: CaseFile) -> Act | None:
    """Ask which new arrest was told wrongly, and why."""
    by_id = {one.arrest_id: one for one in file.arrests}
    if not by_id:
        nothing_to_do("No new arrest is recorded, so there is nothing to strike.")
        return None
    with st.form("strike", border=False):
        chosen = st.selectbox("New arrest", list(by_id), format_func=lambda one: _arrest(by_id[one]), key="strike-one")
        reason = st.text_input("What was wrong", key="strike-reason", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        strike_arrest(session, who, chosen, reason, now=now)

    return Act(run, "Struck. It stays in the history and no longer counts.")


def _order(state: WarrantState) -> str:
    return capital(rule.SPOKEN[state])


def _source(source: ArrestSource) -> str:
    return capital(wording.text(source))


def _arrest(one: ArrestRow) -> str:
    return f"{wording.day_words(one.arrested_on)}, told by {wording.text(one.source)}"
