"""Somebody who signs in: "dana", a clerk, with her password and the telephone that makes her codes."""

from datetime import datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import database
from models.commands import accounts, second_factors, sign_ins
from models.commands.accounts import add_user
from models.commands.second_factors import SetUp
from models.commands.sign_ins import Begun
from models.keys import decrypted
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import HalfSignIn, SecondFactor, User
from tests.builders import NOW, a_court, an_actor

PASSWORD = "seven grey herons wait"
WRONG = "wrong words entirely"
KEY = bytes(range(32))
HOUR = timedelta(hours=1)
QUICK = PasswordHasher(time_cost=1, memory_cost=64)


def add_dana(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Actor:
    """Return an administrator of a court in which "dana" is a clerk with PASSWORD, hashed quickly."""
    monkeypatch.setattr(accounts, "HASHER", QUICK)
    with database.transaction(engine) as session:
        who = an_actor(session, a_court(session), Role.ADMINISTRATOR, username="admin")
        add_user(session, who, username="Dana ", display_name="Dana", password=PASSWORD, roles={Role.CLERK}, now=NOW)
    return who


def begin(engine: Engine, password: str = PASSWORD, *, username: str = "dana", now: datetime = NOW) -> Begun | None:
    """Give a name and a password."""
    with database.reading(engine) as session:
        proof = sign_ins.compare(session, username, password)
    with database.transaction(engine) as session:
        return sign_ins.begin(session, proof, now=now, key=KEY)


def finish(engine: Engine, begun: Begun | None, code: str, *, now: datetime = NOW, key: bytes = KEY) -> str | None:
    """Give the code."""
    assert begun is not None
    with database.transaction(engine) as session:
        return sign_ins.finish(session, begun.token, code, now=now, telephone=now, key=key)


def set_up(engine: Engine, begun: Begun | None, *, code: str | None = None, now: datetime = NOW) -> SetUp | None:
    """Set up what was begun, with the code of the telephone that was pointed at its picture."""
    assert begun is not None
    with database.transaction(engine) as session:
        half = sign_ins.half_of(session, begun.token, now=now)
        held = decrypted(KEY, half.sealed_secret or "", half.user_id or UUID(int=0)) or ""
        shown = code or pyotp.TOTP(held).at(now)
        return second_factors.confirm(session, half, shown, now=now, telephone=now, key=KEY, place=None)


def with_telephone(engine: Engine, *, now: datetime = NOW - HOUR) -> SetUp:
    """Let dana set up her second step, an hour ago."""
    done = set_up(engine, begin(engine, now=now), now=now)
    assert done is not None
    return done


def code_at(engine: Engine, at: datetime = NOW) -> str:
    """Return what dana's telephone shows at an instant (UTC)."""
    with database.reading(engine) as session:
        held = session.exec(select(SecondFactor).where(SecondFactor.user_id == dana(session).id)).one()
        return pyotp.TOTP(decrypted(KEY, held.sealed_secret, held.user_id) or "").at(at)


def sign_in(engine: Engine, username: str, password: str, now: datetime = NOW) -> str | None:
    """Give a name, a password, and the code of dana's telephone; return the session's token."""
    return finish(engine, begin(engine, password, username=username, now=now), code_at(engine, now), now=now)


def dana(session: Session) -> User:
    """Return dana's account."""
    return session.exec(select(User).where(User.username == "dana")).one()


def halves(session: Session) -> list[HalfSignIn]:
    """Return the sign-ins between their steps, oldest first."""
    return list(session.exec(select(HalfSignIn).order_by(col(HalfSignIn.started_at))))
