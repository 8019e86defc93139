"""The words of `models.rules.reviews`: why this date, why not that session, why no date at all.

Sentences a judge may read aloud: dates, the court's names and counts; nothing about the participant.
"""

from collections.abc import Sequence
from datetime import date

from models.rules import words
from models.rules.court_days import CourtDays, why_closed, why_not_sitting
from models.rules.review_inputs import OpenSession, ReviewInputs

_NAMED_ONE_BY_ONE = 2  # more sessions without room are said in one breath


def target(inputs: ReviewInputs, court_days: CourtDays) -> str:
    """Say where the interval leads: "28 days is 1 January, a holiday"."""
    counted = words.count(inputs.days, "day")
    if inputs.override_days is not None and inputs.override_days != inputs.interval_days:
        changed = "shortened" if inputs.override_days < inputs.interval_days else "lengthened"
        counted += f" ({changed} from {inputs.interval_days} by the court's response)"
    if inputs.last_appearance_on is None:
        counted += " from today"
    elif inputs.last_appearance_on != inputs.today:
        counted += f" from {words.day(inputs.last_appearance_on, inputs.today)}"
    on = words.day(inputs.target_on, inputs.today)
    if inputs.target_on <= inputs.today:
        return f"{counted} {'is today' if inputs.target_on == inputs.today else f'was {on}, which has passed'}"
    closed = why_closed(inputs.target_on, court_days)
    return f"{counted} is {on}" + (f", {closed}" if closed else "")


def skipped(inputs: ReviewInputs, session: OpenSession, court_days: CourtDays) -> str:
    """Say why a session of the part was passed over."""
    on = words.day(session.on, inputs.today)
    closed = why_not_sitting(session.on, session.starts_at, court_days)
    if closed:
        return f"the session of {on} falls on {closed}"
    why = session.why_full(inputs.minutes, inputs.purpose, new_minutes=inputs.new_minutes)
    return f"the session of {on} {why or 'has room'}"


def proposal(
    inputs: ReviewInputs,
    session: OpenSession,
    is_next: bool,
    full: Sequence[OpenSession],
    court_days: CourtDays,
) -> tuple[str, ...]:
    """Say how the interval leads to this session, then what else the judge should weigh."""
    parts = [target(inputs, court_days)]
    parts += _passed_over(inputs, [other for other in full if other.on <= session.on], court_days)
    parts.append(_choice(inputs, session, is_next))
    return (words.sentence("; ".join(parts)), *_weigh(inputs, session))


def _choice(inputs: ReviewInputs, session: OpenSession, is_next: bool) -> str:
    """Name the session and what it is to the case."""
    on = words.day(session.on, inputs.today)
    if session.on < inputs.earliest_on:
        return f"the last session before it with room is {on}"
    part = "the part" if inputs.part is not None else session.part
    if inputs.same_part(session) and inputs.same_judge(session):
        if session.on == inputs.target_on:
            return f"{part} sits that day and has room ({session.said})"
        return f"{'the next' if is_next else 'a later'} session of {part} with room is {on}"
    return f"{session.part} with {session.judge} has room on {on}"


def _weigh(inputs: ReviewInputs, session: OpenSession) -> tuple[str, ...]:
    """Say how far off the interval the day is, that judge or part would change, and that an interpreter is booked."""
    said = []
    off = (session.on - inputs.target_on).days
    if off:
        said.append(f"That is {words.count(abs(off), 'day')} {'later' if off > 0 else 'earlier'} than the interval.")
    if not inputs.same_judge(session):
        said.append("It is another judge.")
    elif not inputs.same_part(session):
        said.append("It is the same judge in another part." if inputs.judge else "It is another part.")
    if inputs.speaks(session):
        said.append("The interpreter who is needed is booked for that session.")
    return tuple(said)


def no_date(
    inputs: ReviewInputs, full: Sequence[OpenSession], sessions: Sequence[OpenSession], court_days: CourtDays
) -> str:
    """Say why there is no date, and what would make one."""
    coming = [session for session in sessions if session.on >= inputs.earliest_on]
    said = target(inputs, court_days)
    if not coming:
        last = max((session.on for session in sessions), default=None)
        return words.sentence(f"{said}; {_nothing_open(last, inputs.today)}; open a session on or after that day")
    if not any(session.takes(inputs.purpose) for session in coming):
        return words.sentence(f"{said}; no session from then on takes this kind of appearance; let one take it")
    reasons = _passed_over(inputs, full, court_days) or ["every session from then on is full or closed"]
    return words.sentence("; ".join([said, *reasons, "open a session, or record why one may go over its places"]))


def _passed_over(inputs: ReviewInputs, full: Sequence[OpenSession], court_days: CourtDays) -> list[str]:
    """Say which sessions of the part were passed over: a few with their reason, many together."""
    if len(full) <= _NAMED_ONE_BY_ONE:
        return [skipped(inputs, session, court_days) for session in full]
    days = [words.day(session.on, inputs.today) for session in full]
    if len(days) > 4:
        return [f"{words.count(len(days), 'session')} from {days[0]} to {days[-1]} are full or closed"]
    return [f"the sessions of {words.joined(days)} are full or closed"]


def _nothing_open(last: date | None, today: date) -> str:
    """Say up to when sessions are open."""
    return f"sessions are open only until {words.day(last, today)}" if last else "no session is open at all"
