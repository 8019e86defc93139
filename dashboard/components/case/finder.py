"""Finding a case: the search box first, then what was found, or the day's cases and those last worked on."""

from collections.abc import Sequence

import streamlit as st

from dashboard import wording
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.html import Column, Html, Row, join, link, show, table
from dashboard.components.room import carried
from models.queries.search import FoundCase
from models.rules.called import short_name

SHOWN = 20


def search_box() -> str:
    """Show the heading and the search box, and return what is looked for."""
    show_heading("Find a case", "by docket number, or by the beginning of a name in any script")
    return st.text_input(
        "Docket number or name", key="case-search", placeholder="2026-QN-00417, or three letters of a name"
    ).strip()


def show_found(text: str, found: Sequence[FoundCase], *, faces_room: bool) -> None:
    """Show the cases that were found, or what to try next."""
    if not found:
        show_empty("No case found", "Try fewer letters, another spelling, or the last digits of the docket number.")
        return
    show(case_table(f"Cases found for {text}" if not faces_room else "Cases found", found, faces_room=faces_room))
    if len(found) >= SHOWN:
        show_note(f"The first {SHOWN}. Type more to narrow it down.")


def show_suggestions(
    today: Sequence[FoundCase], recent: Sequence[FoundCase], *, faces_room: bool, may_open: bool
) -> None:
    """Show the cases of the day and those the viewer last worked on."""
    if not today and not recent:
        next_step = join([link("Open a new case", "/new_case", **carried()), " or type a name above."], "")
        show_empty("No case on today's calendar", next_step if may_open else "Type a docket number or a name above.")
        return
    left, right = st.columns(2, gap="medium")
    with left, card("On today's calendar", wording.count(len(today), "case")):
        _list("Cases on today's calendar", today, "Nothing is on the calendar today.", faces_room=faces_room)
    with right, card("You last worked on"):
        _list("Cases you last worked on", recent, "What you record in a case brings it here.", faces_room=faces_room)


def _list(caption: str, cases: Sequence[FoundCase], empty: str, *, faces_room: bool) -> None:
    if cases:
        show(case_table(caption, cases, faces_room=faces_room))
    else:
        show_note(empty)


def case_table(caption: str, cases: Sequence[FoundCase], *, faces_room: bool) -> Html:
    """Return cases as a table whose names are links to them."""
    columns = [Column("Participant"), Column("Docket number", narrow=True), Column("Stage"), Column("Part")]
    return table(caption, columns, [_row(one, faces_room=faces_room) for one in cases])


def _row(one: FoundCase, *, faces_room: bool) -> Row:
    name = short_name(one.preferred_name, one.legal_name, one.initials_only, faces_room)
    hidden = faces_room or one.initials_only
    shown = f"{name} {one.preferred_script}" if one.preferred_script and not hidden else name
    anchor = link(shown, "/case_file", case=one.case_id, **carried())
    return Row([anchor, one.docket_number, wording.word(one.stage), one.part])
