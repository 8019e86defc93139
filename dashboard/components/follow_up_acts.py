"""What can be done about one follow-up: done, hold, not needed, approve a date; and writing one of one's own.

Each is a form of its own with one button. The commands refuse in words; nothing is decided here.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import access, wording
from dashboard.components import html
from dashboard.components.heading import show_note
from dashboard.components.looked_at import show_second_look, writing_words
from dashboard.components.refusals import attempt
from dashboard.components.room import carried
from dashboard.components.tokens import form_token, renew
from dashboard.components.worklist import name_of
from dashboard.wording.follow_ups import what_is_open, when_words
from models.commands import appearances
from models.commands.follow_ups import CLOSES_BY_ITSELF, LONGEST_HOLD_DAYS, add_follow_up, hold, settle
from models.commands.given_responses import settle_response
from models.commands.typed import LONGEST_LINE
from models.errors import Invalid
from models.queries.follow_up import OpenFollowUp
from models.queries.search import find_cases
from models.rules.permissions import Action
from models.rules.vocabulary import Move
from models.scope import Actor, may

_CHOSEN = "follow-up-chosen"
_OWN = "follow-up:own"


def choose(rows: Sequence[OpenFollowUp], asked: UUID | None, *, faces_room: bool) -> OpenFollowUp | None:
    """Draw the choice of one of the rows, as a line of the controls; the link's row is in front when it is among them."""
    by_id = {row.id: row for row in rows}
    if st.session_state.get(_CHOSEN) not in by_id:
        st.session_state[_CHOSEN] = asked if asked in by_id else None

    def words(row_id: UUID) -> str:
        row = by_id[row_id]
        return f"{name_of(row, faces_room=faces_room) or 'No case'}: {wording.text(row.kind)}"

    chosen = st.selectbox(
        "Act on a follow-up",
        list(by_id),
        index=None,
        format_func=words,
        placeholder="Act on one of the list",
        key=_CHOSEN,
        label_visibility="collapsed",
        width=290,
    )
    return by_id[chosen] if chosen else None


def show_acts(who: Actor, row: OpenFollowUp, today: date, *, faces_room: bool) -> None:
    """Draw the row in front in full, and what may be done about it."""
    html.show(html.tag("p", what_is_open(row, faces_room=faces_room), css="of-note"))
    show_note(f"{wording.text(row.kind).capitalize()}, {when_words(row, today)}. It came about {_day(row, today)}.")
    with st.container(horizontal=True, key="acts"):
        if row.appearance_id and may(who, Action.MANAGE_DOCKET):
            _show_approval(row.appearance_id)
        elif row.response_id:
            _show_response(who, row.response_id)
        elif row.kind not in CLOSES_BY_ITSELF and st.button("Done", key="act-done", type="primary"):
            _do("Done.", lambda s, actor: settle(s, actor, row.id, now=access.now()))
        with st.popover("Hold", key="act-hold"):
            _show_hold(row, today)
        with st.popover("Not needed", key="act-waive"):
            _show_waive(row)
    if row.kind in CLOSES_BY_ITSELF:
        show_note("It closes by itself as soon as the calendar shows it.")
    if row.case_id:
        opened = html.link("Open the case", "/case_file", case=row.case_id, **carried())
        html.show(html.tag("p", opened, css="of-links of-note"))
    show_second_look("follow-up")


def _day(row: OpenFollowUp, today: date) -> str:
    return f"on {wording.day_short(row.since, today=today)}" if row.since != today else "today"


def _show_approval(appearance_id: UUID) -> None:
    if st.button("Approve the date", key="act-approve", type="primary"):
        _do(
            "On the calendar.", lambda s, actor: appearances.approve_proposed(s, actor, appearance_id, now=access.now())
        )
    with st.popover("Decline", key="act-decline"), st.form("decline", border=False):
        reason = st.text_input("Why not on that day", key="decline-reason", max_chars=LONGEST_LINE)
        if st.form_submit_button("Decline the date"):
            _do(
                "Declined. The case needs another date.",
                lambda s, actor: appearances.decline_proposed(s, actor, appearance_id, reason, now=access.now()),
            )


def _show_response(who: Actor, response_id: UUID) -> None:
    """Draw the two ways an ordered response ends by itself; not done is shown to the court, and nothing follows from it."""
    if not may(who, Action.MANAGE_RESPONSES):
        return
    for label, done, said in (
        ("Done", True, "Recorded as done."),
        ("Not done", False, "Recorded. The court sees it; nothing follows by itself."),
    ):
        if st.button(label, key=f"act-response-{done}", type="primary" if done else "secondary"):
            _do(said, partial(_settle_response, response_id=response_id, done=done))


def _settle_response(session: Session, actor: Actor, *, response_id: UUID, done: bool) -> None:
    settle_response(session, actor, response_id, done, now=access.now())


def _show_hold(row: OpenFollowUp, today: date) -> None:
    with st.form("hold", border=False):
        until = st.date_input(
            "Until",
            value=today + timedelta(days=7),
            min_value=today + timedelta(days=1),
            max_value=today + timedelta(days=LONGEST_HOLD_DAYS),
            format="MM/DD/YYYY",
            key="hold-until",
        )
        reason = st.text_input("Why it can wait", key="hold-reason", max_chars=LONGEST_LINE)
        if st.form_submit_button("Hold it"):
            _do("Held.", lambda s, actor: hold(s, actor, row.id, until, reason, now=access.now()))


def _show_waive(row: OpenFollowUp) -> None:
    with st.form("waive", border=False):
        reason = st.text_input("Why it need not be done", key="waive-reason", max_chars=LONGEST_LINE)
        if st.form_submit_button("Close it without doing it"):
            _do("Closed.", lambda s, actor: _waive(s, actor, row.id, reason))


def _waive(session: Session, actor: Actor, row_id: UUID, reason: str) -> None:
    if not reason.strip():
        raise Invalid("Write why it need not be done; whoever opens the case will read it.")
    settle(session, actor, row_id, now=access.now(), waived_reason=reason)


def _do(success: str, act: Callable[[Session, Actor], object]) -> None:
    """Do one act in one transaction as whoever is signed in now; the list is drawn anew when it succeeded."""
    with attempt(success) as tried, writing_words("follow-up") as session:
        act(session, access.actor())
    if tried.done:
        st.rerun()


def show_own(today: date) -> None:
    """Draw the form for a follow-up of one's own; the case is found by its docket number."""
    with st.form("own", border=False):
        what = st.text_input(
            "What is to be done", key="own-what", max_chars=LONGEST_LINE, help="Without names: it is read in lists."
        )
        due = st.date_input("By", value=today + timedelta(days=7), min_value=today, format="MM/DD/YYYY", key="own-due")
        number = st.text_input("Docket number (empty: no case)", key="own-number")
        move: Move | None = st.selectbox("Whose move", list(Move), index=1, format_func=wording.text, key="own-move")
        saved = st.form_submit_button("Add it", type="primary")
    if not saved:
        show_second_look("own")
        return
    with attempt("Added.") as tried, writing_words("own") as session:
        who = access.actor()
        case_id = _case_numbered(session, who, number)
        token = form_token(_OWN)
        add_follow_up(session, who, case_id, what, due, move or Move.COORDINATOR, token=token, now=access.now())
    if tried.done:
        renew(_OWN)
        for key in ("own-what", "own-number"):
            del st.session_state[key]
        st.rerun()
    show_second_look("own")


def _case_numbered(session: Session, who: Actor, number: str) -> UUID | None:
    wanted = number.strip().upper()
    if not wanted:
        return None
    found = [case for case in find_cases(session, who, wanted) if case.docket_number.upper() == wanted]
    if not found:
        raise Invalid("There is no case of this number here. Check the number, or leave it empty.")
    return found[0].case_id
