"""Follow-up: what is open, why, whose move it is and since when; hold, close or add, and the load of coming sessions.

Everybody who works on cases begins with their own move. The list is what the scheduler found at its last sweep, and says so.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.charts import age, load
from dashboard.charts.load import LoadRow
from dashboard.components import follow_up_acts, html
from dashboard.components.card import card
from dashboard.components.chart import palette, show_chart
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading
from dashboard.components.room import carried, faces_room, show_room_switch
from dashboard.components.sweep_status import show_trouble, sweep_words
from dashboard.components.worklist import PARTS, name_of, weightiest_first, worklist_table
from models.queries.calendar import SessionRow, calendar
from models.queries.follow_up import OpenFollowUp, Whose, Worklist, worklist
from models.queries.runs import last_sweep
from models.rules.follow_up_places import LATER_DAYS
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, may

_PAGE = 14
_AHEAD = timedelta(days=42)
_SESSIONS = 7
_PART, _HELD, _SHOWN = "follow-up-part", "follow-up-held", "follow-up-shown"


def render() -> None:
    """Draw the heading, the parts of the list, the list, and beside it one follow-up and the two charts."""
    who = access.require(Action.SEE_FOLLOW_UP)
    today = access.today(who)
    with store.reading() as session:
        listed = worklist(session, who, today=today)
        sweep = last_sweep(session, who, now=access.now())
        sessions = calendar(session, who, today, today + _AHEAD).sessions
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        active = wording.count(listed.active_cases, "active case")
        outbox = html.link("reminders to participants", "/reminders")
        show_heading("Follow-up", html.join([active, sweep_words(sweep, who.zone), outbox], " · "))
    with right:
        show_room_switch()
    show_trouble(sweep, who.zone)
    part, rows, chosen = _show_controls(who, listed, today)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _show_list(part, rows, today)
    with right:
        _show_beside(who, chosen, listed, sessions, today)


def _show_controls(who: Actor, listed: Worklist, today: date) -> tuple[Whose, list[OpenFollowUp], OpenFollowUp | None]:
    """Draw the parts with their counts, and what can be done; return the part, its rows and the one in front."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="parts"):
        st.session_state.setdefault(_PART, _asked_part())
        part = st.segmented_control(
            "Whose move",
            list(Whose),
            format_func=lambda whose: f"{PARTS[whose]} {len(listed.of(whose))}",
            required=True,
            key=_PART,
            on_change=_first_page,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content"):
            whose = part or Whose.MINE
            rows = _rows(listed, whose)
            chosen = None
            if rows and may(who, Action.MANAGE_FOLLOW_UP):
                chosen = follow_up_acts.choose(rows, _asked_item(), faces_room=faces_room())
            if may(who, Action.MANAGE_FOLLOW_UP):
                with st.popover("Add a follow-up", icon=":material/add:", key="add-own"):
                    follow_up_acts.show_own(today)
            if may(who, Action.EXPORT_LISTS):
                _show_exports(who, whose)
    return whose, rows, chosen


def _rows(listed: Worklist, whose: Whose) -> list[OpenFollowUp]:
    """Draw the switch for what rests, where something does, and return what is to be shown, weightiest first."""
    awake, everything = listed.of(whose), listed.of(whose, resting=True)
    resting = len(everything) - len(awake)
    asked = resting > 0 and st.toggle(
        f"{resting} held or later", key=_HELD, help=f"Held with a reason, or due in more than {LATER_DAYS} days."
    )
    return weightiest_first(everything if asked else awake)


def _asked_part() -> Whose:
    try:
        return Whose(st.query_params.get("part", Whose.MINE))
    except ValueError:
        return Whose.MINE


def _first_page() -> None:
    st.session_state[_SHOWN] = _PAGE


def _show_exports(who: Actor, part: Whose) -> None:
    links = [
        html.link(name, f"/download/follow_up_{kind}", part=part) for name, kind in (("CSV", "csv"), ("Excel", "xlsx"))
    ]
    saving = html.join(["Save as ", html.join(links, " · ")], "")
    sealing = [html.link("Seal records that are ready", "/sealing", **carried())] if may(who, Action.SEAL) else []
    html.show(html.tag("p", html.join([saving, *sealing], " · "), css="of-links of-note"))


def _show_list(part: Whose, rows: Sequence[OpenFollowUp], today: date) -> None:
    if not rows:
        show_empty(*_nothing(part))
        return
    shown = min(int(st.session_state.get(_SHOWN, _PAGE)), len(rows))
    caption = f"{PARTS[part]}: {wording.count(len(rows), 'open follow-up')}"
    html.show(worklist_table(caption, rows[:shown], today, faces_room=faces_room()))
    if shown < len(rows):
        rest = min(len(rows) - shown, 100)
        st.button(
            f"Show {rest} more of {len(rows) - shown}", key="show-more", on_click=_show_more, args=(shown + rest,)
        )


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown


def _nothing(part: Whose) -> tuple[str, str]:
    if part is Whose.MINE:
        return "Nothing waits for you", "Everything shows what waits for others."
    if part is Whose.EVERYTHING:
        return "Nothing is open", "The scheduler adds what comes about; your own follow-ups are added above."
    return "Nothing is open here", "Choose another part of the list above."


def _show_beside(
    who: Actor, chosen: OpenFollowUp | None, listed: Worklist, sessions: Sequence[SessionRow], today: date
) -> None:
    """Draw the follow-up in front, how old what is open is, and how full the coming sessions are."""
    if chosen:
        with card(name_of(chosen, faces_room=faces_room()) or "Without a case", key="act"):
            follow_up_acts.show_acts(who, chosen, today, faces_room=faces_room())
    with card("Nobody slips: open items by age", key="ages"):
        ages = age.counted((row.age_days, row.move) for row in listed.of(Whose.EVERYTHING) if row.reached)
        show_chart(age.spec(ages, palette()), age.words(ages), age.reading(ages), key="age-chart")
    with card("Calendar ahead: places booked per session", key="loads"):
        loads = [_load(row) for row in sessions[:_SESSIONS]]
        show_chart(load.spec(loads, palette()), load.words(loads), load.reading(loads), key="load-chart")


def _asked_item() -> UUID | None:
    try:
        return UUID(st.query_params.get("item", ""))
    except ValueError:
        return None


def _load(row: SessionRow) -> LoadRow:
    closed = row.state is SessionState.CLOSED
    return LoadRow(day=row.on, part=row.part, booked=row.cases, capacity=row.capacity_cases, closed=closed)


if __name__ == "__main__":
    render()
