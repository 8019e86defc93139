"""Sweeping one court, and what is open afterwards."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import clock, database, scope
from models.commands.sweeps.everything import sweep_everything
from models.rules.vocabulary import (
    FollowUpKind,
)
from models.tables import Court, FollowUp
from tests.builders import NEW_YORK, TODAY


def sweep(engine: Engine, on: date = TODAY, name: str = "Harbor County Court") -> int:
    """Sweep one court early on a civil date and return what changed."""
    with database.transaction(engine) as session:
        court = session.exec(select(Court).where(col(Court.name) == name)).one()
        keeper = scope.keeper(session, court)
        return sweep_everything(session, keeper, now=clock.at(on, 6, 0, NEW_YORK))


def found_many(engine: Engine) -> list[Any]:
    """Return all open follow-ups."""
    with database.reading(engine) as session:
        is_open = (col(FollowUp.void_on).is_(None), col(FollowUp.done_on).is_(None))
        return list(session.execute(sa.select(*FollowUp.__table__.c).where(*is_open)).all())  # type: ignore[attr-defined]


def found(engine: Engine) -> dict[FollowUpKind, Any]:
    """Return the open follow-ups by kind; twice the same kind is an error."""
    rows = found_many(engine)
    by_kind = {row.kind: row for row in rows}
    assert len(by_kind) == len(rows)
    return by_kind
