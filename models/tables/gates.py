"""The gates before liberty is taken or a program is ended, with their dates."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import Measure
from models.tables.base import CourtRow, word


class GatedMeasure(CourtRow, table=True):
    """One measure somebody asks for, and how far its gates are passed; taken at most once, with a decision."""

    __tablename__ = "gated_measures"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id"),
        sa.Index(
            "uq_gated_measures_open",
            "case_id",
            "measure",
            unique=True,
            sqlite_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=sa.text("taken_on IS NULL AND dropped_on IS NULL"),
        ),
        sa.CheckConstraint("counsel_on IS NULL OR counsel_on >= notice_on", name="counsel_after_notice"),
        sa.CheckConstraint(
            "heard_on IS NULL OR (counsel_on IS NOT NULL AND heard_on >= counsel_on)", name="heard_after_counsel"
        ),
        sa.CheckConstraint(
            "found_on IS NULL OR (heard_on IS NOT NULL AND found_on >= heard_on AND finding IS NOT NULL)",
            name="found_after_heard",
        ),
        sa.CheckConstraint(
            "taken_on IS NULL OR (found_on IS NOT NULL AND taken_on >= found_on)", name="taken_after_found"
        ),
        sa.CheckConstraint("dropped_on IS NULL OR (dropped_reason IS NOT NULL AND taken_on IS NULL)", name="dropped"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    measure: Measure = Field(sa_type=word(Measure, "measure"))
    what: str  # what is asked for, in words, and by whom
    notice_on: date
    counsel_on: date | None = None
    heard_on: date | None = None
    found_on: date | None = None
    finding: str | None = None  # the judge's, in words
    taken_on: date | None = None  # the decision that rests on it
    dropped_on: date | None = None
    dropped_reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
