"""The preview of a removal: how many rows of which age would go, before anything goes."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Session

from models import clock
from models.aged import aged
from models.rules.permissions import Action
from models.rules.retention import Working
from models.scope import Actor, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Removable:
    """One kind: how many rows ended before the first civil date that is kept, and when the first of them did."""

    what: Working
    kept_from: date
    rows: int
    oldest: date | None


def removable(session: Session, viewer: Actor, *, today: date) -> tuple[Removable, ...]:
    """Return what a removal on a civil date would remove by the court's policy, a statement for each kind."""
    require(viewer, Action.MANAGE_SETTINGS)
    found = []
    for kind in aged(viewer, today):
        counted = sa.select(sa.func.count(), sa.func.min(kind.ended)).select_from(kind.row).where(*kind.gone)
        rows, oldest = session.execute(counted).one()
        if isinstance(oldest, datetime):
            oldest = clock.court_day(oldest, viewer.zone)
        found.append(Removable(what=kind.what, kept_from=kind.kept_from, rows=rows, oldest=oldest))
    return tuple(found)
