"""What a clerk changes about one row of a docket: its place, its interpreter, its session, or that it is on at all.

Each change is one command in one transaction; a refusal is said in the command's own words and nothing is lost.
"""

from collections.abc import Callable, Sequence
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import access, store, wording
from dashboard.components.docket.table import name_of
from dashboard.components.heading import show_note
from dashboard.components.looked_at import show_second_look, writing_words
from dashboard.components.markdown import plain
from dashboard.components.refusals import attempt
from models.commands import appearances
from models.commands.typed import LONGEST_LINE
from models.queries.docket import Docket
from models.queries.docket_moves import move_choices
from models.queries.docket_rows import DocketRow
from models.rules.chosen_dates import Wish
from models.rules.permissions import Action
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, InterpreterState
from models.scope import Actor

_LIVE = (AppearanceState.PROPOSED, AppearanceState.SCHEDULED)


def row_text(row: DocketRow, *, faces_room: bool) -> str:
    """Return how a row is chosen from a list: "3 · Dara P. · 2026-QN-04388"."""
    return f"{row.number} · {name_of(row, faces_room=faces_room)} · {row.docket_number}"


def choose_row(docket: Docket, named: UUID | None, *, faces_room: bool) -> DocketRow | None:
    """Let the clerk choose the row to change; the link's own row is chosen first."""
    by_id = {row.appearance_id: row for row in docket.rows}
    key = f"docket-row-{docket.heading.session_id}"
    if st.session_state.get(key) not in by_id:
        st.session_state[key] = named if named in by_id else None
    chosen: UUID | None = st.selectbox(
        "Case to change",
        by_id,
        format_func=lambda one: row_text(by_id[one], faces_room=faces_room),
        key=key,
        placeholder="Type its number, name or docket number",
    )
    return None if chosen is None else by_id.get(chosen)


def show_row_changes(who: Actor, docket: Docket, row: DocketRow) -> None:
    """Draw everything that can be changed about one row."""
    _show_order(docket, row)
    if row.state not in _LIVE:
        show_note("Its outcome is recorded, so it stays on this list. A decision is corrected on the bench.")
        return
    with st.container(horizontal=True):
        _show_small_changes(row)
        with st.popover("Move to another session", key="row-move-ask"):
            _show_move(who, row)
        with st.popover("Take off the list", key="row-remove-ask"):
            _show_remove(row)
    show_second_look("docket")


def act(said: str, change: Callable[[Session, Actor], object]) -> None:
    """Carry out one change as whoever is signed in now, and draw the list anew."""
    with attempt(said) as tried, writing_words("docket") as session:
        change(session, access.require(Action.MANAGE_DOCKET))
    if tried.done:
        st.rerun()


def reordered(docket: Docket, row: DocketRow, place: int) -> list[UUID]:
    """Return the call order with the row at a place, counted from 1; a place beyond the ends is the end."""
    order = [other.appearance_id for other in docket.rows if other is not row]
    order.insert(max(place, 1) - 1, row.appearance_id)
    return order


def _show_order(docket: Docket, row: DocketRow) -> None:
    last = len(docket.rows)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        up = st.button("Move up", key="row-up", icon=":material/arrow_upward:", disabled=row.number == 1)
        down = st.button("Move down", key="row-down", icon=":material/arrow_downward:", disabled=row.number == last)
        key = f"row-place-{row.appearance_id}-{row.number}"
        place = st.number_input("Call as number", 1, last, row.number, key=key, width=140)
        put = st.button("Put it there", key="row-put", disabled=place == row.number)
    wanted = row.number - 1 if up else row.number + 1 if down else int(place) if put else None
    if wanted is not None:
        order, head = reordered(docket, row, wanted), docket.heading
        act(
            f"Called as number {wanted}.",
            lambda session, who: appearances.reorder(session, who, head.session_id, order, now=access.now()),
        )


def _show_small_changes(row: DocketRow) -> None:
    """Draw the interpreter and, for a proposed date, its approval."""
    if row.interpreter is not InterpreterState.NOT_NEEDED:
        _show_interpreter(row)
    if row.state is AppearanceState.PROPOSED and st.button("Approve the date", key="row-approve", type="primary"):
        approve([row])


def _show_interpreter(row: DocketRow) -> None:
    booked = row.interpreter is InterpreterState.BOOKED
    language = f"{plain(row.interpreter_language or 'The')} interpreter"
    label = f"{language} is no longer booked" if booked else f"{language} is booked"
    if st.button(label, key="row-interpreter"):
        act(
            "Recorded.",
            lambda session, who: appearances.book_interpreter(
                session, who, row.appearance_id, booked=not booked, now=access.now()
            ),
        )


def approve(rows: Sequence[DocketRow]) -> None:
    """Put proposed dates on the calendar for good, all of them or none."""

    def change(session: Session, who: Actor) -> None:
        for row in rows:
            appearances.approve_proposed(session, who, row.appearance_id, now=access.now())

    act(f"{wording.count(len(rows), 'date')} approved.", change)


def _show_move(who: Actor, row: DocketRow) -> None:
    """Draw the sessions it could go to, the proposed one first in mind, with their loads."""
    today, key = access.today(who), f"move-wish-{row.appearance_id}"
    wish = st.selectbox("Which date", [None, *Wish], format_func=lambda one: one or "as proposed", key=key)
    dated = wish in (Wish.THIS_DATE, Wish.THIS_WEEKDAY)
    on = st.date_input("Date", today, min_value=today, format="MM/DD/YYYY", key=f"{key}-on") if dated else None
    with store.reading() as session:
        choices = move_choices(session, who, row.appearance_id, today=today, wish=wish, on=on)
    by_id = {one.id: one for one in choices.sessions}
    with st.form(f"move-{row.appearance_id}", border=False):
        index = list(by_id).index(choices.proposed) if choices.proposed else None
        target = st.selectbox(
            "Move to",
            by_id,
            index=index,
            format_func=lambda one: session_text(by_id[one]),
            placeholder="Another session",
            key=f"move-to-{row.appearance_id}-{wish}-{on}",
        )
        show_note(choices.reason)
        reason = st.text_input("Reason for the move", key=f"move-reason-{row.appearance_id}", max_chars=LONGEST_LINE)
        over = st.text_input(
            "If that session is full: why it may go over its places", key=f"move-over-{row.appearance_id}"
        )
        if st.form_submit_button("Move it", key="row-move") and target is not None:
            act(
                f"Moved to {wording.day_words(by_id[target].on)}.",
                lambda session, who: appearances.move_appearance(
                    session, who, row.appearance_id, target, reason, now=access.now(), over_reason=over.strip() or None
                ),
            )


def session_text(one: OpenSession) -> str:
    """Return "Fri 11 December · DIV-2 · 24 of 25 places, 120 of 150 minutes", and whether it is full."""
    full = one.booked_cases >= one.capacity_cases or one.booked_minutes >= one.capacity_minutes
    load = f"{one.booked_cases} of {one.capacity_cases} places, {one.booked_minutes} of {one.capacity_minutes} minutes"
    return f"{wording.day_words(one.on)} · {one.part} · {load}{', full' if full else ''}"


def _show_remove(row: DocketRow) -> None:
    with st.form(f"remove-{row.appearance_id}", border=False):
        reason = st.text_input(
            "Reason for taking it off", key=f"remove-reason-{row.appearance_id}", max_chars=LONGEST_LINE
        )
        show_note("The case then needs another date. What was expected for this one is withdrawn.")
        if st.form_submit_button("Take it off the list", key="row-remove"):
            act(
                "Taken off the list.",
                lambda session, who: appearances.remove_appearance(
                    session, who, row.appearance_id, reason, now=access.now()
                ),
            )
