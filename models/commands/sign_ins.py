"""Signing in: a password compared without holding a lock, then a code, then a session.

Nobody learns which part was wrong. An unknown name, a wrong password, a disabled and a locked account are asked for a
code like everybody else, and are refused after it with the same words. Only in a demonstration, whose password is
published, an account may do without a code.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from secrets import token_urlsafe
from uuid import UUID

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session, col, delete, select

from models import audit
from models.commands.second_factors import code_fits, has_second_factor
from models.commands.user_sessions import hashed, open_session
from models.errors import SignedOut
from models.keys import encrypted
from models.rules.sign_ins import FAILURES, HALF, LOCK, failures_after
from models.rules.vocabulary import SignInStep
from models.scope import Actor, actor_of, keeper
from models.tables import Court, HalfSignIn, Installation, User

HASHER = PasswordHasher()  # argon2id with the library's present defaults
TOO_LATE = "Signing in took longer than five minutes, or this page was used already. Begin again."
_KEPT = timedelta(days=1)  # of sign-ins that were begun


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


@dataclass(frozen=True, slots=True)
class Begun:
    """What the browser gets for a password: the token of a session, or of half a sign-in and what is asked next."""

    token: str
    step: SignInStep | None  # None: the token is a session's


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


def begin(session: Session, proof: Proof, *, now: datetime, key: bytes, place: str | None = None) -> Begun | None:
    """Answer a password at an instant (UTC) with what is asked next; None when a demonstration refuses it at once.

    Five failures within 15 minutes lock the account for 15 minutes. A refusal is a change too: commit it.
    """
    session.execute(delete(HalfSignIn).where(col(HalfSignIn.started_at) < now - _KEPT))
    user = session.get(User, proof.user_id, with_for_update=True) if proof.user_id else None
    fits = proof.fits and user is not None and proof.compared == user.password_hash
    accepted = user if user is not None and _accepted(session, user, fits, "sign_in_refused", now) else None
    installation = session.get(Installation, 1)
    demonstration = installation is not None and installation.demonstration
    if accepted is None:
        return None if demonstration else _half(session, SignInStep.CODE, now)
    if has_second_factor(session, accepted.id):
        return _half(session, SignInStep.CODE, now, accepted.id)
    if demonstration:
        _clear(accepted)
        who = actor_of(session, accepted.id)
        return Begun(open_session(session, who, how="password", place=place, now=now), None)
    return enrol(session, accepted.id, SignInStep.ENROL, now=now, key=key)


def enrol(session: Session, user_id: UUID, step: SignInStep, *, now: datetime, key: bytes) -> Begun:
    """Begin to set up a second factor with a secret of its own, for five minutes."""
    return _half(session, step, now, user_id, encrypted(key, pyotp.random_base32(), user_id))


def _half(
    session: Session, step: SignInStep, now: datetime, user_id: UUID | None = None, sealed: str | None = None
) -> Begun:
    token = token_urlsafe(32)
    session.add(HalfSignIn(token_hash=hashed(token), user_id=user_id, step=step, sealed_secret=sealed, started_at=now))
    return Begun(token, step)


def half_of(session: Session, token: str | None, *, now: datetime) -> HalfSignIn:
    """Return a sign-in that was begun, locked until the transaction ends; SignedOut when it is over."""
    statement = select(HalfSignIn).where(
        col(HalfSignIn.token_hash) == hashed(token or ""),
        col(HalfSignIn.ended_at).is_(None),
        col(HalfSignIn.started_at) > now - HALF,
    )
    found = session.exec(statement.with_for_update()).first()
    if found is None:
        raise SignedOut(TOO_LATE)
    return found


def finish(
    session: Session,
    token: str | None,
    code: str,
    *,
    now: datetime,
    telephone: datetime,
    key: bytes,
    place: str | None = None,
) -> str | None:
    """Answer the code at an instant (UTC) with the session's token; None when anything did not fit.

    `telephone` is the instant a telephone shows: a rehearsed day is not on it. What was begun is over with the answer,
    and a wrong code counts like a wrong password. Commit a refusal too. Raises SignedOut after five minutes.
    """
    half = half_of(session, token, now=now)
    if half.step is not SignInStep.CODE:
        raise SignedOut(TOO_LATE)
    half.ended_at = now
    user = session.get(User, half.user_id, with_for_update=True) if half.user_id else None
    if user is None or _shut(session, user, "second_factor_refused", now):
        return None
    how = code_fits(session, user.id, code, now=now, telephone=telephone, key=key)
    if not _accepted(session, user, how is not None, "second_factor_refused", now):
        return None
    _clear(user)
    return open_session(session, actor_of(session, user.id), how=how or "", place=place, now=now)


def confirm_own(session: Session, actor: Actor, proof: Proof, *, now: datetime) -> bool:
    """Tell whether the acting person has proved who they are, as at a sign-in; a failure counts like one: commit it."""
    user = session.get_one(User, actor.person, with_for_update=True)
    fits = proof.fits and proof.compared == user.password_hash
    return proof.user_id == user.id and _accepted(session, user, fits, "password_refused", now)


def _accepted(session: Session, user: User, fits: bool, refused: str, now: datetime) -> bool:
    """Tell whether what fits counts now; what does not is counted and recorded as `refused`."""
    if _shut(session, user, refused, now):
        return False
    if fits:
        return True
    user.failed_sign_ins, user.first_failed_at = failures_after(user.failed_sign_ins, user.first_failed_at, now)
    if user.failed_sign_ins >= FAILURES:
        user.failed_sign_ins, user.first_failed_at, user.locked_until = 0, None, now + LOCK
    detail = {"locked": user.locked_until is not None and now < user.locked_until}
    audit.record(session, actor_of(session, user.id), refused, "user", user.id, now=now, detail=detail)
    return False


def _shut(session: Session, user: User, refused: str, now: datetime) -> bool:
    """Tell whether the account is disabled or locked; that somebody tried is recorded."""
    locked = user.locked_until is not None and now < user.locked_until
    if not locked and user.disabled_at is None:
        return False
    court = session.get_one(Court, user.court_id)
    detail = {"locked": locked, "disabled": user.disabled_at is not None}
    audit.record(session, keeper(session, court), refused, "user", user.id, now=now, detail=detail)
    return True


def _clear(user: User) -> None:
    """Forget failures: somebody has proved all that is asked."""
    user.failed_sign_ins, user.first_failed_at, user.locked_until = 0, None, None
