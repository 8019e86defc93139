"""The sessions of the patterns, and the calendar's gaps: no next date, no outcome, no interpreter, and what has had its day in court."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.commands.sweeps.interpreters import find_unbooked_interpreters
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.leaving import close_what_has_passed
from models.commands.sweeps.next_dates import give_next_dates
from models.commands.sweeps.outcomes import find_missing_outcomes
from models.commands.sweeps.sittings import open_ahead
from models.scope import Actor


def sittings(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Keep the sessions of every part's pattern open ahead."""
    return open_ahead(session, keeper, now=now)


def next_dates(session: Session, keeper: Actor, now: datetime, after: UUID | None) -> Swept:
    """Give every case in the program a next date, or a visible reason why not."""
    return give_next_dates(session, keeper, now=now, after=after)


def outcomes(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find appearances whose day has passed without an outcome."""
    return find_missing_outcomes(session, keeper, now=now)


def interpreters(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find coming appearances without the interpreter they need."""
    return find_unbooked_interpreters(session, keeper, now=now)


def passed(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Close promises that had their day in court, and what is open in cases that have left."""
    return close_what_has_passed(session, keeper, now=now)
