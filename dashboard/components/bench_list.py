"""The judge's list: one session's cases in call order, each with its one state; arrow keys move, and the case follows."""

import time
from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard.components.assets import case_list
from dashboard.components.docket_status import bench_status
from dashboard.components.room import faces_room
from models.queries.docket_rows import DocketRow
from models.rules.vocabulary import AppearanceState

_LIST, _TURN = "bench-case-list", "bench-list-turn"
_NEXT, _DRAWN, _TOO_SOON = "bench-go-to", "bench-drawn", "bench-too-soon"
_A_LOOK = 0.7  # seconds; the second half of a double click comes sooner


def in_front(rows: Sequence[DocketRow], session_id: UUID) -> DocketRow:
    """Return the case that is in front; the first one not called when none was chosen yet."""
    st.session_state[_TOO_SOON] = _called_just_now()  # before anything is drawn: drawing may take a while
    by_id = {row.appearance_id: row for row in rows}
    wanted: UUID = st.session_state.get(_NEXT) or st.session_state.get(_key(session_id), UUID(int=0))
    row = by_id.get(wanted) or to_call(rows) or rows[0]
    st.session_state[_key(session_id)] = row.appearance_id
    return row


def show_list(rows: Sequence[DocketRow], session_id: UUID) -> None:
    """Show the list, with the case in front marked; choosing another brings it to the front."""
    hidden = faces_room()
    shown = {
        "label": "Docket",
        "chosen": str(st.session_state[_key(session_id)]),
        "turn": st.session_state.get(_TURN, 0),
        "rows": [_line(row, hidden) for row in rows],
    }
    with st.container(key="bench-list"):
        case_list()(key=_LIST, data=shown, on_chosen_change=lambda: _choose(rows, session_id))


def _choose(rows: Sequence[DocketRow], session_id: UUID) -> None:
    """Bring the case to the front that was chosen in the browser; what is not in the list changes nothing."""
    choice = st.session_state[_LIST].chosen or {}
    st.session_state[_TURN] = choice.get("turn", 0)
    ids = {str(row.appearance_id): row.appearance_id for row in rows}
    if (chosen := ids.get(str(choice.get("id")))) is not None:
        st.session_state[_key(session_id)] = chosen


def _key(session_id: UUID) -> str:
    return f"bench-list-{session_id}"


def go_to(appearance_id: UUID | None) -> None:
    """Bring another case to the front at the next run."""
    if appearance_id is not None:
        st.session_state[_NEXT] = appearance_id


def drawn() -> None:
    """Remember that the case called last stands on the screen; called at the end, which an interrupted run never reaches."""
    if st.session_state.pop(_NEXT, None):
        st.session_state[_DRAWN] = time.monotonic()


def just_called() -> bool:
    """Tell whether the case in front came by itself and nobody can have looked at it yet: a key pressed twice, say."""
    return bool(st.session_state[_TOO_SOON])


def _called_just_now() -> bool:
    since = time.monotonic() - st.session_state.get(_DRAWN, -_A_LOOK)
    return _NEXT in st.session_state or since < _A_LOOK


def to_call(rows: Sequence[DocketRow], after: DocketRow | None = None) -> DocketRow | None:
    """Return the next case without an outcome, after the given one and then from the top; None when all are called."""
    begin = after.number if after else 0
    ordered = [row for row in rows if row.number > begin] + [row for row in rows if row.number <= begin]
    return next((row for row in ordered if row.state is AppearanceState.SCHEDULED and row is not after), None)


def _line(row: DocketRow, hidden: bool) -> dict[str, str | int]:
    """Return one line as the browser draws it: each value is text there, whatever it holds."""
    status = bench_status(row)
    return {
        "id": str(row.appearance_id),
        "number": row.number,
        "name": row.initials if hidden else row.name,
        "shape": status.shape,
        "word": status.text,
        "tone": status.tone,
    }
