"""What the court keeps of its own work: it goes when it has had its time."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.commands.sweeps.keeping import Swept
from models.commands.sweeps.retention import remove_by_itself
from models.scope import Actor


def retention(session: Session, keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Remove what only served the work, where the court's policy says so."""
    return remove_by_itself(session, keeper, now=now)
