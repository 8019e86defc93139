"""Putting a case on a docket: found by its number or a name, or chosen among those that are owed a next date."""

from collections.abc import Mapping
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.docket.changes import act, session_text
from dashboard.components.heading import show_note
from dashboard.components.markdown import in_words, plain
from models.commands import appearances
from models.queries.docket import Docket
from models.queries.next_dates import next_dates
from models.queries.search import FoundCase, find_cases
from models.queries.to_result import ToResult
from models.rules.called import short_name
from models.rules.reviews import Proposal
from models.rules.vocabulary import Purpose, SessionState
from models.scope import Actor


def show_add(who: Actor, docket: Docket, *, faces_room: bool) -> None:
    """Draw the search, and the form that puts the case found on this session."""
    if docket.heading.state is not SessionState.OPEN or docket.heading.on < access.today(who):
        show_note("Cases are added to open sessions that are still to come.")
        return
    typed = st.text_input("Find the case", key="add-find", placeholder="Docket number or name", autocomplete="off")
    if not typed.strip():
        return
    with store.reading() as session:
        found = {case.case_id: case for case in find_cases(session, who, typed)}
    on_it = {row.case_id for row in docket.rows}
    choices = {case_id: case for case_id, case in found.items() if case_id not in on_it}
    if not choices:
        already = "It is on this list already." if found else "No case has that number or name. Look at the spelling."
        show_note(already)
        return
    _show_form(docket, choices, faces_room)


def found_text(case: FoundCase, *, faces_room: bool) -> str:
    """Return "Mei C. · 2026-QN-04417 · in the program"."""
    name = short_name(case.preferred_name, case.legal_name, case.initials_only, faces_room)
    return f"{name} · {case.docket_number} · {wording.text(case.stage)}"


def _show_form(docket: Docket, choices: Mapping[UUID, FoundCase], faces_room: bool) -> None:
    head = docket.heading
    with st.form("add", border=False):
        case_id = st.selectbox(
            "Case", choices, format_func=lambda one: found_text(choices[one], faces_room=faces_room), key="add-case"
        )
        purpose = st.segmented_control(
            "For",
            list(Purpose),
            default=Purpose.REVIEW,
            required=True,
            format_func=lambda one: wording.text(one).capitalize(),
            key="add-purpose",
        )
        over = None
        if len(docket.rows) + head.kept >= head.capacity_cases or docket.minutes >= head.capacity_minutes:
            over = st.text_input("This session is full. Why may it go over its places?", key="add-over")
        if st.form_submit_button("Put it on the list", key="add-save", type="primary"):
            act(
                "It is on the list, called last.",
                lambda session, who: appearances.calendar_case(
                    session, who, case_id, head.session_id, purpose, now=access.now(), over_reason=over or None
                ),
            )


def show_next_date(who: Actor, waiting: ToResult) -> None:
    """Draw, for a case that is owed a next date, the proposals of the rule and the act of taking one."""
    by_id = {row.case_id: row for row in waiting.no_next_date}
    if not by_id:
        return
    chosen = st.selectbox(
        "Give a next date to",
        by_id,
        format_func=lambda one: f"{by_id[one].name} · {by_id[one].docket_number}",
        index=None,
        placeholder="Choose a case",
        key="next-date-case",
    )
    if chosen is None:
        return
    with store.reading() as session:
        review = next_dates(session, who, chosen, today=access.today(who))
    if not review.proposals:
        show_note(review.why_no_date)
        return
    _show_proposals(chosen, {one.session.id: one for one in review.proposals})


def _show_proposals(case_id: UUID, proposals: Mapping[UUID, Proposal]) -> None:
    with st.form(f"next-date-{case_id}"):
        target = st.radio(
            "Next appearance",
            list(proposals),
            format_func=lambda one: plain(session_text(proposals[one].session)),
            captions=[in_words(one.reason) for one in proposals.values()],
        )
        if st.form_submit_button("Put it on the calendar", key="next-date-save", type="primary"):
            act(
                f"On the calendar for {wording.day_words(proposals[target].session.on)}.",
                lambda session, who: appearances.calendar_case(
                    session, who, case_id, target, Purpose.REVIEW, now=access.now(), reason=proposals[target].reason
                ),
            )
