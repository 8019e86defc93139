"""Providers: who offers what, in which languages, with how many places and as of when; and looking after the list.

It shows no case and no participant.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.case.forms import Act
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.provider_forms import (
    kind_words,
    new_provider_form,
    new_service_form,
    provider_form,
    service_form,
)
from dashboard.components.refusals import attempt
from models.queries.providers import ProviderRow, ServiceOffered, providers
from models.rules.permissions import Action
from models.rules.vocabulary import ServiceKind
from models.scope import may

_COLUMNS = (
    "Service",
    "Kind",
    "Provider",
    "Languages",
    html.Column("Free places", right=True, narrow=True),
    html.Column("Wait", right=True, narrow=True),
    html.Column("As of", narrow=True),
)


def render() -> None:
    """Draw the list with its filter, and for whoever looks after it the forms."""
    who = access.require(Action.SEE_PROVIDERS)
    today = access.today(who)
    manages = may(who, Action.MANAGE_PROVIDERS)
    with store.reading() as session:
        rows = providers(session, who)
    in_use = [one for row in rows for one in row.services if one.active]
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        active = sum(row.active for row in rows)
        show_heading(
            "Providers", f"{wording.count(active, 'provider')}, {wording.count(len(in_use), 'service')} in use"
        )
    with right:
        acts = _show_adding(rows, today) if manages else []
    if not rows:
        own = "Add the first one above, then what it offers; after that cases can be referred to it."
        show_empty("No provider yet", own if manages else "The clerk or the coordinator adds the first one.")
    elif manages:
        left, right = st.columns([2.6, 1], gap="medium")
        with left:
            _show_list(rows, today)
        with right:
            acts += _show_changing(rows, today)
    else:
        _show_list(rows, today)
    for act in filter(None, acts):
        _do(act)


def _show_adding(rows: Sequence[ProviderRow], today: date) -> list[Act | None]:
    with st.container(horizontal=True, horizontal_alignment="right"):
        with st.popover("Add a provider", icon=":material/add:", key="add-provider"):
            provider = new_provider_form()
        with st.popover("Add a service", icon=":material/add:", key="add-service"):
            service = new_service_form(rows, today)
    return [provider, service]


def _show_list(rows: Sequence[ProviderRow], today: date) -> None:
    """Draw the filter and the services it lets through, by provider; what is closed is dimmed."""
    closed = sum(not one.active for one in _closable(rows))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = sorted({one.kind for row in rows for one in row.services}, key=kind_words)
        kind = st.selectbox(
            "Kind of service",
            [None, *kinds],
            format_func=lambda one: kind_words(one) if one else "Every kind",
            key="providers-kind",
            width=260,
        )
        everything = closed > 0 and st.toggle(f"Show {closed} closed", key="providers-closed")
    lines = list(_lines(rows, kind, today, everything=everything))
    if not lines:
        show_empty("No service in use here", "Choose another kind, or show what is closed.")
        return
    html.show(html.table("Services by provider", _COLUMNS, lines))
    show_note("A dash: nobody has said. Places and waits were true on the day named.")


def _closable(rows: Sequence[ProviderRow]) -> Iterator[ProviderRow | ServiceOffered]:
    """Yield every service, and the providers that have none."""
    for row in rows:
        yield from row.services or (row,)


def _lines(
    rows: Sequence[ProviderRow], kind: ServiceKind | None, today: date, *, everything: bool
) -> Iterator[html.Row]:
    for row in rows:
        shown = [one for one in row.services if (everything or one.active) and kind in (None, one.kind)]
        for number, one in enumerate(shown):
            yield _line(row, one, today, first=number == 0)
        if not row.services and kind is None and (everything or row.active):
            name = html.tag("em", "no service yet" if row.active else "closed")
            yield html.Row((name, None, _provider(row), None, None, None, None), past=not row.active)


def _line(row: ProviderRow, one: ServiceOffered, today: date, *, first: bool) -> html.Row:
    name: html.Cell = one.name if one.active else html.join([one.name, html.tag("em", "(closed)")])
    wait = None if one.wait_days is None else wording.count(one.wait_days, "day") if one.wait_days else "none"
    cells = (
        name,
        wording.text(one.kind),
        _provider(row) if first else row.name,
        ", ".join(one.languages) or None,
        one.places,
        wait,
        wording.day_short(one.as_of, today=today),
    )
    return html.Row(cells, past=not one.active)


def _provider(row: ProviderRow) -> html.Html:
    """Return a provider's name with how the court reaches it, and whether 42 CFR Part 2 holds for its records."""
    marks = ("place confidential" if row.confidential else None, "42 CFR Part 2" if row.substance_use else None)
    beside = [part for part in (row.contact, row.address, *marks) if part]
    return html.join([row.name, *([html.tag("p", " · ".join(beside), css="of-note")] if beside else [])])


def _show_changing(rows: Sequence[ProviderRow], today: date) -> list[Act | None]:
    """Draw what can be changed about one service and one provider."""
    acts: list[Act | None] = []
    services = {one.service_id: (row, one) for row in rows for one in row.services}
    if services:
        with card("Change a service", key="change-service"):
            chosen = st.selectbox(
                "Service",
                list(services),
                format_func=lambda one: _closed_words(
                    f"{services[one][0].name}: {services[one][1].name}", services[one][1]
                ),
                key="service-in-front",
            )
            acts.append(service_form(services[chosen][1], today))
    by_id = {row.provider_id: row for row in rows}
    with card("Change a provider", key="change-provider"):
        wanted = st.selectbox(
            "Provider",
            list(by_id),
            format_func=lambda one: _closed_words(by_id[one].name, by_id[one]),
            key="provider-in-front",
        )
        acts.append(provider_form(by_id[wanted]))
    return acts


def _closed_words(name: str, one: ProviderRow | ServiceOffered) -> str:
    return name if one.active else f"{name} (closed)"


def _do(act: Act) -> None:
    """Run one act in one transaction as whoever is signed in now; the list is drawn anew when it succeeded."""
    with attempt(act.said) as tried, store.writing() as session:
        act.run(session, access.require(Action.MANAGE_PROVIDERS), access.now())
    if tried.done:
        for key in act.clears:
            st.session_state.pop(key, None)
        st.rerun()


if __name__ == "__main__":
    render()
