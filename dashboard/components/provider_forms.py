"""Forms about providers and their services. Each draws itself and returns an act once its button is pressed, else None.

None writes: the view runs the act in one transaction, and the command in it authorises once more.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import DATES, Act
from dashboard.components.heading import show_note
from models.commands import providers as commands
from models.queries.providers import ProviderRow, ServiceOffered
from models.rules.importing.people import listed
from models.rules.vocabulary import ServiceKind
from models.scope import Actor

_KINDS = list(ServiceKind)
_MOST = 10_000


def new_provider_form() -> Act | None:
    """Ask for an agency."""
    with st.form("new-provider", border=False):
        name = st.text_input("Name of the provider", key="new-provider-name", autocomplete="off")
        reached = _reached("new-provider", None)
        if not st.form_submit_button("Add the provider", type="primary"):
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return commands.add_provider(session, who, name, now=now, **reached)

    clears = ("new-provider-name", "new-provider-contact", "new-provider-address")
    return Act(run, "Added. Now add what it offers.", clears=clears)


def new_service_form(offered: Sequence[ProviderRow], today: date) -> Act | None:
    """Ask for a service of one of the providers in use."""
    by_id = {one.provider_id: one for one in offered if one.active}
    if not by_id:
        show_note("Add a provider first.")
        return None
    with st.form("new-service", border=False):
        provider_id = st.selectbox(
            "Provider", list(by_id), format_func=lambda one: by_id[one].name, key="new-service-of"
        )
        name = st.text_input("Name of the service", key="new-service-name", autocomplete="off")
        kind: ServiceKind = st.selectbox("Kind of service", _KINDS, format_func=kind_words, key="new-service-kind")
        places = _places("new-service", None, today)
        if not st.form_submit_button("Add the service", type="primary"):
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return commands.add_service(session, who, provider_id, name, kind, now=now, **places)

    return Act(run, "Added. Cases can be referred to it now.", clears=("new-service-name",))


def service_form(one: ServiceOffered, today: date) -> Act | None:
    """Ask for a service's languages, places and wait as they are now, or whether it is still in use."""
    key = f"service-{one.service_id}"
    with st.form(key, border=False):
        places = _places(key, one, today)
        saved = st.form_submit_button("Save the service", type="primary")
    if saved:
        return Act(lambda s, who, now: commands.update_service(s, who, one.service_id, now=now, **places), "Recorded.")
    if not one.active:
        if st.button("Take the service back into use", key=f"{key}-reopen"):
            return Act(lambda s, who, now: commands.reopen_service(s, who, one.service_id, now=now), "In use again.")
        return None
    question = "Nobody is referred to it any more. Referrals under way stay."
    return _close("the service", question, one.service_id, commands.retire_service)


def provider_form(one: ProviderRow) -> Act | None:
    """Ask how an agency is reached, or whether it is still in use."""
    key = f"provider-{one.provider_id}"
    with st.form(key, border=False):
        reached = _reached(key, one)
        saved = st.form_submit_button("Save the provider", type="primary")

    def update(session: Session, who: Actor, now: datetime) -> None:
        commands.update_provider(session, who, one.provider_id, now=now, **reached)

    if saved:
        return Act(update, "Recorded.")
    if not one.active:
        if st.button("Take the provider back into use", key=f"{key}-reopen"):
            return Act(lambda s, who, now: commands.reopen_provider(s, who, one.provider_id, now=now), "In use again.")
        return None
    question = "Its services are closed with it. Referrals under way and expected reports stay."
    return _close("the provider", question, one.provider_id, commands.retire_provider)


def _close(what: str, question: str, row_id: UUID, retire: Callable[..., None]) -> Act | None:
    """Show a second look before something is closed; return its act once that is answered."""
    with st.popover(f"Close {what}", key=f"close-{row_id}-ask"):
        show_note(question)
        sure = st.button(f"Close {what} now", key=f"close-{row_id}", type="primary")
    return Act(lambda s, who, now: retire(s, who, row_id, now=now), "Closed. Its history stays.") if sure else None


def _reached(key: str, present: ProviderRow | None) -> dict[str, Any]:
    """Draw how and where an agency is reached and its two marks; return them as the commands take them."""
    contact = st.text_input(
        "How the court reaches it", (present and present.contact) or "", key=f"{key}-contact", autocomplete="off"
    )
    address = st.text_input("Address", (present and present.address) or "", key=f"{key}-address", autocomplete="off")
    confidential = st.checkbox(
        "Where it is, is confidential (a shelter)",
        bool(present and present.confidential),
        key=f"{key}-confidential",
        help="Never printed or exported; words that name it are stopped.",
    )
    substance_use = st.checkbox(
        "Substance use records (42 CFR Part 2)",
        bool(present and present.substance_use),
        key=f"{key}-part-2",
        help="Released only as that rule asks.",
    )
    return {"contact": contact, "address": address, "confidential": confidential, "substance_use": substance_use}


def _places(key: str, present: ServiceOffered | None, today: date) -> dict[str, Any]:
    """Draw languages, places, wait and the day they are true of; return them as the commands take them."""
    languages = st.text_input(
        "Languages",
        ", ".join(present.languages) if present else "",
        key=f"{key}-languages",
        placeholder="Thai, English",
    )
    left, right = st.columns(2)
    places = left.number_input("Free places", 0, _MOST, present.places if present else None, key=f"{key}-places")
    wait = right.number_input("Days to wait", 0, _MOST, present.wait_days if present else None, key=f"{key}-wait")
    as_of = st.date_input("As of", today, max_value=today, format=DATES, key=f"{key}-as-of")
    return {"languages": listed(languages), "places": places, "wait_days": wait, "as_of": as_of}


def kind_words(kind: ServiceKind) -> str:
    """Return a kind of service for a choice: "Emergency housing"."""
    return wording.text(kind).capitalize()
