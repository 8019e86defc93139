"""The second factor: set up by pointing a telephone at a picture, proved by a code, reset by an administrator.

What codes are made from is encrypted by a key outside the database; recovery codes are kept as keyed hashes.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import digest
from uuid import UUID

from sqlmodel import Session, col, delete, select, update

from models import audit
from models.commands.user_sessions import end_all, open_session
from models.errors import Invalid, SignedOut
from models.keys import decrypted
from models.rules.permissions import Action
from models.rules.second_factors import (
    ALPHABET,
    RECOVERY_CODES,
    RECOVERY_LENGTH,
    fitting_step,
    is_recovery_code,
    plain_code,
)
from models.rules.vocabulary import SignInStep
from models.scope import Actor, actor_of, load, require
from models.tables import HalfSignIn, RecoveryCode, SecondFactor, User


@dataclass(frozen=True, slots=True)
class SetUp:
    """What setting up gives: the token of a fresh session, and the recovery codes, this once."""

    token: str
    recovery_codes: tuple[str, ...]


def has_second_factor(session: Session, user_id: UUID) -> bool:
    """Tell whether an account has set up its second factor."""
    return session.exec(select(SecondFactor.id).where(col(SecondFactor.user_id) == user_id)).first() is not None


def code_fits(
    session: Session, user_id: UUID, code: str, *, now: datetime, telephone: datetime, key: bytes
) -> str | None:
    """Use up a code and return what it was ("code", "recovery_code"); None when it does not fit or was used before.

    The account is locked by who calls, so that of two that come at once one fits.
    """
    plain = plain_code(code)
    factor = session.exec(select(SecondFactor).where(col(SecondFactor.user_id) == user_id).with_for_update()).first()
    if factor is None:
        return None
    if is_recovery_code(plain):
        unused = update(RecoveryCode).where(
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.code_hash) == _keyed(key, user_id, plain),
            col(RecoveryCode.used_at).is_(None),
        )
        used = session.execute(unused.values(used_at=now).returning(col(RecoveryCode.id))).first()
        return "recovery_code" if used else None
    secret = decrypted(key, factor.sealed_secret, user_id)
    step = fitting_step(secret, plain, factor.last_step, telephone) if secret else None
    if step is None:
        return None
    factor.last_step = step
    return "code"


def confirm(
    session: Session, half: HalfSignIn, code: str, *, now: datetime, telephone: datetime, key: bytes, place: str | None
) -> SetUp | None:
    """Set up the second factor of a sign-in that was begun for it; None, and nothing changed, when the code is wrong.

    Every session of the account ends and a fresh one is opened. Raises SignedOut where one was set up meanwhile.
    """
    if half.user_id is None or half.sealed_secret is None:
        raise SignedOut
    user = session.get_one(User, half.user_id, with_for_update=True)
    secret = decrypted(key, half.sealed_secret, user.id)
    step = fitting_step(secret, plain_code(code), 0, telephone) if secret else None
    if secret is None or step is None:
        return None
    if half.step is SignInStep.ENROL and has_second_factor(session, user.id):
        raise SignedOut
    who = actor_of(session, user.id)
    _forget(session, user.id)
    session.add(
        SecondFactor(
            court_id=user.court_id, user_id=user.id, sealed_secret=half.sealed_secret, last_step=step, since=now
        )
    )
    end_all(session, user.id, "second_factor_changed", now)
    half.ended_at = now
    user.failed_sign_ins, user.first_failed_at = 0, None
    audit.record(session, who, "set_up_second_factor", "user", user.id, now=now)
    codes = _fresh_codes(session, who, key)
    return SetUp(open_session(session, who, how="code", place=place, now=now), codes)


def renew_recovery_codes(session: Session, actor: Actor, *, now: datetime, key: bytes) -> tuple[str, ...]:
    """Give the acting person ten new recovery codes and return them, this once; the former ones end."""
    require(actor, Action.OWN_ACCOUNT)
    if not has_second_factor(session, actor.person):
        raise Invalid("Set up the second step first; recovery codes come with it.")
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == actor.person))
    audit.record(session, actor, "renew_recovery_codes", "user", actor.person, now=now)
    return _fresh_codes(session, actor, key)


def do_without(session: Session, actor: Actor, *, now: datetime) -> None:
    """Take one's own second factor away; only a demonstration lets an account do without."""
    require(actor, Action.OWN_ACCOUNT)
    if not actor.demonstration:
        raise Invalid("Signing in needs a second step in this court. You can set up another telephone instead.")
    _forget(session, actor.person)
    audit.record(session, actor, "do_without_second_factor", "user", actor.person, now=now)


def reset_second_factor(session: Session, actor: Actor, user_id: UUID, *, now: datetime) -> None:
    """Take somebody's second factor away as an administrator: their sessions end, and they set up another one."""
    require(actor, Action.MANAGE_ACCOUNTS)
    if user_id == actor.user_id:
        raise Invalid("Set up another telephone under My account, or ask another administrator.")
    load(session, actor, User, user_id)
    _forget(session, user_id)
    ended = end_all(session, user_id, "second_factor_reset", now)
    audit.record(session, actor, "reset_second_factor", "user", user_id, now=now, detail={"sessions": ended})


def _forget(session: Session, user_id: UUID) -> None:
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    session.execute(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))


def _fresh_codes(session: Session, who: Actor, key: bytes) -> tuple[str, ...]:
    """Make ten codes of 59 random bits each, keep their hashes and return them."""
    codes = tuple("".join(secrets.choice(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
    session.add_all(
        RecoveryCode(court_id=who.court_id, user_id=who.person, code_hash=_keyed(key, who.person, code))
        for code in codes
    )
    return codes


def _keyed(key: bytes, user_id: UUID, code: str) -> str:
    return digest(key, b"recovery code" + user_id.bytes + code.encode(), sha256).hex()
