"""The fields of the intake form: who the person is and how to treat her rightly, and what the case is.

Each function draws fields and returns what was typed, as `IntakeForm.read` takes it; nothing is checked or stored here
but dates, which are repeated in words.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import wording
from dashboard.components.card import card
from dashboard.components.dates import date_field
from dashboard.components.heading import show_note
from models.queries.intake import PartOffered
from models.rules.ages import age_on
from models.rules.importing.people import listed
from models.rules.vocabulary import ChannelKind, FlagKind

MOST_CHARGES = 12


def show_person(form: str, today: date, problems: list[str]) -> dict[str, Any]:
    """Draw who the person is; `form` begins every key, so that a new form is empty."""
    with card("The person", key=f"{form}-person"):
        legal = st.text_input(
            "Legal name", key=f"{form}-legal", autocomplete="off", placeholder="as the court's papers have it"
        )
        left, right = st.columns(2)
        with left:
            preferred = st.text_input("Preferred name", key=f"{form}-preferred", autocomplete="off")
            pronunciation = st.text_input("Pronunciation", key=f"{form}-pronunciation", autocomplete="off")
            born = date_field(
                "Date of birth",
                key=f"{form}-born",
                latest=today,
                problems=problems,
                note=lambda day: f"{age_on(day, today)} years",
            )
            languages = st.text_input("Languages", key=f"{form}-languages", placeholder="Mandarin, English")
        with right:
            script = st.text_input("Preferred name as the person writes it", key=f"{form}-script", autocomplete="off")
            pronouns = st.text_input("Pronouns", key=f"{form}-pronouns", autocomplete="off")
            age = st.text_input("Or the age the person gives", key=f"{form}-age", disabled=born is not None)
            interpreter = st.text_input(
                "Interpreter for", key=f"{form}-interpreter", placeholder="language; empty: none"
            )
    return {
        "legal_name": legal,
        "preferred_name": preferred,
        "preferred_script": script,
        "pronunciation": pronunciation,
        "pronouns": pronouns,
        "date_of_birth": born,
        "reported_age": None if born or not age.strip() else age,
        "languages": listed(languages),
        "interpreter_language": interpreter,
    }


def show_safety(form: str) -> dict[str, Any]:
    """Draw the safety flags and one way to reach the person; more are added on the case file."""
    with card("Safety", "Only ways marked safe are ever used", key=f"{form}-safety"):
        flags = st.multiselect("Safety flags", list(FlagKind), format_func=wording.text, key=f"{form}-flags")
        left, middle, right = st.columns([2, 3, 1.3], vertical_alignment="bottom")
        kind = left.selectbox(
            "Way to reach the person", list(ChannelKind), format_func=wording.text, key=f"{form}-channel"
        )
        value = middle.text_input("Number or address", key=f"{form}-channel-value", autocomplete="off")
        safe = right.checkbox("It is safe", key=f"{form}-channel-safe")
    return {
        "flags": [{"kind": flag} for flag in flags],
        "channels": [{"kind": kind, "value": value, "safe": safe}] if value.strip() else [],
    }


def show_case(form: str, parts: Sequence[PartOffered], today: date, problems: list[str]) -> dict[str, Any]:
    """Draw the docket number, the part, the incident and the charges."""
    with card("The case", key=f"{form}-case"):
        left, middle, right = st.columns(3)
        number = left.text_input("Docket number", key=f"{form}-number", autocomplete="off")
        by_id = {part.part_id: part for part in parts}
        part_id: UUID | None = middle.selectbox(
            "Part",
            by_id,
            index=0 if len(by_id) == 1 else None,  # which part it is, is the court's order: nothing to guess
            format_func=lambda one: f"{by_id[one].name}, {by_id[one].judge}",
            placeholder="Choose the part",
            key=f"{form}-part",
        )
        with right:
            incident = date_field("Date of the incident", key=f"{form}-incident", latest=today, problems=problems)
        charges = [_charge(form, number) for number in range(1, _charge_count(form) + 1)]
        st.button("Another charge", key=f"{form}-more", on_click=_one_more, args=(form,), icon=":material/add:")
    return {
        "docket_number": number,
        "part_id": part_id,
        "incident_on": incident,
        "charges": [charge for charge in charges if charge["statute"].strip() or charge["description"].strip()],
    }


def _charge(form: str, number: int) -> dict[str, str]:
    left, middle, right = st.columns([1.2, 3, 1])
    return {
        "statute": left.text_input(f"Statute {number}", key=f"{form}-statute-{number}", autocomplete="off"),
        "description": middle.text_input(f"Charge {number}", key=f"{form}-charge-{number}", autocomplete="off"),
        "severity": right.text_input(f"Severity {number}", key=f"{form}-severity-{number}", autocomplete="off"),
    }


def _charge_count(form: str) -> int:
    count: int = st.session_state.get(f"{form}-charges", 1)
    return count


def _one_more(form: str) -> None:
    st.session_state[f"{form}-charges"] = min(_charge_count(form) + 1, MOST_CHARGES)


def show_hint() -> None:
    """Say what may stay empty."""
    show_note("Legal name, docket number, part and one charge are needed; everything else can follow on the case file.")
