"""The court, its parts and judges, its sessions and the days it is closed."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import CapacityBy, SessionState
from models.tables.base import CourtRow, Row, word


def capacity_by() -> Any:
    """Return the column that says what fills a session; a fresh one for each table."""
    return Field(
        default=CapacityBy.EITHER,
        sa_type=word(CapacityBy, "capacity_by"),
        sa_column_kwargs={"server_default": CapacityBy.EITHER.value},
    )


def kept_for_new() -> Any:
    """Return the column for the places that only a first appearance may take."""
    return Field(default=0, sa_column_kwargs={"server_default": "0"})


def languages() -> Any:
    """Return the column for the languages an interpreter is booked for."""
    return Field(default_factory=list, sa_type=sa.JSON, sa_column_kwargs={"server_default": "[]"})


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
    capacity_by: CapacityBy = capacity_by()
    kept_for_new: int = kept_for_new()


class CourtSession(CourtRow, table=True):
    """A block of sitting time of one part."""

    __tablename__ = "court_sessions"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "held_on", "part_id", "starts_at"),
        sa.CheckConstraint("capacity_cases >= 0 AND capacity_minutes >= 0", name="capacity_not_negative"),
        sa.Index("ix_court_sessions_part", "court_id", "part_id", "held_on"),
        sa.Index("uq_court_sessions_pattern", "pattern_id", "held_on", unique=True),
    )

    part_id: UUID = Field(foreign_key="parts.id")
    judge_id: UUID = Field(foreign_key="judges.id")  # who sits
    substitute_for: UUID | None = Field(
        default=None, foreign_key="judges.id"
    )  # whom she sits for, while that one is away
    pattern_id: UUID | None = Field(default=None, foreign_key="sitting_patterns.id")  # the pattern it was opened by
    held_on: date
    starts_at: time
    capacity_cases: int
    capacity_minutes: int
    capacity_by: CapacityBy = capacity_by()
    kept_for_new: int = kept_for_new()
    interpreter_languages: list[str] = languages()  # for which an interpreter is booked, whoever comes
    purposes: list[str] = Field(sa_type=sa.JSON)  # of vocabulary.Purpose: the appearances it takes
    state: SessionState = Field(default=SessionState.OPEN, sa_type=word(SessionState, "state"))
    closed_reason: str | None = None
    note: str | None = None  # about the session, such as why it may hold fewer places than are booked


class Closure(CourtRow, table=True):
    """A day on which the court does not sit, or not from an hour on. It counts only once the clerk has confirmed it."""

    __tablename__ = "closures"
    __table_args__ = (sa.UniqueConstraint("court_id", "closed_on"),)

    closed_on: date
    closed_from: time | None = (
        None  # wall time in the court's zone: sessions from then on do not sit; None: the whole day
    )
    name: str
    confirmed_by: UUID | None = Field(default=None, foreign_key="users.id")
    confirmed_at: datetime | None = None
