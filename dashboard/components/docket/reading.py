"""What one drawing of the docket reads: the session the link names or the one that is meant, and what stands around it.

A fixed number of statements, whatever the session holds; what this tab has read already is asked for again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import store
from dashboard.again import ask
from dashboard.components.room import faces_room
from models.errors import NotFound
from models.queries.court_days import StripDay, strip
from models.queries.docket import Docket, docket
from models.queries.docket_removed import RemovedRow, removed
from models.queries.sittings import Sitting, meant
from models.queries.to_result import ToResult, to_result
from models.scope import Actor

_NOTHING_WAITS = ToResult(no_outcome=(), no_next_date=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Everything read for one drawing. `docket` is None on a civil day without a session; `row` is the link's row."""

    who: Actor
    today: date
    on: date
    days: tuple[StripDay, ...]
    docket: Docket | None = None
    waiting: ToResult = _NOTHING_WAITS
    removed: tuple[RemovedRow, ...] = ()
    row: UUID | None = None

    @property
    def day(self) -> StripDay:
        """The day in front, as the strip has it."""
        return next((day for day in self.days if day.on == self.on), StripDay(on=self.on, closed=None, sittings=()))


def read(who: Actor, today: date) -> Shown:
    """Read the docket that the address names, or the one that is meant on the civil date `today`."""
    on, named = _date("on"), _uuid("session")
    with store.reading() as session:
        found = _named(session, who, named, today)
        on = found.heading.on if found else on
        days = strip(session, who, on or today)
        if found is None and (one := _meant(days, on, today)):
            found = ask(session, who, docket, one.session_id, today=today)
        if found is None:
            return Shown(who=who, today=today, on=on or today, days=days)
        return Shown(
            who=who,
            today=today,
            on=found.heading.on,
            days=days,
            docket=found,
            waiting=ask(session, who, to_result, found.heading.part_id, today=today, faces_room=faces_room()),
            removed=removed(session, who, found, faces_room=faces_room()),
            row=_uuid("row"),
        )


def _named(session: Session, who: Actor, named: UUID | None, today: date) -> Docket | None:
    """Return the docket of the session that the link names; a session that is not there is as if none were named."""
    if named is None:
        return None
    try:
        return ask(session, who, docket, named, today=today)
    except NotFound:
        return None


def _meant(days: Sequence[StripDay], on: date | None, today: date) -> Sitting | None:
    """Return the session in front: of the day asked for (a closed one too), or the nearest to today."""
    sittings = [one for day in days for one in day.sittings if on in (None, day.on)]
    return meant(sittings, on or today) or next(iter(sittings if on else ()), None)


def _date(name: str) -> date | None:
    try:
        return date.fromisoformat(st.query_params.get(name, ""))
    except ValueError:
        return None


def _uuid(name: str) -> UUID | None:
    try:
        return UUID(st.query_params.get(name, ""))
    except ValueError:
        return None
