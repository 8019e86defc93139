"""Follow-ups: dated obligations, each written once, whose state on a day is derived."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import FollowUpKind, Move
from models.tables.base import CourtRow, word


class FollowUp(CourtRow, table=True):
    """One thing somebody must see to. `occurrence` names what it is about, so that no sweep writes it twice."""

    __tablename__ = "follow_ups"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "kind", "occurrence"),
        sa.Index(None, "court_id", "done_on", "void_on", "due_on"),
        sa.Index(None, "court_id", "case_id"),
        sa.Index(
            "ix_follow_ups_open",
            "court_id",
            "kind",
            "case_id",
            "since",
            sqlite_where=sa.text("done_on IS NULL AND void_on IS NULL"),
            postgresql_where=sa.text("done_on IS NULL AND void_on IS NULL"),
        ),
        sa.CheckConstraint("grace_days >= 0", name="grace_not_negative"),
    )

    case_id: UUID | None = Field(default=None, foreign_key="cases.id")
    kind: FollowUpKind = Field(sa_type=word(FollowUpKind, "kind"))
    occurrence: str  # ids and civil dates only
    reason: str  # in words; no personal values
    move: Move = Field(sa_type=word(Move, "move"))
    assigned_to: UUID | None = Field(default=None, foreign_key="users.id")
    provider_id: UUID | None = Field(default=None, foreign_key="providers.id")
    since: date  # the true day it came about, not the day it was noticed
    due_on: date
    grace_days: int = 0
    held_until: date | None = None
    hold_reason: str | None = None
    done_on: date | None = None
    waived_reason: str | None = None  # done without the thing itself, and why
    void_on: date | None = None  # the matter is settled or the case has left
    settled_by: UUID | None = Field(default=None, foreign_key="users.id")
    written_at: datetime
