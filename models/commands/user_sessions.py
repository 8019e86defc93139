"""Sessions: opened by a sign-in, kept by use, ended by their owner, an administrator, or a change of the account.

The token is the browser's; stored is only its hash. Ending the row ends every tab of it.
"""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlmodel import Session, col, select, update

from models import audit
from models.errors import NotFound
from models.rules.permissions import Action
from models.scope import Actor, actor_of, load, require
from models.tables import HalfSignIn, User, UserSession


def open_session(session: Session, actor: Actor, *, how: str, place: str | None, now: datetime) -> str:
    """Open a session at an instant (UTC) and return its token, 256 random bits; `how` says by what they proved it."""
    token = token_urlsafe(32)
    made = UserSession(
        court_id=actor.court_id,
        user_id=actor.person,
        token_hash=hashed(token),
        created_at=now,
        last_seen_at=now,
        place=place,
    )
    session.add(made)
    audit.record(session, actor, "sign_in", "user_session", made.id, now=now, detail={"how": how})
    return token


def sign_out(session: Session, token: str, *, now: datetime) -> None:
    """End the token's session at an instant (UTC); nothing happens when it has ended before."""
    live = select(UserSession).where(col(UserSession.token_hash) == hashed(token), col(UserSession.ended_at).is_(None))
    found = session.exec(live).first()
    if found is None:
        return
    found.ended_at, found.ended_reason = now, "signed_out"
    try:
        audit.record(session, actor_of(session, found.user_id), "sign_out", "user_session", found.id, now=now)
    except NotFound:  # the account was disabled meanwhile; its session ends all the same
        return


def touch_session(session: Session, session_id: UUID, *, now: datetime) -> None:
    """Write down that the session was used at an instant (UTC); never sets it back, never revives an ended one."""
    session.execute(
        update(UserSession)
        .where(
            col(UserSession.id) == session_id, col(UserSession.ended_at).is_(None), col(UserSession.last_seen_at) < now
        )
        .values(last_seen_at=now)
    )


def end_session(session: Session, actor: Actor, session_id: UUID, *, now: datetime) -> None:
    """End one session: one's own, or as an administrator anybody's in the court. NotFound where it is neither."""
    found = load(session, actor, UserSession, session_id)
    if found.user_id != actor.user_id:
        require(actor, Action.MANAGE_ACCOUNTS)
    require(actor, Action.OWN_ACCOUNT)
    if found.ended_at is None:
        found.ended_at, found.ended_reason = now, "revoked"
        session.add(found)
        audit.record(session, actor, "end_session", "user_session", found.id, now=now)


def revoke_sessions(session: Session, actor: Actor, user_id: UUID, *, now: datetime) -> int:
    """End every session of an account (one's own, or as an administrator anybody's) and return how many ended."""
    require(actor, Action.OWN_ACCOUNT if user_id == actor.user_id else Action.MANAGE_ACCOUNTS)
    load(session, actor, User, user_id)
    ended = end_all(session, user_id, "revoked", now)
    audit.record(session, actor, "revoke_sessions", "user", user_id, now=now, detail={"sessions": ended})
    return ended


def end_all(session: Session, user_id: UUID, reason: str, now: datetime) -> int:
    """End every session of an account, and whatever sign-in has been begun; return how many sessions ended."""
    begun = update(HalfSignIn).where(col(HalfSignIn.user_id) == user_id, col(HalfSignIn.ended_at).is_(None))
    session.execute(begun.values(ended_at=now))
    live = update(UserSession).where(col(UserSession.user_id) == user_id, col(UserSession.ended_at).is_(None))
    done = session.execute(live.values(ended_at=now, ended_reason=reason).returning(col(UserSession.id)))
    return len(done.all())


def hashed(token: str) -> str:
    """Return what is stored of a token: its SHA-256."""
    return sha256(token.encode()).hexdigest()
