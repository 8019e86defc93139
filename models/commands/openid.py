"""Signing in by another house: whoever it vouches for gets the same session as by a password, or a refusal in words.

Roles are what the other house's groups mean here, anew at each sign-in. The second factor is that house's, as far as
the court asks for it (`rules.claims`). A lock after wrong passwords does not count here: no password is compared.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from models import audit
from models.commands.accounts import set_roles
from models.commands.user_sessions import open_session
from models.errors import NotPermitted
from models.rules.claims import Claimed
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of, keeper
from models.tables import Court, Identity, User

NO_PASSWORD = "-"  # noqa: S105 - no hash, so that no password fits  # nosec B105
NO_ACCOUNT = (
    "You signed in there, but you have no account in this court. Ask its administrator for one; "
    "it needs the username you have there."
)
NO_COURT = "The sign-in leads to a court that is not here. Tell whoever looks after Offramp; nothing was recorded."


def sign_in(
    session: Session, claimed: Claimed, issuer: str, *, makes_accounts: bool, now: datetime, place: str | None = None
) -> str:
    """Open a session for somebody the issuer vouches for at an instant (UTC), and return its token.

    NotPermitted where they have no account here (and none is made), or theirs is disabled: the same answer.
    """
    court = session.exec(select(Court).where(col(Court.name) == claimed.court)).first()
    if court is None:
        raise NotPermitted(NO_COURT)
    user = _known(session, court, claimed, issuer)
    if user is None:
        user = _made(session, court, claimed, now) if makes_accounts else _prepared(session, court, claimed, issuer)
        _link(session, court, user, claimed, issuer, now)
    if user.disabled_at is not None:
        raise NotPermitted(NO_ACCOUNT)
    who = actor_of(session, user.id)
    if who.roles != claimed.roles:
        set_roles(session, _house(session, court), user.id, claimed.roles, now=now)
    user.display_name = claimed.name
    session.flush()
    return open_session(session, actor_of(session, user.id), how="openid", place=place, now=now)


def _known(session: Session, court: Court, claimed: Claimed, issuer: str) -> User | None:
    """Return the account that this person of that house has in the court, locked until the transaction ends."""
    statement = (
        select(User)
        .join(Identity, col(Identity.user_id) == col(User.id))
        .where(
            col(Identity.court_id) == court.id,
            col(Identity.issuer) == issuer,
            col(Identity.subject) == claimed.subject,
        )
    )
    return session.exec(statement.with_for_update(of=User)).first()


def _prepared(session: Session, court: Court, claimed: Claimed, issuer: str) -> User:
    """Return the account of that username that an administrator prepared and nobody of that house has taken."""
    user = session.exec(select(User).where(col(User.username) == claimed.username).with_for_update()).first()
    if user is None or user.court_id != court.id:
        raise NotPermitted(NO_ACCOUNT)
    taken = select(Identity.id).where(col(Identity.user_id) == user.id, col(Identity.issuer) == issuer)
    if session.exec(taken).first() is not None:
        raise NotPermitted(NO_ACCOUNT)
    return user


def _made(session: Session, court: Court, claimed: Claimed, now: datetime) -> User:
    """Return a new account; a username that is in use here stays whose it is."""
    if session.exec(select(User.id).where(col(User.username) == claimed.username)).first() is not None:
        raise NotPermitted(NO_ACCOUNT)
    user = User(
        court_id=court.id,
        username=claimed.username,
        display_name=claimed.name,
        password_hash=NO_PASSWORD,
        created_at=now,
    )
    session.add(user)
    session.flush()
    detail = {"by": "openid"}
    audit.record(session, _house(session, court), "add_user", "user", user.id, now=now, detail=detail)
    return user


def _link(session: Session, court: Court, user: User, claimed: Claimed, issuer: str, now: datetime) -> None:
    session.add(Identity(court_id=court.id, user_id=user.id, issuer=issuer, subject=claimed.subject, linked_at=now))
    session.flush()
    audit.record(session, _house(session, court), "link_identity", "user", user.id, now=now)


def _house(session: Session, court: Court) -> Actor:
    """Return the other house, acting on the court's accounts as far as the court has agreed with it."""
    return replace(keeper(session, court), name="Other sign-in", roles=frozenset({Role.ADMINISTRATOR}))
