"""Forms about court sessions and closed days: each draws itself and returns what was entered, or None.

They write nothing; the view hands what comes back to a command.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

import streamlit as st

from dashboard.components.heading import show_note
from dashboard.components.markdown import plain
from dashboard.wording import day_words, text
from models.queries.calendar import Choices, ClosureRow, SessionRow
from models.rules.importing.people import listed
from models.rules.vocabulary import CapacityBy, Purpose

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_DATES = "MM/DD/YYYY"
_FULL_BY = list(CapacityBy)
_CODES = (
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA PR RI SC SD TN TX UT VT VA WA WV WI WY"
)
#: The states and districts a list of holidays is known for.
STATES = tuple(_CODES.split())


@dataclass(frozen=True, kw_only=True)
class NewRow:
    """A row of sessions to open: a part's usual ones, on a weekday (Monday is 0), from the first day to the last."""

    part_id: UUID
    weekday: int
    every_weeks: int
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The values of a session as they should be."""

    judge_id: UUID
    starts_at: time
    capacity_cases: int
    capacity_minutes: int
    purposes: frozenset[Purpose]
    capacity_by: CapacityBy
    kept_for_new: int
    interpreter_languages: tuple[str, ...]
    reason: str | None


def show_open_form(choices: Choices, today: date) -> NewRow | None:
    """Ask for one session (first and last day the same) or a row of them."""
    parts = {part.id: part for part in choices.parts}
    with st.form("open-sessions", border=False):
        part_id = st.selectbox("Part", parts, format_func=lambda one: parts[one].name, key="open-part")
        left, right = st.columns(2)
        weekday = left.selectbox("Every", range(5), format_func=_WEEKDAYS.__getitem__, index=4, key="open-weekday")
        every = right.number_input("Weeks between", min_value=1, max_value=12, value=1, key="open-every")
        first = left.date_input("From", value=today, min_value=today, format=_DATES, key="open-first")
        last = right.date_input(
            "Until", value=today + timedelta(days=84), min_value=today, format=_DATES, key="open-last"
        )
        show_note("Start, judge and places are the part's usual ones. Closed days are left out and named.")
        saved = st.form_submit_button("Open sessions")
    if not saved:
        return None
    return NewRow(part_id=part_id, weekday=weekday, every_weeks=int(every), first=first, last=last)


def show_change_form(row: SessionRow, choices: Choices) -> Changed | None:
    """Ask for a session's values, filled with what they are."""
    judges = dict(choices.judges) | {row.judge_id: row.judge}
    key = f"change-{row.id}"
    with st.form(key, border=False):
        ids = list(judges)
        judge_id = st.selectbox(
            "Judge", ids, index=ids.index(row.judge_id), format_func=judges.__getitem__, key=f"{key}-judge"
        )
        one, two, three = st.columns(3)
        starts_at = one.time_input("Start", value=row.starts_at, step=900, key=f"{key}-start")
        cases = two.number_input("Cases", min_value=1, value=row.capacity_cases, key=f"{key}-cases")
        minutes = three.number_input("Minutes", min_value=1, value=row.capacity_minutes, step=5, key=f"{key}-minutes")
        by = one.selectbox("Full by", _FULL_BY, _FULL_BY.index(row.capacity_by), format_func=text, key=f"{key}-by")
        kept = two.number_input("Kept for new", min_value=0, value=row.kept_for_new, key=f"{key}-kept")
        spoken = three.text_input("Interpreters", ", ".join(row.interpreter_languages), key=f"{key}-languages")
        purposes = st.multiselect(
            "Takes only (empty: any)", list(Purpose), default=sorted(row.purposes), format_func=text, key=f"{key}-for"
        )
        reason = st.text_input("Reason, if it falls below what is booked", key=f"{key}-reason")
        saved = st.form_submit_button("Save the session")
    if not saved:
        return None
    return Changed(
        judge_id=judge_id,
        starts_at=starts_at,
        capacity_cases=int(cases),
        capacity_minutes=int(minutes),
        purposes=frozenset(purposes),
        capacity_by=by,
        kept_for_new=int(kept),
        interpreter_languages=listed(spoken),
        reason=reason or None,
    )


def show_confirm_form(proposed: tuple[ClosureRow, ...]) -> tuple[str, list[UUID]] | None:
    """Ask which proposed holidays the court keeps; return "confirm" or "decline" with their ids."""
    with st.form("proposed-holidays", border=False):
        chosen = [
            one.id
            for one in proposed
            if st.checkbox(f"{day_words(one.on)}: {plain(one.name)}", value=True, key=f"holiday-{one.id}")
        ]
        with st.container(horizontal=True):
            confirmed = st.form_submit_button("Confirm", type="primary", key="confirm-holidays")
            declined = st.form_submit_button("Not kept here", key="decline-holidays")
    if confirmed or declined:
        return "confirm" if confirmed else "decline", chosen
    return None


def show_propose_form(today: date) -> tuple[int, str | None] | None:
    """Ask for a year and a state whose public holidays are to be proposed."""
    with st.form("propose-holidays", border=False):
        left, right = st.columns(2)
        year = left.number_input(
            "Year", min_value=today.year, max_value=today.year + 3, value=today.year + 1, key="year"
        )
        state = right.selectbox("State", (None, *STATES), format_func=lambda one: one or "federal only", key="state")
        asked = st.form_submit_button("Propose holidays")
    return (int(year), state) if asked else None


def show_day_form(today: date) -> dict[str, str] | None:
    """Ask which day should be closed, and from when; return the link's query for the preview, before which nothing happens."""
    with st.form("close-day", border=False):
        left, right = st.columns(2)
        day = left.date_input("Day", value=today, min_value=today, format=_DATES, key="close-day-on")
        hour = right.time_input("From (empty: all day)", value=None, step=900, key="close-day-from")
        show_note("Sessions that begin before that hour still sit.")
        if not st.form_submit_button("Look at what would move"):
            return None
    return {"day": day.isoformat(), "close": "1"} | ({"from": hour.isoformat("minutes")} if hour else {})
