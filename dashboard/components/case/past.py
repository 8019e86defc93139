"""A view of the past: the case as the court saw it on a day; and what was entered since the last appearance."""

from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.components.card import card
from dashboard.components.case.forms import DATES
from dashboard.components.case.history import show_history
from dashboard.components.case.standing import show_answer
from dashboard.components.heading import show_note
from dashboard.components.html import join, show, tag
from dashboard.components.room import HIDDEN
from dashboard.wording.entries import entry_state, entry_title
from models.queries.as_seen import SeenCase, entered_since_court
from models.queries.case_entries import Entry
from models.queries.case_file import CaseFile
from models.scope import Actor

_DAY = "case-past-day"
_NEWS_SHOWN = 6


def chosen_day(file: CaseFile) -> date | None:
    """Ask for a past day; None: the case as it is known today."""
    chosen = st.date_input(
        "As the court saw it on",
        None,
        min_value=file.heading.opened_on,
        max_value=file.today,
        format=DATES,
        key=_DAY,
        width=240,
        help="What was entered later is left out, and the policy of that day judges.",
    )
    return chosen if isinstance(chosen, date) else None


def show_past(seen: SeenCase, who: Actor, *, faces_room: bool) -> None:
    """Show the standing, the reasons and the history as they were at the end of a day, marked as a view of the past."""
    day = wording.day_year(seen.on)
    with st.container(key="case-past"):
        said = f"This is a view of the past: the case as the court saw it at the end of {day}."
        show(tag("p", tag("strong", said), css="of-lead"))
        show_note("What was entered later is not here. Nothing can be recorded in this view.")
        st.button("Back to today", key="case-past-back", on_click=_back)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left, card("History", f"as it was known on {day}", key="case-past-history"):
        show_history(seen.entries, who, seen.on, faces_room=faces_room)
    with right, card("How the case stood", f"on {day}", key="case-past-standing"):
        show_answer(seen.standing)


def _back() -> None:
    st.session_state[_DAY] = None


def show_news(file: CaseFile, *, faces_room: bool) -> None:
    """Show in words what was entered since the last appearance, whatever day it is about."""
    last_on = file.standing.inputs.last_appearance_on
    if last_on is None:
        return
    news = entered_since_court(file)
    since = wording.day_short(last_on, today=file.today)
    with card("What changed since court", f"entered since {since}", key="case-news"):
        if faces_room:
            show_note(HIDDEN)
            return
        if not news:
            show_note("Nothing has been entered since the last appearance.")
            return
        show(tag("ul", join([tag("li", _told(one, file)) for one in news[:_NEWS_SHOWN]], ""), css="of-list"))
        if len(news) > _NEWS_SHOWN:
            show_note(f"The latest {_NEWS_SHOWN} of {len(news)}; all are in the history.")


def _told(entry: Entry, file: CaseFile) -> str:
    state = entry_state(entry)
    day = wording.day_short(entry.on, today=file.today)
    said = f"{entry_title(entry)}, {day}"
    return f"{said}: {state.text}" if state else said
