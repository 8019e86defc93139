"""The rows that have had their time, as conditions: the preview counts by them, and the removal removes by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel, col

from models import clock
from models.rules.retention import Working, first_kept
from models.rules.vocabulary import RunState
from models.scope import Actor
from models.tables import FeedToken, Reminder, Run, UserSession
from models.tables.base import table_of


@dataclass(frozen=True, slots=True)
class Aged:
    """One kind: the first civil date that is kept, its table, when a row ended, and which rows go."""

    what: Working
    kept_from: date
    row: type[SQLModel]
    ended: Any
    gone: Sequence[sa.ColumnElement[bool]]


def aged(actor: Actor, today: date) -> tuple[Aged, ...]:
    """Return the kinds that the court's policy lets go on a civil date."""
    kept = first_kept(actor.policy_on(today).retention, today)
    return tuple(_aged(actor, what, day) for what, day in kept.items())


def _aged(actor: Actor, what: Working, kept_from: date) -> Aged:
    row, ended = _ENDED[what]
    first = kept_from if what is Working.REMINDERS else clock.at(kept_from, 0, 0, actor.zone)
    gone = [table_of(row).c.court_id == actor.court_id, ended < first]
    return Aged(what, kept_from, row, ended, [*gone, _NOT_THE_LAST] if what is Working.RUNS else gone)


_ENDED: dict[Working, tuple[type[SQLModel], Any]] = {
    Working.SIGN_INS: (UserSession, col(UserSession.ended_at)),
    Working.FEED_ADDRESSES: (FeedToken, col(FeedToken.revoked_at)),
    Working.REMINDERS: (Reminder, col(Reminder.held_on)),
    Working.RUNS: (Run, col(Run.finished_at)),
}

_later = table_of(Run).alias()
#: From the last run of a job that came to its end the scheduler knows what it has missed.
_NOT_THE_LAST = sa.exists().where(
    _later.c.court_id == col(Run.court_id),
    _later.c.job == col(Run.job),
    _later.c.slot > col(Run.slot),
    _later.c.state == RunState.SUCCEEDED,
)
