"""Accounts, what they may do, and their sessions. Tokens are stored only as their SHA-256."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import Role
from models.tables.base import CourtRow, word


class User(CourtRow, table=True):
    """A person who signs in."""

    __tablename__ = "users"

    username: str = Field(unique=True)
    display_name: str
    password_hash: str  # argon2id
    created_at: datetime
    disabled_at: datetime | None = None
    failed_sign_ins: int = 0
    first_failed_at: datetime | None = None
    locked_until: datetime | None = None


class UserRole(CourtRow, table=True):
    """One role of one user."""

    __tablename__ = "user_roles"
    __table_args__ = (sa.UniqueConstraint("user_id", "role"),)

    user_id: UUID = Field(foreign_key="users.id")
    role: Role = Field(sa_type=word(Role, "role"))


class UserSession(CourtRow, table=True):
    """One sign-in; ending the row ends every tab of it."""

    __tablename__ = "user_sessions"
    __table_args__ = (sa.Index(None, "user_id", "ended_at"),)

    token_hash: str = Field(unique=True)
    user_id: UUID = Field(foreign_key="users.id")
    created_at: datetime
    last_seen_at: datetime
    ended_at: datetime | None = None
    ended_reason: str | None = None


class FeedToken(CourtRow, table=True):
    """The secret part of a user's calendar feed address; revocable."""

    __tablename__ = "feed_tokens"
    __table_args__ = (sa.Index(None, "user_id", "revoked_at"),)

    token_hash: str = Field(unique=True)
    user_id: UUID = Field(foreign_key="users.id")
    created_at: datetime
    revoked_at: datetime | None = None
    last_fetched_at: datetime | None = None
