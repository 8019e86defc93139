"""When the court sits: its closed days and its sessions with their load, as the rules take them.

Reads only. Which session is the right one for a case is for `rules.reviews` to propose and a person to decide.
"""

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.court_days import CourtDays
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, Purpose, SessionState
from models.scope import Actor
from models.tables import Appearance, Closure, CourtSession, Judge, Part

TAKES_A_PLACE = (AppearanceState.SCHEDULED, AppearanceState.HELD, AppearanceState.PROPOSED)


_KEPT = "court days kept"
_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_OWN = col(CourtSession.court_id) == _COURT
_DAYS = col(CourtSession.held_on).between(sa.bindparam("first", type_=sa.Date), sa.bindparam("last", type_=sa.Date))

_CONFIRMED = sa.select(col(Closure.closed_on), col(Closure.name)).where(
    col(Closure.court_id) == _COURT, col(Closure.confirmed_at).is_not(None)
)
_LOAD = (
    sa.select(
        col(Appearance.court_session_id).label("session_id"),
        sa.func.count().label("cases"),
        sa.func.sum(col(Appearance.minutes)).label("minutes"),
    )
    .where(
        col(Appearance.court_id) == _COURT,
        col(Appearance.court_session_id).in_(sa.select(col(CourtSession.id)).where(_OWN, _DAYS)),
        col(Appearance.state).in_(TAKES_A_PLACE),
    )
    .group_by(col(Appearance.court_session_id))
    .subquery("load")
)
_OPEN: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(CourtSession.id),
        col(CourtSession.held_on).label("on"),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(CourtSession.starts_at),
        sa.func.coalesce(_LOAD.c.cases, 0).label("booked_cases"),
        col(CourtSession.capacity_cases),
        sa.func.coalesce(_LOAD.c.minutes, 0).label("booked_minutes"),
        col(CourtSession.capacity_minutes),
        col(CourtSession.purposes),
    )
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
    .outerjoin(_LOAD, _LOAD.c.session_id == col(CourtSession.id))
    .where(_OWN, _DAYS, col(CourtSession.state) == SessionState.OPEN)
    .order_by(col(CourtSession.held_on), col(CourtSession.starts_at))
)


def court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days: its weekend and the closures the clerk has confirmed."""
    if isinstance(kept := session.info.get((_KEPT, actor.court_id)), CourtDays):
        return kept
    named = {row.closed_on: row.name for row in session.execute(_CONFIRMED, {"court_id": actor.court_id})}
    return CourtDays(closed=frozenset(named), named=named)


def keep_court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days and keep them for this session: for thousands of acts while no closure changes."""
    days = court_days(session, actor)
    session.info[_KEPT, actor.court_id] = days
    return days


def open_sessions(session: Session, actor: Actor, first: date, last: date) -> tuple[OpenSession, ...]:
    """Return the open sessions from `first` to `last`, both included, with what is booked on each."""
    given = {"court_id": actor.court_id, "first": first, "last": last}
    rows = session.execute(_OPEN, given)
    names = tuple(rows.keys())[:-1]
    return tuple(
        OpenSession(**dict(zip(names, known, strict=True)), purposes=_purposes(tuple(purposes)))
        for *known, purposes in rows
    )


@cache
def _purposes(words: tuple[str, ...]) -> frozenset[Purpose]:
    return frozenset(map(Purpose, words))
