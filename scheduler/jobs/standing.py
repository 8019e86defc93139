"""How cases stand, and what rests on it: nothing done, ready to go on."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.commands.sweeps.judged import find_nothing_done, find_ready
from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.standings import judge_standings
from models.scope import Actor


def standings(session: Session, keeper: Actor, now: datetime, after: UUID | None) -> Swept:
    """Judge again the cases whose facts or dates can have changed."""
    return judge_standings(session, keeper, now=now, after=after)


def nothing_done(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Make the court's own inaction visible."""
    return find_nothing_done(session, keeper, now=now)


def ready(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Find who may advance or complete."""
    return find_ready(session, keeper, now=now)
