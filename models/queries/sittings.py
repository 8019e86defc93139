"""The court sessions around a day, and which of them a viewer means when she opens the bench or the docket."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.facts.statements import Statement
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, SessionState
from models.scope import Actor, require
from models.sitting import TAKES_A_PLACE, on_session
from models.tables import Appearance, CourtSession, Judge, Part


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """One court session with what is on it. `starts_at` is wall time in the court's zone."""

    session_id: UUID
    on: date
    part: str
    judge: str
    starts_at: time
    state: SessionState
    capacity_cases: int
    mine: bool  # the viewer is its judge
    booked: int
    called: int


def sittings(session: Session, viewer: Actor, first: date, last: date) -> tuple[Sitting, ...]:
    """Return the sessions from `first` to `last`, both included, in time order."""
    require(viewer, Action.SEE_DOCKET)
    return _read(session, viewer, _WITHIN, first=first, last=last)


def bench_sittings(
    session: Session, viewer: Actor, today: date, named: UUID | None = None, *, days: int = 14
) -> tuple[Sitting, ...]:
    """Return the sessions to choose among on the bench, in time order.

    The viewer's own within `days` of `today` (everybody's where none is hers), all of today's, and the `named` one.
    """
    require(viewer, Action.SEE_BENCH)
    first, last = today - timedelta(days=days), today + timedelta(days=days)
    return _read(session, viewer, _BENCH, first=first, last=last, today=today, named=named)


def meant(found: Sequence[Sitting], today: date) -> Sitting | None:
    """Return the session that is meant when none is named: one's own today, any today, the next one, else the last."""
    by_nearness = sorted(
        (one for one in found if one.state is SessionState.OPEN),
        key=lambda one: (one.on < today, abs(one.on - today), not one.mine, one.starts_at),
    )
    return by_nearness[0] if by_nearness else None


def _read(session: Session, viewer: Actor, statement: Statement, **given: object) -> tuple[Sitting, ...]:
    values = {"court_id": viewer.court_id, "viewer": viewer.user_id, **given}
    rows = session.execute(statement, values).mappings()
    return tuple(Sitting(**{**row, "mine": bool(row["mine"])}) for row in rows)


_VIEWER = sa.bindparam("viewer", type_=sa.Uuid)
_DAYS = col(CourtSession.held_on).between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))
_SITTINGS: Statement = (
    sa.select(
        col(CourtSession.id).label("session_id"),
        col(CourtSession.held_on).label("on"),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(CourtSession.starts_at),
        col(CourtSession.state),
        col(CourtSession.capacity_cases),
        sa.func.coalesce(col(Judge.user_id) == _VIEWER, sa.false()).label("mine"),
        on_session(sa.func.count(), col(Appearance.state).in_(TAKES_A_PLACE)).label("booked"),
        on_session(sa.func.count(), col(Appearance.state) == AppearanceState.HELD).label("called"),
    )
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
    .where(col(CourtSession.court_id) == sa.bindparam("court_id", type_=sa.Uuid))
    .order_by(col(CourtSession.held_on), col(CourtSession.starts_at), col(Part.name))
)
_WITHIN: Statement = _SITTINGS.where(_DAYS)
_JUDGES = sa.exists().where(col(Judge.user_id) == _VIEWER).correlate(None)
_BENCH: Statement = _SITTINGS.where(
    sa.or_(
        sa.and_(_DAYS, sa.or_(col(Judge.user_id) == _VIEWER, ~_JUDGES)),
        col(CourtSession.held_on) == sa.bindparam("today", type_=sa.Date),
        col(CourtSession.id) == sa.bindparam("named", type_=sa.Uuid),
    )
)
