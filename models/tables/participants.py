"""The person and what the court must know to treat her rightly: names, languages, safety, safe ways to reach her."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from models.rules.vocabulary import ChannelKind, FlagKind
from models.tables.base import CourtRow, by_letters, word


class Person(CourtRow, table=True):
    """Identity, and nothing else, so that it can be sealed or destroyed as one."""

    __tablename__ = "persons"
    __table_args__ = (
        sa.Index(None, "court_id", "search_key"),
        sa.Index(None, "court_id", "date_of_birth"),
    )

    legal_name: str
    preferred_name: str | None = None
    preferred_script: str | None = None  # the preferred name as she writes it, such as 陈美
    pronunciation: str | None = None
    pronouns: str | None = None
    public_alias: str | None = None  # for the public list, instead of initials
    date_of_birth: date | None = None
    reported_age: int | None = None  # where no date of birth is known, in years at intake
    search_key: str  # names folded for finding: no case, no marks, one script


class NameKey(CourtRow, table=True):
    """One folded word of a person's names, and how it sounds: what a search by name reads."""

    __tablename__ = "name_keys"
    __table_args__ = (
        sa.Index(None, "court_id", "word", "person_id"),
        sa.Index(None, "court_id", "sound", "word"),
        sa.Index(None, "person_id"),
    )

    person_id: UUID = Field(foreign_key="persons.id")
    word: str = Field(sa_type=by_letters())
    sound: str = Field(sa_type=by_letters())


class Participant(CourtRow, table=True):
    """A person once in the program."""

    __tablename__ = "participants"
    __table_args__ = (sa.UniqueConstraint("court_id", "person_id"),)

    person_id: UUID = Field(foreign_key="persons.id")
    languages: list[str] = Field(default_factory=list, sa_type=sa.JSON)
    interpreter_language: str | None = None  # None: no interpreter needed
    reask_contact_on: date | None = None  # when to ask again which ways are safe
    no_reminders_since: date | None = None  # she asked for none, whatever was agreed to for one way or another


class SafetyFlag(CourtRow, table=True):
    """One thing everybody in the room must know. Ended, not deleted."""

    __tablename__ = "safety_flags"
    __table_args__ = (sa.Index(None, "court_id", "participant_id"),)

    participant_id: UUID = Field(foreign_key="participants.id")
    kind: FlagKind = Field(sa_type=word(FlagKind, "kind"))
    note: str | None = None
    since: date
    ended_on: date | None = None
    recorded_by: UUID = Field(foreign_key="users.id")
    recorded_at: datetime


class ContactChannel(CourtRow, table=True):
    """One way to reach the participant. Only those marked safe may be used."""

    __tablename__ = "contact_channels"
    __table_args__ = (sa.Index(None, "court_id", "participant_id"),)

    participant_id: UUID = Field(foreign_key="participants.id")
    kind: ChannelKind = Field(sa_type=word(ChannelKind, "kind"))
    value: str
    safe: bool = False
    note: str | None = None
    ended_on: date | None = None
    reminders: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})  # she agreed to them
