"""When the court sits: its closed days and its sessions with their load, as the rules take them.

Reads only. Which session is the right one for a case is for `rules.reviews` to propose and a person to decide.
"""

from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.court_days import CourtDays
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, Purpose, SessionState
from models.scope import Actor
from models.tables import Appearance, Closure, CourtSession, Judge, Part

TAKES_A_PLACE = (AppearanceState.SCHEDULED, AppearanceState.HELD, AppearanceState.PROPOSED)


_KEPT = "court days kept"


def court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days: its weekend and the closures the clerk has confirmed."""
    if isinstance(kept := session.info.get((_KEPT, actor.court_id)), CourtDays):
        return kept
    confirmed = sa.select(col(Closure.closed_on), col(Closure.name)).where(
        col(Closure.court_id) == actor.court_id, col(Closure.confirmed_at).is_not(None)
    )
    named = {row.closed_on: row.name for row in session.execute(confirmed)}
    return CourtDays(closed=frozenset(named), named=named)


def keep_court_days(session: Session, actor: Actor) -> CourtDays:
    """Return the court's own days and keep them for this session: for thousands of acts while no closure changes."""
    days = court_days(session, actor)
    session.info[_KEPT, actor.court_id] = days
    return days


def open_sessions(session: Session, actor: Actor, first: date, last: date) -> tuple[OpenSession, ...]:
    """Return the open sessions from `first` to `last`, both included, with what is booked on each."""
    load = (
        sa.select(
            col(Appearance.court_session_id).label("session_id"),
            sa.func.count().label("cases"),
            sa.func.sum(col(Appearance.minutes)).label("minutes"),
        )
        .where(col(Appearance.court_id) == actor.court_id, col(Appearance.state).in_(TAKES_A_PLACE))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(CourtSession.held_on).between(first, last))
        .group_by(col(Appearance.court_session_id))
        .subquery("load")
    )
    rows = session.execute(
        sa.select(CourtSession, col(Part.name), col(Judge.name), load.c.cases, load.c.minutes)
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
        .outerjoin(load, load.c.session_id == col(CourtSession.id))
        .where(
            col(CourtSession.court_id) == actor.court_id,
            col(CourtSession.held_on).between(first, last),
            col(CourtSession.state) == SessionState.OPEN,
        )
        .order_by(col(CourtSession.held_on), col(CourtSession.starts_at))
    )
    return tuple(_open(sitting, part, judge, cases, minutes) for sitting, part, judge, cases, minutes in rows)


def _open(sitting: CourtSession, part: str, judge: str, cases: int | None, minutes: int | None) -> OpenSession:
    return OpenSession(
        id=sitting.id,
        on=sitting.held_on,
        part=part,
        judge=judge,
        starts_at=sitting.starts_at,
        booked_cases=cases or 0,
        capacity_cases=sitting.capacity_cases,
        booked_minutes=minutes or 0,
        capacity_minutes=sitting.capacity_minutes,
        purposes=frozenset(Purpose(purpose) for purpose in sitting.purposes),
    )
