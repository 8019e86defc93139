"""Participants who are kept to named staff, who those are, and who opened one of them in an emergency."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import OpeningReason
from models.tables.base import CourtRow, word


class Restriction(CourtRow, table=True):
    """A participant whose cases exist only for named staff, until it is lifted."""

    __tablename__ = "restrictions"
    __table_args__ = (
        sa.Index(None, "court_id", "lifted_at"),
        sa.Index(
            "uq_restrictions_current",
            "participant_id",
            unique=True,
            sqlite_where=sa.text("lifted_at IS NULL"),
            postgresql_where=sa.text("lifted_at IS NULL"),
        ),
    )

    participant_id: UUID = Field(foreign_key="participants.id")
    reason: str
    since: datetime
    restricted_by: UUID = Field(foreign_key="users.id")
    lifted_at: datetime | None = None
    lifted_by: UUID | None = Field(default=None, foreign_key="users.id")
    lifted_reason: str | None = None


class NamedStaff(CourtRow, table=True):
    """Somebody who may see a restricted participant, from when until when."""

    __tablename__ = "named_staff"
    __table_args__ = (
        sa.Index(
            "uq_named_staff_current",
            "restriction_id",
            "user_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    restriction_id: UUID = Field(foreign_key="restrictions.id")
    user_id: UUID = Field(foreign_key="users.id")
    named_at: datetime
    named_by: UUID = Field(foreign_key="users.id")
    ended_at: datetime | None = None
    ended_by: UUID | None = Field(default=None, foreign_key="users.id")


class Opening(CourtRow, table=True):
    """A restricted participant opened in an emergency, until an instant; also one that opened nothing."""

    __tablename__ = "openings"
    __table_args__ = (sa.Index(None, "user_id", "until"), sa.Index(None, "court_id", "answered_at"))

    user_id: UUID = Field(foreign_key="users.id")
    opened_id: UUID | None = Field(default=None, foreign_key="participants.id")  # whom; None: it opened nobody
    why: OpeningReason = Field(sa_type=word(OpeningReason, "why"))
    reason: str  # in her own words; for the named staff, not for the administrator
    opened_at: datetime
    until: datetime
    answered_at: datetime | None = None
    answered_by: UUID | None = Field(default=None, foreign_key="users.id")
