"""The audit: one chain of events for each court. Ids, counts, dates and the court's words; never a personal value.

An event is never changed; what it says is held by its hash, and the cases on a list by the id that is made of them.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.tables.base import CourtRow


class AuditEvent(CourtRow, table=True):
    """Who did what to what, when. Each holds the hash of the one before."""

    __tablename__ = "audit_events"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "seq"),
        sa.Index(None, "court_id", "case_id", "seq"),
        sa.Index(None, "court_id", "actor_id", "seq"),
        sa.Index(None, "court_id", "at"),
        sa.Index(
            None,
            "court_id",
            "list_id",
            "seq",
            sqlite_where=sa.text("list_id IS NOT NULL"),
            postgresql_where=sa.text("list_id IS NOT NULL"),
        ),
    )

    seq: int  # from 1, without gaps, within the court
    at: datetime
    actor_id: UUID | None = Field(default=None, foreign_key="users.id")  # None: the scheduler or the installation
    action: str
    subject_type: str
    subject_id: UUID | None = None
    case_id: UUID | None = None  # no foreign key: the event outlives what it tells of
    session_id: UUID | None = None  # the sign-in it was done in; None: the scheduler, a terminal or a calendar
    list_id: UUID | None = None  # the cases that were shown together (`AuditList`)
    detail: dict[str, Any] = Field(default_factory=dict, sa_type=sa.JSON)
    previous_hash: str
    hash: str


class AuditHead(SQLModel, table=True):
    """The end of a court's chain; locked while an event is appended."""

    __tablename__ = "audit_heads"

    court_id: UUID = Field(primary_key=True, foreign_key="courts.id")
    seq: int = 0
    hash: str = ""
    changed_seq: int = Field(
        default=0, sa_column_kwargs={"server_default": "0"}
    )  # the last event that changed anything


class AuditList(SQLModel, table=True):
    """One case of a list that was shown. The list's id is made of its cases, so that the same list is kept once."""

    __tablename__ = "audit_lists"
    __table_args__ = (sa.Index(None, "court_id", "case_id"),)

    court_id: UUID = Field(primary_key=True, foreign_key="courts.id")
    list_id: UUID = Field(primary_key=True)
    case_id: UUID = Field(primary_key=True)
