"""Closing a day or a session: the preview of every case it moves, then one act, then what was done in words.

Drawn by the calendar screen in its place; nothing is written before the plan is approved.
"""

from collections import Counter
from datetime import date
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.move_plan import (
    Targets,
    over_places,
    plan_table,
    show_change_one,
    show_effects,
    summary_table,
    targets_of,
)
from dashboard.components.refusals import attempt
from dashboard.components.room import carried, faces_room
from models.commands import closures, sessions
from models.queries.moves import MovePreview, preview_day, preview_session
from models.rules.permissions import Action
from models.scope import Actor

#: Where the calendar finds what was done, to say it once.
DONE = "calendar-done"


def show(who: Actor, today: date, *, day: date | None, session_id: UUID | None) -> None:
    """Draw the preview of closing a session, or else a day, and carry it out when approved."""
    key = f"moves:{session_id or day}"
    with store.reading() as session:
        if session_id:
            preview = preview_session(session, who, session_id, today=today, faces_room=faces_room())
        else:
            assert day is not None  # noqa: S101 - the calendar asks for one of the two
            preview = preview_day(session, who, day, today=today, faces_room=faces_room())
    what = "session" if session_id else "day"
    targets = targets_of(preview, key)
    show_heading(f"Close {wording.day_words(preview.day, year=True)}", _counted(preview, targets))
    back = html.link("Back to the calendar", "/calendar", day=preview.day, **carried())
    html.show(html.tag("p", back, css="of-links"))
    if preview.day < today:
        show_empty("This day has passed", "Record 'adjourned by the court' for the cases that were on it.")
        return
    left, right = st.columns([5, 2], gap="large")
    with left:
        if preview.rows:
            html.show(summary_table(preview, targets))
            html.show(plan_table(who, preview, targets, key, today))
        else:
            show_empty("No case is on it", f"Closing the {what} moves nothing.")
        show_effects(preview)
    with right:
        _show_approval(preview, targets, session_id, seen=st.session_state.get(f"{key}:seen", {}))
        st.session_state[f"{key}:seen"] = dict(targets)
        if preview.rows:
            with card("Change single cases", key="change-single"):
                show_change_one(preview, targets, key)


def _counted(preview: MovePreview, targets: Targets) -> str:
    """Say how large it is: "2 sessions, 14 cases to move, 1 without a place"."""
    cases = f"{wording.count(len(preview.rows), 'case')} to move"
    left = len(preview.rows) - len(targets)
    said = f"{wording.count(len(preview.closing), 'session')}, {cases}"
    return f"{said}, {left} without a place" if left else said


def _show_approval(preview: MovePreview, targets: Targets, session_id: UUID | None, *, seen: Targets) -> None:
    """Ask for the reason, and for another one where a session would go over; then close.

    What is carried out is the plan that was `seen` when the button was pressed, not one made since.
    """
    over = over_places(preview, targets)
    missing = len(preview.rows) - len(targets)
    with card("Approve", key="approve-closing"), st.form("close-it", border=False):
        name = st.text_input(
            "Why it is closed",
            value=preview.name or "",
            key="closing-name",
            placeholder="such as: Snow, or a holiday's name",
        )
        over_reason = None
        if over:
            days = ", ".join(f"{wording.day_words(one.on)} ({one.part})" for one in over)
            show_note(f"Over its places: {days}.")
            over_reason = st.text_input("Why it may go over", key="closing-over")
        if missing:
            show_note(f"{wording.count(missing, 'case')} still needs a session: choose one below, or open one first.")
        cases = wording.count(len(preview.rows), "case")
        said = f"Close and move {cases}" if preview.rows else "Close"
        approved = st.form_submit_button(said, type="primary", disabled=missing > 0, key="close-now")
    if approved:
        _close(preview, seen, session_id, name, over_reason or None)


def _close(preview: MovePreview, targets: Targets, session_id: UUID | None, name: str, over_reason: str | None) -> None:
    """Carry the plan out in one transaction, then go back to the calendar and say what was done."""
    plan = tuple((one, target.id) for one, target in targets.items())
    with attempt() as tried, store.writing() as session:
        actor, now = access.require(Action.MANAGE_CALENDAR), access.now()
        if session_id:
            sessions.close_session(session, actor, session_id, name, plan, now=now, over_reason=over_reason)
        else:
            closures.close_day(session, actor, preview.day, name, plan, now=now, over_reason=over_reason)
    if tried.done:
        for kept in ("", ":seen"):
            st.session_state.pop(f"moves:{session_id or preview.day}{kept}", None)
        st.session_state[DONE] = done_words(preview, targets, name.strip())
        st.query_params.from_dict({"day": preview.day.isoformat(), **carried()})
        st.rerun()


def done_words(preview: MovePreview, targets: Targets, name: str) -> str:
    """Return what was done: "Fri 11 December is closed: Snow. 3 cases moved: 2 to Fri 18 December (Part 12), ..."."""
    said = f"{wording.day_words(preview.day)} is closed: {name}."
    if not targets:
        return f"{said} No case was on it."
    went = Counter((target.on, target.part) for target in targets.values())
    places = ", ".join(f"{number} to {wording.day_words(on)} ({part})" for (on, part), number in sorted(went.items()))
    return f"{said} {wording.count(len(targets), 'case')} moved: {places}."
