"""The case, its charges, its mandate and the phases it went through."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import Stage, Standing
from models.tables.base import CourtRow, word


class Case(CourtRow, table=True):
    """One person's one incident with all its charges."""

    __tablename__ = "cases"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "docket_number"),
        sa.Index(None, "court_id", "participant_id"),
        sa.Index(None, "court_id", "stage", "look_on"),
        sa.Index(None, "court_id", "part_id", "stage"),
    )

    participant_id: UUID = Field(foreign_key="participants.id")
    docket_number: str
    part_id: UUID = Field(foreign_key="parts.id")
    stage: Stage = Field(sa_type=word(Stage, "stage"))
    stage_since: date
    incident_on: date | None = None
    opened_on: date
    minor_at_offence: bool | None = None  # None: age not known
    version: int = 1  # goes up with every change, so that two people cannot overwrite each other
    look_on: date | None = None  # hint: the next day on which the standing can change; None: look at the next sweep
    imported_as: str | None = None  # fingerprint of the imported rows


class StageChange(CourtRow, table=True):
    """One step in the life of a case, with who decided it and why."""

    __tablename__ = "stage_changes"
    __table_args__ = (sa.Index(None, "court_id", "case_id"),)

    case_id: UUID = Field(foreign_key="cases.id")
    from_stage: Stage | None = Field(default=None, sa_type=word(Stage, "from_stage"))
    to_stage: Stage = Field(sa_type=word(Stage, "to_stage"))
    changed_on: date
    reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class Charge(CourtRow, table=True):
    """One charge of a case."""

    __tablename__ = "charges"
    __table_args__ = (sa.UniqueConstraint("case_id", "count_number"), sa.Index(None, "court_id", "case_id"))

    case_id: UUID = Field(foreign_key="cases.id")
    count_number: int
    statute: str
    description: str
    severity: str | None = None
    offence_on: date | None = None
    disposition: str | None = None
    disposed_on: date | None = None


class Mandate(CourtRow, table=True):
    """What the participant agreed to do. A change of template ends one and begins another; history stays."""

    __tablename__ = "mandates"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id"),
        sa.Index(
            "uq_mandates_current",
            "case_id",
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        ),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    program: str  # key of the program template
    policy_version: str
    sessions: int
    accepted_on: date
    carried_from: date | None = None  # since when an earlier program counts on in this one; None: nothing does
    ended_on: date | None = None
    ended_reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class PhasePeriod(CourtRow, table=True):
    """The time a case spent in one phase."""

    __tablename__ = "phase_periods"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id"),
        sa.Index(
            "uq_phase_periods_current",
            "case_id",
            unique=True,
            sqlite_where=sa.text("left_on IS NULL"),
            postgresql_where=sa.text("left_on IS NULL"),
        ),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    mandate_id: UUID = Field(foreign_key="mandates.id")
    position: int  # in the program, from 0
    name: str
    entered_on: date
    left_on: date | None = None
    left_at: datetime | None = None  # when that was recorded
    reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class StandingChange(CourtRow, table=True):
    """A change of a case's standing as the sweep found it: from, to, on its true day, and why."""

    __tablename__ = "standing_changes"
    __table_args__ = (sa.Index(None, "court_id", "case_id", "changed_on"),)

    case_id: UUID = Field(foreign_key="cases.id")
    from_standing: Standing | None = Field(default=None, sa_type=word(Standing, "from_standing"))
    to_standing: Standing = Field(sa_type=word(Standing, "to_standing"))
    changed_on: date
    reason: str
    policy_version: str
    recorded_at: datetime


class Acd(CourtRow, table=True):
    """An adjournment in contemplation of dismissal: restorable until a civil date, then deemed dismissed."""

    __tablename__ = "acds"
    __table_args__ = (sa.Index(None, "court_id", "expires_on"), sa.Index(None, "court_id", "case_id"))

    case_id: UUID = Field(foreign_key="cases.id")
    granted_on: date
    expires_on: date
    restored_on: date | None = None
    confirmed_on: date | None = None  # the dismissal, confirmed by the clerk
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
