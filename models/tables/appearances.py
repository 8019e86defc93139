"""Appearances on the calendar, the bench decisions made at them, and the lists printed from them."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
    ListKind,
    MissedAppearance,
    Outcome,
    Purpose,
)
from models.tables.base import CourtRow, word

_LIVE = "state IN ('proposed', 'scheduled', 'held')"


class Appearance(CourtRow, table=True):
    """A case on a court session. Moving it makes a new one and marks this one moved."""

    __tablename__ = "appearances"
    __table_args__ = (
        sa.Index("ix_appearances_load", "court_id", "court_session_id", "state", "minutes"),
        sa.Index("ix_appearances_facts", "court_id", "case_id", "state", "outcome", "court_session_id"),
        sa.Index(
            "uq_appearances_live",
            "court_session_id",
            "case_id",
            unique=True,
            sqlite_where=sa.text(_LIVE),
            postgresql_where=sa.text(_LIVE),
        ),
        sa.CheckConstraint("(state = 'held') = (outcome IS NOT NULL)", name="held_has_outcome"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    court_session_id: UUID = Field(foreign_key="court_sessions.id")
    purpose: Purpose = Field(sa_type=word(Purpose, "purpose"))
    position: int  # call order within the session
    minutes: int
    state: AppearanceState = Field(default=AppearanceState.SCHEDULED, sa_type=word(AppearanceState, "state"))
    interpreter: InterpreterState = Field(
        default=InterpreterState.NOT_NEEDED, sa_type=word(InterpreterState, "interpreter")
    )
    reason: str | None = None  # why on this day, in words; for an overbooked session why it may go over
    outcome: Outcome | None = Field(default=None, sa_type=word(Outcome, "outcome"))  # as last decided
    promised: str | None = None  # what the court promised, as last decided
    moved_to_id: UUID | None = Field(default=None, foreign_key="appearances.id")
    state_reason: str | None = None  # why moved or removed
    added_by: UUID | None = Field(default=None, foreign_key="users.id")  # None: the scheduler
    added_at: datetime
    changed_at: datetime  # of the state
    known_at: datetime | None = None  # since when the court has recorded this outcome


class Decision(CourtRow, table=True):
    """What the judge decided at one appearance. A correction is a new row; the old one stays."""

    __tablename__ = "decisions"
    __table_args__ = (
        sa.UniqueConstraint("appearance_id", "version"),
        sa.UniqueConstraint("court_id", "token"),
        sa.Index(None, "court_id", "case_id"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    appearance_id: UUID = Field(foreign_key="appearances.id")
    version: int  # 1, then one more with each correction
    token: UUID  # of the form it was recorded from: the same form recorded twice is one decision
    outcome: Outcome = Field(sa_type=word(Outcome, "outcome"))
    missed: MissedAppearance | None = Field(default=None, sa_type=word(MissedAppearance, "missed"))
    promised: str | None = None
    next_appearance_id: UUID | None = Field(default=None, foreign_key="appearances.id")
    no_next_date_reason: str | None = None
    correction_reason: str | None = None
    decided_on: date
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class DocketPrint(CourtRow, table=True):
    """One printing of a session's list: which appearances were on it, so that changes since can be shown."""

    __tablename__ = "docket_prints"
    __table_args__ = (sa.Index(None, "court_id", "court_session_id", "printed_at"),)

    court_session_id: UUID = Field(foreign_key="court_sessions.id")
    kind: ListKind = Field(sa_type=word(ListKind, "kind"))
    appearance_ids: list[str] = Field(sa_type=sa.JSON)
    printed_by: UUID = Field(foreign_key="users.id")
    printed_at: datetime
