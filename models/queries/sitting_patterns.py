"""How each part sits, the court's terms, and the coming days of a pattern with what keeps any of them from sitting."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.rules.permissions import Action
from models.rules.sitting_patterns import Pattern, SittingDay, Term, in_words, sitting_days
from models.scope import Actor, require
from models.tables import CourtSession, Part, SittingPattern


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternRow:
    """One pattern of a part, in words; `until_on` is its last day, if it has one."""

    id: UUID
    part_id: UUID
    part: str
    said: str
    pattern: Pattern
    capacity_cases: int
    capacity_minutes: int


def sitting_patterns(session: Session, viewer: Actor, today: date) -> tuple[PatternRow, ...]:
    """Return the patterns that still sit or are still to begin, by part and first day, in one statement."""
    require(viewer, Action.SEE_CALENDAR)
    rows = session.execute(
        sa.select(SittingPattern, col(Part.name))
        .join(Part, col(Part.id) == col(SittingPattern.part_id))
        .where(
            col(SittingPattern.court_id) == viewer.court_id,
            sa.or_(col(SittingPattern.until_on).is_(None), col(SittingPattern.until_on) >= today),
        )
        .order_by(col(Part.name), col(SittingPattern.from_on), col(SittingPattern.id))
    )
    return tuple(_row(row, part) for row, part in rows)


def terms(session: Session, viewer: Actor) -> tuple[Term, ...]:
    """Return the court's terms by their first day."""
    require(viewer, Action.SEE_CALENDAR)
    return sitting.terms(session, viewer)


def coming_days(
    session: Session, viewer: Actor, part_id: UUID, pattern: Pattern, *, today: date, days: int
) -> tuple[SittingDay, ...]:
    """Return the pattern's days in so many calendar days from its first one that is still to come, in three statements.

    Left out, each with its reason: closed days, and days on which the part has a session at that time already.
    """
    require(viewer, Action.SEE_CALENDAR)
    first = max(today, pattern.from_on)
    last = first + timedelta(days=days)
    there = frozenset(
        session.scalars(
            sa.select(col(CourtSession.held_on)).where(
                col(CourtSession.court_id) == viewer.court_id,
                col(CourtSession.part_id) == part_id,
                col(CourtSession.starts_at) == pattern.starts_at,
                col(CourtSession.held_on).between(first, last),
            )
        )
    )
    found = sitting_days(pattern, sitting.terms(session, viewer), sitting.court_days(session, viewer), first, last)
    return tuple(
        SittingDay(on=day.on, left_out="a session is on the calendar already") if day.on in there else day
        for day in found
    )


def _row(row: SittingPattern, part: str) -> PatternRow:
    pattern = sitting.as_pattern(row)
    return PatternRow(
        id=row.id,
        part_id=row.part_id,
        part=part,
        said=in_words(pattern),
        pattern=pattern,
        capacity_cases=row.capacity_cases,
        capacity_minutes=row.capacity_minutes,
    )
