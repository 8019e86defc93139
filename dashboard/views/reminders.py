"""Reminders: messages to participants that wait for approval, that go out next, that nobody knows of, and that went out.

No address is on this screen, and no message: what is written is the same for everybody of one language.
"""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.refusals import attempt
from dashboard.components.reminders import reminders_table
from dashboard.components.room import carried, faces_room, show_room_switch
from models.commands.reminders import approve, decline
from models.queries.reminders import SHOWN_DAYS, ReminderRow, Reminders, reminders
from models.rules.permissions import Action
from models.rules.policy import ReminderTiming
from models.rules.words import joined
from models.scope import Actor, may


def render() -> None:
    """Draw what waits, what was lost, what is coming and what is over."""
    who = access.require(Action.SEE_REMINDERS)
    today = access.today(who)
    with store.reading() as session:
        found = reminders(session, who, today=today)
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        show_heading("Reminders", _timing_words(found.timing))
    with right:
        show_room_switch()
    html.show(html.tag("p", html.link("Back to Follow-up", "/follow_up", **carried()), css="of-links"))
    if found.waiting:
        _show_waiting(who, found.waiting, today)
    if found.lost:
        with card("Not sent, or not known whether it went out", key="reminders-lost"):
            show_note("None of these is sent again. Ask in another way whether the participant knows the date.")
            html.show(_table("Reminders that went wrong", found.lost, who.zone, today))
    _show_coming(found, who.zone, today)
    if found.past:
        with card("Sent or dropped", f"due in the last {SHOWN_DAYS} days", key="reminders-past"):
            html.show(_table("Reminders that are over", found.past, who.zone, today))


def _timing_words(timing: ReminderTiming) -> str:
    if not timing.days_before:
        return "the court's policy reminds nobody"
    days = joined([str(days) for days in sorted(timing.days_before, reverse=True)])
    unit = "day" if timing.days_before == (1,) else "days"
    asked = "; each is approved first" if timing.approve else ""
    return f"{days} {unit} before an appearance, from {timing.from_hour}:00 to {timing.until_hour}:00{asked}"


def _table(caption: str, rows: Sequence[ReminderRow], zone: ZoneInfo, today: date) -> html.Html:
    return reminders_table(caption, rows, zone, today, faces_room=faces_room())


def _show_coming(found: Reminders, zone: ZoneInfo, today: date) -> None:
    with card("Goes out next", f"in the coming {SHOWN_DAYS} days", key="reminders-coming"):
        if not found.coming:
            show_empty("Nothing goes out", "Only participants who agreed are reminded: see their case file.")
            return
        show_note("Each is looked at again when it is sent. If the date moved or she asked for none, it is dropped.")
        html.show(_table("Reminders of the next days", found.coming, zone, today))


def _show_waiting(who: Actor, rows: Sequence[ReminderRow], today: date) -> None:
    """Draw what waits for approval: all or some of it is approved, or declined, in one form."""
    with card("Waits for approval", wording.count(len(rows), "reminder"), key="reminders-waiting"):
        if not may(who, Action.MANAGE_REMINDERS):
            html.show(_table("Reminders that wait for approval", rows, who.zone, today))
            return
        with st.form("approve", border=False):
            ticked = [row.id for row in rows if row.id and st.checkbox(_label(row), True, key=f"tick-{row.id}")]
            with st.container(horizontal=True):
                approved = st.form_submit_button("Approve those ticked", type="primary")
                declined = st.form_submit_button("Do not send those ticked")
        if approved:
            _act(ticked, "approved", lambda ids: _approve(who, ids))
        elif declined:
            _act(ticked, "not sent", lambda ids: _decline(who, ids))


def _label(row: ReminderRow) -> str:
    who = row.initials if faces_room() else row.name
    way = wording.text(row.channel) if row.channel else "no way"
    return f"{who}: {wording.day_words(row.held_on)}, {way}, {row.language}"


def _act(ids: Sequence[UUID], what: str, act: Callable[[Sequence[UUID]], None]) -> None:
    if not ids:
        st.warning("Nothing is ticked. Tick the reminders that are meant.")
        return
    with attempt(f"{wording.count(len(ids), 'reminder')} {what}.") as tried:
        act(ids)
    if tried.done:
        st.rerun()


def _approve(who: Actor, ids: Sequence[UUID]) -> None:
    with store.writing() as session:
        approve(session, who, ids, now=access.now())


def _decline(who: Actor, ids: Sequence[UUID]) -> None:
    with store.writing() as session:
        for reminder_id in ids:
            decline(session, who, reminder_id, now=access.now())


if __name__ == "__main__":
    render()
