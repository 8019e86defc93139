"""Signing in and out: a password compared without holding a lock, a session whose token is stored only as its hash.

An unknown name, a wrong password, a disabled and a locked account are answered alike and take as long.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session, col, select, update

from models import audit
from models.errors import NotFound
from models.scope import Actor, actor_of
from models.tables import User, UserSession

FAILURES = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)

HASHER = PasswordHasher()  # argon2id with the library's present defaults


@cache
def _dummy() -> str:
    """Nobody's hash, compared so that an unknown name takes as long; made when first needed, for it is slow."""
    return HASHER.hash("nobody's password")


@dataclass(frozen=True, slots=True)
class Proof:
    """What a comparison found: the account, the hash that was compared, whether it fitted."""

    user_id: UUID | None
    compared: str
    fits: bool


def compare(session: Session, username: str, password: str) -> Proof:
    """Compare a password with the account's; slow on purpose, so hand in a reading session: it locks nobody out."""
    row = session.exec(select(User.id, User.password_hash).where(col(User.username) == plain(username))).first()
    stored = row[1] if row else _dummy()
    return Proof(row[0] if row else None, stored, _fits(stored, password) and row is not None)


def _fits(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password[:1000])
    except (VerificationError, InvalidHashError):
        return False


def compare_own(session: Session, actor: Actor, password: str) -> Proof:
    """Compare a password with the acting person's own, before they change it."""
    username = session.exec(select(User.username).where(col(User.id) == actor.person)).one()
    return compare(session, username, password)


def plain(username: str) -> str:
    """Return a username as it is stored: without spaces around it, in lower case."""
    return username.strip().casefold()


def sign_in(session: Session, proof: Proof, *, now: datetime) -> str | None:
    """Open a session at an instant (UTC) and return its token, 256 random bits; None when it is refused.

    Five failures within 15 minutes lock the account for 15 minutes. A refusal is a change too: commit it.
    """
    user = session.get(User, proof.user_id, with_for_update=True) if proof.user_id else None
    if user is None or user.disabled_at is not None:
        return None
    actor = actor_of(session, user.id)
    if not _accepted(session, actor, user, proof, "sign_in_refused", now):
        return None
    token = token_urlsafe(32)
    made = UserSession(
        court_id=user.court_id, user_id=user.id, token_hash=hashed(token), created_at=now, last_seen_at=now
    )
    session.add(made)
    audit.record(session, actor, "sign_in", "user_session", made.id, now=now)
    return token


def confirm_own(session: Session, actor: Actor, proof: Proof, *, now: datetime) -> bool:
    """Tell whether the acting person has proved who they are, as at a sign-in; a failure counts like one: commit it."""
    user = session.get_one(User, actor.person, with_for_update=True)
    return proof.user_id == user.id and _accepted(session, actor, user, proof, "password_refused", now)


def _accepted(session: Session, actor: Actor, user: User, proof: Proof, refused: str, now: datetime) -> bool:
    """Tell whether a proof counts now; a wrong one is counted and recorded as `refused`, and while locked none counts."""
    if _locked(user, now):
        return False
    if proof.fits and proof.compared == user.password_hash:
        user.failed_sign_ins, user.first_failed_at, user.locked_until = 0, None, None
        return True
    _count_failure(user, now)
    audit.record(session, actor, refused, "user", user.id, now=now, detail={"locked": _locked(user, now)})
    return False


def _locked(user: User, now: datetime) -> bool:
    return user.locked_until is not None and now < user.locked_until


def _count_failure(user: User, now: datetime) -> None:
    """Count one failure in its window of 15 minutes; the fifth locks the account."""
    if user.first_failed_at is None or now - user.first_failed_at >= WINDOW:
        user.failed_sign_ins, user.first_failed_at = 0, now
    user.failed_sign_ins += 1
    if user.failed_sign_ins >= FAILURES:
        user.locked_until = now + LOCK
        user.failed_sign_ins, user.first_failed_at = 0, None


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


def hashed(token: str) -> str:
    """Return what is stored of a token: its SHA-256."""
    return sha256(token.encode()).hexdigest()
