"""Who a session's token stands for, read afresh each time it is shown: revocation works at the next click."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.errors import NotFound, SignedOut
from models.rules.sign_ins import Ending, ending
from models.scope import Actor, actor_of
from models.tables import User, UserSession

TOUCH_EVERY = timedelta(minutes=1)

_LIVE = select(UserSession.id, UserSession.user_id, UserSession.created_at, UserSession.last_seen_at).where(
    col(UserSession.token_hash) == sa.bindparam("token_hash", type_=sa.String), col(UserSession.ended_at).is_(None)
)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A live session: who acts, whether its `last_seen_at` is due to be written again, and when it ends by itself."""

    actor: Actor
    session_id: UUID
    touch_due: bool
    ending: Ending


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
    end = ending(created_at, last_seen_at)
    if now >= end.at:
        raise SignedOut
    try:
        actor = actor_of(session, user_id, now=now)
    except NotFound:
        raise SignedOut from None
    return SignedIn(
        replace(actor, session_id=session_id), session_id, touch_due=now - last_seen_at >= TOUCH_EVERY, ending=end
    )


@dataclass(frozen=True, slots=True)
class Open:
    """An open session, for whoever keeps its tabs: when it ends by itself, and when (UTC) its roles last changed."""

    ending: Ending
    roles_changed_at: datetime | None


def still_open(session: Session, token_hashes: Collection[str], *, now: datetime) -> dict[str, Open]:
    """Return which of these sessions are open at an instant (UTC), in one statement; what is left out has ended."""
    rows = session.execute(
        sa.select(
            col(UserSession.token_hash),
            col(UserSession.created_at),
            col(UserSession.last_seen_at),
            col(User.roles_changed_at),
        )
        .join(User, col(User.id) == col(UserSession.user_id))
        .where(
            col(UserSession.token_hash).in_(token_hashes),
            col(UserSession.ended_at).is_(None),
            col(User.disabled_at).is_(None),
        )
    )
    found = {token_hash: Open(ending(made, seen), changed) for token_hash, made, seen, changed in rows}
    return {token_hash: one for token_hash, one in found.items() if now < one.ending.at}
