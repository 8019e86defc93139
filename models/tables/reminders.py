"""The outbox: reminders of appearances, each written once. No address and no text is kept, only what was done when."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import ChannelKind, ReminderState, WhyDropped
from models.tables.base import CourtRow, word


class Reminder(CourtRow, table=True):
    """One message about one appearance. Way, address and language are chosen when it is sent, from what then holds."""

    __tablename__ = "reminders"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "occurrence"),
        sa.Index(None, "court_id", "state", "due_on"),
        sa.Index(None, "court_id", "case_id"),
        sa.CheckConstraint("(state = 'dropped') = (dropped IS NOT NULL)", name="dropped_has_reason"),
        sa.CheckConstraint("state NOT IN ('claimed', 'sent') OR claimed_at IS NOT NULL", name="claimed_before_sent"),
    )

    case_id: UUID = Field(foreign_key="cases.id")
    appearance_id: UUID = Field(foreign_key="appearances.id")
    occurrence: str  # the appearance and the day the reminder is due: once each, however often it is swept
    days_before: int
    due_on: date  # the day it was to go out, in the court's zone
    held_on: date  # the day in court it tells, as it was when written
    state: ReminderState = Field(sa_type=word(ReminderState, "state"))
    dropped: WhyDropped | None = Field(default=None, sa_type=word(WhyDropped, "dropped"))
    approved_by: UUID | None = Field(default=None, foreign_key="users.id")
    approved_at: datetime | None = None
    claimed_at: datetime | None = None
    channel: ChannelKind | None = Field(default=None, sa_type=word(ChannelKind, "channel"))  # it went by, once claimed
    language: str | None = None  # of the text, as "es", once claimed
    sent_at: datetime | None = None
    written_at: datetime
    changed_at: datetime  # of the state
