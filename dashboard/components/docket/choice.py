"""Which part of a docket is in front: all of it, one kind of row, or a list beside it. Kept in the tab.

The tiles and the row of choices share one state. It reads rows and changes none.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

import streamlit as st

from models.queries.docket import Docket
from models.queries.docket_rows import DocketRow
from models.rules.vocabulary import InterpreterState, ReportStanding

KEY = "docket-choice"
_ROW_OF_CHOICES = "docket-choices"


class Choice(StrEnum):
    """What can be in front; the value is what the row of choices and the list's caption call it."""

    ALL = "All"
    NOT_READY = "Not ready"
    ADDED = "Added since printing"
    REMOVED = "Removed"
    TO_RESULT = "To result"
    READY = "Ready for court"
    REPORTS = "Reports missing"
    INTERPRETERS = "Interpreters"
    NOTHING_DONE = "Nothing done yet"


#: What stands in the row of choices; the others are chosen by their tiles.
IN_THE_ROW = (Choice.ALL, Choice.NOT_READY, Choice.ADDED, Choice.REMOVED, Choice.TO_RESULT)

#: Reports that nobody waits for any more, or that nobody may send.
_NOT_WAITED_FOR = frozenset({ReportStanding.RELEASE_EXPIRED})


def report_is_out(row: DocketRow) -> bool:
    """Tell whether the court still waits for a report for this appearance."""
    return row.report is not None and not row.report.is_in and row.report.standing not in _NOT_WAITED_FOR


_FILTERS: Mapping[Choice, Callable[[DocketRow], bool]] = MappingProxyType(
    {
        Choice.NOT_READY: lambda row: bool(row.missing),
        Choice.READY: lambda row: not row.missing,
        Choice.REPORTS: report_is_out,
        Choice.INTERPRETERS: lambda row: row.interpreter is not InterpreterState.NOT_NEEDED,
        Choice.NOTHING_DONE: lambda row: row.nothing_done,
    }
)


def rows_of(docket: Docket, choice: Choice) -> tuple[DocketRow, ...]:
    """Return the rows in front, in call order; none for the lists that stand beside the docket."""
    if choice is Choice.ADDED:
        return docket.added
    if choice in (Choice.REMOVED, Choice.TO_RESULT):
        return ()
    keep = _FILTERS.get(choice)
    return tuple(row for row in docket.rows if keep is None or keep(row))


def chosen() -> Choice:
    """Return what is in front in this tab."""
    return Choice(st.session_state.get(KEY, Choice.ALL))


def choose(choice: Choice) -> None:
    """Put something in front; chosen a second time it gives way to the whole list."""
    st.session_state[KEY] = Choice.ALL if chosen() is choice else choice


def show_choices(counts: Mapping[Choice, int]) -> None:
    """Draw the row of choices, each with its count."""
    now = chosen()
    st.session_state[_ROW_OF_CHOICES] = now if now in IN_THE_ROW else None
    st.segmented_control(
        "Which cases",
        IN_THE_ROW,
        format_func=lambda choice: f"{choice} {counts[choice]}",
        key=_ROW_OF_CHOICES,
        on_change=_from_row,
        label_visibility="collapsed",
    )


def _from_row() -> None:
    st.session_state[KEY] = st.session_state[_ROW_OF_CHOICES] or Choice.ALL
