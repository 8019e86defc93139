"""The docket as a table: who, for what, what is known or missing. Eight columns; the name leads to the case file.

While the screen faces the room it shows initials, and that there is a safety flag, not which; and no kind of service.
"""

from collections.abc import Iterable
from uuid import UUID

from dashboard import wording
from dashboard.components import html
from dashboard.components.chips import flag_words
from dashboard.exports import docket_words as words
from dashboard.wording import Word
from models.queries.docket import Docket
from models.queries.docket_rows import DocketRow
from models.rules.vocabulary import AppearanceState

COLUMNS = (
    html.Column("#", narrow=True, right=True),
    html.Column("Time", narrow=True, right=True),
    html.Column("Participant", narrow=True),
    html.Column("Docket number", narrow=True),
    html.Column("For", narrow=True),
    "Report and compliance",
    "Services",
    "Needs",
)


#: A state of at most so many characters is never broken over two lines.
_ONE_LINE = 30


def docket_table(
    docket: Docket,
    rows: Iterable[DocketRow],
    caption: str,
    *,
    faces_room: bool,
    may_change: bool,
    in_front: UUID | None = None,
) -> html.Html:
    """Return the list; for who may change it, the call number leads to the changes of that row."""
    entries = (_row(docket, row, faces_room, may_change, row.appearance_id == in_front) for row in rows)
    return html.table(caption, COLUMNS, entries, heading_column=2)


def name_of(row: DocketRow, *, faces_room: bool) -> str:
    """Return how the list calls a participant."""
    return row.initials if faces_room else row.name


def _row(docket: Docket, row: DocketRow, faces_room: bool, may_change: bool, current: bool) -> html.Row:
    cells = (
        _number(docket, row) if may_change else row.number,
        wording.clock_time(row.starts_at),
        html.link(html.tag("bdi", name_of(row, faces_room=faces_room)), "/case_file", case=row.case_id),
        html.tag("span", row.docket_number, css="of-docket-number"),
        words.purpose_words(row),
        _states(words.compliance_words(row, faces_room=faces_room)),
        words.services_words(row, faces_room=faces_room),
        _states(_needs(row, faces_room)),
    )
    return html.Row(cells, current=current, past=row.state is AppearanceState.HELD)


def _number(docket: Docket, row: DocketRow) -> html.Html:
    said = html.join([html.tag("span", "Change number ", css="of-sr"), row.number], "")
    head = docket.heading
    return html.link(said, "/docket", on=head.on, session=head.session_id, row=row.appearance_id)


def _needs(row: DocketRow, faces_room: bool) -> tuple[Word, ...]:
    found = words.needs_words(row)
    if not faces_room or not row.flags:
        return found
    flags = flag_words(row.flags, faces_room=False)
    return (*(word for word in found if word not in flags), *flag_words(row.flags, faces_room=True))


def _states(found: tuple[Word, ...]) -> html.Cell:
    """Return states side by side; a short one stays on its line."""
    parts = (html.state(word, wraps=len(word.text) > _ONE_LINE) for word in found)
    return html.tag("span", html.join(parts, " "), css="of-states") if found else html.Html("")
