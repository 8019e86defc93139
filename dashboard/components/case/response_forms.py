"""The court's responses in a case as they stand, and the forms for what becomes of them: done, not done, withdrawn."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.html import Cell, Column, Row, show, table
from dashboard.components.room import HIDDEN
from dashboard.wording import Word
from models.commands.given_responses import settle_response, take_back_response
from models.commands.typed import LONGEST_LINE
from models.queries.case_file import CaseFile
from models.queries.timeline import TimelineResponse
from models.rules.vocabulary import ResponseState
from models.scope import Actor

_SHOWN = 6
_DONE, _NOT_DONE = "Done", "Not done"


def show_given(file: CaseFile, *, faces_room: bool) -> None:
    """Show the court's responses, the newest first, with their state and the day they are to be done by."""
    if faces_room:
        show_note(HIDDEN)
        return
    given = list(reversed(file.timeline.responses))
    if not given:
        show_note("The court has not responded yet. It proposes at the bench, as soon as there is something to answer.")
        return
    columns = [Column("Date", narrow=True), Column("Response"), Column("State")]
    show(table("The court's responses", columns, [_row(one, file) for one in given[:_SHOWN]]))
    if len(given) > _SHOWN:
        show_note(f"The newest {_SHOWN} of {len(given)}; all are in the history.")


def _row(one: TimelineResponse, file: CaseFile) -> Row:
    kind, look = wording.word(one.kind), wording.word(one.state)
    said = Word(f"{capital(kind.text)}: {one.what}", kind.shape, kind.tone)
    state = Word(_state(one, file, look.text), look.shape, look.tone)
    cells: list[Cell] = [wording.day_short(one.decided_on, today=file.today), said, state]
    return Row(cells, past=one.state is ResponseState.WITHDRAWN)


def _state(one: TimelineResponse, file: CaseFile, text: str) -> str:
    """Return "ordered, by 18 Dec", "not done, 2 Dec", "withdrawn, 2 Dec"."""
    if one.state is ResponseState.ORDERED:
        return f"{text}, by {wording.day_short(one.due_on, today=file.today)}" if one.due_on else text
    return f"{text}, {wording.day_short(one.settled_on, today=file.today)}" if one.settled_on else text


def settle_form(file: CaseFile) -> Act | None:
    """Ask whether an ordered response was done; its act is `settle_response`."""
    by_id = {one.response_id: one for one in file.timeline.responses if one.state is ResponseState.ORDERED}
    if not by_id:
        nothing_to_do("No response is open. What the court orders at the bench waits here until it is recorded.")
        return None
    with st.form("settle-response", border=False):
        response_id = st.selectbox(
            "Response", list(by_id), format_func=lambda one: _words(by_id[one], file), key="settle-response"
        )
        became = st.radio("It was", [_DONE, _NOT_DONE], index=None, key="settle-became")
        show_note("What is not done is shown to the court. Nothing follows by itself.")
        if not save() or became is None:
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        settle_response(session, who, response_id, became == _DONE, now=now)

    return Act(run, "Recorded.")


def withdraw_form(file: CaseFile) -> Act | None:
    """Ask which response is withdrawn, and why; its act is `take_back_response`."""
    stand = [one for one in reversed(file.timeline.responses) if one.state is not ResponseState.WITHDRAWN]
    by_id = {one.response_id: one for one in stand}
    if not by_id:
        nothing_to_do("There is no response to withdraw.")
        return None
    with st.form("withdraw-response", border=False):
        response_id = st.selectbox(
            "Response", list(by_id), format_func=lambda one: _words(by_id[one], file), key="withdraw-response"
        )
        reason = st.text_input("Why it is withdrawn", key="withdraw-reason", max_chars=LONGEST_LINE, autocomplete="off")
        show_note("It is kept and marked. It answers nothing any more: the behaviour it answered waits again.")
        if not save("Withdraw it"):
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        take_back_response(session, who, response_id, reason, now=now)

    return Act(run, "Withdrawn. It stays in the history with the reason.")


def _words(one: TimelineResponse, file: CaseFile) -> str:
    return f"{wording.day_short(one.decided_on, today=file.today)}: {wording.text(one.kind)}, {one.what}"
