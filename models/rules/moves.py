"""Where the cases of a closed day could go: each to the next session with room, and together never over capacity.

Same part and judge as far as the policy finds that worth waiting for. It proposes; a person approves, changes, or
records why a session may go over its places.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from models.rules import words
from models.rules.capacity import is_new
from models.rules.court_days import CourtDays
from models.rules.policy import SessionDefaults
from models.rules.reviews import NextReview, OpenSession, ReviewInputs, next_review
from models.rules.vocabulary import Purpose

_NAMED_ONE_BY_ONE = 2


@dataclass(frozen=True, kw_only=True)
class ToMove:
    """One appearance that needs another day; `minutes` is court time, `also_on` the sessions its case is on already."""

    id: UUID
    on: date
    part: str
    judge: str
    purpose: Purpose
    minutes: int
    language: str | None = None  # of the interpreter who is needed
    also_on: frozenset[UUID] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Move:
    """One appearance with the session proposed for it (None: nowhere has room), and why, to be read aloud."""

    id: UUID
    session: OpenSession | None  # with what is booked on it before this case comes
    reason: str


def plan_moves(
    appearances: Sequence[ToMove],
    sessions: Sequence[OpenSession],
    court_days: CourtDays,
    *,
    today: date,
    usual: SessionDefaults,
) -> tuple[Move, ...]:
    """Return a move for each appearance, in the order given: who is called first chooses first.

    `sessions` are the open ones that stay open; each place given away counts for the appearances that follow.
    """
    load = {session.id: session for session in sessions}
    moves = []
    for appearance in appearances:
        allowed = [session for session in load.values() if session.id not in appearance.also_on]
        review = next_review(_inputs(appearance, today, usual), allowed, court_days, at_most=1)
        target = review.best.session if review.best else None
        moves.append(Move(id=appearance.id, session=target, reason=_why(appearance, review, allowed)))
        if target:
            load[target.id] = with_one_more(target, appearance.minutes, appearance.purpose)
    return tuple(moves)


def _inputs(appearance: ToMove, today: date, usual: SessionDefaults) -> ReviewInputs:
    """Ask for the first day after the one that falls away, and never for today or before."""
    return ReviewInputs(
        today=today,
        last_appearance_on=max(appearance.on, today),
        interval_days=1,
        part=appearance.part,
        judge=appearance.judge,
        purpose=appearance.purpose,
        minutes=appearance.minutes,
        new_minutes=usual.minutes_per_intake,
        language=appearance.language,
        interpreter_wait_days=usual.interpreter_wait_days,
        same_judge_wait_days=usual.same_judge_wait_days,
        same_part_wait_days=usual.same_part_wait_days,
    )


def with_one_more(session: OpenSession, minutes: int, purpose: Purpose) -> OpenSession:
    """Return the session as it stands with one more case on it, for `minutes` of court time."""
    return replace(
        session,
        booked_cases=session.booked_cases + 1,
        booked_minutes=session.booked_minutes + minutes,
        booked_new=session.booked_new + is_new(purpose),
    )


def _why(appearance: ToMove, review: NextReview, sessions: Sequence[OpenSession]) -> str:
    """Say why this session, or why none."""
    best = review.best
    if best is None:
        return _nowhere(appearance, sessions)
    on = words.day(best.session.on, appearance.on)
    passed = [skipped.reason for skipped in review.skipped]
    if len(passed) > _NAMED_ONE_BY_ONE:
        passed = [f"{words.count(len(passed), 'session')} of the part before it have no room"]
    if best.same_part and best.same_judge:
        passed.append(f"the next session of {best.session.part} with room is {on}")
    else:
        passed.append(f"{best.session.part} with {best.session.judge} has room on {on}")
    later = words.count((best.session.on - appearance.on).days, "day")
    return words.sentence("; ".join(passed) + f", {later} later")


def _nowhere(appearance: ToMove, sessions: Sequence[OpenSession]) -> str:
    """Say that no session has room, and what to do."""
    last = max((session.on for session in sessions), default=None)
    until = f" up to {words.day(last, appearance.on)}" if last else ""
    return f"No session{until} has room for it. Open a session, or choose one and record why it may go over its places."
