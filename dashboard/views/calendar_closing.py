"""A change of the calendar on the screen: the preview of every case it moves, one act, and what was done in words.

Drawn by the calendar screen in its place; nothing is written before the plan is approved.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import calendar_change, html
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.move_plan import (
    Targets,
    over_places,
    plan_table,
    show_change_one,
    show_effects,
    show_leave,
    summary_table,
    targets_of,
    unplaced,
)
from dashboard.components.refusals import attempt
from dashboard.components.room import carried, faces_room
from dashboard.components.tokens import form_token, renew
from models.commands.bulk_moves import Approval, approve
from models.queries.move_rows import MovePreview
from models.queries.moves import preview
from models.rules.calendar_changes import MOST_AT_ONCE, CalendarChange
from models.rules.permissions import Action
from models.rules.vocabulary import MoveCause
from models.scope import Actor

#: Where the calendar finds what was done, to say it once, and the move to look at again.
DONE = "calendar-done"
MADE = "calendar-made"


@dataclass(frozen=True, slots=True)
class _Seen:
    """The plan as it was drawn: where each case goes, and what it was made from."""

    targets: Targets
    stamp: str


def show(who: Actor, today: date) -> None:
    """Draw the preview of the change the link asks about, and carry it out when approved."""
    heading = st.container()
    with store.reading() as session:
        change = calendar_change.read(session, who, today)
        seen_now = preview(session, who, change, today=today, faces_room=faces_room()) if change else None
    if change is None or seen_now is None:
        show_empty("This link cannot be read", "Choose a day or a session in the calendar.")
        return
    key = calendar_change.key_of(change)
    targets = targets_of(seen_now, key)
    with heading:
        show_heading(calendar_change.title(change), _counted(seen_now, targets))
        back = html.link("Back to the calendar", "/calendar", day=change.first_on, **carried())
        html.show(html.tag("p", back, css="of-links"))
    if change.first_on < today:
        show_empty("This day has passed", "Record 'adjourned by the court' for the cases that were on it.")
        return
    left, right = st.columns([5, 2], gap="large")
    with left:
        _show_plan(who, seen_now, targets, key, today)
    with right:
        _show_approval(seen_now, targets, key)
        if seen_now.rows:
            with card("Change single cases", key="change-single"):
                show_change_one(seen_now, targets, key)
                show_leave(seen_now, key)


def _show_plan(who: Actor, seen_now: MovePreview, targets: Targets, key: str, today: date) -> None:
    """Show where every case goes and why, and what else the change does."""
    if seen_now.rows:
        html.show(summary_table(seen_now, targets))
        html.show(plan_table(who, seen_now, targets, key, today))
    else:
        show_empty("No case has to move", "Approving it moves nothing.")
    show_effects(seen_now)


def _counted(preview: MovePreview, targets: Targets) -> str:
    """Say how large it is: "2 sessions, 14 cases to move, 1 without a place"."""
    cases = f"{wording.count(len(preview.rows), 'case')} to move"
    left = len(preview.rows) - len(targets)
    said = f"{wording.count(len(preview.closing), 'session')}, {cases}"
    return f"{said}, {left} without a place" if left else said


def _show_approval(seen_now: MovePreview, targets: Targets, key: str) -> None:
    """Ask for the reason, for another one where a session would go over, for a second yes to a large move; then act.

    What is carried out is the plan that was drawn when the button was pressed, not one made since.
    """
    drawn: _Seen | None = st.session_state.get(f"{key}:seen")
    st.session_state[f"{key}:seen"] = _Seen(dict(targets), seen_now.stamp(one.id for one in targets.values()))
    missing = len(unplaced(seen_now, targets, key))
    with card("Approve", key="approve-closing"), st.form("close-it", border=False):
        name = st.text_input(
            "Why",
            value=seen_now.name or "",
            key="closing-name",
            placeholder="such as: Snow, or a holiday's name",
        )
        over_reason, sure = _ask_more(seen_now, targets)
        if missing:
            show_note(f"{wording.count(missing, 'case')} still needs a session: choose one below, or leave it for now.")
        said = _button(seen_now, targets)
        nobody = bool(seen_now.rows) and not targets
        approved = st.form_submit_button(said, type="primary", disabled=missing > 0 or nobody, key="close-now")
    if approved and drawn:
        given = Approval(
            token=form_token(key),
            reason=name,
            plan=tuple((one, target.id) for one, target in drawn.targets.items()),
            stamp=drawn.stamp,
            confirmed=sure,
            over_reason=over_reason or None,
        )
        _approve(seen_now, drawn.targets, given, key)


def _ask_more(seen_now: MovePreview, targets: Targets) -> tuple[str, bool]:
    """Ask why a session may go over its places, and for a second yes to a large move; return both answers."""
    over_reason, sure = "", False
    if over := over_places(seen_now, targets):
        days = ", ".join(f"{wording.day_words(one.on)} ({one.part})" for one in over)
        show_note(f"Over its places: {days}.")
        over_reason = st.text_input("Why it may go over", key="closing-over")
    if len(targets) > MOST_AT_ONCE:
        show_note(f"More than {MOST_AT_ONCE} cases move at once. Read the whole plan first.")
        sure = st.checkbox(f"Yes, move all {len(targets)} cases", key="closing-sure")
    return over_reason, sure


def _button(seen_now: MovePreview, targets: Targets) -> str:
    """Return what the button says: what happens to the calendar, and how many cases move."""
    cases = f"move {wording.count(len(targets), 'case')}"
    if len(targets) < len(seen_now.rows):
        return f"{cases.capitalize()} now"
    act = "Close" if seen_now.change.closes else "Lower the places"
    return f"{act} and {cases}" if targets else act


def _approve(seen_now: MovePreview, targets: Targets, given: Approval, key: str) -> None:
    """Carry the plan out in one transaction, then go back to the calendar and say what was done."""
    with attempt() as tried, store.writing() as session:
        actor, now = access.require(Action.MANAGE_CALENDAR), access.now()
        made = approve(session, actor, seen_now.change, given, now=now)
        st.session_state[MADE] = made.id
        st.session_state[DONE] = done_words(seen_now, targets, given.reason.strip(), whole=made.whole)
    if not tried.done:
        st.session_state.pop(DONE, None)
        st.session_state.pop(MADE, None)
        return
    for kept in ("", ":seen", "-left"):
        st.session_state.pop(f"{key}{kept}", None)
    renew(key)
    st.query_params.from_dict({"day": seen_now.day.isoformat(), **carried()})
    st.rerun()


def done_words(seen_now: MovePreview, targets: Targets, name: str, *, whole: bool) -> str:
    """Return what was done: "Fri 11 December is closed: Snow. 3 cases moved: 2 to Fri 18 December (Part 12), ..."."""
    said = f"{_changed(seen_now.change, whole)}: {name}."
    if not targets:
        return f"{said} No case was on it." if seen_now.change.closes else said
    went = Counter((target.on, target.part) for target in targets.values())
    places = ", ".join(f"{number} to {wording.day_words(on)} ({part})" for (on, part), number in sorted(went.items()))
    said = f"{said} {wording.count(len(targets), 'case')} moved: {places}."
    return said if whole else f"{said} The calendar stays as it is until the others have moved."


def _changed(change: CalendarChange, whole: bool) -> str:
    """Say what became of the calendar."""
    day = wording.day_words(change.first_on)
    if change.cause is MoveCause.JUDGE_AWAY:
        return f"A judge is away, {calendar_change.days(change)}"
    if not whole:
        return f"{day}, some cases moved"
    return f"{day} is closed" if change.closes else f"{day} has fewer places"
