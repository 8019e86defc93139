"""Accounts of the court: who may sign in, with which password and roles. Only administrators change others.

No password, hash or token ever reaches an audit event.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, delete, select

from models import audit, demonstration
from models.commands.sign_ins import HASHER, plain
from models.commands.typed import LONGEST_NAME, needed
from models.commands.user_sessions import end_all
from models.errors import Conflict, Invalid
from models.rules.passwords import weakness
from models.rules.permissions import Action
from models.rules.vocabulary import Role
from models.scope import Actor, load, require
from models.tables import User, UserRole

DEMONSTRATION_NAMES = demonstration.NAMES
DEMONSTRATION_PASSWORD = demonstration.PASSWORD


def add_user(
    session: Session,
    actor: Actor,
    *,
    username: str,
    display_name: str,
    password: str,
    roles: Collection[Role],
    now: datetime,
) -> UUID:
    """Add an account to the actor's court and return its id. Raises Invalid, and Conflict for a name in use."""
    require(actor, Action.MANAGE_ACCOUNTS)
    missing = "A new account needs a username, a name to show and at least one role."
    name, shown = needed(plain(username), missing, LONGEST_NAME), needed(display_name, missing, LONGEST_NAME)
    if not roles:
        raise Invalid(missing)
    _check_password(actor, name, shown, password)
    if session.exec(select(User.id).where(col(User.username) == name)).first():
        raise Conflict("This username is in use. Choose another one.")
    user = User(
        court_id=actor.court_id, username=name, display_name=shown, password_hash=HASHER.hash(password), created_at=now
    )
    session.add(user)
    session.flush()
    _give(session, user, roles)
    detail = {"roles": sorted(roles)}
    audit.record(session, actor, "add_user", "user", user.id, now=now, detail=detail)
    return user.id


def set_password(session: Session, actor: Actor, user_id: UUID, password: str, *, now: datetime) -> None:
    """Set one's own password, or as an administrator somebody else's; every session of the account ends."""
    require(actor, Action.OWN_ACCOUNT if user_id == actor.user_id else Action.MANAGE_ACCOUNTS)
    user = load(session, actor, User, user_id)
    _check_password(actor, user.username, user.display_name, password)
    user.password_hash = HASHER.hash(password)
    user.failed_sign_ins, user.first_failed_at, user.locked_until = 0, None, None
    session.add(user)
    end_all(session, user_id, "password_changed", now)
    audit.record(session, actor, "set_password", "user", user_id, now=now)


def set_roles(session: Session, actor: Actor, user_id: UUID, roles: Collection[Role], *, now: datetime) -> None:
    """Replace the roles of an account; they count from its next click, and its open tabs are drawn anew within seconds.

    An administrator keeps their own role.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    user = load(session, actor, User, user_id)
    if not roles:
        raise Invalid("An account needs at least one role. Disable it if it should do nothing.")
    if user_id == actor.user_id and Role.ADMINISTRATOR not in roles:
        raise Invalid("You cannot take the administrator's role from yourself. Ask another administrator.")
    session.execute(delete(UserRole).where(col(UserRole.user_id) == user_id))
    _give(session, user, roles)
    user.roles_changed_at = now
    session.add(user)
    audit.record(session, actor, "set_roles", "user", user_id, now=now, detail={"roles": sorted(roles)})


def disable_user(session: Session, actor: Actor, user_id: UUID, *, now: datetime) -> None:
    """Disable an account at an instant (UTC): its sessions end at once. Nobody disables themselves."""
    require(actor, Action.MANAGE_ACCOUNTS)
    if user_id == actor.user_id:
        raise Invalid("You cannot disable your own account. Ask another administrator.")
    user = load(session, actor, User, user_id)
    if user.disabled_at is None:
        user.disabled_at = now
        session.add(user)
        end_all(session, user_id, "disabled", now)
        audit.record(session, actor, "disable_user", "user", user_id, now=now)


def enable_user(session: Session, actor: Actor, user_id: UUID, *, now: datetime) -> None:
    """Let a disabled or locked account sign in again."""
    require(actor, Action.MANAGE_ACCOUNTS)
    user = load(session, actor, User, user_id)
    user.disabled_at, user.locked_until, user.failed_sign_ins, user.first_failed_at = None, None, 0, None
    session.add(user)
    audit.record(session, actor, "enable_user", "user", user_id, now=now)


def _give(session: Session, user: User, roles: Collection[Role]) -> None:
    session.add_all(UserRole(court_id=user.court_id, user_id=user.id, role=role) for role in sorted(set(roles)))


def _check_password(actor: Actor, username: str, shown: str, password: str) -> None:
    """Raise Invalid for a password that would soon be guessed, and for a demonstration's elsewhere."""
    weak = weakness(password, username=username, words=(shown, actor.court))
    if weak and not (actor.demonstration and password == DEMONSTRATION_PASSWORD):
        raise Invalid(weak)
    if password == DEMONSTRATION_PASSWORD and not actor.demonstration:
        raise Invalid("This password is published with the demonstration. Choose another one.")
