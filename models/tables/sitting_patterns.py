"""How a part sits: its patterns, and the court's terms."""

from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import CapacityBy, Rhythm
from models.tables.base import CourtRow, word
from models.tables.courts import capacity_by, kept_for_new, languages


class Term(CourtRow, table=True):
    """A span of civil dates, both included, such as a fall term; next year's has the same name and its own dates."""

    __tablename__ = "terms"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "name", "first_on"),
        sa.CheckConstraint("first_on <= last_on", name="days_in_order"),
    )

    name: str
    first_on: date
    last_on: date


class SittingPattern(CourtRow, table=True):
    """One rhythm in which a part sits, with what its sessions take. A pattern ends and a new one begins; none is rewritten."""

    __tablename__ = "sitting_patterns"
    __table_args__ = (
        sa.Index(None, "court_id", "part_id", "from_on"),
        sa.CheckConstraint("until_on IS NULL OR from_on <= until_on", name="days_in_order"),
        sa.CheckConstraint("capacity_cases >= 1 AND capacity_minutes >= 1", name="capacity"),
        sa.CheckConstraint("rhythm = 'dated' OR weekday BETWEEN 0 AND 6", name="weekday"),
        sa.CheckConstraint("rhythm <> 'weekly' OR every_weeks >= 1", name="weeks"),
        sa.CheckConstraint("rhythm <> 'monthly' OR nth BETWEEN 1 AND 5", name="nth"),
    )

    part_id: UUID = Field(foreign_key="parts.id")
    judge_id: UUID | None = Field(default=None, foreign_key="judges.id")  # None: the part's usual judge
    rhythm: Rhythm = Field(sa_type=word(Rhythm, "rhythm"))
    weekday: int | None = None  # Monday is 0
    every_weeks: int | None = None  # 1 every week, 2 every other week, counted from the first such weekday
    nth: int | None = None  # of the month; 5 the last
    dates: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # civil dates (ISO)
    from_on: date
    until_on: date | None = None  # the last day it may sit
    terms: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # names: it sits only within them; none: all year
    starts_at: time  # wall time in the court's zone
    capacity_cases: int
    capacity_minutes: int
    capacity_by: CapacityBy = capacity_by()
    kept_for_new: int = kept_for_new()
    interpreter_languages: list[str] = languages()
    purposes: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # of vocabulary.Purpose; none: any
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
