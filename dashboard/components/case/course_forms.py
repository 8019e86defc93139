"""Forms for what the court orders outside the bench: the case's next step, and the gates before the gravest ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.acd_window import ask_acd_window
from dashboard.components.case.forms import Act, day_input, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.html import join, show, tag
from models.commands.gates import drop_measure, give_notice, pass_gate
from models.commands.programs import change_program
from models.commands.steps import take_step
from models.commands.typed import LONGEST_LINE, LONGEST_NOTE
from models.queries.case_file import CaseFile
from models.queries.gates import WaitingMeasure
from models.rules import gates, lifecycle
from models.rules.policy import Program
from models.rules.vocabulary import Gate, Measure, Stage
from models.scope import Actor

_DROP = "It is no longer asked for"


def course_form(file: CaseFile, programs: Sequence[Program], seen_version: int) -> Act | None:
    """Ask where the case goes next; its act is `take_step`."""
    here = file.heading.stage
    ways = [stage for stage in lifecycle.next_stages(here) if stage is not Stage.SEALED]
    if not ways:
        nothing_to_do(f"A case that is {lifecycle.SPOKEN[here]} does not move on.")
        return None
    stage = st.selectbox("The court orders: the case is now", ways, format_func=_stage, key="course-stage")
    show_note(" ".join(lifecycle.step(here, stage).reasons))
    with st.form(f"course-{stage}", border=False):
        on = day_input("Ordered on", file.today, file.today, key=f"course-day-{stage}")
        accepts = stage is Stage.ACTIVE and here is Stage.OFFERED
        program = st.selectbox("Program", programs, format_func=_program, key="course-program") if accepts else None
        months = None
        if stage is Stage.ACD:
            months = ask_acd_window(programs, file.standing.course.program_name, key="course-acd-months")
        reason = st.text_input("Reason", key=f"course-reason-{stage}", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        key = program.key if program else None
        case_id = file.heading.case_id
        given: dict[str, Any] = {"reason": reason, "program": key, "acd_months": months}
        take_step(session, who, case_id, stage, seen_version=seen_version, on=on, now=now, **given)

    return Act(run, f"Recorded: the case is {lifecycle.SPOKEN[stage]}.")


def program_form(file: CaseFile, programs: Sequence[Program], seen_version: int) -> Act | None:
    """Ask in which other program a running mandate goes on; its act is `change_program`."""
    course = file.standing.course
    others = [program for program in programs if program.name != course.program_name]
    if file.heading.stage is not Stage.ACTIVE or not course.phase or not others:
        nothing_to_do("No mandate is running that could go on in another program.")
        return None
    program = st.selectbox("The mandate goes on in", others, format_func=_program, key="program-key")
    with st.form(f"program-{program.key}", border=False):
        phases = range(len(program.phases))
        phase = st.selectbox(
            "Its phase", phases, format_func=lambda at: f"{at + 1}, {program.phases[at].name}", key="program-phase"
        )
        attended = wording.count(course.attended or 0, "session") if course.attended is not None else "sessions"
        keeps = st.checkbox(f"The {attended} attended so far count on", value=True, key="program-keeps")
        reason = st.text_input("Reason", key="program-reason", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        asked: dict[str, Any] = {"phase": phase, "keeps_count": keeps, "reason": reason, "seen_version": seen_version}
        change_program(session, who, file.heading.case_id, program.key, now=now, **asked)

    return Act(run, f"Recorded: the mandate goes on in {program.name}. What was recorded before stays.")


def gates_form(file: CaseFile, waiting: Sequence[WaitingMeasure]) -> Act | None:
    """Ask for the next gate of a measure that waits, or for the notice of another; nothing is proposed here."""
    free = [measure for measure in Measure if measure not in {one.measure for one in waiting}]
    offered: list[WaitingMeasure | Measure] = [*waiting, *free]
    preset = 0 if waiting else None  # no measure is proposed
    chosen = st.radio("Measure", offered, preset, format_func=_measure, key="gates-measure")
    if chosen is None:
        return None
    if isinstance(chosen, Measure):
        return _notice(file, chosen)
    said = gates.reasons(chosen.gates, file.today)
    show(tag("ul", join([tag("li", sentence) for sentence in (chosen.what, *said)], ""), css="of-list"))
    gate = chosen.gates.following
    steps: list[Gate | str] = [gate, _DROP] if gate else [_DROP]
    step = st.radio("What is recorded now", steps, format_func=_gate, key=f"gates-step-{chosen.measure_id}-{gate}")
    return _pass(file, chosen, step) if isinstance(step, Gate) else _drop(chosen)


def _notice(file: CaseFile, measure: Measure) -> Act | None:
    with st.form(f"notice-{measure}", border=False):
        what = st.text_input(
            "What is asked for, and by whom", key="gates-what", max_chars=LONGEST_LINE, autocomplete="off"
        )
        on = day_input("Notice was given on", file.today, file.today, key="gates-notice-day")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return give_notice(session, who, file.heading.case_id, measure, what, on=on, now=now)

    return Act(run, "The notice is recorded. Counsel comes next.")


def _pass(file: CaseFile, chosen: WaitingMeasure, gate: Gate) -> Act | None:
    with st.form(f"gate-{gate}", border=False):
        on = day_input("On", file.today, file.today, key=f"gates-day-{gate}")
        finding = None
        if gate is Gate.FINDING:
            finding = st.text_area("The judge's finding", key="gates-finding", max_chars=LONGEST_NOTE)
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        pass_gate(session, who, chosen.measure_id, gate, on=on, now=now, finding=finding)

    return Act(run, f"Recorded: {wording.text(gate)}.")


def _drop(chosen: WaitingMeasure) -> Act | None:
    with st.form("gates-drop", border=False):
        reason = st.text_input("Why", key="gates-drop-reason", max_chars=LONGEST_LINE, autocomplete="off")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> None:
        drop_measure(session, who, chosen.measure_id, reason, now=now)

    return Act(run, "Recorded; what was recorded of it before stays.")


def _stage(stage: Stage) -> str:
    return capital(lifecycle.SPOKEN[stage])


def _program(program: Program) -> str:
    return program.name


def _measure(one: WaitingMeasure | Measure) -> str:
    return f"{capital(wording.text(one))}: new" if isinstance(one, Measure) else capital(wording.text(one.measure))


def _gate(step: Gate | str) -> str:
    return capital(wording.text(step)) if isinstance(step, Gate) else step
