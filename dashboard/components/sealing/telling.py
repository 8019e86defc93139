"""Who must be told of a sealing: the acts whose notices can still be fetched, and the court's agencies."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.components import html
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_note
from dashboard.components.sealing.orders import until_words
from models.commands.typed import LONGEST_NAME
from models.queries.sealing import AgencyRow, SealingRow
from models.rules.vocabulary import AgencyKind

_ACTS = ("Sealed", html.Column("Records", right=True), "On the authority of", "Can be fetched", "Notices")
_KINDS = list(AgencyKind)
_AGENCIES = ("Agency", "What it is", "How it is told", "Told of sealings")


def show_acts(acts: Sequence[SealingRow]) -> None:
    """Show each act with the links to its letters and its agencies' list."""
    show_note("Nobody sees a sealed record. These lists are the last look at it, and each fetching is in the audit.")
    if not acts:
        show_empty("No notices to fetch", "After a sealing they stand here for the days the court's policy allows.")
        return
    html.show(html.table("Sealings whose notices can be fetched", _ACTS, [_act(one) for one in acts]))


def show_agencies(rows: Sequence[AgencyRow]) -> None:
    """Show the agencies that are told of every sealing, and those that are not any more."""
    if not rows:
        show_empty("No agency is on the list", "Add whoever holds copies of the court's records.")
        return
    told = {True: wording.Word("yes", "●", wording.Tone.GOOD), False: wording.Word("no", "○", wording.Tone.QUIET)}
    cells = [html.Row([one.name, wording.text(one.kind), one.how, told[one.active]]) for one in rows]
    html.show(html.table("Agencies", _AGENCIES, cells))


def ask_agency() -> tuple[str, AgencyKind, str] | None:
    """Ask for a new agency; return its name, what it is and how it is told, once Add is pressed."""
    with st.form("agency", border=False, clear_on_submit=True):
        left, middle, right = st.columns(3)
        with left:
            name = st.text_input("Name of the agency", key="agency-name", max_chars=LONGEST_NAME)
        with middle:
            kind = st.selectbox("What it is", _KINDS, format_func=wording.text, key="agency-kind")
        with right:
            how = st.text_input("How it is told", key="agency-how", max_chars=LONGEST_NAME)
        pressed = st.form_submit_button("Add", type="primary")
    return (name, kind, how) if pressed else None


def _act(one: SealingRow) -> html.Row:
    links = [
        _file("Letters", "sealing_letters", one),
        _file("Agencies, PDF", "sealing_agencies", one),
        _file("CSV", "sealing_agencies_csv", one),
    ]
    rests_on = one.authority + (f", order {one.order_number}" if one.order_number else "")
    cells = (
        wording.day_year(one.sealed_on),
        one.cases,
        rests_on,
        until_words(one.notices_until),
        html.join(links, ", "),
    )
    return html.Row(cells)


def _file(words: str, what: str, one: SealingRow) -> html.Html:
    made: str = html.link(words, f"/download/{what}", act=one.id)
    return html.Html(made.replace('target="_self"', 'target="_blank"', 1))
