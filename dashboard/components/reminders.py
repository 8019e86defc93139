"""Reminders as a table and in words. Shows what a query returned; there is no address in it."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from dashboard import wording
from dashboard.components import html
from dashboard.components.room import carried
from dashboard.wording import Word
from dashboard.wording.shapes import quiet
from models.queries.reminders import ReminderRow
from models.rules.vocabulary import ReminderState

_COLUMNS = (
    html.Column("Goes out", narrow=True),
    html.Column("Participant", narrow=True),
    html.Column("In court", narrow=True),
    "Way and language",
    "State",
)


def reminders_table(
    caption: str, rows: Sequence[ReminderRow], zone: ZoneInfo, today: date, *, faces_room: bool
) -> html.Html:
    """Return the table of some reminders, in the order given."""
    return html.table(caption, _COLUMNS, [_cells(row, zone, today, faces_room) for row in rows], heading_column=1)


def _cells(row: ReminderRow, zone: ZoneInfo, today: date, faces_room: bool) -> html.Row:
    name = html.link(row.initials if faces_room else row.name, "/case_file", case=row.case_id, **carried())
    day = wording.day_short(row.due_on, today=today)
    over = row.state is ReminderState.DROPPED
    when = wording.instant_words(row.at, zone) if row.at else day
    return html.Row((when, name, wording.day_words(row.held_on), way_words(row), reminder_state(row)), past=over)


def way_words(row: ReminderRow) -> str:
    """Return by which way and in which language: "text message, Spanish"; what staff should know of the text beside it."""
    way = wording.text(row.channel) if row.channel else "no way"
    if row.without_text:
        return f"{way}, English: there is no text in her language"
    return f"{way}, {row.language}" + ("" if row.verified else " (text not checked yet)")


def reminder_state(row: ReminderRow) -> Word:
    """Return how one stands; of one that was dropped, why."""
    if row.state is None:
        return quiet(f"{wording.count(row.days_before, 'day')} before")
    look = wording.word(row.state)
    return Word(f"{look.text}: {wording.text(row.dropped)}", look.shape, look.tone) if row.dropped else look
