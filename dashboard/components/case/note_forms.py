"""Forms for a note and for a contact: one's own or the team's; only by ways marked safe."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, day_input, save
from dashboard.components.case.heading import capital
from dashboard.components.tokens import form_token
from models.commands.contacts import ALWAYS_SAFE, record_contact
from models.commands.notes import write_note
from models.commands.typed import LONGEST_LINE, LONGEST_NOTE
from models.queries.case_file import CaseFile
from models.rules.vocabulary import ChannelKind, NoteVisibility
from models.scope import Actor


def note_form(file: CaseFile) -> Act | None:
    """Ask for a note and who reads it; its act is `write_note`."""
    case_id = file.heading.case_id
    with st.form("note", border=False):
        text = st.text_area("Note", key="note-text", max_chars=LONGEST_NOTE)
        visibility = st.radio(
            "Who reads it", list(NoteVisibility)[::-1], format_func=_readers, horizontal=True, key="note-readers"
        )
        if not save():
            return None
    form = f"note:{case_id}"
    token = form_token(form)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return write_note(session, who, case_id, text, visibility, now=now, token=token)

    return Act(run, "The note is kept.", form)


def contact_form(file: CaseFile, *, faces_room: bool) -> Act | None:
    """Ask for a contact or a try, by the ways marked safe; its act is `record_contact`."""
    case_id = file.heading.case_id
    safe = {one.kind: "" if faces_room else f": {one.value}" for one in file.heading.channels or ()}
    ways = {**safe, **{kind: "" for kind in sorted(ALWAYS_SAFE) if kind not in safe}}
    with st.form("contact", border=False):
        channel = st.selectbox("By", list(ways), format_func=lambda one: _way(one, ways[one]), key="contact-way")
        reached = st.radio("The participant was", [True, False], format_func=_reached, horizontal=True, key="reached")
        made_on = day_input("On", file.today, file.today, key="contact-day")
        note = st.text_input("Note", key="contact-note", max_chars=LONGEST_LINE)
        if not save():
            return None
    form = f"contact:{case_id}"
    token = form_token(form)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return record_contact(
            session, who, case_id, channel, reached=reached, made_on=made_on, now=now, token=token, note=note
        )

    return Act(run, "The contact is recorded.", form)


def _readers(visibility: NoteVisibility) -> str:
    return capital(wording.text(visibility))


def _reached(reached: bool) -> str:
    return "reached" if reached else "not reached"


def _way(kind: ChannelKind, value: str) -> str:
    return f"{capital(wording.text(kind))}{value}"
