"""Moves of many cases as the screens make them: previewed, approved in one piece, and now and then undone.

An undo is exact: each case is back where it was, or its row says in words why not.
"""

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database, sitting
from models.commands.bulk_moves import Approval, approve
from models.commands.undoing import Undone, undo
from models.errors import Conflict
from models.queries.moves import change_of_session, preview
from models.rules.calendar_changes import CalendarChange
from models.rules.vocabulary import MoveCause, SessionState
from models.tables import Appearance, Closure, CourtSession, MovedCase
from tests.simulation.world import Broken, World

_CAUSES = (MoveCause.DAY_CLOSED, MoveCause.SESSION_CLOSED, MoveCause.FEWER_PLACES)
#: What says where an appearance stands on its session.
_PLACE = ("case_id", "court_session_id", "purpose", "minutes", "position")


def day(world: World) -> None:
    """Undo moves whose day has come, and move the cases of a day or a session now and then."""
    for move_id in [one for one, on in world.to_undo.items() if on <= world.today]:
        del world.to_undo[move_id]
        if _undo(world, move_id):
            world.counts["move undone days later"] += 1
    if world.happens(1 / 9):
        _move(world)


def _move(world: World) -> None:
    with database.reading(world.bind) as session:
        change = _change(world, session)
        if change is None:
            return
        seen = preview(session, world.clerk, change, today=world.today)
    before, within = _picture(world), _within_their_places(world)
    given: dict[str, Any] = {"token": world.token(), "plan": seen.plan, "stamp": seen.stamp(), "confirmed": True}
    approval = Approval(reason="The boiler is repaired.", **given)
    move_id = world.act(f"moved together: {change.cause}", partial(_approved, world, change, approval))
    if move_id is None:
        return
    world.counts["cases moved together"] += len(approval.plan)
    if world.happens(0.4) and _undo(world, move_id):
        world.counts["move undone at once"] += 1
        _all_as_before(world, move_id, before, within)
    elif world.happens(0.5):
        world.to_undo[move_id] = world.today + timedelta(days=world.chance.randint(1, 9))


def _change(world: World, session: Session) -> CalendarChange | None:
    """Choose what changes: a day closed, a session closed, or a session with half its places."""
    columns = (CourtSession.id, CourtSession.held_on, CourtSession.capacity_cases, CourtSession.capacity_minutes)
    ahead = sa.select(*map(col, columns)).where(
        col(CourtSession.state) == SessionState.OPEN,
        col(CourtSession.held_on).between(world.today + timedelta(days=2), world.today + timedelta(days=20)),
    )
    rows = session.execute(ahead.order_by(col(CourtSession.held_on), col(CourtSession.id))).all()
    if not rows:
        return None
    row, cause = world.chance.choice(rows), world.chance.choice(_CAUSES)
    if cause is MoveCause.DAY_CLOSED:
        return CalendarChange(cause=cause, first_on=row.held_on, last_on=row.held_on)
    fewer = (max(1, row.capacity_cases // 2), max(10, row.capacity_minutes // 2))
    return change_of_session(session, world.clerk, row.id, fewer if cause is MoveCause.FEWER_PLACES else None)


def _approved(world: World, change: CalendarChange, approval: Approval, session: Session) -> UUID:
    return approve(session, world.clerk, change, approval, now=world.now).id


def _undone(world: World, move_id: UUID, session: Session) -> Undone:
    return undo(session, world.clerk, move_id, now=world.now)


def _undo(world: World, move_id: UUID) -> bool:
    """Undo a move, once: each case is on its old session again as it was, or its row says why it stays."""
    if world.act("move undone", partial(_undone, world, move_id)) is None:
        return False
    for row in _moved(world, move_id):
        if (row.back_id is None) == (row.kept_reason is None):
            raise Broken(world.today, row.case_id, "to be back after an undo, or a reason why not")
        if row.back_id is None:
            world.counts["stayed after an undo, with a reason"] += 1
            continue
        exactly = all(getattr(row, f"was_{name}") == getattr(row, f"back_{name}") for name in _PLACE)
        if not exactly or row.moved_to_id != row.back_id or row.state != "moved":
            raise Broken(world.today, row.case_id, "to be back exactly where it was")
        world.counts["back after an undo"] += 1
    world.must_refuse("a move undone twice", None, Conflict, partial(_undone, world, move_id))
    return True


def _moved(world: World, move_id: UUID) -> Any:
    """Read each case of a move: the appearance it left, the one it got, and the one an undo made."""
    was, got, back = (sa.orm.aliased(Appearance) for _ in range(3))
    places = [
        getattr(one, name).label(f"{which}_{name}") for which, one in (("was", was), ("back", back)) for name in _PLACE
    ]
    columns = (col(MovedCase.case_id), col(MovedCase.back_id), col(MovedCase.kept_reason))
    return world.ask(
        sa.select(*columns, col(got.state), col(got.moved_to_id), *places)
        .join(was, col(was.id) == col(MovedCase.appearance_id))
        .join(got, col(got.id) == col(MovedCase.moved_to_id))
        .outerjoin(back, col(back.id) == col(MovedCase.back_id))
        .where(col(MovedCase.bulk_move_id) == move_id)
    )


def _picture(world: World) -> dict[str, Collection[Any]]:
    """Return the calendar to come: its sessions with their places, the closed days, and who is where in which turn."""
    coming = col(CourtSession.held_on) >= world.today
    sessions = (CourtSession.id, CourtSession.state, CourtSession.capacity_cases, CourtSession.capacity_minutes)
    places = [col(getattr(Appearance, name)) for name in (*_PLACE, "state")]
    on_them = sa.select(*places).join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    live = col(Appearance.state).in_(("scheduled", "proposed", "held"))
    closed = sa.select(col(Closure.closed_on), col(Closure.closed_from), col(Closure.confirmed_at).is_(None))
    return {
        "sessions": {tuple(row) for row in world.ask(sa.select(*map(col, sessions)).where(coming))},
        "closed": {tuple(row) for row in world.ask(closed)},
        "on them": {tuple(row) for row in world.ask(on_them.where(live, coming))},
    }


def _within_their_places(world: World) -> set[UUID]:
    """Return the open sessions that hold no more than their places: to these an undo can bring every case back."""
    with database.reading(world.bind) as session:
        ahead = sitting.open_sessions(session, world.clerk, world.today, world.today + timedelta(days=60))
    full = ((one.capacity_cases - one.booked_cases, one.capacity_minutes - one.booked_minutes) for one in ahead)
    return {one.id for one, left in zip(ahead, full, strict=True) if min(left) >= 0}


def _all_as_before(world: World, move_id: UUID, before: dict[str, Collection[Any]], within: set[UUID]) -> None:
    """After an undo at once the calendar is as it was, but for who was over the places of a session."""
    stayed = {row.case_id for row in _moved(world, move_id) if row.back_id is None}
    for row in _moved(world, move_id):
        if row.case_id in stayed and row.was_court_session_id in within:
            raise Broken(world.today, row.case_id, f"to be back at once, not: {row.kept_reason}")
    now = _picture(world)
    for name, rows in before.items():
        other = set(rows) ^ set(now[name])
        if left := {row for row in other if name != "on them" or row[0] not in stayed}:
            raise Broken(
                world.today, None, f"{name} as before the move that was undone, not {sorted(map(str, left))[:2]}"
            )
