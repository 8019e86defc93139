"""The whole history of a case as a table, newest first, with who recorded each fact and when; filtered by topic."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_note
from dashboard.components.html import Cell, Column, Row, join, show, table, tag
from dashboard.components.room import HIDDEN
from dashboard.wording.entries import TOPICS, entry_state, entry_title
from models.queries.case_entries import Entry, What
from models.scope import Actor

SHOWN_AT_ONCE = 40

#: Facts whose words are a rule's; all others' may be somebody's own and name a person, a place or an illness.
_RULES_WORDS = frozenset({What.STANDING, What.ACD})

#: Facts whose title names a kind of service, a provider or a way of contact.
_NAMES_SERVICE = frozenset({What.NOTE, What.CONTACT, What.REPORT, What.REFERRAL, What.SESSION, What.RELEASE})

_COLUMNS = (Column("Date", narrow=True), "What", Column("State"), "In words", "Recorded")


def show_history(entries: Sequence[Entry], who: Actor, today: date, *, faces_room: bool) -> None:
    """Show the filter and the entries it lets through; what was corrected stays, dimmed."""
    chosen = st.pills(
        "Show only", list(TOPICS), selection_mode="multi", format_func=TOPICS.__getitem__, key="case-topics"
    )
    rows = [entry for entry in entries if not chosen or entry.topic in chosen]
    if not rows:
        show_empty("Nothing here yet", "Choose another filter, or enter what has happened with the buttons above.")
        return
    everything = len(rows) <= SHOWN_AT_ONCE or st.session_state.get("case-everything", False)
    shown = rows if everything else rows[:SHOWN_AT_ONCE]
    show(table("History of the case, newest first", _COLUMNS, [_row(one, who, today, faces_room) for one in shown]))
    if not everything:
        show_note(f"The newest {SHOWN_AT_ONCE} of {len(rows)} entries.")
        st.button(f"Show all {len(rows)}", key="case-show-all", on_click=_show_all)


def _show_all() -> None:
    st.session_state["case-everything"] = True


def _row(entry: Entry, who: Actor, today: date, faces_room: bool) -> Row:
    unnamed = faces_room and entry.what in _NAMES_SERVICE
    private = faces_room and entry.what not in _RULES_WORDS
    cells: list[Cell] = [
        wording.day_short(entry.on, today=today),
        entry_title(replace(entry, subject=None, about=None) if unnamed else entry),
        entry_state(entry) or "",
        HIDDEN if private and entry.words else entry.words or "",
        _recorded(entry, who),
    ]
    return Row(cells, past=entry.over)


def _recorded(entry: Entry, who: Actor) -> Cell:
    if entry.at is None:
        return entry.by or ""
    when = tag("span", wording.instant_words(entry.at, who.zone), css="of-whole")
    return join([f"{entry.by or 'Scheduler'},", when])
