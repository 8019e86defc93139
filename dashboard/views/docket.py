"""Docket: one court session's list, how ready it is, what changed since it was printed, and what is still to result.

Everybody who works on cases reads it; who manages the docket changes it. A link names the day and the session.
"""

import streamlit as st

from dashboard import access, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.docket.add import show_add, show_next_date
from dashboard.components.docket.beside import removed_table, result_table
from dashboard.components.docket.changes import approve, choose_row, show_row_changes
from dashboard.components.docket.choice import Choice, chosen, rows_of, show_choices
from dashboard.components.docket.kept import show_kept
from dashboard.components.docket.printing import printed_words, show_printing
from dashboard.components.docket.reading import Shown, read
from dashboard.components.docket.strip import day_strip, session_strip
from dashboard.components.docket.table import docket_table
from dashboard.components.docket.tiles import show_tiles
from dashboard.components.empty import show_empty
from dashboard.components.feed import show_feed
from dashboard.components.heading import show_heading, show_note
from dashboard.components.markdown import in_words
from dashboard.components.room import faces_room, show_room_switch
from models.queries.docket import Docket
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, SessionState
from models.scope import may

_CHANGING = "docket-changing"


def render() -> None:
    """Draw the docket that the link names, or the one that is meant today."""
    who = access.require(Action.SEE_DOCKET)
    shown = read(who, access.today(who))
    _show_head(shown)
    html.show(day_strip(shown.days, shown.on, shown.today))
    in_front = shown.docket.heading.session_id if shown.docket else None
    if sessions := session_strip(shown.day.sittings, in_front):
        html.show(sessions)
    if shown.docket is None:
        _show_no_session(shown)
        return
    show_kept(shown.docket)
    show_tiles(shown.docket, shown.waiting)
    _show_controls(shown, shown.docket)
    if may(who, Action.MANAGE_DOCKET) and st.session_state.get(_CHANGING):
        _show_changes(shown, shown.docket)
    _show_list(shown, shown.docket)


def _show_head(shown: Shown) -> None:
    """Draw the day, the part and its load, and the switch that hides names."""
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        show_heading(f"Docket for {wording.day_long(shown.on)}", _beside(shown.docket) if shown.docket else None)
    with right:
        show_room_switch()


def _beside(docket: Docket) -> str:
    head = docket.heading
    part = head.part if head.part.lower().startswith("part") else f"Part {head.part}"
    places = f"{len(docket.rows)} of {wording.count(head.capacity_cases, 'place')}"
    return f"{part} · {head.judge} · {places} · {docket.minutes} of {head.capacity_minutes} minutes"


def _show_no_session(shown: Shown) -> None:
    """Say that nothing sits on this day, why, and what to do next."""
    day = wording.day_words(shown.on)
    if shown.day.closed:
        show_empty(f"The court is closed on {day}: {shown.day.closed}", "Choose another day from the strip above.")
        return
    elsewhere: html.Cell = "Choose a day with a session from the strip above."
    if may(shown.who, Action.MANAGE_CALENDAR):
        opened = html.link("open a session on the calendar", "/calendar", day=shown.on)
        elsewhere = html.join(["Choose another day from the strip above, or ", opened, "."], "")
    show_empty(f"No court session on {day}", elsewhere)


def _show_controls(shown: Shown, docket: Docket) -> None:
    """Draw which cases are in front, and what can be done with the list."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="controls"):
        show_choices(_counts(shown, docket))
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content"):
            if may(shown.who, Action.MANAGE_DOCKET):
                _show_change_button(shown)
            show_printing(shown.who, docket, faces_room=faces_room())
            show_feed(shown.who)


def _counts(shown: Shown, docket: Docket) -> dict[Choice, int]:
    counts = {choice: len(rows_of(docket, choice)) for choice in Choice}
    to_result = len(shown.waiting.no_outcome) + len(shown.waiting.unexplained)
    return counts | {Choice.REMOVED: len(shown.removed), Choice.TO_RESULT: to_result}


def _show_change_button(shown: Shown) -> None:
    """Draw the button that opens and closes the changes; a link to a row opens them."""
    is_open = bool(st.session_state.setdefault(_CHANGING, shown.row is not None))
    label, icon = ("Done changing", ":material/check:") if is_open else ("Change the list", ":material/edit:")
    st.button(label, key="docket-change", icon=icon, on_click=_turn_changing)


def _turn_changing() -> None:
    st.session_state[_CHANGING] = not st.session_state.get(_CHANGING)


def _show_changes(shown: Shown, docket: Docket) -> None:
    """Draw what the clerk may change: proposed dates, one row, one case more."""
    proposed = [row for row in docket.rows if row.state is AppearanceState.PROPOSED]
    label = f"Approve {wording.count(len(proposed), 'proposed date')}"
    if len(proposed) > 1 and st.button(label, key="approve-all"):
        approve(proposed)
    left, right = st.columns([5, 3])
    with left, card("Change a case on this list", key="change-row"):
        row = choose_row(docket, shown.row, faces_room=faces_room())
        if row:
            show_row_changes(shown.who, docket, row)
    with right, card("Add a case", key="add-case-card"):
        show_add(shown.who, docket, faces_room=faces_room())


def _show_list(shown: Shown, docket: Docket) -> None:
    """Draw what is in front: rows of the docket, or a list beside it."""
    choice = chosen()
    if choice is Choice.REMOVED:
        _show_removed(shown, docket)
    elif choice is Choice.TO_RESULT:
        _show_to_result(shown)
    else:
        _show_rows(shown, docket, choice)


def _show_rows(shown: Shown, docket: Docket, choice: Choice) -> None:
    rows = rows_of(docket, choice)
    if not rows:
        show_empty(*_nothing(shown, docket, choice))
        return
    if docket.heading.state is SessionState.CLOSED:
        why = docket.heading.closed_reason or "no reason is recorded"
        st.warning(f"This session is closed: {in_words(why)}.")
    html.show(
        docket_table(
            docket,
            rows,
            f"{choice}: {wording.count(len(rows), 'case')}",
            faces_room=faces_room(),
            may_change=may(shown.who, Action.MANAGE_DOCKET),
            in_front=shown.row,
        )
    )
    show_note(printed_words(shown.who, docket))


def _nothing(shown: Shown, docket: Docket, choice: Choice) -> tuple[str, str]:
    """Return what is not here, and what to do next."""
    if not docket.rows:
        step = (
            "Choose Change the list to add a case." if may(shown.who, Action.MANAGE_DOCKET) else "Look at another day."
        )
        return "No case is on this session yet", step
    if choice is Choice.ADDED and docket.printed_at is None:
        return "This list has not been printed yet", "Once it is printed, cases that come on it afterwards stand here."
    whole = "Choose All to see the whole list."
    return f"{choice}: no case", f"{printed_words(shown.who, docket)} {whole}" if choice is Choice.ADDED else whole


def _show_removed(shown: Shown, docket: Docket) -> None:
    if shown.removed:
        html.show(removed_table(shown.removed, faces_room=faces_room()))
    elif docket.printed_at is None:
        show_empty(
            "This list has not been printed yet", "Once it is printed, cases that leave it afterwards stand here."
        )
    else:
        show_empty("Nothing was removed since printing", printed_words(shown.who, docket))


def _show_to_result(shown: Shown) -> None:
    """Draw what the part still has to result, and for a clerk the way to a next date."""
    if not shown.waiting.no_outcome and not shown.waiting.no_next_date:
        show_empty("Nothing to result", "Every outcome is recorded and every case has a next date.")
        return
    if may(shown.who, Action.MANAGE_DOCKET):
        show_next_date(shown.who, shown.waiting)
    sees_bench = may(shown.who, Action.SEE_BENCH)
    html.show(result_table(shown.waiting, today=shown.today, sees_bench=sees_bench, faces_room=faces_room()))


if __name__ == "__main__":
    render()
