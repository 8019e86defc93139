"""The lists beside a docket: what left it since it was printed, and what its part still has to result."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from dashboard import wording
from dashboard.components import html
from dashboard.components.room import HIDDEN
from dashboard.wording.shapes import bad, quiet, warn
from models.queries.docket_removed import RemovedRow
from models.queries.to_result import NoNextDate, NoOutcome, ToResult

_REMOVED = (
    html.Column("Participant", narrow=True),
    html.Column("Docket number", narrow=True),
    html.Column("What became of it", narrow=True),
    "Why",
)
_TO_RESULT = (
    html.Column("Participant", narrow=True),
    html.Column("Docket number", narrow=True),
    html.Column("What is open", narrow=True),
    html.Column("Since", narrow=True),
    "What to do",
)


def removed_table(rows: Sequence[RemovedRow], *, faces_room: bool) -> html.Html:
    """Return what was on the printed list and is not on it now; a reason is somebody's own words, and not for the room."""
    entries = (
        (_name(row.case_id, row.name), _number(row.docket_number), _became(row), HIDDEN if faces_room else row.reason)
        for row in rows
    )
    return html.table("Removed since printing", _REMOVED, entries)


def _became(row: RemovedRow) -> html.Cell:
    if row.moved_on is None:
        return wording.word(row.state)
    look = wording.word(row.state)
    return html.join([look, html.tag("span", f" to {wording.day_words(row.moved_on)}")], "")


def result_table(waiting: ToResult, *, today: date, sees_bench: bool, faces_room: bool) -> html.Html:
    """Return what is to result, each with what to do: outcomes first, cases whose reason is recorded last."""
    rows = [_outcome(row, today, sees_bench) for row in waiting.no_outcome]
    rows += [
        _next_date(row, faces_room) for row in sorted(waiting.no_next_date, key=lambda row: row.reason is not None)
    ]
    return html.table("To result", _TO_RESULT, rows)


def _outcome(row: NoOutcome, today: date, sees_bench: bool) -> Sequence[html.Cell]:
    do: html.Cell = "Ask the clerk to record the outcome."
    if sees_bench:
        do = html.link("Record the outcome on the bench", "/bench", session=row.session_id)
    state = warn("no outcome yet today") if row.on == today else bad("outcome not recorded")
    return _name(row.case_id, row.name), _number(row.docket_number), state, wording.day_words(row.on), do


def _next_date(row: NoNextDate, faces_room: bool) -> Sequence[html.Cell]:
    open_now = bad("no next date") if row.reason is None else quiet("reason recorded")
    do = (HIDDEN if faces_room else row.reason) if row.reason else "Give it a next date."
    return _name(row.case_id, row.name), _number(row.docket_number), open_now, wording.day_words(row.last_on), do


def _name(case_id: UUID, name: str) -> html.Html:
    return html.link(html.tag("bdi", name), "/case_file", case=case_id)


def _number(docket_number: str) -> html.Html:
    return html.tag("span", docket_number, css="of-docket-number")
