"""Notes and contacts of staff about a case."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import ChannelKind, NoteVisibility
from models.tables.base import CourtRow, word


class Note(CourtRow, table=True):
    """A note; the writer's own, or the team's."""

    __tablename__ = "notes"
    __table_args__ = (sa.Index(None, "court_id", "case_id", "written_at"), sa.UniqueConstraint("court_id", "token"))

    case_id: UUID = Field(foreign_key="cases.id")
    token: UUID
    visibility: NoteVisibility = Field(sa_type=word(NoteVisibility, "visibility"))
    text: str
    written_by: UUID = Field(foreign_key="users.id")
    written_at: datetime


class Contact(CourtRow, table=True):
    """A contact with the participant, or a try."""

    __tablename__ = "contacts"
    __table_args__ = (sa.Index(None, "court_id", "case_id", "made_on"), sa.UniqueConstraint("court_id", "token"))

    case_id: UUID = Field(foreign_key="cases.id")
    token: UUID
    channel: ChannelKind = Field(sa_type=word(ChannelKind, "channel"))
    reached: bool
    made_on: date
    note: str | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime
