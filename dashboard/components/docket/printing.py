"""Printing a docket: which of the three lists, and links to it as PDF, Excel and CSV. Only a PDF counts as printed."""

import streamlit as st

from dashboard import wording
from dashboard.components import html
from models.queries.docket import Docket
from models.rules.permissions import Action
from models.rules.vocabulary import ListKind
from models.scope import Actor, may

_KEY = "docket-kind"


def show_printing(who: Actor, docket: Docket, *, faces_room: bool) -> None:
    """Draw the choice of list and its links, for who may print or export."""
    if not may(who, Action.PRINT_LISTS):
        return
    kind = st.selectbox(
        "List to print",
        (ListKind.BENCH, ListKind.STAFFING, ListKind.PUBLIC),
        format_func=lambda one: wording.text(one).capitalize(),
        key=_KEY,
        label_visibility="collapsed",
        width=150,
    )
    html.show(print_links(who, docket, kind, faces_room=faces_room))


def print_links(who: Actor, docket: Docket, kind: ListKind, *, faces_room: bool) -> html.Html:
    """Return the links; a list with names is saved, not opened, while the room can see the screen."""
    saved = "1" if faces_room and kind is not ListKind.PUBLIC else None
    links = [_link("Print PDF", "docket", docket, kind, saved)]
    if may(who, Action.EXPORT_LISTS):
        links += [_link("Excel", "docket_xlsx", docket, kind, None), _link("CSV", "docket_csv", docket, kind, None)]
    return html.tag("p", html.join(links, " "), css="of-actions")


def _link(words: str, what: str, docket: Docket, kind: ListKind, saved: str | None) -> html.Html:
    made: str = html.link(words, f"/download/{what}", session=docket.heading.session_id, kind=kind.value, save=saved)
    css = "of-button" if what == "docket" else "of-more"
    return html.Html(made.replace("<a ", f'<a class="{css}" ', 1).replace('target="_self"', 'target="_blank"', 1))


def printed_words(who: Actor, docket: Docket) -> str:
    """Return when the list was last printed."""
    if docket.printed_at is None:
        return "This list has not been printed yet."
    return f"Last printed {wording.instant_words(docket.printed_at, who.zone)}."
