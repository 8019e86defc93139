"""What a calendar feed shows: court sessions by room, never a name, a charge or the kind of court.

A part's name is left out too: "DIV-2" says "diversion".
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import clock
from models.errors import NotFound
from models.rules.permissions import Action
from models.rules.vocabulary import Role, SessionState
from models.scope import Actor, actor_of, require
from models.tables import CourtSession, FeedToken, Judge, Part

BACK = timedelta(days=31)
AHEAD = timedelta(days=184)


@dataclass(frozen=True, slots=True)
class FeedOwner:
    """Whose feed a token opens."""

    feed_id: UUID
    actor: Actor


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """One court session as a calendar shows it; `starts_at` is a UTC instant, `minutes` its planned length."""

    session_id: UUID
    starts_at: datetime
    minutes: int
    words: str
    cancelled: bool


def feed_owner(session: Session, token: str) -> FeedOwner:
    """Return whose feed the token opens; NotFound for an unknown or revoked one and a disabled account."""
    live = select(FeedToken.id, FeedToken.user_id).where(
        col(FeedToken.token_hash) == sha256(token.encode()).hexdigest(), col(FeedToken.revoked_at).is_(None)
    )
    found = session.exec(live).first()
    if found is None:
        raise NotFound
    return FeedOwner(found[0], actor_of(session, found[1]))


def feed_events(session: Session, viewer: Actor, *, today: date) -> tuple[FeedEvent, ...]:
    """Return the sessions from a month back to six months ahead: a judge's own, for others the court's."""
    require(viewer, Action.MANAGE_FEED)
    fields = (CourtSession.id, CourtSession.held_on, CourtSession.starts_at, CourtSession.capacity_minutes)
    statement = (
        sa.select(*(col(field) for field in fields), col(CourtSession.state), col(Part.room))
        .join(Part, col(Part.id) == col(CourtSession.part_id))
        .join(Judge, col(Judge.id) == col(CourtSession.judge_id))
        .where(
            col(CourtSession.court_id) == viewer.court_id,
            col(CourtSession.held_on).between(today - BACK, today + AHEAD),
        )
        .order_by(col(CourtSession.held_on), col(CourtSession.starts_at))
    )
    if viewer.roles == {Role.JUDGE}:
        statement = statement.where(col(Judge.user_id) == viewer.user_id)
    return tuple(
        FeedEvent(
            session_id=row[0],
            starts_at=clock.at(row[1], row[2].hour, row[2].minute, viewer.zone),
            minutes=row[3],
            words=f"Court session, room {row[5]}",
            cancelled=row[4] == SessionState.CLOSED,
        )
        for row in session.execute(statement)
    )


def has_feed(session: Session, viewer: Actor) -> datetime | None:
    """Return when (UTC) the viewer's present feed was made; None when there is none."""
    return session.exec(
        select(FeedToken.created_at).where(
            col(FeedToken.user_id) == viewer.user_id, col(FeedToken.revoked_at).is_(None)
        )
    ).first()
