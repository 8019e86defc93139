"""The court, its parts and judges, its sessions and the days it is closed."""

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import SessionState
from models.tables.base import CourtRow, Row, word


class Court(Row, table=True):
    """One court. Its zone decides which civil date an instant falls on."""

    __tablename__ = "courts"

    name: str = Field(unique=True)
    public_name: str  # neutral: does not tell the kind of court
    zone: str  # IANA name, such as America/New_York
    policy: str  # key of the court's policy in models/policies
    created_at: datetime


class Judge(CourtRow, table=True):
    """A judge who sits; the account she signs in with, if she has one."""

    __tablename__ = "judges"
    __table_args__ = (sa.UniqueConstraint("court_id", "name"),)

    name: str
    user_id: UUID | None = Field(default=None, foreign_key="users.id", unique=True)
    active: bool = True


class Part(CourtRow, table=True):
    """A part of the court with its room, usual judge and usual session."""

    __tablename__ = "parts"
    __table_args__ = (sa.UniqueConstraint("court_id", "name"),)

    name: str
    room: str
    judge_id: UUID = Field(foreign_key="judges.id")
    starts_at: time  # wall time in the court's zone
    capacity_cases: int
    capacity_minutes: int


class CourtSession(CourtRow, table=True):
    """A block of sitting time of one part."""

    __tablename__ = "court_sessions"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "held_on", "part_id", "starts_at"),
        sa.CheckConstraint("capacity_cases >= 0 AND capacity_minutes >= 0", name="capacity_not_negative"),
    )

    part_id: UUID = Field(foreign_key="parts.id")
    judge_id: UUID = Field(foreign_key="judges.id")
    held_on: date
    starts_at: time
    capacity_cases: int
    capacity_minutes: int
    purposes: list[str] = Field(sa_type=sa.JSON)  # of vocabulary.Purpose: the appearances it takes
    state: SessionState = Field(default=SessionState.OPEN, sa_type=word(SessionState, "state"))
    closed_reason: str | None = None
    note: str | None = None  # about the session, such as why it may hold fewer places than are booked


class Closure(CourtRow, table=True):
    """A day on which the court does not sit. A proposal counts only once the clerk has confirmed it."""

    __tablename__ = "closures"
    __table_args__ = (sa.UniqueConstraint("court_id", "closed_on"),)

    closed_on: date
    name: str
    confirmed_by: UUID | None = Field(default=None, foreign_key="users.id")
    confirmed_at: datetime | None = None
