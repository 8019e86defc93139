"""Cases moved together because the calendar changed: one row for the whole, one for each case, kept for undo and notice."""

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import MoveCause
from models.tables.base import CourtRow, word


class BulkMove(CourtRow, table=True):
    """One approval of what a change of the calendar does to the cases on it. Undone at most once."""

    __tablename__ = "bulk_moves"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "token"),
        sa.Index(None, "court_id", "recorded_at"),
        sa.CheckConstraint("first_on <= last_on", name="days_in_order"),
        sa.CheckConstraint("(undone_at IS NULL) = (undone_by IS NULL)", name="undone_by_somebody"),
    )

    token: UUID  # of the form it was approved from: the same approval twice is one move
    cause: MoveCause = Field(sa_type=word(MoveCause, "cause"))
    first_on: date  # the days the change is about, both included
    last_on: date
    closed_from: time | None = None  # wall time: of a day closed from an hour on
    session_id: UUID | None = Field(default=None, foreign_key="court_sessions.id")
    judge_id: UUID | None = Field(default=None, foreign_key="judges.id")
    capacity_cases: int | None = None  # of a session with fewer places: what it takes from now on
    capacity_minutes: int | None = None
    reason: str
    whole: bool  # the change itself was made; False: only some of its cases have been moved yet
    before: list[dict[str, str]] = Field(sa_type=sa.JSON)  # sessions it closed or made smaller, with capacity before
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
    undone_by: UUID | None = Field(default=None, foreign_key="users.id")
    undone_at: datetime | None = None


class MovedCase(CourtRow, table=True):
    """One case of a bulk move: the appearance it left, the one it got, and what an undo did about it."""

    __tablename__ = "moved_cases"
    __table_args__ = (
        sa.UniqueConstraint("bulk_move_id", "appearance_id"),
        sa.Index(None, "court_id", "bulk_move_id"),
        sa.Index(None, "court_id", "case_id"),
    )

    bulk_move_id: UUID = Field(foreign_key="bulk_moves.id")
    case_id: UUID = Field(foreign_key="cases.id")
    appearance_id: UUID = Field(foreign_key="appearances.id")
    moved_to_id: UUID = Field(foreign_key="appearances.id")
    back_id: UUID | None = Field(default=None, foreign_key="appearances.id")  # the appearance an undo made
    kept_reason: str | None = None  # why an undo left the case where it was, in words
