"""The plan for a closed day or session on the screen: where each case goes and why, and changing single ones.

It keeps the reader's own choices in the tab until the plan is carried out; it writes nothing.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from uuid import UUID

import streamlit as st

from dashboard.components import html
from dashboard.components.heading import show_note
from dashboard.wording import Tone, Word, count, day_short, day_words, text
from models.queries.move_rows import MovePreview, MoveRow
from models.queries.moves import new_due_on
from models.rules.capacity import is_new, within
from models.rules.reviews import OpenSession
from models.scope import Actor

Targets = Mapping[UUID, OpenSession]
_COLUMNS = (
    html.Column("Case", narrow=True),
    html.Column("To", narrow=True),
    "Why",
    html.Column("Report due", narrow=True),
)
_SUMMARY = ("To the session", html.Column("Cases", right=True), html.Column("Load then", narrow=True), "State")


def targets_of(preview: MovePreview, key: str) -> dict[UUID, OpenSession]:
    """Return where each case goes: as chosen in this tab, otherwise as proposed; cases without a place are left out."""
    open_now = {session.id: session for session in preview.sessions}
    chosen: dict[UUID, UUID] = st.session_state.get(key, {})
    found = {row.appearance_id: row.target for row in preview.rows if row.target}
    found |= {one: open_now[where] for one, where in chosen.items() if where in open_now}
    left = set(st.session_state.get(f"{key}-left", ()))
    going = [row.appearance_id for row in preview.rows if row.appearance_id not in left]
    return {one: found[one] for one in going if one in found}


def unplaced(preview: MovePreview, targets: Targets, key: str) -> list[MoveRow]:
    """Return the cases that should move and have no session: not those the reader leaves for now."""
    left = set(st.session_state.get(f"{key}-left", ()))
    return [row for row in preview.rows if row.appearance_id not in targets and row.appearance_id not in left]


def over_places(preview: MovePreview, targets: Targets) -> list[OpenSession]:
    """Return the sessions that would go over what they take, or into places kept for new cases."""
    cases, minutes = _added(preview, targets)
    new = Counter(
        targets[row.appearance_id].id for row in preview.rows if row.appearance_id in targets and is_new(row.purpose)
    )
    return [
        one
        for one in preview.sessions
        if cases[one.id] and not _holds(one, cases[one.id], minutes[one.id], new[one.id])
    ]


def _holds(session: OpenSession, cases: int, minutes: int, new: int) -> bool:
    """Tell whether a session holds so many more cases and minutes, `new` of them first appearances."""
    kept = max(session.kept_left - new, 0)
    cases_left = session.capacity_cases - session.booked_cases - cases - kept
    return within(session.capacity_by, cases_left, session.capacity_minutes - session.booked_minutes - minutes)


def summary_table(preview: MovePreview, targets: Targets) -> html.Html:
    """Return where the cases go, one row a session, with its load once the whole plan is carried out."""
    cases, minutes = _added(preview, targets)
    over = {session.id for session in over_places(preview, targets)}
    rows = []
    for session in (one for one in preview.sessions if cases[one.id]):
        booked, time = session.booked_cases + cases[session.id], session.booked_minutes + minutes[session.id]
        then = f"{booked} of {count(session.capacity_cases, 'case')}, {time} of {session.capacity_minutes} minutes"
        rows.append((_name(session), cases[session.id], then, _OVER if session.id in over else _FITS))
    return html.table("Sessions that take the cases", _SUMMARY, rows)


def plan_table(viewer: Actor, preview: MovePreview, targets: Targets, key: str, today: date) -> html.Html:
    """Return the plan as a table, one row a case in call order; what a release would lose stands with its case."""
    chosen = st.session_state.get(key, {})
    left = set(st.session_state.get(f"{key}-left", ()))
    several = preview.change.first_on != preview.change.last_on
    ends = any(_released(row, targets.get(row.appearance_id)) for row in preview.rows)
    rows: list[tuple[html.Cell, ...]] = []
    for number, row in enumerate(preview.rows, start=1):
        target = targets.get(row.appearance_id)
        why = "Chosen by you." if row.appearance_id in chosen else row.reason
        to = f"{day_words(target.on)}, {target.part}" if target else _STAYS if row.appearance_id in left else _NO_PLACE
        from_day = (day_words(row.on),) if several else ()
        released = (_released(row, target),) if ends else ()
        rows.append((label(row, number), *from_day, to, why, _due(viewer, preview, row, target, today), *released))
    columns: list[html.Column | str] = list(_COLUMNS)
    if several:
        columns.insert(1, html.Column("On now", narrow=True))
    if ends:
        columns.append("Release")
    return html.table("Where each case would go", columns, rows)


def _released(row: MoveRow, target: OpenSession | None) -> html.Cell:
    """Return the releases that end before the new day, each with its last day; a dash where none does."""
    ended = row.ended_by(target.on) if target else ()
    words = "; ".join(f"{one.provider or 'a release'} ends {day_short(one.last_on)}" for one in ended)
    return Word(f"{words}: ask again", "▲", Tone.WARN) if ended else None


def show_leave(preview: MovePreview, key: str) -> None:
    """Let the reader leave some cases where they are for now; the calendar changes once they have gone too."""
    labels = {row.appearance_id: label(row, number) for number, row in enumerate(preview.rows, start=1)}
    kept = f"{key}-left"
    known = [one for one in st.session_state.get(kept, ()) if one in labels]
    if known != list(st.session_state.get(kept, ())):
        st.session_state[kept] = known  # somebody else moved one of them meanwhile
    st.multiselect("Leave where they are for now", list(labels), format_func=labels.__getitem__, key=kept)


def show_change_one(preview: MovePreview, targets: Targets, key: str) -> None:
    """Let the reader put one case on another session; the proposal can be had back."""
    labels = {row.appearance_id: label(row, number) for number, row in enumerate(preview.rows, start=1)}
    rows = {row.appearance_id: row for row in preview.rows}
    first = next((number for number, one in enumerate(labels) if one not in targets), 0)
    one = st.selectbox(
        "Change where a case goes", labels, index=first, format_func=labels.__getitem__, key=f"{key}-case"
    )
    cases, _ = _added(preview, targets)
    free = {session.id: session for session in preview.sessions if session.id not in rows[one].also_on}
    where = st.selectbox(
        "To the session",
        free,
        format_func=lambda session_id: _offer(free[session_id], cases[session_id]),
        key=f"{key}-session",
    )
    with st.container(horizontal=True):
        st.button("Put it there", key=f"{key}-put", disabled=not free, on_click=_put, args=(key, one, where))
        if st.session_state.get(key):
            st.button("As proposed again", key=f"{key}-reset", on_click=st.session_state.pop, args=(key, None))


def label(row: MoveRow, number: int) -> str:
    """Return what a row is called: docket number and name where the reader may see them, otherwise its number."""
    if row.docket_number is None:
        return f"Case {number}, {text(row.purpose)}"
    return f"{row.docket_number} {row.name or ''}".strip()


def show_effects(preview: MovePreview) -> None:
    """Say what else the change does."""
    if preview.staying:
        show_note(
            f"{count(preview.staying, 'case')} called before them keeps its place."
            if preview.staying == 1
            else f"{preview.staying} cases called before them keep their places."
        )
    if preview.with_outcome:
        show_note(f"Outcomes already recorded that day stay: {count(preview.with_outcome, 'case')}.")
    if preview.other_reports_due:
        show_note(
            f"{count(preview.other_reports_due, 'report')} for other days due then will be due on the next court day."
        )
    if preview.proposed:
        days = ", ".join(day_words(day) for day in preview.proposed)
        show_note(f"Nothing is sent to days that are proposed as holidays: {days}.")
    booked = sum(row.interpreter_booked for row in preview.rows)
    if booked:
        show_note(f"{count(booked, 'interpreter')} booked for that day must be booked again.")


_NO_PLACE = Word("no place found", "■", Tone.BAD)
_STAYS = Word("stays for now", "○", Tone.QUIET)
_OVER = Word("over its places", "■", Tone.BAD)
_FITS = Word("fits", "●", Tone.GOOD)


def _put(key: str, one: UUID, where: UUID) -> None:
    st.session_state[key] = {**st.session_state.get(key, {}), one: where}


def _added(preview: MovePreview, targets: Targets) -> tuple[Counter[UUID], Counter[UUID]]:
    """Return how many cases and minutes the plan adds to each session."""
    cases: Counter[UUID] = Counter()
    minutes: Counter[UUID] = Counter()
    for row in preview.rows:
        if target := targets.get(row.appearance_id):
            cases[target.id] += 1
            minutes[target.id] += row.minutes
    return cases, minutes


def _name(session: OpenSession) -> str:
    return f"{day_words(session.on)}, {session.part}, {session.judge}"


def _offer(session: OpenSession, added: int) -> str:
    booked = session.booked_cases + added
    return f"{day_words(session.on)}, {session.part} ({booked} of {session.capacity_cases}), {session.judge}"


def _due(viewer: Actor, preview: MovePreview, row: MoveRow, target: OpenSession | None, today: date) -> html.Cell:
    """Return the report's due day now and then; a dash where none is expected."""
    if row.report_due_on is None:
        return None
    if target is None:
        return day_short(row.report_due_on)
    then = new_due_on(viewer, target, preview.court_days, today=today)
    return f"{day_short(row.report_due_on)} → {day_short(then)}"
