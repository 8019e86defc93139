"""The court's accounts and their open sessions, for its administrators."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.rules.permissions import Action
from models.rules.sign_ins import IDLE, LONGEST
from models.rules.vocabulary import Role
from models.scope import Actor, require
from models.tables import Installation, SecondFactor, User, UserRole, UserSession


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountRow:
    """One account; instants are UTC, `open_sessions` counts those neither ended nor idle for 30 minutes."""

    user_id: UUID
    username: str
    display_name: str
    roles: frozenset[Role]
    disabled_at: datetime | None
    locked_until: datetime | None
    last_seen_at: datetime | None
    open_sessions: int
    second_factor_since: datetime | None


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One open session of an account: from which browser, since when, last used when; instants are UTC."""

    session_id: UUID
    created_at: datetime
    last_seen_at: datetime
    place: str | None


def accounts(session: Session, viewer: Actor, *, now: datetime) -> tuple[AccountRow, ...]:
    """Return the court's accounts by name, in two statements; `now` (UTC) decides which sessions are open."""
    require(viewer, Action.MANAGE_ACCOUNTS)
    open_now = _open_at(now)
    named = (col(User.id), col(User.username), col(User.display_name))
    fields = (*named, col(User.disabled_at), col(User.locked_until), col(SecondFactor.since))
    found = session.execute(
        sa.select(*fields, sa.func.max(UserSession.last_seen_at), sa.func.count(sa.case((open_now, 1))))
        .outerjoin(SecondFactor, col(SecondFactor.user_id) == col(User.id))
        .outerjoin(UserSession, col(UserSession.user_id) == col(User.id))
        .where(col(User.court_id) == viewer.court_id)
        .group_by(*fields)
        .order_by(col(User.display_name), col(User.username))
    ).all()
    roles: dict[UUID, set[Role]] = {}
    for user_id, role in session.exec(
        select(UserRole.user_id, UserRole.role).where(col(UserRole.court_id) == viewer.court_id)
    ):
        roles.setdefault(user_id, set()).add(Role(role))
    return tuple(
        AccountRow(
            user_id=row[0],
            username=row[1],
            display_name=row[2],
            disabled_at=row[3],
            locked_until=row[4],
            second_factor_since=row[5],
            last_seen_at=row[6],
            open_sessions=row[7],
            roles=frozenset(roles.get(row[0], ())),
        )
        for row in found
    )


def open_sessions(session: Session, viewer: Actor, user_id: UUID, *, now: datetime) -> tuple[SessionRow, ...]:
    """Return an account's open sessions, newest first: one's own, or as an administrator anybody's in the court."""
    require(viewer, Action.OWN_ACCOUNT if user_id == viewer.user_id else Action.MANAGE_ACCOUNTS)
    rows = session.exec(
        select(UserSession.id, UserSession.created_at, UserSession.last_seen_at, UserSession.place)
        .where(
            col(UserSession.court_id) == viewer.court_id,
            col(UserSession.user_id) == user_id,
            _open_at(now),
        )
        .order_by(col(UserSession.last_seen_at).desc())
    )
    return tuple(SessionRow(*row) for row in rows)


def _open_at(now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of a session that has neither been ended nor ended by itself."""
    return sa.and_(
        col(UserSession.ended_at).is_(None),
        col(UserSession.last_seen_at) > now - IDLE,
        col(UserSession.created_at) > now - LONGEST,
    )


def demonstration_names(session: Session, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (username, name) of those accounts, for the sign-in page of a database marked as a demonstration."""
    installation = session.get(Installation, 1)
    if installation is None or not installation.demonstration:
        return ()
    rows = session.exec(
        select(User.username, User.display_name).where(col(User.username).in_(names), col(User.disabled_at).is_(None))
    )
    by_name = dict(rows.all())
    return tuple((name, by_name[name]) for name in names if name in by_name)


def anchored_on(session: Session) -> date | None:
    """Return the day a demonstration was told for; None for a court's own database."""
    installation = session.get(Installation, 1)
    return installation.anchored_on if installation is not None and installation.demonstration else None
