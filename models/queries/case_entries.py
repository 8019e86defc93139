"""One entry in the history of a case, and how the histories of many tables become one.

An entry holds the court's words as members of the vocabulary; the screen has their texts. What is read here is one
case's and the caller has authorised.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.facts.statements import Statement
from models.tables import User

Line = Mapping[Any, Any]


class Topic(StrEnum):
    """What an entry is about; the screen filters by it."""

    COURT = "court"
    SESSIONS = "sessions"
    REPORTS = "reports"
    RESPONSES = "responses"
    SERVICES = "services"
    NOTES = "notes"  # and contacts


class What(StrEnum):
    """What kind of fact an entry is."""

    APPEARANCE = "appearance"
    STAGE = "stage"
    MANDATE = "mandate"
    PHASE = "phase"
    ACD = "acd"
    GATE = "gate"
    WARRANT = "warrant"
    ARREST = "arrest"
    STANDING = "standing"
    SESSION = "session"
    REPORT = "report"
    RESPONSE = "response"
    REFERRAL = "referral"
    RELEASE = "release"
    NOTE = "note"
    CONTACT = "contact"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One fact on its civil date `on`, with who recorded it and when (UTC).

    `subject` and `state` are members of the vocabulary; `about` names a part, a provider or a phase; `words` are what
    somebody wrote. `over` marks what was corrected, moved or replaced: it stays, and no longer counts.
    """

    on: date
    topic: Topic
    what: What
    subject: StrEnum | None = None
    state: StrEnum | None = None
    about: str | None = None
    words: str | None = None
    by: str | None = None  # None: the scheduler
    at: datetime | None = None
    over: bool = False
    over_since: datetime | None = None  # None: since nobody knows when


@dataclass(frozen=True, slots=True)
class Source:
    """One case of one court to read from; `people` are the display names of the court's users."""

    session: Session
    court_id: UUID
    case_id: UUID
    people: Mapping[UUID | None, str]

    def rows(self, table: Any, statement: Statement | None = None) -> Iterator[Line]:
        """Yield the case's rows of a table as columns: all of them, or those that `statement` chooses and joins."""
        chosen = all_columns(table).order_by(table.id) if statement is None else statement
        mine = chosen.where(col(table.court_id) == self.court_id, col(table.case_id) == self.case_id)
        yield from self.session.execute(mine).mappings()

    def recorded(self, row: Line) -> dict[str, Any]:
        """Return who recorded a row and when, as an entry takes them."""
        return {"by": self.people.get(row["recorded_by"]), "at": row["recorded_at"]}


def all_columns(table: Any, *more: sa.ColumnElement[Any]) -> Statement:
    """Return a SELECT of every column of a table, and `more`."""
    return sa.select(table.__table__, *more)


def people_of(session: Session, court_id: UUID) -> dict[UUID | None, str]:
    """Return the display names of a court's users, those who have left included."""
    rows = session.execute(sa.select(col(User.id), col(User.display_name)).where(col(User.court_id) == court_id))
    return {row.id: row.display_name for row in rows}


def in_time_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with the newest day first; within a day, what was recorded last stands first."""
    oldest_first = sorted(entries, key=lambda entry: (entry.on, _instant(entry)))
    return tuple(oldest_first[::-1])  # equal keys too: of two steps at one instant the later one stands first


def sentences(*parts: str | None) -> str | None:
    """Return the parts that say something as one text; None where none does."""
    said = [part.strip() for part in parts if part and part.strip()]
    return " ".join(part if part[-1] in ".?!" else f"{part}." for part in said) or None


def _instant(entry: Entry) -> float:
    return entry.at.timestamp() if entry.at else 0.0
