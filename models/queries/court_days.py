"""The court days around a day, as a strip: what sits on each, how much is booked, and which are closed and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.queries.sittings import Sitting, sittings
from models.rules.court_days import CourtDays
from models.rules.vocabulary import SessionState
from models.scope import Actor
from models.tables import Closure

BACK = timedelta(days=8)
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class StripDay:
    """One civil day: its sessions, and the name of the closure when the court does not sit."""

    on: date
    closed: str | None
    sittings: tuple[Sitting, ...]

    @property
    def booked(self) -> int:
        """The cases on the day's open sessions."""
        return sum(one.booked for one in self.sittings if one.state is SessionState.OPEN)


def strip(session: Session, viewer: Actor, around: date) -> tuple[StripDay, ...]:
    """Return about twelve court days with `around` among them, in two statements; weekends only where a session sits."""
    first, last = around - BACK, around + AHEAD
    by_day: dict[date, list[Sitting]] = {}
    for one in sittings(session, viewer, first, last):
        by_day.setdefault(one.on, []).append(one)
    closures = _closures(session, viewer, first, last)
    shown = (day for day in _days(first, last) if day.weekday() not in CourtDays().weekend or day in by_day)
    return tuple(StripDay(on=day, closed=closures.get(day), sittings=tuple(by_day.get(day, ()))) for day in shown)


def _days(first: date, last: date) -> Iterable[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _closures(session: Session, viewer: Actor, first: date, last: date) -> dict[date, str]:
    """Return the name of each closure of a whole day that the clerk has confirmed."""
    rows = session.execute(
        sa.select(col(Closure.closed_on), col(Closure.name)).where(
            col(Closure.court_id) == viewer.court_id,
            col(Closure.closed_on).between(first, last),
            col(Closure.confirmed_at).is_not(None),
            col(Closure.closed_from).is_(None),
        )
    )
    return {row[0]: row[1] for row in rows}
