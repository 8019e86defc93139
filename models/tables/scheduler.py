"""What the scheduler did: one row for each slot of each job, claimed by inserting it."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.rules.vocabulary import RunState
from models.tables.base import Row, word


class Run(Row, table=True):
    """One run of one job for one slot. The unique pair is the claim."""

    __tablename__ = "runs"
    __table_args__ = (sa.UniqueConstraint("job", "slot"), sa.Index(None, "job", "finished_at"))

    job: str
    slot: datetime  # the instant it was due
    started_at: datetime
    finished_at: datetime | None = None
    state: RunState = Field(sa_type=word(RunState, "state"))
    changed: int = 0  # rows written
    problem: str | None = None  # in words, without personal values


class Heartbeat(SQLModel, table=True):
    """The last sign of life of the scheduler."""

    __tablename__ = "heartbeats"

    name: str = Field(primary_key=True)
    beat_at: datetime


class SetAside(Row, table=True):
    """A case a job could not handle, kept where staff see it while the others went on."""

    __tablename__ = "set_aside"
    __table_args__ = (sa.UniqueConstraint("job", "subject_id"),)

    court_id: UUID = Field(foreign_key="courts.id")
    job: str
    subject_id: UUID
    attempts: int = 1
    try_again_at: datetime
    problem: str
    settled_at: datetime | None = None
