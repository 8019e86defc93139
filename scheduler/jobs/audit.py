"""The audit's checkpoints: what each chain ends with, signed and kept outside of the database."""

import os
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from models.audit.checkpoints import write
from models.commands.sweeps.keeping import Swept
from models.scope import Actor
from models.settings import Settings


def checkpoints(session: Session, _keeper: Actor, now: datetime, _after: UUID | None) -> Swept:
    """Sign the end of every court's chain that has grown; it changes nothing in the database."""
    write(session, Settings.from_env(os.environ), now=now)
    return Swept(0)
