"""Accounts, what they may do, their second factors and sessions. Tokens are stored only as their SHA-256."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import Role, SignInStep
from models.tables.base import CourtRow, Row, word


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
    roles_changed_at: datetime | None = None  # a tab that was opened before is drawn anew


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
    place: str | None = None  # browser, system and the first part of the address, for its owner to know it again


class SecondFactor(CourtRow, table=True):
    """What a user's telephone makes its codes from, sealed by a key outside the database."""

    __tablename__ = "second_factors"

    user_id: UUID = Field(foreign_key="users.id", unique=True)
    sealed_secret: str
    last_step: int  # of the last code that was accepted; none from then or before is accepted again
    since: datetime


class RecoveryCode(CourtRow, table=True):
    """One code that stands in for a lost telephone, as its keyed hash; used once."""

    __tablename__ = "recovery_codes"
    __table_args__ = (sa.UniqueConstraint("user_id", "code_hash"),)

    user_id: UUID = Field(foreign_key="users.id")
    code_hash: str
    used_at: datetime | None = None


class HalfSignIn(Row, table=True):
    """Somebody between the password and the code, for five minutes and one answer.

    Without a user where name and password did not fit: nobody is told so before the code.
    """

    __tablename__ = "half_sign_ins"

    token_hash: str = Field(unique=True)
    user_id: UUID | None = Field(default=None, foreign_key="users.id", index=True)
    step: SignInStep = Field(sa_type=word(SignInStep, "step"))
    sealed_secret: str | None = None  # of the second factor that is being set up
    started_at: datetime
    ended_at: datetime | None = None


class FeedToken(CourtRow, table=True):
    """The secret part of a user's calendar feed address; revocable."""

    __tablename__ = "feed_tokens"
    __table_args__ = (sa.Index(None, "user_id", "revoked_at"),)

    token_hash: str = Field(unique=True)
    user_id: UUID = Field(foreign_key="users.id")
    created_at: datetime
    revoked_at: datetime | None = None
    last_fetched_at: datetime | None = None
