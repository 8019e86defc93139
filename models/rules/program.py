"""Where a case stands in its program: the phase, and what is still missing to advance or to complete.

Counts what the policy names and nothing else: cancelled and unverified sessions, late reports and ended releases are no
conditions. It never advances or completes anybody; the judge does.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules import words
from models.rules.facts import CaseFacts
from models.rules.policy import Phase, Policy, Program
from models.rules.vocabulary import BEFORE_MANDATE, Stage

_NOT_AVAILABLE = "not available, because no release is active"
_NOT_RUNNING = "The mandate is not running, so there is nothing to advance or complete."


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition as a fraction in words; `met_from` is the civil date on which time alone would meet it."""

    text: str
    met: bool
    met_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class Course:
    """Where a case stands in its program on a day, and why."""

    program_name: str | None = None
    phase_name: str | None = None
    phase: int = 0  # from 1, as people count; 0 without a program
    phase_count: int = 0
    next_phase: str | None = None  # the phase that follows; None in the last one
    attended: int | None = 0  # None: not available, because no release is active
    sessions: int = 0  # of the mandate
    day_of_program: int | None = None  # 1 on the day the mandate began
    to_advance: tuple[Condition, ...] = ()
    to_complete: tuple[Condition, ...] = ()
    may_advance: bool = False
    may_complete: bool = False
    reasons: tuple[str, ...]
    inputs: CaseFacts
    policy_version: str
    information_on: date | None
    can_change_on: date | None = None  # the first later day on which time alone changes a condition


def program_of(facts: CaseFacts, policy: Policy) -> Program | None:
    """Return the case's program template as this policy has it; None before a mandate, or if the policy lost it."""
    return next((program for program in policy.programs if program.key == facts.program), None)


def course_on(facts: CaseFacts, policy: Policy, on: date) -> Course:
    """Return where the case stands on the civil date `on`.

    Completion asks only for the completion conditions: nobody is held beyond the mandate to finish a phase's days.
    """
    program = program_of(facts, policy)
    if program is None:
        return _without_program(facts, policy)
    position = min(max(facts.phase, 0), len(program.phases) - 1)
    phase, is_last = program.phases[position], position == len(program.phases) - 1
    advance = () if is_last else _advance_conditions(phase, facts, on)
    complete = _completion_conditions(program, facts)
    running = facts.stage is Stage.ACTIVE
    may_complete = running and all(condition.met for condition in complete)
    may_advance = running and not is_last and not may_complete and all(condition.met for condition in advance)
    where = f"Phase {position + 1} of {len(program.phases)}, {phase.name}."
    next_phase = None if is_last else program.phases[position + 1].name
    return Course(
        program_name=program.name,
        phase_name=phase.name,
        phase=position + 1,
        phase_count=len(program.phases),
        next_phase=next_phase,
        attended=None if facts.withheld else facts.sessions.attended,
        sessions=program.sessions,
        day_of_program=None if facts.mandate_since is None else _days(facts.mandate_since, on) + 1,
        to_advance=advance,
        to_complete=complete,
        may_advance=may_advance,
        may_complete=may_complete,
        reasons=(where, _reason(running, may_complete, may_advance, next_phase, advance, complete)),
        inputs=facts,
        policy_version=policy.version,
        information_on=facts.information_on,
        can_change_on=min((c.met_from for c in advance if c.met_from and c.met_from > on), default=None),
    )


def _without_program(facts: CaseFacts, policy: Policy) -> Course:
    if facts.program is not None:
        reason = "The court's policy in force has no program of that name, so nothing can be counted."
    elif facts.stage in BEFORE_MANDATE or facts.stage is Stage.ACTIVE:
        reason = "No mandate has been accepted, so there is no program to advance in."
    else:
        reason = _NOT_RUNNING
    return Course(reasons=(reason,), inputs=facts, policy_version=policy.version, information_on=facts.information_on)


def _advance_conditions(phase: Phase, facts: CaseFacts, on: date) -> tuple[Condition, ...]:
    conditions = [_fraction(facts, phase.advance_attended)] if phase.advance_attended else []
    if phase.min_days:
        conditions.append(_min_days(phase, facts, on))
    if phase.advance_without_absence_days:
        conditions.append(_without_absence(phase.advance_without_absence_days, facts, on))
    return tuple(conditions)


def _completion_conditions(program: Program, facts: CaseFacts) -> tuple[Condition, ...]:
    attended = _fraction(facts, program.completion_attended)
    allowed = program.completion_open_responses
    limit = f", and {words.small(allowed)} may be" if allowed else ""
    still_open = words.count(facts.open_responses, "response")
    text = f"{still_open} still open{limit}" if facts.open_responses else "no response still open"
    return attended, Condition(text=text, met=facts.open_responses <= allowed)


def _fraction(facts: CaseFacts, needed: int) -> Condition:
    if facts.withheld:
        return Condition(text=f"{words.count(needed, 'session')}: {_NOT_AVAILABLE}", met=False)
    done = facts.sessions.attended
    return Condition(text=f"{min(done, needed)} of {words.count(needed, 'session')}", met=done >= needed)


def _min_days(phase: Phase, facts: CaseFacts, on: date) -> Condition:
    needed = words.count(phase.min_days, "day")
    if facts.phase_since is None:
        return Condition(text=f"{needed} in the phase: its start is not recorded", met=False)
    days = _days(facts.phase_since, on)
    if days >= phase.min_days:
        return Condition(text=f"{needed} in the phase: day {days}", met=True)
    return Condition(
        text=f"{needed} in the phase: day {days}",
        met=False,
        met_from=facts.phase_since + timedelta(days=phase.min_days),
    )


def _without_absence(needed_days: int, facts: CaseFacts, on: date) -> Condition:
    needed = f"{words.count(needed_days, 'day')} without an unacceptable absence"
    if facts.withheld:
        return Condition(text=f"{needed}: {_NOT_AVAILABLE}", met=False)
    last = facts.absences.last_on
    if last is None:
        return Condition(text=f"{needed}: none recorded", met=True)
    days = _days(last, on)
    if days >= needed_days:
        return Condition(text=f"{needed}: day {days}", met=True)
    return Condition(text=f"{needed}: day {days}", met=False, met_from=last + timedelta(days=needed_days))


def _days(since: date, on: date) -> int:
    """Count the days from `since` to `on`; never below 0."""
    return max((on - since).days, 0)


def _reason(
    running: bool,
    may_complete: bool,
    may_advance: bool,
    next_phase: str | None,
    advance: tuple[Condition, ...],
    complete: tuple[Condition, ...],
) -> str:
    """Say what is met, or what is still missing for the next step."""
    if not running:
        return _NOT_RUNNING
    if may_complete:
        return words.sentence(f"The conditions to complete are met: {_said(complete)}")
    if may_advance:
        return words.sentence(f"The conditions to advance to {next_phase} are met: {_said(advance)}")
    if missing := tuple(condition for condition in advance if not condition.met):
        return words.sentence(f"Before {next_phase}: {_said(missing)}")
    return words.sentence(f"Before completion: {_said(tuple(one for one in complete if not one.met))}")


def _said(conditions: tuple[Condition, ...]) -> str:
    return words.joined([condition.text for condition in conditions])
