"""What is recorded at an appearance, and putting it right: a correction is a new fact beside the old one."""

import streamlit as st

from dashboard import wording
from dashboard.components.decide import OUTCOMES
from dashboard.components.heading import show_note
from dashboard.components.html import show, state, tag
from dashboard.components.room import faces_room
from dashboard.components.tokens import form_token
from models.commands.corrections import Correction
from models.commands.typed import LONGEST_LINE
from models.queries.bench import BenchCase
from models.queries.bench_case import Recorded
from models.queries.timeline import TimelineResponse
from models.rules.vocabulary import ResponseState
from models.scope import Actor


def show_recorded(case: BenchCase, recorded: Recorded, who: Actor) -> None:
    """Show today's outcome, responses, promise and next date as they stand; for the room no reason in somebody's words."""
    hidden = faces_room()
    show(tag("p", state(wording.word(recorded.outcome)), css="of-lead"))
    if recorded.missed:
        show(tag("p", wording.word(recorded.missed)))
    for response in responses_today(case):
        show(tag("p", f"{wording.text(response.kind).capitalize()}: {response.what}"))
    next_on = case.facts.next_appearance_on
    why_none = "none" if hidden else recorded.no_next_date_reason or "none"
    said = wording.day_words(next_on) if next_on else why_none
    show(tag("p", f"Next appearance: {said}"))
    if recorded.promised:
        show(tag("p", f"Promised: {recorded.promised}"))
    when = wording.instant_words(recorded.recorded_at, who.zone)
    why = "corrected" if hidden else recorded.correction_reason
    version = f" Version {recorded.version}: {why}" if recorded.correction_reason else ""
    show_note(f"Recorded by {recorded.recorded_by}, {when}.{version}")


def responses_today(case: BenchCase) -> list[TimelineResponse]:
    """Return the responses given at this appearance that stand."""
    day = case.heading.held_on
    return [
        one for one in case.timeline.responses if one.decided_on == day and one.state is not ResponseState.WITHDRAWN
    ]


def show_correction(case: BenchCase, recorded: Recorded) -> Correction | None:
    """Show the form of a correction; return it when it was sent, else None. It is filled in, so never for the room."""
    if faces_room():
        show_note("To correct this, turn off “Screen faces the room”: the form shows what was recorded.")
        return None
    one = case.heading.appearance_id
    given = {response.response_id: response for response in responses_today(case)}
    with st.popover("Correct…", width="stretch"), st.form(f"correct-{one}"):
        outcome = st.selectbox(
            "Outcome",
            OUTCOMES,
            OUTCOMES.index(recorded.outcome),
            format_func=lambda choice: wording.text(choice).capitalize(),
        )
        promised = st.text_input("Promise for next time", recorded.promised or "")
        withdraw = st.multiselect("Withdraw responses", list(given), format_func=lambda key: given[key].what)
        reason = st.text_input("What was wrong", max_chars=LONGEST_LINE)
        sent = st.form_submit_button("Record the correction", type="primary")
    if not sent:
        return None
    return Correction(
        appearance_id=one,
        token=form_token(f"correct:{one}"),
        seen_version=case.heading.version,
        outcome=outcome,
        missed=recorded.missed if outcome is recorded.outcome else None,
        promised=promised,
        reason=reason,
        withdraw=tuple(withdraw),
    )
