"""Providers, their services, referrals with their whole life, attendance, and the participant's releases."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import (
    AttendanceKind,
    Recipient,
    ReferralState,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    RevokedHow,
    ServiceKind,
)
from models.tables.base import CourtRow, Words, word


class Provider(CourtRow, table=True):
    """An outside agency."""

    __tablename__ = "providers"
    __table_args__ = (sa.UniqueConstraint("court_id", "name"),)

    name: str
    contact: str | None = None
    address: str | None = None
    confidential: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})  # where it is, is secret
    substance_use: bool = False  # its records are under 42 CFR Part 2
    active: bool = True


class Service(CourtRow, table=True):
    """What a provider offers. Places, wait and languages are true as of a day."""

    __tablename__ = "services"
    __table_args__ = (sa.UniqueConstraint("provider_id", "name"), sa.Index(None, "court_id", "kind"))

    provider_id: UUID = Field(foreign_key="providers.id")
    name: str
    kind: ServiceKind = Field(sa_type=word(ServiceKind, "kind"))
    languages: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    places: int | None = None
    wait_days: int | None = None
    as_of: date
    active: bool = True


class Referral(CourtRow, table=True):
    """A participant's way to one service; without a service it is a need for which no place was found."""

    __tablename__ = "referrals"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id", "state"),
        sa.Index(None, "court_id", "state", "state_since"),
        sa.CheckConstraint("service_id IS NOT NULL OR state IN ('needed', 'withdrawn')", name="needed_or_service"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    kind: ServiceKind = Field(sa_type=word(ServiceKind, "kind"))
    service_id: UUID | None = Field(default=None, foreign_key="services.id")
    mandated: bool = False
    sessions: int | None = None  # expected, where the mandate counts them
    state: ReferralState = Field(sa_type=word(ReferralState, "state"))
    state_since: date
    queue_place: int | None = None  # on the waiting list


class ReferralStep(CourtRow, table=True):
    """One step in a referral's life."""

    __tablename__ = "referral_steps"
    __table_args__ = (sa.Index(None, "court_id", "referral_id"),)

    referral_id: UUID = Field(foreign_key="referrals.id")
    case_id: UUID = Field(foreign_key="cases.id")
    state: ReferralState = Field(sa_type=word(ReferralState, "state"))
    stepped_on: date
    note: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class Attendance(CourtRow, table=True):
    """What became of one service session. A correction is a new row that the old one points to."""

    __tablename__ = "attendances"
    __table_args__ = (
        sa.Index("ix_attendances_facts", "court_id", "case_id", "kind", "disputed", "held_on", "replaced_by_id"),
        sa.Index(None, "court_id", "report_id"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    referral_id: UUID = Field(foreign_key="referrals.id")
    report_id: UUID | None = Field(default=None, foreign_key="reports.id")
    held_on: date
    kind: AttendanceKind = Field(sa_type=word(AttendanceKind, "kind"))
    reason: str | None = None  # of an absence, such as medical
    disputed: bool = False  # by the participant: counts as unverified until settled
    replaced_by_id: UUID | None = Field(default=None, foreign_key="attendances.id")
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
    known_at: datetime | None = None  # since when the court has known it so, where a version before said the same


class Release(CourtRow, table=True):
    """The participant's answer to one request: what the provider may share with whom, for what, from when until when.

    Releases of earlier versions were for the reports to the court, and could be taken back at any time.
    """

    __tablename__ = "releases"
    __table_args__ = (
        sa.Index(None, "court_id", "case_id", "ends_on"),
        sa.CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    provider_id: UUID = Field(foreign_key="providers.id")
    kind: ReleaseKind = Field(sa_type=word(ReleaseKind, "kind"))
    answer: ReleaseAnswer = Field(sa_type=word(ReleaseAnswer, "answer"))
    what: str  # the information named, in the words of the form that was signed
    purpose: str  # in those words too
    information: frozenset[ReleaseInformation] = Field(
        default=frozenset(ReleaseInformation),
        sa_type=Words(ReleaseInformation),
        sa_column_kwargs={"server_default": "attendance progress"},
    )
    recipients: frozenset[Recipient] = Field(
        default=frozenset({Recipient.COURT}),
        sa_type=Words(Recipient),
        sa_column_kwargs={"server_default": Recipient.COURT.value},
    )
    use: ReleasePurpose = Field(
        default=ReleasePurpose.MONITORING,
        sa_type=word(ReleasePurpose, "use"),
        sa_column_kwargs={"server_default": ReleasePurpose.MONITORING.value},
    )
    starts_on: date
    ends_on: date  # the last day on which it holds: the day of its event, once that has come
    until: ReleaseUntil = Field(
        default=ReleaseUntil.DATE,
        sa_type=word(ReleaseUntil, "until"),
        sa_column_kwargs={"server_default": ReleaseUntil.DATE.value},
    )
    event_on: date | None = None  # the day its event came
    binding: bool = Field(
        default=False, sa_column_kwargs={"server_default": sa.false()}
    )  # until its event: 42 CFR 2.35
    revoked_on: date | None = None  # from this day it no longer holds
    revoked_how: RevokedHow | None = Field(default=None, sa_type=word(RevokedHow, "revoked_how"))
    revoked_at: datetime | None = None  # when that was recorded
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
