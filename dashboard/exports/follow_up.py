"""The worklist as a sheet for a spreadsheet: what stands on the screen, in the same words and order, and the docket number."""

from collections.abc import Sequence
from datetime import date

from dashboard import wording
from dashboard.exports.part_2 import notice_of_list
from dashboard.exports.sheet import Column, Sheet
from dashboard.wording.follow_ups import what_is_open
from models.queries.follow_up import OpenFollowUp

_COLUMNS = (
    Column("Participant"),
    Column("Docket number"),
    Column("Kind"),
    Column("What is open, and why", width=3),
    Column("Whose move"),
    Column("Provider"),
    Column("State"),
    Column("Since"),
    Column("Due"),
    Column("Days past due"),
    Column("Held until"),
    Column("Next in court"),
)


def follow_up_sheet(title: str, rows: Sequence[OpenFollowUp], today: date) -> Sheet:
    """Return some follow-ups as a sheet; days are written 2026-12-04, so that they sort."""
    notice = notice_of_list((row.part_2 for row in rows), today)
    return Sheet(title=title, columns=_COLUMNS, rows=tuple(_cells(row) for row in rows), notice=notice)


def _cells(row: OpenFollowUp) -> tuple[str, ...]:
    days = (row.held_until, row.next_on)
    held_until, next_on = (day.isoformat() if day else "" for day in days)
    return (
        row.name or "",
        row.docket_number or "",
        wording.text(row.kind),
        what_is_open(row),
        wording.text(row.move),
        row.provider or "",
        wording.text(row.state),
        row.since.isoformat(),
        row.due_on.isoformat(),
        str(row.age_days),
        held_until,
        next_on,
    )
