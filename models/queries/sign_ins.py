"""Who a session's token stands for, read afresh each time it is shown: revocation works at the next click."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.errors import NotFound, SignedOut
from models.scope import Actor, actor_of
from models.tables import UserSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)

_LIVE = select(UserSession.id, UserSession.user_id, UserSession.created_at, UserSession.last_seen_at).where(
    col(UserSession.token_hash) == sa.bindparam("token_hash", type_=sa.String), col(UserSession.ended_at).is_(None)
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session: who acts, and whether its `last_seen_at` is due to be written again."""

    actor: Actor
    session_id: UUID
    touch_due: bool


def signed_in(session: Session, token: str | None, *, now: datetime) -> SignedIn:
    """Return who the token stands for at an instant (UTC), in two statements.

    Raises SignedOut for an unknown, ended, idle (30 minutes) or overlong (12 hours) session and a disabled account.
    """
    if not token:
        raise SignedOut
    found = session.execute(_LIVE, {"token_hash": sha256(token.encode()).hexdigest()}).first()
    if found is None:
        raise SignedOut
    session_id, user_id, created_at, last_seen_at = found
    if now - last_seen_at >= IDLE or now - created_at >= LONGEST:
        raise SignedOut
    try:
        actor = actor_of(session, user_id, now=now)
    except NotFound:
        raise SignedOut from None
    return SignedIn(actor, session_id, touch_due=now - last_seen_at >= TOUCH_EVERY)
