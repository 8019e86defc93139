"""Compliance reports: each expected for one appearance and period, and every version that came."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import ReportState
from models.tables.base import CourtRow, word


class Report(CourtRow, table=True):
    """A report the court expects from a provider. Late and missing are derived from its dates."""

    __tablename__ = "reports"
    __table_args__ = (
        sa.UniqueConstraint("appearance_id", "provider_id"),
        sa.Index("ix_reports_facts", "court_id", "case_id", "state", "due_on", "received_on"),
        sa.Index(None, "court_id", "state", "due_on"),
        sa.CheckConstraint("period_to >= period_from", name="period_runs_forward"),
        sa.CheckConstraint(
            "(state = 'expected') = (received_on IS NULL) OR state = 'withdrawn'", name="received_has_day"
        ),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    appearance_id: UUID = Field(foreign_key="appearances.id")
    provider_id: UUID = Field(foreign_key="providers.id")
    period_from: date
    period_to: date
    due_on: date
    state: ReportState = Field(default=ReportState.EXPECTED, sa_type=word(ReportState, "state"))
    received_on: date | None = None  # of the first version
    versions: int = 0
    withdrawn_at: datetime | None = None  # when the court stopped expecting it


class ReportVersion(CourtRow, table=True):
    """What came, as it came. A correction is a new version."""

    __tablename__ = "report_versions"
    __table_args__ = (sa.UniqueConstraint("report_id", "version"), sa.UniqueConstraint("court_id", "token"))

    report_id: UUID = Field(foreign_key="reports.id")
    case_id: UUID = Field(foreign_key="cases.id")
    version: int
    token: UUID
    received_on: date
    summary: str | None = None
    correction_reason: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
