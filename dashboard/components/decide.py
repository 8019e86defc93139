"""Decide: the system proposes, the judge decides. One form of today's outcome, responses, course and next date.

Every choice is a widget of its own, keyed by the appearance, so that what the rule proposes follows what was chosen
before anything is recorded, and nothing of one case is left on the next.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

import streamlit as st

from dashboard import wording
from dashboard.components.acd_window import ask_acd_window
from dashboard.components.decide_orders import show_orders
from dashboard.components.decide_responses import (
    chosen_words,
    left_reason_of,
    responses_of,
    show_response_choices,
)
from dashboard.components.heading import show_note
from dashboard.components.tokens import form_token
from models.commands.decisions import BenchDecision
from models.commands.typed import LONGEST_LINE
from models.queries.bench import BenchCase, Intent
from models.rules.policy import Program
from models.rules.reviews import Proposal
from models.rules.vocabulary import (
    BEFORE_MANDATE,
    Behaviour,
    CourseChange,
    MissedAppearance,
    Outcome,
    Purpose,
    Stage,
)

OUTCOMES = (Outcome.APPEARED, Outcome.EXCUSED, Outcome.DID_NOT_APPEAR, Outcome.ADJOURNED)
MISSED = (
    MissedAppearance.ADVANCE_WITH_COUNSEL,
    MissedAppearance.WARRANT_STAYED,
    MissedAppearance.WARRANT_ISSUED,
)
_NO_DATE = "no next date"


def intent_of(appearance_id: UUID) -> Intent:
    """Return what is chosen on the form so far, as the last run left it."""
    outcome = st.session_state.get(_key("outcome", appearance_id)) or Outcome.APPEARED
    return Intent(
        outcome=outcome,
        behaviours=frozenset({Behaviour.DISTAL_GOAL}),  # an adjustment may follow a need at any time
        responses=chosen_words(appearance_id),
    )


def show_decide(case: BenchCase) -> BenchDecision | None:
    """Show the form; return the decision when "Record and call next" was pressed, else None."""
    one = case.heading.appearance_id
    outcome: Outcome = st.segmented_control(
        "Today", OUTCOMES, default=Outcome.APPEARED, format_func=_outcome, key=_key("outcome", one), required=True
    )
    missed = _missed(case, outcome)
    orders = show_orders(case, outcome)
    show_response_choices(case)
    course = _course(case, outcome)
    next_date = _next(case, course.changes, missed)
    promised = st.text_input(
        "Promise for next time",
        key=_key("promise", one),
        max_chars=LONGEST_LINE,
        placeholder="for example: a certificate at four sessions",
    )
    if not _pressed(one):
        return None
    session_id, because, no_date = next_date
    return BenchDecision(
        appearance_id=one,
        token=form_token(f"decide:{one}"),
        seen_version=st.session_state.setdefault(_key("seen", one), case.heading.version),
        outcome=outcome,
        missed=missed,
        warrant=orders.warrant,
        after_arrest=orders.after_arrest,
        responses=responses_of(case),
        left_reason=left_reason_of(case),
        course=course.changes,
        program=course.program,
        acd_months=course.acd_months,
        promised=promised,
        next_session_id=session_id,
        next_purpose=Purpose.COMPLETION if case.standing.course.may_complete else Purpose.REVIEW,
        next_reason=because,
        no_next_date_reason=no_date,
    )


def _pressed(one: UUID) -> bool:
    """Draw the button; one for each appearance, so that a press meant for one case never reaches the next."""
    label, key = "Record and call next", _key("record", one)
    with st.container(key="record"):
        return st.button(label, key=key, type="primary", shortcut="Ctrl+Enter", width="stretch")


def see(case: BenchCase) -> None:
    """Remember which version of the case this form was drawn from, until it is recorded or looked at again."""
    st.session_state.setdefault(_key("seen", case.heading.appearance_id), case.heading.version)


def look_again(appearance_id: UUID) -> None:
    """Forget the version the form was drawn from: the judge has seen the present state."""
    st.session_state.pop(_key("seen", appearance_id), None)


def _key(name: str, appearance_id: UUID) -> str:
    return f"{name}-{appearance_id}"


def _outcome(outcome: Outcome) -> str:
    return {Outcome.ADJOURNED: "Adjourned by court"}.get(outcome, wording.text(outcome).capitalize())


def _missed(case: BenchCase, outcome: Outcome) -> MissedAppearance | None:
    if outcome is not Outcome.DID_NOT_APPEAR:
        return None
    return st.segmented_control(
        "The judge's choice (none is made for her)",
        MISSED,
        format_func=lambda choice: wording.text(choice).capitalize(),
        key=_key("missed", case.heading.appearance_id),
    )


class _Course(NamedTuple):
    """What the judge lets happen in the program's course today."""

    changes: tuple[CourseChange, ...] = ()
    program: str | None = None  # where a mandate is accepted
    acd_months: int | None = None  # where an ACD is granted


def _course(case: BenchCase, outcome: Outcome) -> _Course:
    """Offer what the program's course allows now; only where it is ready, or before a mandate."""
    one, course = case.heading.appearance_id, case.standing.course
    if case.heading.stage in BEFORE_MANDATE and outcome is Outcome.APPEARED:
        return _mandate(case)
    if course.may_complete:
        label = "Complete the mandate and grant the ACD"
        done = st.checkbox(label, key=_key("complete", one), help=" ".join(course.reasons))
        return _granted(case, CourseChange.COMPLETE) if done else _Course()
    if course.may_advance:
        label = f"Advance to phase {course.phase + 1}, {course.next_phase}"
        advanced = st.checkbox(label, key=_key("advance", one), help=" ".join(course.reasons))
        return _Course((CourseChange.ADVANCE,)) if advanced else _Course()
    if case.heading.stage is Stage.COMPLETED and st.checkbox("Grant the ACD", key=_key("acd", one)):
        return _granted(case)
    return _Course()


def _granted(case: BenchCase, *before: CourseChange) -> _Course:
    """Grant the ACD, and ask for how long where the program has more than one time."""
    name, key = case.standing.course.program_name, _key("acd-months", case.heading.appearance_id)
    return _Course((*before, CourseChange.GRANT_ACD), acd_months=ask_acd_window(case.programs, name, key=key))


def _mandate(case: BenchCase) -> _Course:
    """Offer the programs: accepted, declined, or left open today."""
    choices: list[Program | str] = ["not decided today", *_fitting(case), "declined"]
    chosen = st.selectbox(
        "Program",
        choices,
        format_func=lambda choice: choice if isinstance(choice, str) else f"accepted: {choice.name}",
        key=_key("program", case.heading.appearance_id),
    )
    if isinstance(chosen, Program):
        return _Course((CourseChange.ACCEPT_MANDATE,), program=chosen.key)
    return _Course((CourseChange.DECLINE,)) if chosen == "declined" else _Course()


def _fitting(case: BenchCase) -> Iterator[Program]:
    """Yield the programs for her age first; where it is not known, all of them."""
    minor = case.heading.minor_at_offence
    for program in case.programs:
        if minor is None or bool(program.for_under_years) is minor:
            yield program


_Next = tuple[UUID | None, str | None, str | None]


def _next(case: BenchCase, course: tuple[CourseChange, ...], missed: MissedAppearance | None) -> _Next:
    """Ask for the next appearance, filled in by the rule; or for the reason why there is none."""
    one = case.heading.appearance_id
    leaves = CourseChange.GRANT_ACD in course or CourseChange.DECLINE in course
    leaves = leaves or missed is MissedAppearance.WARRANT_ISSUED
    ranked = list(case.next.proposals)
    offered: list[Proposal | str] = [_NO_DATE, *ranked] if leaves else [*ranked, _NO_DATE]
    earlier = case.next.earlier
    if earlier:
        offered.insert(len(ranked), earlier)
    left, right = st.columns([0.55, 0.45], vertical_alignment="bottom")
    chosen = left.selectbox(
        "Next appearance",
        offered,
        format_func=lambda choice: choice if isinstance(choice, str) else _session(choice, case.today),
        key=_key(f"next-{leaves}-{_first(ranked)}", one),
        help=case.next.why_no_date,
    )
    with right:
        if not isinstance(chosen, str):
            show_note(chosen.reason)
            return chosen.session.id, chosen.reason, None
        reason = (
            None
            if leaves
            else st.text_input("Why there is no next date", key=_key("no-date", one), max_chars=LONGEST_LINE)
        )
    return None, None, reason or None


def _first(ranked: list[Proposal]) -> str:
    """Return what makes a new pre-filled date: when the rule's first proposal changes, the field follows it."""
    return str(ranked[0].session.id) if ranked else "none"


def _session(proposal: Proposal, today: date) -> str:
    session = proposal.session
    where = "" if proposal.same_part else f" · {session.part}"
    return f"{wording.day_words(session.on, year=session.on.year != today.year)} · {session.booked_cases} of {session.capacity_cases} booked{where}"
