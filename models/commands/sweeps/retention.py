"""What has had its time goes by itself, where the court's policy says so."""

from datetime import datetime

from sqlmodel import Session

from models.commands.retention import removed
from models.commands.sweeps.keeping import Swept
from models.scope import Actor


def remove_by_itself(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Remove what only served the work; nothing while the policy leaves it to somebody to ask for it."""
    today = actor.today(now)
    if not actor.policy_on(today).retention.by_itself:
        return Swept(0)
    return Swept(sum(removed(session, actor, today).values()))
