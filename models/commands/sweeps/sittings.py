"""The sessions of every part's pattern, kept open as far ahead as the policy says."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.sitting_patterns import open_pattern
from models.commands.sweeps.keeping import Swept
from models.scope import Actor
from models.tables import SittingPattern


def open_ahead(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Open what the patterns in force ask for and is not there; what a person has closed stays closed."""
    today = actor.today(now)
    last = today + timedelta(weeks=actor.policy_on(today).sessions.open_ahead_weeks)
    in_force = sa.select(col(SittingPattern.id)).where(
        col(SittingPattern.court_id) == actor.court_id,
        col(SittingPattern.from_on) <= last,
        sa.or_(col(SittingPattern.until_on).is_(None), col(SittingPattern.until_on) >= today),
    )
    found = session.scalars(in_force.order_by(col(SittingPattern.from_on), col(SittingPattern.id))).all()
    return Swept(sum(len(open_pattern(session, actor, one, last, now=now).sessions) for one in found))
