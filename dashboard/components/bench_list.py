"""The judge's list: one session's cases in call order, each with its one state; arrow keys move, and the case follows."""

import re
import time
from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard.components.docket_status import bench_status
from dashboard.components.room import faces_room
from dashboard.wording import Tone
from models.queries.docket_rows import DocketRow
from models.rules.vocabulary import AppearanceState

_COLOURS = {Tone.GOOD: "green", Tone.WARN: "orange", Tone.BAD: "red", Tone.QUIET: "gray", Tone.ACCENT: "blue"}
_NEXT, _DRAWN = "bench-go-to", "bench-drawn"
_A_LOOK = 0.7  # seconds; the second half of a double click comes sooner


def show_list(rows: Sequence[DocketRow], session_id: UUID) -> DocketRow:
    """Show the list and return the case that is in front; the first one not called when none was chosen yet."""
    by_id = {row.appearance_id: row for row in rows}
    key = f"bench-list-{session_id}"
    wanted = st.session_state.get(_NEXT) or st.session_state.get(key)
    st.session_state[key] = wanted if wanted in by_id else (to_call(rows) or rows[0]).appearance_id
    with st.container(key="bench-list"):
        chosen: UUID = st.radio(
            "Docket", list(by_id), key=key, format_func=lambda one: _line(by_id[one]), width="stretch"
        )
    return by_id[chosen]


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
    since = time.monotonic() - st.session_state.get(_DRAWN, -_A_LOOK)
    return _NEXT in st.session_state or since < _A_LOOK


def to_call(rows: Sequence[DocketRow], after: DocketRow | None = None) -> DocketRow | None:
    """Return the next case without an outcome, after the given one and then from the top; None when all are called."""
    begin = after.number if after else 0
    ordered = [row for row in rows if row.number > begin] + [row for row in rows if row.number <= begin]
    return next((row for row in ordered if row.state is AppearanceState.SCHEDULED and row is not after), None)


def _line(row: DocketRow) -> str:
    name = row.initials if faces_room() else row.name
    status = bench_status(row)
    return f"{row.number} **{plain(name)}** :{_COLOURS[status.tone]}[{status.shape} {plain(status.text)}]"


def plain(text: str) -> str:
    """Return text in which nothing is markdown: a name may hold any sign."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)
