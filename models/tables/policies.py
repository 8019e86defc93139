"""The versions of a court's written policy: the document itself, who wrote it, who put it in force, when and why."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.tables.base import CourtRow


class PolicyVersion(CourtRow, table=True):
    """One version; a draft until it has a day from which it is in force. From then on its text is never changed."""

    __tablename__ = "policy_versions"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "name"),
        sa.UniqueConstraint("court_id", "in_force_from"),
        sa.Index(
            "uq_policy_versions_draft",
            "court_id",
            unique=True,
            sqlite_where=sa.text("in_force_from IS NULL"),
            postgresql_where=sa.text("in_force_from IS NULL"),
        ),
        sa.CheckConstraint(
            "(in_force_from IS NULL) = (put_in_force_at IS NULL) AND (in_force_from IS NULL) = (reason IS NULL)",
            name="put_in_force",
        ),
    )

    name: str  # the `version` of the text
    text: str  # TOML, as it is exported and imported
    digest: str  # SHA-256 of the text: what is kept of it in memory is found by this, and so is never stale
    written_by: UUID | None = Field(default=None, foreign_key="users.id")  # None: the file the court began with
    written_at: datetime
    changes: int = 0  # of the draft; whoever saves must have seen the last one
    in_force_from: date | None = None  # the `in_force_from` of the text; None: a draft
    put_in_force_by: UUID | None = Field(default=None, foreign_key="users.id")
    put_in_force_at: datetime | None = None
    reason: str | None = None
