"""Opening the sessions of a part on given days: free ones on which the court sits, each with who sits that day.

For one session, for a row of them, and for the days of a pattern. What exists, open or closed, is never doubled.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit, sitting
from models.commands.judge_absences import seat
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Invalid
from models.rules.court_days import why_not_sitting
from models.rules.permissions import Action
from models.rules.vocabulary import CapacityBy, Purpose
from models.scope import Actor, load, require
from models.tables import CourtSession, Judge, Part

THERE = "the part has a session at that time already"


@dataclass(frozen=True, kw_only=True)
class Usual:
    """What a new session has otherwise than its part's usual one; None is as usual, no `purposes` is any."""

    judge_id: UUID | None = None
    starts_at: time | None = None
    capacity_cases: int | None = None
    capacity_minutes: int | None = None
    capacity_by: CapacityBy | None = None
    kept_for_new: int | None = None
    interpreter_languages: Collection[str] = ()
    purposes: frozenset[Purpose] = frozenset()


AS_USUAL = Usual()


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A row of new sessions, and the days left out, each with the reason in words."""

    sessions: tuple[CourtSession, ...]
    skipped: tuple[tuple[date, str], ...]


def open_on(
    session: Session,
    actor: Actor,
    part_id: UUID,
    days: Collection[date],
    as_usual: Usual,
    *,
    now: datetime,
    pattern_id: UUID | None = None,
) -> Opened:
    """Open the sessions of a part on those of `days` that are free and court days, and record it once.

    Invalid for a day that has passed. Nothing is recorded where a pattern finds nothing to open.
    """
    require(actor, Action.MANAGE_CALENDAR)
    part = load(session, actor, Part, part_id)
    if any(day < actor.today(now) for day in days):
        raise Invalid("Sessions are opened for today or later. Choose a coming day.")
    template = _template(session, actor, part, as_usual)
    start, court_days = template["starts_at"], sitting.court_days(session, actor)
    taken = taken_days(session, actor, part_id, start, pattern_id)
    skipped = [(day, THERE if day in taken else why_not_sitting(day, start, court_days)) for day in days]
    free = [day for day, why in skipped if not why]
    made = tuple(
        CourtSession(court_id=actor.court_id, part_id=part_id, pattern_id=pattern_id, held_on=day, **template)
        for day in free
    )
    session.add_all(made)
    seat(session, actor, made)
    session.flush()
    if made or pattern_id is None:
        _record(session, actor, part_id, days, len(made), now)
    return Opened(sessions=made, skipped=tuple((day, why) for day, why in skipped if why))


def taken_days(
    session: Session, actor: Actor, part_id: UUID, starts_at: time, pattern_id: UUID | None = None
) -> frozenset[date]:
    """Return the days on which the part has a session at that time, or one the pattern has opened; open or closed."""
    same_time, same_pattern = col(CourtSession.starts_at) == starts_at, col(CourtSession.pattern_id) == pattern_id
    days = sa.select(col(CourtSession.held_on)).where(
        col(CourtSession.court_id) == actor.court_id,
        col(CourtSession.part_id) == part_id,
        sa.or_(same_time, same_pattern) if pattern_id else same_time,
    )
    return frozenset(session.scalars(days))


def checked_kept(kept: int, cases: int) -> int:
    """Return the places kept for new cases; Invalid below none, or above all there are."""
    if not 0 <= kept <= cases:
        raise Invalid("Keep no more places for new cases than the session has.")
    return kept


def languages(spoken: Collection[str]) -> list[str]:
    """Return the languages an interpreter is booked for, each once and in order; Invalid for one that is too long."""
    named = (needed(one, "Name the language.", LONGEST_NAME) for one in spoken if one.strip())
    return sorted({" ".join(one.split()) for one in named})


def _template(session: Session, actor: Actor, part: Part, as_usual: Usual) -> dict[str, Any]:
    """Return a new session's values but its day: the part's usual ones where nothing else is said."""
    judge_id = part.judge_id if as_usual.judge_id is None else load(session, actor, Judge, as_usual.judge_id).id
    cases = part.capacity_cases if as_usual.capacity_cases is None else as_usual.capacity_cases
    minutes = part.capacity_minutes if as_usual.capacity_minutes is None else as_usual.capacity_minutes
    if cases < 1 or minutes < 1:
        raise Invalid("A session has room for at least one case and one minute.")
    return {
        "judge_id": judge_id,
        "starts_at": as_usual.starts_at or part.starts_at,
        "capacity_cases": cases,
        "capacity_minutes": minutes,
        "capacity_by": as_usual.capacity_by or part.capacity_by,
        "kept_for_new": checked_kept(
            part.kept_for_new if as_usual.kept_for_new is None else as_usual.kept_for_new, cases
        ),
        "interpreter_languages": languages(as_usual.interpreter_languages),
        "purposes": sorted(as_usual.purposes),
    }


def _record(session: Session, actor: Actor, part_id: UUID, days: Collection[date], opened: int, now: datetime) -> None:
    detail = {
        "opened": opened,
        "skipped": len(days) - opened,
        "first": min(days, default=None),
        "last": max(days, default=None),
    }
    audit.record(session, actor, "open_sessions", "part", part_id, now=now, detail=detail)
