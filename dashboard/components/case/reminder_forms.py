"""Reminders of one case: what was sent when, in a line each, and by which ways the participant agreed to be reminded."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.html import Column, Row, show, table
from dashboard.components.reminders import reminder_state, way_words
from dashboard.components.room import HIDDEN
from models.commands.reminders import agree
from models.queries.case_file import CaseFile
from models.queries.participants import WhoSheIs
from models.queries.reminders import RemindersOfCase
from models.rules.reminders import BY_MACHINE
from models.scope import Actor

SHOWN = 4


def show_reminders(found: RemindersOfCase, zone: ZoneInfo, *, faces_room: bool) -> None:
    """Show whether she is reminded and by which ways, and the newest reminders; never an address."""
    if faces_room:
        show_note(HIDDEN)
        return
    show_note(_agreed(found))
    if found.rows:
        columns = (Column("When", narrow=True), Column("In court", narrow=True), "Way and language", "State")
        show(table("Reminders of this case", columns, [_row(found, n, zone) for n in range(len(found.rows[:SHOWN]))]))


def _agreed(found: RemindersOfCase) -> str:
    if found.stopped_on:
        return f"The participant asked for no reminders on {wording.day_year(found.stopped_on)}."
    if not found.ways:
        return "No reminders: the participant has not agreed to any way that is safe."
    return f"Reminded by {' or '.join(wording.text(way) for way in found.ways)}, as agreed."


def _row(found: RemindersOfCase, number: int, zone: ZoneInfo) -> Row:
    one = found.rows[number]
    when = wording.instant_words(one.at, zone) if one.at else wording.day_short(one.due_on)
    way = way_words(one) if one.channel else "—"
    return Row([when, wording.day_short(one.held_on), way, reminder_state(one)], past=one.dropped is not None)


def reminders_form(file: CaseFile, present: WhoSheIs) -> Act | None:
    """Ask by which of her safe ways she agrees to be reminded, and whether she wants none; its act is `agree`."""
    ways = [way for way in present.channels if way.safe and way.kind in BY_MACHINE]
    if not ways:
        nothing_to_do("Reminders go by text message or e-mail. Mark such a way safe first, under Ways of contact.")
        return None
    with st.form("reminders", border=False):
        show_note("Ask the participant. A reminder tells the day, the time and the court's public name, nothing else.")
        agreed = [
            way.channel_id
            for number, way in enumerate(ways, start=1)
            if st.checkbox(f"{capital(wording.text(way.kind))} {number}", way.reminders, key=f"remind-{way.channel_id}")
        ]
        stopped = st.checkbox("She wants no reminders at all", present.no_reminders, key="no-reminders")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        agree(session, who, file.heading.case_id, agreed, stopped=stopped, now=now, seen_version=present.version)

    return Act(run, "Recorded: no reminders." if stopped or not agreed else "Recorded: she agreed to reminders.")
