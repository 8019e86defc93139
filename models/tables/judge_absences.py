"""When a judge is away, and who sits for her."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.tables.base import CourtRow


class JudgeAbsence(CourtRow, table=True):
    """A judge who does not sit from one civil date to another, both included; without a substitute nobody sits for her."""

    __tablename__ = "judge_absences"
    __table_args__ = (
        sa.Index(None, "court_id", "judge_id", "first_on"),
        sa.CheckConstraint("first_on <= last_on", name="days_in_order"),
        sa.CheckConstraint("substitute_id <> judge_id", name="substitute_is_another"),
    )

    judge_id: UUID = Field(foreign_key="judges.id")
    first_on: date
    last_on: date
    substitute_id: UUID | None = Field(default=None, foreign_key="judges.id")
    reason: str | None = None  # in a few words; the calendar shows it
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
