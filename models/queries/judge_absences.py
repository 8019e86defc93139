"""Which judges are away, who sits for them, and which coming sessions cannot be held and why.

What would have to move is for `queries.moves` to preview and `commands.moves` to carry out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models import sitting
from models.rules.court_days import CourtDays
from models.rules.judge_absences import Away, NotHeld, Planned, not_held
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, require
from models.tables import CourtSession, Judge, JudgeAbsence, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceRow:
    """One judge's absence, with the names as the court says them. Civil dates, both included."""

    id: UUID
    judge_id: UUID
    judge: str
    first_on: date
    last_on: date
    substitute: str | None
    reason: str | None


def judge_absences(session: Session, viewer: Actor, first: date, last: date) -> tuple[AbsenceRow, ...]:
    """Return the absences with a day from `first` to `last`, by day, in one statement."""
    require(viewer, Action.SEE_CALENDAR)
    substitute = aliased(Judge)
    rows = session.execute(
        sa.select(
            col(JudgeAbsence.id),
            col(JudgeAbsence.judge_id),
            col(Judge.name).label("judge"),
            col(JudgeAbsence.first_on),
            col(JudgeAbsence.last_on),
            col(substitute.name).label("substitute"),
            col(JudgeAbsence.reason),
        )
        .join(Judge, col(Judge.id) == col(JudgeAbsence.judge_id))
        .outerjoin(substitute, col(substitute.id) == col(JudgeAbsence.substitute_id))
        .where(
            col(JudgeAbsence.court_id) == viewer.court_id,
            col(JudgeAbsence.first_on) <= last,
            col(JudgeAbsence.last_on) >= first,
        )
        .order_by(col(JudgeAbsence.first_on), col(Judge.name))
    ).mappings()
    return tuple(AbsenceRow(**row) for row in rows)


def sessions_not_held(
    session: Session,
    viewer: Actor,
    first: date,
    last: date,
    *,
    supposing_away: Sequence[Away] = (),
    supposing_closed: CourtDays | None = None,
) -> tuple[NotHeld, ...]:
    """Return the open sessions from `first` to `last` that cannot be held, each with its reason, in three statements.

    They have no judge that day, or the court is closed at their hour. Hand in absences (`supposing_away`) or the
    court's days `with_closure` (`supposing_closed`) that are not recorded yet, to see what they would do.
    """
    require(viewer, Action.SEE_CALENDAR)
    court_days = supposing_closed or sitting.court_days(session, viewer)
    away = (*supposing_away, *sitting.away(session, viewer, first, last))
    usual = aliased(Judge)
    rows = session.execute(
        sa.select(
            col(CourtSession.id),
            col(CourtSession.held_on).label("on"),
            col(CourtSession.starts_at),
            col(Part.name).label("part"),
            col(usual.id).label("judge_id"),
            col(usual.name).label("judge"),
        )
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(usual, col(usual.id) == sa.func.coalesce(col(CourtSession.substitute_for), col(CourtSession.judge_id)))
        .where(
            col(CourtSession.court_id) == viewer.court_id,
            col(CourtSession.held_on).between(first, last),
            col(CourtSession.state) == SessionState.OPEN,
        )
        .order_by(col(CourtSession.held_on), col(CourtSession.starts_at), col(Part.name))
    ).mappings()
    return not_held([Planned(**row) for row in rows], away, court_days)
