"""One docket as the three lists it gives: public, bench and staffing. One source, three sheets.

The public list hangs on a wall: call number, time, initials or alias, and the court's neutral name. No part, no
docket number, no charge, no purpose, nothing that tells the kind of court. Dates proposed but not approved are not on it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from dashboard import wording
from dashboard.exports import docket_words as words
from dashboard.exports.part_2 import notice_of_list
from dashboard.exports.sheet import Align, Column, Emphasis, Sheet
from models.queries.docket import Docket
from models.queries.docket_paper import Paper
from models.queries.docket_rows import DocketRow
from models.rules.vocabulary import AppearanceState, ListKind

_NUMBER = Column("#", 0.45, Align.END)
_TIME = Column("Time", 0.7)
_NOBODY = "No case is on this list."


@dataclass(frozen=True, slots=True)
class _List:
    """How one kind of list is made: its title, columns and foot, and a row's cells."""

    title: str
    columns: tuple[Column, ...]
    footer: str
    cells: Callable[[DocketRow, Paper], tuple[str, ...]]


def listed(docket: Docket, kind: ListKind) -> tuple[DocketRow, ...]:
    """Return the rows that stand on a list.

    The public one leaves out dates that nobody has approved yet, and whoever is restricted: a wall is read by anybody.
    """
    if kind is not ListKind.PUBLIC:
        return docket.rows
    return tuple(row for row in docket.rows if row.state is not AppearanceState.PROPOSED and not row.restricted)


def docket_sheet(docket: Docket, kind: ListKind, paper: Paper) -> Sheet:
    """Return one list of a docket, in finished words."""
    made, head = _LISTS[kind], docket.heading
    name = head.public_name if kind is ListKind.PUBLIC else f"{made.title}, {head.part}"
    return Sheet(
        title=f"{name}, {_day(head.on)}",
        columns=made.columns,
        rows=tuple(made.cells(row, paper) for row in listed(docket, kind)),
        lines=(_public_line(docket),) if kind is ListKind.PUBLIC else (_line(docket), *words.kept_lines(docket)),
        footer=made.footer,
        empty=_NOBODY,
        notice=() if kind is ListKind.PUBLIC else _notice(docket),
    )


def _notice(docket: Docket) -> tuple[str, ...]:
    named = (service.part_2 for row in docket.rows for service in row.services)
    return notice_of_list(named, docket.today)


def _day(on: date) -> str:
    return wording.day_words(on, year=True)


def _public_line(docket: Docket) -> str:
    return f"Room {docket.heading.room}, from {wording.clock_time(docket.heading.starts_at)}"


def _line(docket: Docket) -> str:
    head = docket.heading
    load = f"{len(docket.rows)} of {head.capacity_cases} places, {docket.minutes} of {head.capacity_minutes} minutes"
    return f"{head.judge} · room {head.room} · {wording.clock_time(head.starts_at)} · {load}"


def _public(row: DocketRow, _paper: Paper) -> tuple[str, ...]:
    return str(row.number), wording.clock_time(row.starts_at), row.public_name


def _bench(row: DocketRow, paper: Paper) -> tuple[str, ...]:
    promise = paper.promises.get(row.case_id)
    return (
        str(row.number),
        wording.clock_time(row.starts_at),
        _who(row),
        _lines((words.purpose_words(row), row.docket_number)),
        _lines(str(word) for word in (words.standing_word(row), words.report_word(row.report))),
        words.services_words(row) or "",
        _needs(row),
        f"{wording.day_short(promise.on)}: {promise.words}" if promise else "",
    )


def _staffing(row: DocketRow, paper: Paper) -> tuple[str, ...]:
    open_now = paper.follow_ups.get(row.case_id, ())
    standing = (str(words.standing_word(row)), *row.standing.reasons, *row.standing.information)
    return (
        str(row.number),
        _who(row),
        _for(row),
        _lines(dict.fromkeys(standing)),
        str(words.report_word(row.report)),
        words.services_words(row) or "",
        _needs(row),
        _lines(f"{one.reason} ({wording.text(one.move)}, since {wording.day_short(one.since)})" for one in open_now),
    )


def _who(row: DocketRow) -> str:
    """Return the name as she is called, as she writes it, and how it is said."""
    said = f"say: {row.pronunciation}" if row.pronunciation else ""
    return _lines((row.called, row.script or "", said))


def _for(row: DocketRow) -> str:
    course = row.standing.course
    return _lines((words.purpose_words(row), course.phase_name or "", wording.text(row.stage), row.docket_number))


def _needs(row: DocketRow) -> str:
    return _lines(str(word) for word in words.needs_words(row))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)


_LISTS: Mapping[ListKind, _List] = MappingProxyType(
    {
        ListKind.PUBLIC: _List("List", (_NUMBER, _TIME, Column("Name", 5, emphasis=Emphasis.STRONG)), "", _public),
        ListKind.BENCH: _List(
            "Bench list",
            (
                _NUMBER,
                _TIME,
                Column("Participant", 1.8, emphasis=Emphasis.STRONG),
                Column("For, docket number", 1.5),
                Column("Standing and report", 2),
                Column("Services", 1.9),
                Column("Needs", 1.6),
                Column("Promised last time", 1.8),
            ),
            "For the judge and the clerk. Not to be left in the courtroom.",
            _bench,
        ),
        ListKind.STAFFING: _List(
            "Staffing list",
            (
                _NUMBER,
                Column("Participant", 1.6, emphasis=Emphasis.STRONG),
                Column("For, docket number", 1.5),
                Column("Standing and why", 3),
                Column("Report", 1.3),
                Column("Services", 1.6),
                Column("Needs", 1.4),
                Column("Open follow-ups", 2.4),
            ),
            "For the team before court. Not to be left in the courtroom.",
            _staffing,
        ),
    }
)
