"""One undo of a move of many cases: the calendar as it was before, and each case back where that is still possible.

What the court decided or arranged since stays; each case that stays says why. A move is undone once.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit, sitting
from models.commands import closures, places, sessions
from models.commands.moves import move
from models.errors import Conflict, Refused
from models.rules.court_days import CourtDays, why_not_sitting
from models.rules.moves import with_one_more
from models.rules.permissions import Action
from models.rules.putting_back import MovedThen, why_not_back
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, MoveCause, SessionState
from models.scope import Actor, load, own_cases, require
from models.tables import Appearance, BulkMove, Case, Closure, CourtSession, MovedCase
from models.tables.base import table_of

_REASON = "The move was undone."


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What an undo did: how many cases are back, how many stay (each says why), and what of the calendar stays."""

    back: int
    stay: int
    left: tuple[str, ...]  # in words: why a day or a session was not given back


@dataclass(slots=True, kw_only=True)
class _Moved:
    """A moved case with everything the rule looks at; the new appearance and its case still exist for the actor."""

    row: MovedCase
    old: Appearance
    new: Appearance
    case: Case


def undo(session: Session, actor: Actor, bulk_move_id: UUID, *, now: datetime) -> Undone:
    """Undo a move of many cases; NotFound, Conflict when it was undone before."""
    require(actor, Action.MANAGE_CALENDAR)
    undone = load(session, actor, BulkMove, bulk_move_id)
    moved = _moved(session, actor, undone)
    ids = {one.old.court_session_id for one in moved} | {one.new.court_session_id for one in moved}
    held = places.lock_all(session, actor, ids | {UUID(one["id"]) for one in undone.before})
    _claim(session, actor, undone, now)
    left = _give_back(session, actor, undone, held, now)
    session.flush()
    back = _put_back(session, actor, moved, held, now)
    session.flush()
    stay = _tell_sealed(session, undone)
    detail = {"back": back, "stay": len(moved) - back + stay, "calendar_stays": len(left)}
    audit.record(session, actor, "undo_bulk_move", "bulk_move", undone.id, now=now, detail=detail)
    return Undone(back=back, stay=detail["stay"], left=tuple(left))


def _moved(session: Session, actor: Actor, undone: BulkMove) -> list[_Moved]:
    """Return the moved cases that exist for the actor, in the order in which they were called on the old day."""
    old, new = sa.orm.aliased(Appearance), sa.orm.aliased(Appearance)
    rows = session.execute(
        sa.select(MovedCase, old, new, Case)
        .join(old, col(old.id) == col(MovedCase.appearance_id))
        .join(new, col(new.id) == col(MovedCase.moved_to_id))
        .join(Case, sa.and_(col(Case.id) == col(MovedCase.case_id), own_cases(actor)))
        .where(col(MovedCase.court_id) == actor.court_id, col(MovedCase.bulk_move_id) == undone.id)
        .order_by(col(old.court_session_id), col(old.position), col(old.id))
    )
    return [_Moved(row=row[0], old=row[1], new=row[2], case=row[3]) for row in rows]


def _claim(session: Session, actor: Actor, undone: BulkMove, now: datetime) -> None:
    """Mark the move undone; Conflict when somebody else has, even a moment ago."""
    table = table_of(BulkMove)
    claimed = session.execute(
        sa.update(BulkMove)
        .where(table.c.id == undone.id, table.c.undone_at.is_(None))
        .values(undone_at=now, undone_by=actor.person)
        .execution_options(synchronize_session="fetch")
    )
    if claimed.rowcount != 1:  # type: ignore[attr-defined]  # an update's result has it
        raise Conflict("This move was undone already. Its list says which cases went back, and which stayed and why.")


def _give_back(
    session: Session, actor: Actor, undone: BulkMove, held: dict[UUID, CourtSession], now: datetime
) -> list[str]:
    """Make the days, sessions and places as they were; return in words what cannot be."""
    left = []
    try:
        if undone.whole and undone.cause is MoveCause.DAY_CLOSED:
            _reopen_day(session, actor, undone, now)
    except Refused as refusal:
        left.append(str(refusal))
    for one in undone.before:
        try:
            _as_before(session, actor, undone, held[UUID(one["id"])], one, now)
        except Refused as refusal:
            left.append(str(refusal))
    return list(dict.fromkeys(left))


def _reopen_day(session: Session, actor: Actor, undone: BulkMove, now: datetime) -> None:
    day = (col(Closure.court_id) == actor.court_id, col(Closure.closed_on) == undone.first_on)
    closure = session.exec(select(Closure).where(*day)).first()
    if closure is not None:
        closures.remove_closure(session, actor, closure.id, now=now)
        session.flush()


def _as_before(
    session: Session, actor: Actor, undone: BulkMove, one: CourtSession, before: dict[str, str], now: datetime
) -> None:
    """Open a session again that this move closed, or give it the places it had; what somebody changed since stays."""
    if undone.capacity_cases is None:
        if one.state == SessionState.CLOSED and one.closed_reason == undone.reason:
            if any(away.judge_id == one.judge_id for away in sitting.away(session, actor, one.held_on, one.held_on)):
                raise Conflict("The judge is recorded as away still, so her sessions stay closed.")
            sessions.reopen_session(session, actor, one.id, now=now)
    elif (one.capacity_cases, one.capacity_minutes) == (undone.capacity_cases, undone.capacity_minutes):
        cases, minutes = int(before["cases"]), int(before["minutes"])
        sessions.change_session(session, actor, one.id, now=now, capacity_cases=cases, capacity_minutes=minutes)
    else:
        raise Conflict("The places of the session were changed since, so they stay as they are.")


def _put_back(
    session: Session, actor: Actor, moved: list[_Moved], held: dict[UUID, CourtSession], now: datetime
) -> int:
    """Put each case back that can go, one after the other, and write down why another stays; return how many went."""
    today = actor.today(now)
    days = sitting.court_days(session, actor)
    load = _load(session, actor, moved, held, days)
    again = _already_there(session, actor, moved)
    back = 0
    for one in moved:
        was = load.get(one.old.court_session_id)
        facts = _facts(actor, one, held, was, (one.case.id, one.old.court_session_id) in again)
        one.row.kept_reason = why_not_back(facts, today)
        if was and one.row.kept_reason is None:
            made = move(session, actor, one.new, held[was.id], _REASON, now=now, court_days=days)
            made.position, one.row.back_id = one.old.position, made.id
            load[was.id] = with_one_more(was, made.minutes, made.purpose)
            back += 1
        session.add(one.row)
    return back


def _load(
    session: Session, actor: Actor, moved: list[_Moved], held: dict[UUID, CourtSession], court_days: CourtDays
) -> dict[UUID, OpenSession]:
    """Return the old sessions that take place, with what is on them now."""
    days = [held[one.old.court_session_id].held_on for one in moved]
    if not days:
        return {}
    open_now = sitting.open_sessions(session, actor, min(days), max(days))
    return {
        one.id: one for one in open_now if one.id in held and not why_not_sitting(one.on, one.starts_at, court_days)
    }


def _already_there(session: Session, actor: Actor, moved: list[_Moved]) -> set[tuple[UUID, UUID]]:
    """Return which cases have another live appearance on an old session."""
    rows = session.execute(
        sa.select(col(Appearance.case_id), col(Appearance.court_session_id)).where(
            col(Appearance.court_id) == actor.court_id,
            col(Appearance.court_session_id).in_({one.old.court_session_id for one in moved}),
            col(Appearance.state).in_(sitting.TAKES_A_PLACE),
        )
    )
    return {(row[0], row[1]) for row in rows}


def _facts(
    actor: Actor, one: _Moved, held: dict[UUID, CourtSession], was: OpenSession | None, again: bool
) -> MovedThen:
    was_on = held[one.old.court_session_id].held_on
    return MovedThen(
        state=AppearanceState(one.new.state),
        stage=one.case.stage,
        now_on=held[one.new.court_session_id].held_on,
        was_on=was_on,
        was=was,
        on_it_again=again,
        purpose=one.new.purpose,
        minutes=one.new.minutes,
        new_minutes=actor.policy_on(was_on).sessions.minutes_per_intake,
    )


def _tell_sealed(session: Session, undone: BulkMove) -> int:
    """Say of the cases that no longer exist for anybody that they stay; return how many."""
    untold = (
        col(MovedCase.bulk_move_id) == undone.id,
        col(MovedCase.back_id).is_(None),
        col(MovedCase.kept_reason).is_(None),
    )
    why = "The case is no longer on the court's lists."
    done = session.execute(
        sa.update(MovedCase).where(*untold).values(kept_reason=why).execution_options(synchronize_session="fetch")
    )
    return int(done.rowcount)  # type: ignore[attr-defined]  # as above
