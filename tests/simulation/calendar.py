"""The calendar's own troubles: days closed at short notice, judges away, dates moved and taken off."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database, sitting
from models.commands.appearances import move_appearance, remove_appearance
from models.commands.closures import close_day
from models.commands.judge_absences import record_absence
from models.commands.sessions import close_session
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, SessionState
from models.tables import Appearance, CourtSession, Part
from tests.simulation.world import Statement, World

_ON_ITS_WAY = (AppearanceState.SCHEDULED, AppearanceState.PROPOSED)


def day(world: World) -> None:
    """Let the calendar's troubles of one day happen."""
    if world.happens(1 / 15):
        _close_a_day(world)
    if world.happens(1 / 25):
        _close_a_session(world)
    if world.happens(1 / 16):
        _judge_away(world)
    coming = _coming(col(CourtSession.held_on) > world.today)
    for row in world.ask(coming):
        if world.happens(0.005):
            _move(world, row)
        elif world.happens(0.0006):
            why = "In hospital; a date is set when she is home."

            def removed(session: Session, row: Any = row, why: str = why) -> object:
                return remove_appearance(session, world.clerk, row.id, why, now=world.now)

            world.act("appearance removed", removed)


def _coming(which: sa.ColumnElement[bool]) -> Statement:
    return (
        sa.select(col(Appearance.id), col(Appearance.minutes), col(CourtSession.held_on), col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.state).in_(_ON_ITS_WAY), which)
        .order_by(col(Appearance.position), col(Appearance.id))
    )


def _open(world: World, first: date, last: date) -> list[OpenSession]:
    with database.reading(world.bind) as session:
        return list(sitting.open_sessions(session, world.clerk, first, last))


def first_with_room(world: World, part_id: UUID, first: date, *, minutes: int) -> UUID | None:
    """Return the first session of a part from a day on that has room for so many minutes."""
    part = world.ask(sa.select(col(Part.name)).where(col(Part.id) == part_id))[0][0]
    coming = _open(world, first, first + timedelta(days=60))
    return next((one.id for one in coming if one.part == part and one.has_room(minutes)), None)


def _plan(world: World, rows: Any, off: date) -> list[tuple[UUID, UUID]]:
    """Return where each case goes: the first session after `off` with room, counting those that go there, too."""
    coming = [one for one in _open(world, world.today + timedelta(days=1), off + timedelta(days=60)) if one.on > off]
    taken: dict[UUID, int] = {}
    plan = []
    for row in rows:
        for one in coming:
            more = taken.get(one.id, 0)
            cases = one.booked_cases + more + 1 <= one.capacity_cases
            if cases and one.booked_minutes + 10 * (more + 1) <= one.capacity_minutes:
                taken[one.id] = more + 1
                plan.append((row.id, one.id))
                break
    return plan


def _session_ahead(world: World) -> Any:
    ahead = sa.select(col(CourtSession.id), col(CourtSession.held_on)).where(
        col(CourtSession.state) == SessionState.OPEN,
        col(CourtSession.held_on).between(world.today + timedelta(days=2), world.today + timedelta(days=20)),
    )
    rows = world.ask(ahead.order_by(col(CourtSession.held_on), col(CourtSession.id)))
    return world.chance.choice(rows) if rows else None


def _close_a_day(world: World) -> None:
    """Close the court on a day that has a session; everybody on it goes elsewhere, in one act."""
    chosen = _session_ahead(world)
    if chosen is None:
        return
    off: date = chosen.held_on
    plan = _plan(world, world.ask(_coming(col(CourtSession.held_on) == off)), off)

    def closed(session: Session) -> object:
        why = "The water main broke."
        over = "No other day is near enough."
        return close_day(session, world.clerk, off, why, plan, now=world.now, over_reason=over)

    if world.act("day closed", closed) is not None:
        world.counts["moved off a closed day"] += len(plan)


def _close_a_session(world: World) -> None:
    chosen = _session_ahead(world)
    if chosen is None:
        return
    plan = _plan(world, world.ask(_coming(col(Appearance.court_session_id) == chosen.id)), chosen.held_on)
    why = "Judicial training."
    world.act(
        "session closed", lambda session: close_session(session, world.clerk, chosen.id, why, plan, now=world.now)
    )


def _judge_away(world: World) -> None:
    away, sits = world.chance.sample(world.judge_ids, 2)
    first = world.today + timedelta(days=world.chance.randint(1, 20))

    def recorded(session: Session) -> object:
        given: dict[str, Any] = {"substitute_id": sits, "reason": "Leave."}
        return record_absence(session, world.clerk, away, first, first + timedelta(days=6), now=world.now, **given)

    world.act("judge away, another sits", recorded)


def _move(world: World, row: Any) -> None:
    plan = _plan(world, [row], row.held_on)
    for appearance_id, target in plan:
        why = "Counsel is on trial."

        def moved(session: Session, one: UUID = appearance_id, to: UUID = target, why: str = why) -> object:
            return move_appearance(session, world.clerk, one, to, why, now=world.now)

        world.act("appearance moved", moved)
