"""The worklist as a table, and the words of its cells. Shows what a query returned; it reads nothing and decides nothing."""

from collections.abc import Sequence
from datetime import date

from dashboard import wording
from dashboard.components import html
from dashboard.components.room import carried
from dashboard.wording import Tone, Word
from models.queries.follow_up import OpenFollowUp, Whose
from models.rules.vocabulary import FollowUpState, Move

#: The parts of the list as they are called on the screen.
PARTS = {
    Whose.MINE: "My move",
    Whose.PROVIDERS: "Providers",
    Whose.COURT: "Court",
    Whose.PARTICIPANT: "Participant",
    Whose.EVERYTHING: "Everything",
}

_COLUMNS = (
    html.Column("", narrow=True),
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


def mark(row: OpenFollowUp) -> Word:
    """Return the shape, word and tone of a follow-up: its kind's, but quiet while it rests or is still to come."""
    if row.state in (FollowUpState.HELD, FollowUpState.EXPECTED):
        return wording.word(row.state)
    return wording.word(row.kind)


def name_of(row: OpenFollowUp, *, faces_room: bool) -> str | None:
    """Return how the list calls the participant; None for a follow-up without a case."""
    return row.initials if faces_room else row.name


def when_words(row: OpenFollowUp, today: date) -> str:
    """Return how old or how near it is: "11 days", "due today", "in 5 days", "due 18 Dec", "held to 9 Dec"."""
    if row.state is FollowUpState.HELD:
        return f"held to {wording.day_short(row.held_until, today=today)}"
    if row.age_days:
        return wording.count(row.age_days, "day")
    ahead = (row.due_on - today).days
    if ahead == 0:
        return "due today"
    return wording.span_words(ahead) if ahead <= 7 else f"due {wording.day_short(row.due_on, today=today)}"


def whose_words(row: OpenFollowUp) -> str:
    """Return whose move it is: "me", "court", "provider · Garden Street"."""
    if row.whose is Whose.MINE:
        return "me" if row.assigned or row.move is not Move.COURT else wording.text(row.move)
    words = wording.text(row.move)
    if row.move is Move.PROVIDER and row.provider:
        return f"{words} · {row.provider}"
    return f"{words} · {row.assigned}" if row.assigned else words


def _cells(row: OpenFollowUp, today: date, faces_room: bool) -> html.Row:
    shape = mark(row)
    state = html.join(
        [
            html.tag("span", shape.shape, css=f"of-shape of-{shape.tone.value}", aria_hidden="true"),
            html.tag("span", shape.text, css="of-sr"),
        ],
        "",
    )
    name = name_of(row, faces_room=faces_room)
    linked: html.Cell = html.link(name, "/case_file", case=row.case_id, **carried()) if name else None
    what: html.Cell = row.reason
    if row.held and row.hold_reason and not faces_room:
        what = html.join([row.reason, html.tag("span", f"Rests: {row.hold_reason}", css="of-note")], " ")
    next_on = wording.day_short(row.next_on, today=today)
    return html.Row((state, linked, what, whose_words(row), when_words(row, today), next_on), past=row.held)
