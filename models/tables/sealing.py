"""Sealing, unsealing, vacating and expunging: the orders, what was sealed by them, and who must be told."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import AgencyKind, Stage
from models.tables.base import CourtRow, word

_IS_SEALED = "unsealed_at IS NULL"


class Agency(CourtRow, table=True):
    """Somebody outside the court who holds copies of its records and must be told when one is sealed."""

    __tablename__ = "agencies"
    __table_args__ = (sa.UniqueConstraint("court_id", "name"),)

    name: str
    kind: AgencyKind = Field(sa_type=word(AgencyKind, "kind"))
    how: str | None = None  # how it is told, such as an address or a desk
    active: bool = True


class Sealing(CourtRow, table=True):
    """One act that sealed one case or many; its notices can be fetched until a civil date."""

    __tablename__ = "sealings"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "token"),
        sa.Index(None, "court_id", "notices_until"),
    )

    token: UUID  # of the form it was approved from: the same approval twice is one sealing
    authority: str  # the statute or order it rests on, in words
    order_number: str | None = None
    ordered_on: date | None = None
    judge: str | None = None
    statutes: list[str] = Field(default_factory=list, sa_type=sa.JSON)  # whose charges it was about; none: named cases
    first_on: date | None = None  # the days on which they ended, both included
    last_on: date | None = None
    notices_until: date
    recorded_by: UUID | None = Field(default=None, foreign_key="users.id")  # None: put back after a restore
    recorded_at: datetime


class SealedCase(CourtRow, table=True):
    """One case of a sealing with what it had before; unsealed at most once, by an order of a court."""

    __tablename__ = "sealed_cases"
    __table_args__ = (
        sa.Index(None, "court_id", "sealing_id"),
        sa.Index(None, "court_id", "docket_number"),
        sa.Index(
            "uq_sealed_cases_sealed",
            "case_id",
            unique=True,
            sqlite_where=sa.text(_IS_SEALED),
            postgresql_where=sa.text(_IS_SEALED),
        ),
        sa.CheckConstraint(
            "(unsealed_at IS NULL) = (unsealed_by IS NULL) AND (unsealed_at IS NULL) = (order_number IS NULL)"
            " AND (unsealed_at IS NULL) = (ordered_on IS NULL) AND (unsealed_at IS NULL) = (judge IS NULL)"
            " AND (unsealed_at IS NULL) = (reason IS NULL)",
            name="unsealed_by_order",
        ),
    )

    sealing_id: UUID = Field(foreign_key="sealings.id")
    case_id: UUID = Field(foreign_key="cases.id")
    docket_number: str  # the case's own; while it is sealed the case bears none that anybody knows
    from_stage: Stage = Field(sa_type=word(Stage, "from_stage"))
    from_since: date
    sealed_on: date
    order_number: str | None = None  # of the court that unsealed it, as the next three
    ordered_on: date | None = None
    judge: str | None = None
    reason: str | None = None
    unsealed_by: UUID | None = Field(default=None, foreign_key="users.id")
    unsealed_at: datetime | None = None


class Vacatur(CourtRow, table=True):
    """An order that undoes a conviction; the record is to be sealed after it."""

    __tablename__ = "vacaturs"
    __table_args__ = (sa.UniqueConstraint("court_id", "token"), sa.Index(None, "court_id", "case_id"))

    case_id: UUID = Field(foreign_key="cases.id")
    token: UUID  # of the form it was recorded from
    ordered_on: date
    judge: str
    statute: str  # under which it was vacated
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class Expunging(CourtRow, table=True):
    """That one record was destroyed, on whose order, and when the database's files were clean of it. It names nobody."""

    __tablename__ = "expungings"
    __table_args__ = (sa.UniqueConstraint("court_id", "token"),)

    token: UUID  # of the form it was recorded from
    ordered_on: date
    judge: str
    statute: str
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
    cleaned_at: datetime | None = None  # the files hold nothing of it any more


class RemainingFact(CourtRow, table=True):
    """What an expunged case leaves for evaluation where the court's policy says so: years and counts, no day, no link."""

    __tablename__ = "remaining_facts"

    opened_year: int
    ended: Stage = Field(sa_type=word(Stage, "ended"))
    program: str | None = None
    sessions_agreed: int | None = None
    sessions_attended: int
