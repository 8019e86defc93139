"""Where one appearance could go instead: the session the rule proposes, why, and every open one with its load.

A preview: the move is checked again when it is made. Three statements.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.errors import NotFound
from models.facts.statements import Statement
from models.rules.chosen_dates import Wish, wished
from models.rules.moves import ToMove, plan_moves
from models.rules.permissions import Action
from models.rules.policy import SessionDefaults
from models.rules.reviews import OpenSession, ReviewInputs
from models.scope import Actor, own_cases, require
from models.tables import Appearance, Case, CourtSession, Judge, Part

#: How far ahead sessions are offered, in days.
AHEAD_DAYS = 120


@dataclass(frozen=True, kw_only=True)
class MoveChoices:
    """The open sessions in time order, the one proposed for this case (None: nowhere has room), and why."""

    sessions: tuple[OpenSession, ...]
    proposed: UUID | None
    reason: str


def move_choices(
    session: Session,
    viewer: Actor,
    appearance_id: UUID,
    *,
    today: date,
    wish: Wish | None = None,
    on: date | None = None,
) -> MoveChoices:
    """Return where an appearance could be moved to from the civil date `today` on; NotFound.

    With a `wish` only the sessions it means, and the first with room among them; `on` is the date, or one of the weekday.
    """
    require(viewer, Action.MANAGE_DOCKET)
    row = session.execute(_appearance(viewer, appearance_id)).mappings().first()
    if row is None:
        raise NotFound
    court_days = sitting.court_days(session, viewer)
    found = sitting.open_sessions(session, viewer, today, max(today, row["held_on"]) + timedelta(days=AHEAD_DAYS))
    others = tuple(one for one in found if one.id != row["court_session_id"])
    to_move = ToMove(
        id=appearance_id,
        on=row["held_on"],
        part=row["part"],
        judge=row["judge"],
        purpose=row["purpose"],
        minutes=row["minutes"],
    )
    usual = viewer.policy_on(today).sessions
    if wish:
        meant = wished(wish, _inputs(row, today, usual), others, court_days, on or today)
        return MoveChoices(sessions=meant.sessions, proposed=meant.best.id if meant.best else None, reason=meant.reason)
    (move,) = plan_moves([to_move], others, court_days, today=today, usual=usual)
    return MoveChoices(sessions=others, proposed=move.session.id if move.session else None, reason=move.reason)


def _inputs(row: Any, today: date, usual: SessionDefaults) -> ReviewInputs:
    return ReviewInputs(
        today=today,
        last_appearance_on=today,
        interval_days=1,
        part=row["part"],
        judge=row["judge"],
        purpose=row["purpose"],
        minutes=row["minutes"],
        new_minutes=usual.minutes_per_intake,
    )


def _appearance(viewer: Actor, appearance_id: UUID) -> Statement:
    return (
        sa.select(
            col(Appearance.court_session_id),
            col(Appearance.purpose),
            col(Appearance.minutes),
            col(CourtSession.held_on),
            col(Part.name).label("part"),
            col(Judge.name).label("judge"),
        )
        .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), own_cases(viewer)))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(Judge, col(Judge.id) == sitting.USUAL_JUDGE)
        .where(col(Appearance.court_id) == viewer.court_id, col(Appearance.id) == appearance_id)
    )
