"""Days on which the court does not sit: proposed from a holiday list, confirmed by a person, added, removed.

A holiday list only proposes; nothing counts until somebody of the court has confirmed it. A day with cases on it is
closed only together with a plan for each of them.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands import clearing
from models.commands.clearing import Plan
from models.errors import Conflict, Invalid
from models.rules import words
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, load, require
from models.tables import Appearance, Closure, CourtSession


@dataclass(frozen=True, kw_only=True)
class ClosedDay:
    """What closing a day did: the sessions closed, and the appearances on their new days."""

    closure: Closure
    sessions: int
    moved: tuple[Appearance, ...]


def propose_holidays(session: Session, actor: Actor, year: int, *, now: datetime, state: str | None = None) -> int:
    """Propose the public holidays of a year from tomorrow on, and return how many are new; none of them counts yet.

    `state` is the two-letter code of a US state whose own holidays come with the federal ones.
    """
    require(actor, Action.MANAGE_CALENDAR)
    import holidays  # slow to load, and needed once a year

    try:
        found = holidays.country_holidays("US", subdiv=state, years=year)
    except NotImplementedError:
        raise Invalid("There is no list of holidays for that state. Choose one of the list.") from None
    known = set(session.scalars(sa.select(col(Closure.closed_on)).where(col(Closure.court_id) == actor.court_id)))
    coming = {day: name for day, name in found.items() if day > actor.today(now) and day.weekday() < 5}
    new = [
        Closure(court_id=actor.court_id, closed_on=day, name=name)
        for day, name in sorted(coming.items())
        if day not in known
    ]
    session.add_all(new)
    detail = {"year": year, "proposed": len(new)}
    audit.record(session, actor, "propose_holidays", "court", actor.court_id, now=now, detail=detail)
    return len(new)


def confirm_closures(session: Session, actor: Actor, closure_ids: Collection[UUID], *, now: datetime) -> int:
    """Confirm proposed closures and return how many; sessions without a case on those days close with them.

    Conflict when a session of such a day has cases: that day is closed with `close_day`.
    """
    require(actor, Action.MANAGE_CALENDAR)
    proposed = [load(session, actor, Closure, closure_id) for closure_id in dict.fromkeys(closure_ids)]
    for closure in proposed:
        if closure.closed_on < actor.today(now):
            raise Invalid("A proposed day has passed. Remove it from the list.")
        _confirm(session, actor, closure, now)
    return len(proposed)


def add_closure(
    session: Session, actor: Actor, day: date, name: str, *, now: datetime, closed_from: time | None = None
) -> Closure:
    """Add a day on which the court does not sit, or not from a wall time on; Conflict when it is there already, or cases are on it."""
    require(actor, Action.MANAGE_CALENDAR)
    closure = _closure(session, actor, day, clearing.words_for(name, "The name of the day"), now, closed_from)
    _confirm(session, actor, closure, now)
    return closure


def remove_closure(session: Session, actor: Actor, closure_id: UUID, *, now: datetime) -> None:
    """Remove a coming closure or decline a proposal; sessions closed with it stay closed until reopened.

    Invalid when the day has passed: deadlines were counted with it.
    """
    require(actor, Action.MANAGE_CALENDAR)
    closure = load(session, actor, Closure, closure_id)
    if closure.confirmed_at is not None and closure.closed_on < actor.today(now):
        raise Invalid("That day has passed, and deadlines were counted with it. It stays.")
    session.delete(closure)
    detail = {"on": closure.closed_on, "confirmed": closure.confirmed_at is not None}
    audit.record(session, actor, "remove_closure", "closure", closure.id, now=now, detail=detail)


def close_day(
    session: Session,
    actor: Actor,
    day: date,
    name: str,
    plan: Plan,
    *,
    now: datetime,
    closed_from: time | None = None,
    over_reason: str | None = None,
) -> ClosedDay:
    """Close a day, or its sessions from a wall time on, and move every case on them as the plan says, in one piece.

    Conflict when the plan does not name exactly the cases on them now; NoRoom and CourtClosed as for any move.
    """
    require(actor, Action.MANAGE_CALENDAR)
    closure = _closure(session, actor, day, clearing.words_for(name, "The name of the day"), now, closed_from)
    sessions = _sessions_on(session, actor, closure)
    off, targets = clearing.locked_with_targets(session, actor, sessions, plan)
    closure.confirmed_by, closure.confirmed_at = actor.person, now
    session.add(closure)
    moved = clearing.clear(session, actor, off, targets, plan, closure.name, now=now, over_reason=over_reason)
    detail = {"on": day, "from": closed_from, "sessions": len(off), "moved": len(moved)}
    audit.record(session, actor, "close_day", "closure", closure.id, now=now, detail=detail)
    return ClosedDay(closure=closure, sessions=len(off), moved=moved)


def _closure(session: Session, actor: Actor, day: date, name: str, now: datetime, closed_from: time | None) -> Closure:
    """Return the proposal for a day under its new name, or a new closure; Conflict when so much of it is closed already.

    A day that is closed from an hour on may be closed from an earlier one, or as a whole.
    """
    if day < actor.today(now):
        raise Invalid("That day has passed. Record 'adjourned by the court' for the cases that were on it.")
    found = session.exec(
        select(Closure).where(col(Closure.court_id) == actor.court_id, col(Closure.closed_on) == day)
    ).first()
    if found and found.confirmed_at is not None and not _wider(closed_from, found.closed_from):
        since = f" from {words.clock(found.closed_from)}" if found.closed_from else ""
        raise Conflict(f"{words.day(day, day)} is closed{since} already.")
    closure = found or Closure(court_id=actor.court_id, closed_on=day, name=name)
    closure.name, closure.closed_from = name, closed_from
    return closure


def _wider(closed_from: time | None, than: time | None) -> bool:
    """Tell whether a day is closed for longer; None is the whole day."""
    return than is not None and (closed_from is None or closed_from < than)


def _confirm(session: Session, actor: Actor, closure: Closure, now: datetime) -> None:
    """Confirm one closure and close the day's sessions, on which there must be no case."""
    sessions = _sessions_on(session, actor, closure)
    off, targets = clearing.locked_with_targets(session, actor, sessions, ())
    on_them = clearing.appearances_on(session, actor, sessions)
    if on_them:
        cases = f"{'is' if len(on_them) == 1 else 'are'} {words.count(len(on_them), 'case')}"
        raise Conflict(
            f"There {cases} on {words.day(closure.closed_on, closure.closed_on)}. Close that day with a plan for them."
        )
    closure.confirmed_by, closure.confirmed_at = actor.person, now
    session.add(closure)
    clearing.clear(session, actor, off, targets, (), closure.name, now=now)
    detail = {"on": closure.closed_on, "from": closure.closed_from, "sessions": len(off)}
    audit.record(session, actor, "confirm_closure", "closure", closure.id, now=now, detail=detail)


def _sessions_on(session: Session, actor: Actor, closure: Closure) -> list[UUID]:
    """Return the ids of the open sessions that a closure keeps from sitting."""
    statement = select(CourtSession.id).where(
        col(CourtSession.court_id) == actor.court_id,
        col(CourtSession.held_on) == closure.closed_on,
        col(CourtSession.starts_at) >= (closure.closed_from or time.min),
        col(CourtSession.state) == SessionState.OPEN,
    )
    return list(session.exec(statement))
