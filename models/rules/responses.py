"""What the court may answer to behaviour: the written ladder's range, its step and the reason; the judge decides.

Graduated, the range rises with the person's own history: repeats are counted by the policy's scope (the same behaviour,
or any) and window. Isolated, each behaviour is answered by itself. Only verified failures are looked at, so nothing that
is a provider's or the court's can be sanctioned. Jail, warrants and termination are never proposed.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from math import ceil

from models.rules import words
from models.rules.facts import CaseFacts, Failures
from models.rules.policy import Ladder, Policy, Rung
from models.rules.program import program_of
from models.rules.vocabulary import Behaviour, Magnitude, ResponseKind, ResponseModel, Stage

#: A range may name these, as policies do, but only the judge brings them up, and the gates stand before them.
_TAKES_LIBERTY = re.compile(
    r"\b(jail|custod|detention|detain|incarcerat|imprison|remand|warrant|terminat)", re.IGNORECASE
)

#: Stages in which behaviour is answered: a running mandate, and who has absconded.
ANSWERED_STAGES = frozenset({Stage.ACTIVE, Stage.ABSCONDED})
#: The failures that can be answered, as one says them.
FAILURES = {Behaviour.ABSENCE: "unacceptable absence", Behaviour.MISSED_APPEARANCE: "missed appearance"}


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """One answer the policy foresees. `options` may be offered; `judge_only` is in the range but never offered."""

    behaviour: Behaviour
    kind: ResponseKind
    step: int | None  # 1 is the first; None where history plays no part
    counted: int  # behaviours counted in the window; 0 where history plays no part
    options: tuple[str, ...]
    judge_only: tuple[str, ...]
    magnitudes: tuple[Magnitude, ...]  # of the range, the lowest first; none where the policy ranks none of it
    reasons: tuple[str, ...]
    inputs: CaseFacts
    policy_version: str
    information_on: date | None


@dataclass(frozen=True)
class _Found:
    """A behaviour to answer, and why."""

    behaviour: Behaviour
    reasons: tuple[str, ...]
    counted: int = 0  # failures in the window, this one included; 0 for what is no failure


def takes_liberty(response: str) -> bool:
    """Tell whether a response needs the gates (notice, counsel, hearing, finding): it takes liberty or ends a program."""
    return _TAKES_LIBERTY.search(response) is not None


def proposals(
    facts: CaseFacts, policy: Policy, on: date, today: Collection[Behaviour] = frozenset()
) -> tuple[Proposal, ...]:
    """Return what the policy foresees on the civil date `on`: incentives first, then sanctions, adjustments apart.

    `today` holds what the court has just seen or found and the facts cannot know yet: a missed appearance being
    recorded, a distal goal, a milestone. Outside a running mandate nothing is proposed, save for who has absconded.
    """
    if facts.stage not in ANSWERED_STAGES:
        return ()
    found = [*_incentives(facts, policy, on, today), *_failures(facts, policy.ladder, on, today)]
    if Behaviour.DISTAL_GOAL in today:
        found.append(_Found(Behaviour.DISTAL_GOAL, ("A goal out of reach for now: a need, not a failure.",)))
    phase = _phase(facts, policy)
    proposed = [
        _proposal(one, rung, phase, facts, policy)
        for one in found
        for rung in policy.ladder.lines(one.behaviour, phase)
        if _fits(rung)
    ]
    return tuple(sorted(proposed, key=lambda one: list(ResponseKind).index(one.kind)))


def ratio_sentence(incentives: int, sanctions: int, goal: int) -> str:
    """Return the balance as a heading says it: "3 incentives, 1 sanction · goal 4 to 1". Adjustments are neither."""
    given = f"{words.count(incentives, 'incentive')}, {words.count(sanctions, 'sanction')}"
    return f"{given if incentives or sanctions else 'no incentive or sanction yet'} · goal {goal} to 1"


def _fits(rung: Rung) -> bool:
    """Leave out what no policy may say: a sanction for a goal out of reach, or for what went well."""
    return rung.kind is not ResponseKind.SANCTION or rung.behaviour in FAILURES or rung.behaviour is Behaviour.OTHER


def _phase(facts: CaseFacts, policy: Policy) -> str | None:
    """Return the name of the phase the case is in; None before a mandate."""
    program = program_of(facts, policy)
    phase = program.phase(facts.phase) if program else None
    return phase.name if phase else None


def _proposal(found: _Found, rung: Rung, phase: str | None, facts: CaseFacts, policy: Policy) -> Proposal:
    ladder = policy.ladder
    by_history = found.counted > 0 and (rung.model or ladder.model) is ResponseModel.GRADUATED
    step = min(found.counted, len(rung.steps)) if by_history and len(rung.steps) > 1 else None
    choices = rung.steps[step - 1 if step else 0] if rung.steps else ()
    ranked = {ladder.magnitudes[choice] for choice in choices if choice in ladder.magnitudes}
    magnitudes = tuple(one for one in Magnitude if one in ranked)
    return Proposal(
        behaviour=found.behaviour,
        kind=rung.kind,
        step=step,
        counted=found.counted if by_history else 0,
        options=tuple(choice for choice in choices if not takes_liberty(choice)),
        judge_only=tuple(choice for choice in choices if takes_liberty(choice)),
        magnitudes=magnitudes,
        reasons=(*_why(found, rung, phase, ladder, by_history=by_history), *_magnitude_reason(magnitudes)),
        inputs=facts,
        policy_version=policy.version,
        information_on=facts.information_on,
    )


def _why(found: _Found, rung: Rung, phase: str | None, ladder: Ladder, *, by_history: bool) -> tuple[str, ...]:
    """Say how a failure is answered, by history or by itself, then when it was; what is no failure says it already."""
    if not found.counted:
        return found.reasons
    if rung.distal:
        return (f"In the phase {phase} this goal is still out of reach: a need, not a failure.", *found.reasons)
    if by_history:
        return (_repeat_reason(found.behaviour, found.counted, ladder), *found.reasons)
    noun = words.sentence(f"{FAILURES[found.behaviour]}, answered by itself: earlier ones do not raise the range")
    return (noun, *found.reasons)


def _magnitude_reason(magnitudes: tuple[Magnitude, ...]) -> tuple[str, ...]:
    ends = tuple(dict.fromkeys((*magnitudes[:1], *magnitudes[-1:])))
    return (f"The range is {' to '.join(ends)}.",) if ends else ()


def _failures(facts: CaseFacts, ladder: Ladder, on: date, today: Collection[Behaviour]) -> list[_Found]:
    """Find each unanswered failure with the number of repeats that the policy counts."""
    known = {Behaviour.ABSENCE: facts.absences, Behaviour.MISSED_APPEARANCE: facts.missed_appearances}
    # What is recorded for today already is in the facts: seen again, as in a correction, it is still one.
    new = {behaviour: behaviour in today and failures.last_on != on for behaviour, failures in known.items()}
    in_window = {behaviour: failures.in_window + new[behaviour] for behaviour, failures in known.items()}
    found = []
    for behaviour, failures in known.items():
        if not failures.unanswered and behaviour not in today:
            continue
        counted = max(in_window[behaviour] if ladder.same_behaviour_only else sum(in_window.values()), 1)
        found.append(_Found(behaviour, (_when(behaviour, failures, on, new[behaviour]),), counted))
    return found


def _repeat_reason(behaviour: Behaviour, counted: int, ladder: Ladder) -> str:
    window = "since the phase began" if ladder.since_phase else f"in {words.count(ladder.window_days, 'day')}"
    if ladder.same_behaviour_only:
        said = f"{words.ordinal_word(counted)} {FAILURES[behaviour]} {window}, counting the same behaviour"
    else:
        said = f"{FAILURES[behaviour]}: {words.ordinal_word(counted)} {window}, counting any behaviour"
    return words.sentence(said)


def _when(behaviour: Behaviour, failures: Failures, on: date, new: bool) -> str:
    unanswered = max(failures.unanswered + new, 1)
    last = on if new else failures.last_on
    dated = "today" if last == on else words.day(last, on) if last else "on a day not recorded"
    dated = f"the last {dated}" if unanswered > 1 else dated
    return words.sentence(f"{words.count(unanswered, FAILURES[behaviour])} not yet answered, {dated}")


def _incentives(facts: CaseFacts, policy: Policy, on: date, today: Collection[Behaviour]) -> list[_Found]:
    """Find what went well since court. A milestone without a line of its own is answered like attending all."""
    attended, milestone = _attended_all(facts, on), _milestone(facts, policy)
    if Behaviour.MILESTONE in today:
        milestone = (*milestone, "A milestone the court has named.")
    if not any(rung.behaviour is Behaviour.MILESTONE for rung in policy.ladder.rungs):
        attended, milestone = (*attended, *milestone), ()
    named = ((Behaviour.ATTENDED_ALL, attended), (Behaviour.MILESTONE, milestone))
    return [_Found(behaviour, reasons) for behaviour, reasons in named if reasons]


def _attended_all(facts: CaseFacts, on: date) -> tuple[str, ...]:
    """Say that every session expected since court was attended; an acceptable absence does not count against it."""
    since = facts.sessions_since_court
    if not since.attended or since.missed:
        return ()
    when = f" since {words.day(facts.last_appearance_on, on)}" if facts.last_appearance_on else ""
    attended = f"{words.count(since.attended, 'session')} attended{when}, none missed"
    if not since.excused:
        return (words.sentence(attended),)
    excused = words.count(since.excused, "acceptable absence")
    return (words.sentence(f"{attended}; {excused} not counted against it"),)


def _milestone(facts: CaseFacts, policy: Policy) -> tuple[str, ...]:
    """Say that half or all of the mandate's sessions were reached since court."""
    program = program_of(facts, policy)
    if program is None or program.sessions < 1:
        return ()
    now = facts.sessions.attended
    before = now - facts.sessions_since_court.attended
    half = ceil(program.sessions / 2)
    if before < program.sessions <= now:
        return (f"All {words.count(program.sessions, 'session')} attended.",)
    if before < half <= now:
        return (f"Half of the sessions reached: {now} of {program.sessions}.",)
    return ()
