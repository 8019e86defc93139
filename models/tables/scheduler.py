"""What the scheduler did: one row for each slot of each job in each court, and the cases it had to set aside."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.rules.vocabulary import RunState
from models.tables.base import CourtRow, word


class Run(CourtRow, table=True):
    """One job's run of one slot for one court. The unique key is the claim; work and claim are committed together.

    Long work is committed in parts: `reached` is the last case of the last part, from which the next one goes on.
    """

    __tablename__ = "runs"
    __table_args__ = (sa.UniqueConstraint("court_id", "job", "slot"), sa.Index(None, "court_id", "job", "finished_at"))

    job: str
    slot: datetime  # the instant it was due
    next_slot: datetime  # the instant the job is due again
    missed: int = 0  # slots before this one that passed without a run; this run made up for them
    started_at: datetime
    finished_at: datetime | None = None
    state: RunState = Field(sa_type=word(RunState, "state"))
    attempts: int = 1
    reached: UUID | None = None
    changed: int = 0  # rows written
    problem: str | None = None  # in words, without personal values


class Heartbeat(SQLModel, table=True):
    """The last sign of life of the scheduler."""

    __tablename__ = "heartbeats"

    name: str = Field(primary_key=True)
    beat_at: datetime


class SetAside(CourtRow, table=True):
    """A case a job could not handle, kept where staff see it while the others went on."""

    __tablename__ = "set_aside"
    __table_args__ = (sa.UniqueConstraint("court_id", "job", "subject_id"),)

    job: str
    subject_id: UUID
    attempts: int = 1
    try_again_at: datetime
    problem: str
    settled_at: datetime | None = None
