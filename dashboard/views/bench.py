"""Bench: one session in call order on the left, the case in front, and what the judge decides about it.

List and case are one fragment: going to another case reads that case anew and nothing else. The list is asked for with
every act and every visit, and read again when the court has written anything since.
"""

from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.again import ask
from dashboard.components.bench_case import (
    show_compliance,
    show_heading,
    show_responses,
    show_services,
)
from dashboard.components.bench_list import drawn, go_to, in_front, just_called, show_list, to_call
from dashboard.components.card import card
from dashboard.components.decide import intent_of, look_again, see, show_decide
from dashboard.components.docket.kept import show_kept
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_note
from dashboard.components.html import show, tag
from dashboard.components.looked_at import show_second_look, writing_words
from dashboard.components.recorded import show_correction, show_recorded
from dashboard.components.refusals import attempt
from dashboard.components.room import faces_room, show_room_switch
from dashboard.components.tokens import renew
from models.commands.corrections import correct_decision
from models.commands.decisions import BenchDecision, decide
from models.errors import NotFound
from models.queries.bench import BenchCase, bench
from models.queries.docket import Docket, docket
from models.queries.docket_rows import DocketRow
from models.queries.sittings import Sitting, bench_sittings, meant
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState
from models.scope import Actor, may


def render() -> None:
    """Draw the bench for the session that is meant, or say what to do when there is none."""
    who = access.require(Action.SEE_BENCH)
    today = access.today(who)
    named = _named()
    with store.reading() as session:
        found = bench_sittings(session, who, today, named)
        sitting = next((one for one in found if one.session_id == named), meant(found, today))
        listed = ask(session, who, docket, sitting.session_id, today=today) if sitting else None
    if sitting is None or listed is None:
        show_empty(
            "No court session within two weeks", "Open one in the calendar; its docket then appears here.", level=1
        )
        return
    _show_top(listed, found, sitting)
    show_kept(listed)
    rows = [row for row in listed.rows if row.state is not AppearanceState.PROPOSED]
    if not rows:
        show_empty(
            "No case is on this session yet", "Add cases on the docket, or choose another session above.", level=1
        )
        return
    _show_list_and_case(rows, sitting.session_id)
    st.html('<script src="/bench.js"></script>', unsafe_allow_javascript=True)  # ours, and fixed: see routes/assets


@st.fragment
def _show_list_and_case(rows: list[DocketRow], session_id: UUID) -> None:
    """Read first, then draw: what is drawn in one go, a browser lays out once."""
    who = access.require(Action.SEE_BENCH)  # a fragment runs without the page around it
    if any(row.participant_id in who.hidden for row in rows):  # restricted meanwhile, or an opening has ended
        st.rerun()
    rows = _as_they_stand(who, rows, session_id)
    row = in_front(rows, session_id)
    case = _read(who, row)
    left, right = st.columns([0.235, 0.765], gap="medium")
    with left:
        show_list(rows, session_id)
        show_note("↑ ↓ move · Ctrl ⏎ records and calls the next")
    with right:
        if case is None:
            _show_gone(row)
        else:
            _show_case(who, case, to_call(rows, after=row))
    drawn()


def _as_they_stand(who: Actor, rows: list[DocketRow], session_id: UUID) -> list[DocketRow]:
    """Return the rows as the court knows them now: a release may have ended since the page around them was drawn."""
    with store.reading() as session:
        listed = ask(session, who, docket, session_id, today=access.today(who))
    now = {row.appearance_id: row for row in listed.rows}
    return [now.get(row.appearance_id, row) for row in rows]


def _read(who: Actor, row: DocketRow) -> BenchCase | None:
    """Return the case as the bench shows it; None when it has left the list."""
    one, today, hidden = row.appearance_id, access.today(who), faces_room()
    try:
        with store.reading() as session:
            return ask(session, who, bench, one, today=today, intent=intent_of(one), faces_room=hidden)
    except NotFound:
        return None


def _show_gone(row: DocketRow) -> None:
    """Say that the case has left the list since it was read, and offer to read it again."""
    show_empty("This case has left the list", f"Docket {row.docket_number} was moved or removed meanwhile.", level=1)
    if st.button("Read the list again"):
        st.rerun()


def _named() -> UUID | None:
    """Return the session chosen before, or named in the address; None where that is no session's id."""
    named = st.session_state.get("bench-session") or st.query_params.get("session")
    try:
        return UUID(str(named)) if named else None
    except ValueError:
        return None


def _show_top(listed: Docket, found: tuple[Sitting, ...], sitting: Sitting) -> None:
    head, called = listed.heading, sum(row.state is AppearanceState.HELD for row in listed.rows)
    left, middle, right = st.columns([0.5, 0.28, 0.22], vertical_alignment="center")
    with left:
        counted = f"{wording.clock_time(head.starts_at)}, {wording.count(len(listed.rows), 'case')}, {called} called"
        when = wording.day_words(head.on, year=True)
        show(tag("p", f"{head.part} · {when} · {head.judge} · {counted}", css="of-lead"))
    with middle:
        ids = [one.session_id for one in found]
        by_id = {one.session_id: one for one in found}
        st.selectbox(
            "Session",
            ids,
            ids.index(sitting.session_id),
            format_func=lambda one: _session(by_id[one]),
            key="bench-session",
            label_visibility="collapsed",
        )
    with right:
        show_room_switch()


def _session(one: Sitting) -> str:
    return f"{wording.day_words(one.on)} · {one.part} · {wording.count(one.booked, 'case')}"


def _show_case(who: Actor, case: BenchCase, following: DocketRow | None) -> None:
    with st.container(key="bench-case"):
        show_heading(case)
        left, right = st.columns(2, gap="small")
        with left:
            show_compliance(case)
            show_services(case)
            show_responses(case)
        with right, card("Decide", "the system proposes, the judge decides", key="bench-decide"):
            _decide(who, case, following)


def _decide(who: Actor, case: BenchCase, following: DocketRow | None) -> None:
    if case.recorded is not None:
        show_recorded(case, case.recorded, who)
        _correct(who, case)
        return
    if not may(who, Action.DECIDE):
        show(tag("p", "Not called yet."))
        return
    see(case)
    form = show_decide(case)
    if form is not None and just_called():
        st.info("This case has just been called, and nothing of it is recorded. Press again to record it.")
    elif form is not None:
        _record(who, form, following)
    else:
        show_second_look("decide")


def _record(who: Actor, form: BenchDecision, following: DocketRow | None) -> None:
    with attempt("Recorded.") as tried, writing_words("decide") as session:
        decide(session, who, form, now=access.now())
    if tried.done:
        renew(f"decide:{form.appearance_id}")
        go_to(following.appearance_id if following else None)
        st.rerun()
    show_second_look("decide")
    look_again(form.appearance_id)


def _correct(who: Actor, case: BenchCase) -> None:
    if case.recorded is None or not may(who, Action.CORRECT_DECISION):
        return
    form = show_correction(case, case.recorded)
    if form is None:
        show_second_look("correct")
        return
    said = "The correction is recorded; what was there before stays in the case file."
    with attempt(said) as tried, writing_words("correct") as session:
        correct_decision(session, who, form, now=access.now())
    if tried.done:
        renew(f"correct:{form.appearance_id}")
        st.rerun()
    show_second_look("correct")


if __name__ == "__main__":
    render()
