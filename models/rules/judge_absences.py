"""Who sits on a day: a judge, who sits for her while she is away, or nobody; and which sessions cannot be held.

A substitute who is away herself is followed to who sits for her. It names and explains; moving is for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from models.rules import words
from models.rules.court_days import CourtDays, why_not_sitting


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """A judge who is away from one civil date to another, both included, and who sits for her (None: nobody)."""

    judge_id: UUID
    first_on: date
    last_on: date
    substitute_id: UUID | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One open session: its civil day, wall time, part, and the judge who would sit, as the court says her name."""

    id: UUID
    on: date
    starts_at: time
    part: str
    judge_id: UUID
    judge: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotHeld:
    """One session that cannot be held as things stand, and why, to be read aloud."""

    session_id: UUID
    on: date
    starts_at: time
    part: str
    reason: str


def who_sits(judge_id: UUID, on: date, away: Sequence[Away]) -> UUID | None:
    """Return who sits for a judge on a civil date: she herself, her substitute, or None when nobody does."""
    asked: set[UUID] = set()
    sits: UUID | None = judge_id
    while sits is not None and (absence := _absence(sits, on, away)):
        asked.add(sits)
        sits = None if absence.substitute_id in asked else absence.substitute_id
    return sits


def not_held(planned: Sequence[Planned], away: Sequence[Away], court_days: CourtDays) -> tuple[NotHeld, ...]:
    """Return the sessions that cannot be held, in the order given: on a closed day or hour, or without a judge."""
    return tuple(
        NotHeld(session_id=one.id, on=one.on, starts_at=one.starts_at, part=one.part, reason=reason)
        for one in planned
        if (reason := _why(one, away, court_days))
    )


def _why(one: Planned, away: Sequence[Away], court_days: CourtDays) -> str | None:
    if closed := why_not_sitting(one.on, one.starts_at, court_days):
        return words.sentence(f"{words.day(one.on, one.on)} is {closed}")
    if who_sits(one.judge_id, one.on, away) is not None:
        return None
    absence = _absence(one.judge_id, one.on, away)
    because = f" ({absence.reason})" if absence and absence.reason else ""
    return f"{one.judge} is away on {words.day(one.on, one.on)}{because}, and nobody sits in that place."


def _absence(judge_id: UUID, on: date, away: Sequence[Away]) -> Away | None:
    return next((one for one in away if one.judge_id == judge_id and one.first_on <= on <= one.last_on), None)
