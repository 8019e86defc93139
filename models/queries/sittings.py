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
from models.sitting import TAKES_A_PLACE
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
    given = {"court_id": viewer.court_id, "first": first, "last": last, "viewer": viewer.user_id}
    rows = session.execute(_SITTINGS, given).mappings()
    return tuple(Sitting(**{**row, "mine": bool(row["mine"])}) for row in rows)


def meant(found: Sequence[Sitting], today: date) -> Sitting | None:
    """Return the session that is meant when none is named: one's own today, any today, the next one, else the last."""
    by_nearness = sorted(
        (one for one in found if one.state is SessionState.OPEN),
        key=lambda one: (one.on < today, abs(one.on - today), not one.mine, one.starts_at),
    )
    return by_nearness[0] if by_nearness else None


def around(today: date, days: int = 14) -> tuple[date, date]:
    """Return the first and the last civil date of the days around `today`."""
    return today - timedelta(days=days), today + timedelta(days=days)


def _count(condition: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Count a session's appearances: a range of an index each, where joining them all would sort thousands."""
    own = (
        col(Appearance.court_id) == col(CourtSession.court_id),
        col(Appearance.court_session_id) == col(CourtSession.id),
    )
    return (
        sa.select(sa.func.count())
        .select_from(Appearance)
        .where(*own, condition)
        .correlate(CourtSession)
        .scalar_subquery()
    )


_SITTINGS: Statement = (
    sa.select(
        col(CourtSession.id).label("session_id"),
        col(CourtSession.held_on).label("on"),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(CourtSession.starts_at),
        col(CourtSession.state),
        col(CourtSession.capacity_cases),
        sa.func.coalesce(col(Judge.user_id) == sa.bindparam("viewer", type_=sa.Uuid), sa.false()).label("mine"),
        _count(col(Appearance.state).in_(TAKES_A_PLACE)).label("booked"),
        _count(col(Appearance.state) == AppearanceState.HELD).label("called"),
    )
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
    .where(
        col(CourtSession.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(CourtSession.held_on).between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date)),
    )
    .order_by(col(CourtSession.held_on), col(CourtSession.starts_at), col(Part.name))
)
