"""Remove what only served the work and has had its time by the court's policy: in one transaction, recorded by counts."""

from collections.abc import Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models import audit
from models.aged import aged
from models.rules.permissions import Action
from models.rules.retention import Working
from models.scope import Actor, require


def remove_aged(session: Session, actor: Actor, *, now: datetime) -> Mapping[Working, int]:
    """Remove at an instant (UTC) what `queries.retention.removable` shows; return how many rows of each kind."""
    require(actor, Action.MANAGE_SETTINGS)
    gone = removed(session, actor, actor.today(now))
    audit.record(
        session,
        actor,
        "remove_aged",
        "court",
        actor.court_id,
        now=now,
        detail={what.value: rows for what, rows in gone.items()},
    )
    return gone


def removed(session: Session, actor: Actor, today: date) -> Mapping[Working, int]:
    """Remove what has had its time on a civil date; for whoever may, or for the scheduler where the policy says so."""
    connection = session.connection()
    return {
        kind.what: connection.execute(sa.delete(kind.row).where(*kind.gone)).rowcount for kind in aged(actor, today)
    }
