"""The worklist as a table, and the words of its cells. Shows what a query returned; it reads nothing and decides nothing."""

from collections.abc import Sequence
from datetime import date

from dashboard import wording
from dashboard.components import html
from dashboard.components.room import carried
from dashboard.wording import Tone
from dashboard.wording.follow_ups import mark, what_is_open, when_words
from models.queries.follow_up import OpenFollowUp, Whose
from models.rules.vocabulary import Move

#: The parts of the list as they are called on the screen.
PARTS = {
    Whose.MINE: "My move",
    Whose.PROVIDERS: "Providers",
    Whose.COURT: "Court",
    Whose.PARTICIPANT: "Participant",
    Whose.EVERYTHING: "Everything",
}

_COLUMNS = (
    "State",
    html.Column("Participant", narrow=True),
    "What is open, and why it is here",
    html.Column("Whose move", narrow=True),
    html.Column("Since / due", narrow=True),
    html.Column("Next in court", narrow=True),
)
_WEIGHT = {Tone.BAD: 0, Tone.WARN: 1, Tone.ACCENT: 2, Tone.GOOD: 4, Tone.QUIET: 3}


def worklist_table(caption: str, rows: Sequence[OpenFollowUp], today: date, *, faces_room: bool) -> html.Html:
    """Return the table of some follow-ups, in the order given."""
    cells = [_cells(row, today, faces_room) for row in rows]
    return html.table(caption, _COLUMNS, cells, heading_column=1)


def weightiest_first(rows: Sequence[OpenFollowUp]) -> list[OpenFollowUp]:
    """Order as the court looks at them: what needs an answer before what is late, before what is coming; then the oldest."""
    return sorted(rows, key=lambda row: (_WEIGHT[mark(row).tone], row.due_on, row.since))


def name_of(row: OpenFollowUp, *, faces_room: bool) -> str | None:
    """Return how the list calls the participant; None for a follow-up without a case."""
    return row.initials if faces_room else row.name


def whose_words(row: OpenFollowUp, *, faces_room: bool) -> str:
    """Return whose move it is: "me", "court", "provider · Garden Street"; for the room no provider's name."""
    if row.whose is Whose.MINE:
        return "me" if row.assigned or row.move is not Move.COURT else wording.text(row.move)
    words = wording.text(row.move)
    if row.move is Move.PROVIDER and row.provider and not faces_room:
        return f"{words} · {row.provider}"
    return f"{words} · {row.assigned}" if row.assigned else words


def _cells(row: OpenFollowUp, today: date, faces_room: bool) -> html.Row:
    name = name_of(row, faces_room=faces_room)
    linked: html.Cell = html.link(name, "/case_file", case=row.case_id, **carried()) if name else None
    said = what_is_open(row, faces_room=faces_room)
    what: html.Cell = said
    if row.held and row.hold_reason and not faces_room:
        what = html.join([said, html.tag("span", f"Rests: {row.hold_reason}", css="of-note")], " ")
    next_on = wording.day_short(row.next_on, today=today)
    return html.Row(
        (mark(row), linked, what, whose_words(row, faces_room=faces_room), when_words(row, today), next_on),
        past=row.held,
    )
