"""Warrants and new arrests: facts with their day and source, kept version by version. Neither changes anything by itself."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import ArrestSource, MissedAppearance, WarrantState
from models.tables.base import CourtRow, word

_IN_FORCE = "replaced_at IS NULL"


class Warrant(CourtRow, table=True):
    """One order about a warrant: ordered and stayed, issued, vacated. The one in force is the one not replaced."""

    __tablename__ = "warrants"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id", "recorded_at"),
        sa.Index(
            "uq_warrants_in_force",
            "case_id",
            unique=True,
            sqlite_where=sa.text(_IN_FORCE),
            postgresql_where=sa.text(_IN_FORCE),
        ),
        sa.CheckConstraint("struck_reason IS NULL OR replaced_at IS NOT NULL", name="struck_is_replaced"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    state: WarrantState = Field(sa_type=word(WarrantState, "state"))
    ordered_on: date
    ordered_by: str  # the judge's name
    reason: str | None = None
    decision_id: UUID | None = Field(default=None, foreign_key="decisions.id")  # None: ordered outside a session
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
    replaced_at: datetime | None = None  # by the next order, or struck
    struck_reason: str | None = None  # why it was recorded wrongly; None: it was in force until it was replaced


class Arrest(CourtRow, table=True):
    """A new arrest as somebody told the court; one found to be wrong stays, struck with its reason."""

    __tablename__ = "arrests"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id", "arrested_on"),
        sa.UniqueConstraint("court_id", "token"),
        sa.CheckConstraint("told_on >= arrested_on", name="told_after"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    token: UUID  # of the form it was recorded from: the same form recorded twice is one arrest
    arrested_on: date
    told_on: date  # when the court was told
    source: ArrestSource = Field(sa_type=word(ArrestSource, "source"))
    note: str | None = None
    choice: MissedAppearance | None = Field(default=None, sa_type=word(MissedAppearance, "choice"))  # the judge's
    decision_id: UUID | None = Field(default=None, foreign_key="decisions.id")  # with which she made it
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
    struck_at: datetime | None = None  # found to be wrong: it stays in the history and no longer counts
    struck_reason: str | None = None
