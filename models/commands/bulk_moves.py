"""Moving many cases at once because the calendar changed: as one person approved it, from a fresh preview, once.

The change is made together with the last of its cases; approving only some moves those and leaves the calendar as it
is. What was done is kept as one row with its cases, for the notice list and for one undo (`models.commands.undoing`).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit, sitting
from models.commands import clearing, closures, places, sessions
from models.commands.clearing import Plan
from models.errors import Conflict, CourtClosed, Invalid
from models.rules import words
from models.rules.calendar_changes import MOST_AT_ONCE, CalendarChange, OnSession, last_called, stamp
from models.rules.permissions import Action
from models.rules.vocabulary import MoveCause, SessionState
from models.scope import Actor, require
from models.tables import Appearance, BulkMove, Case, CourtSession, MovedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What a person approved: which cases go where, and the preview it was read from; `token` makes it count once."""

    token: UUID
    reason: str
    plan: Plan  # of all cases, or of some
    stamp: str  # of the preview (`rules.calendar_changes.stamp`)
    confirmed: bool = False  # a second time, for more than MOST_AT_ONCE cases
    over_reason: str | None = None  # why a session may go over its places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What the change is about, locked: its sessions, the appearances on them in call order, and every target."""

    off: list[CourtSession]
    on_them: dict[UUID, Appearance]
    sessions: dict[UUID, CourtSession]
    whole: bool  # the plan leaves nothing on the sessions that should not be there


def approve(session: Session, actor: Actor, change: CalendarChange, approval: Approval, *, now: datetime) -> BulkMove:
    """Carry an approved plan out in one piece and return its row; the same token again returns the row of the first time.

    Conflict when the cases or a target session changed since the preview; Invalid for more cases than are moved
    unconfirmed, or none; NoRoom and CourtClosed as for any move.
    """
    require(actor, Action.MANAGE_CALENDAR)
    if made := _made_before(session, actor, approval.token):
        return made
    reason = clearing.words_for(approval.reason, "The reason")
    found = _locked(session, actor, change, approval.plan)
    if made := _made_before(session, actor, approval.token):  # by a second click that held the locks first
        return made
    _check(session, actor, change, approval, found, now)
    before = [_as_it_is(one) for one in found.off] if found.whole else []
    moved = _carried_out(session, actor, change, approval, found, reason, now)
    made = _row(actor, change, approval, found.whole, before, now)
    session.add(made)
    pairs = zip((one for one, _ in approval.plan), moved, strict=True)
    session.add_all(_moved(made, old, new) for old, new in pairs)
    detail = {"cause": change.cause, "from": change.first_on, "to": change.last_on, "moved": len(moved)}
    detail |= {"whole": found.whole}
    audit.record(session, actor, "approve_bulk_move", "bulk_move", made.id, now=now, detail=detail)
    return made


def _made_before(session: Session, actor: Actor, token: UUID) -> BulkMove | None:
    mine = (col(BulkMove.court_id) == actor.court_id, col(BulkMove.token) == token)
    return session.exec(select(BulkMove).where(*mine)).first()


def _locked(session: Session, actor: Actor, change: CalendarChange, plan: Plan) -> _Found:
    """Lock the sessions the change is about with the targets, and read what is on them now."""
    if change.session_id is not None:
        places.lock_open(session, actor, change.session_id, change.first_on)
    about = (
        select(CourtSession.id)
        .where(col(CourtSession.court_id) == actor.court_id, col(CourtSession.state) == SessionState.OPEN)
        .where(sitting.touched_by(change))
    )
    off, everything = clearing.locked_with_targets(session, actor, list(session.exec(about)), plan)
    on_them = clearing.appearances_on(session, actor, [one.id for one in off])
    left = set(on_them) - {one for one, _ in plan}
    whole = not left if change.closes else not left & set(_leaving(session, actor, change, left))
    return _Found(off=off, on_them=on_them, sessions=everything, whole=whole)


def _leaving(session: Session, actor: Actor, change: CalendarChange, staying: set[UUID]) -> tuple[UUID, ...]:
    """Return which of those that would stay do not fit the fewer places either, held ones counted."""
    rows = session.execute(
        sa.select(col(Appearance.id), col(Appearance.minutes), col(Appearance.outcome).is_not(None))
        .where(col(Appearance.court_id) == actor.court_id, col(Appearance.court_session_id) == change.session_id)
        .where(col(Appearance.state).in_(sitting.TAKES_A_PLACE))
        .order_by(col(Appearance.position), col(Appearance.id))
    )
    on_it = [OnSession(id=row[0], minutes=row[1], fixed=row[2]) for row in rows if row[2] or row[0] in staying]
    return last_called(on_it, change.capacity_cases, change.capacity_minutes)


def _check(
    session: Session, actor: Actor, change: CalendarChange, approval: Approval, found: _Found, now: datetime
) -> None:
    """Refuse in words: a day that has passed, a stale preview, too many at once, nobody, a target that falls away."""
    if change.first_on < actor.today(now):
        raise Invalid("That day has passed. Record 'adjourned by the court' for the cases that were on it.")
    named = {one for one, _ in approval.plan}
    targets = {target for _, target in approval.plan}
    fresh = _stamp(session, actor, found, targets)
    if fresh != approval.stamp or len(named) < len(approval.plan) or not named <= set(found.on_them):
        raise Conflict("The calendar or one of these cases changed meanwhile. Look at the plan again, then approve it.")
    if not named and not found.whole:
        raise Invalid("No case is chosen. Choose a session for at least one of them.")
    if len(named) > MOST_AT_ONCE and not approval.confirmed:
        raise Invalid(
            f"{words.count(len(named), 'case')} would move, more than {MOST_AT_ONCE} at once. "
            "Read the plan through and confirm the number, then approve it."
        )
    if targets & {one.id for one in found.off}:
        raise CourtClosed("A case would go to a session this is about. Choose another session for it.")


def _stamp(session: Session, actor: Actor, found: _Found, targets: set[UUID]) -> str:
    """Return the stamp of the present facts."""
    versions = session.execute(
        sa.select(col(Appearance.id), col(Case.version))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(col(Appearance.court_id) == actor.court_id, col(Appearance.id).in_(found.on_them))
    )
    days = [found.sessions[target].held_on for target in targets]
    open_now = sitting.open_sessions(session, actor, min(days), max(days)) if days else ()
    return stamp([(row[0], row[1]) for row in versions], [one for one in open_now if one.id in targets])


def _carried_out(
    session: Session,
    actor: Actor,
    change: CalendarChange,
    approval: Approval,
    found: _Found,
    reason: str,
    now: datetime,
) -> tuple[Appearance, ...]:
    """Move the cases, and make the change itself when nothing is left that stands against it."""
    plan, over = approval.plan, approval.over_reason
    if found.whole and change.cause is MoveCause.DAY_CLOSED:
        hour = change.closed_from
        closed = closures.close_day(
            session, actor, change.first_on, reason, plan, now=now, closed_from=hour, over_reason=over
        )
        return closed.moved
    if found.whole and change.closes:
        return clearing.clear(session, actor, found.off, found.sessions, plan, reason, now=now, over_reason=over)
    moved = clearing.move_all(session, actor, found.on_them, found.sessions, plan, reason, now=now, over_reason=over)
    if found.whole:
        session.flush()
        cases, minutes = change.capacity_cases, change.capacity_minutes
        sessions.change_session(
            session, actor, found.off[0].id, now=now, capacity_cases=cases, capacity_minutes=minutes
        )
    return moved


def _as_it_is(one: CourtSession) -> dict[str, str]:
    return {"id": str(one.id), "cases": str(one.capacity_cases), "minutes": str(one.capacity_minutes)}


def _row(
    actor: Actor, change: CalendarChange, approval: Approval, whole: bool, before: list[dict[str, str]], now: datetime
) -> BulkMove:
    smaller = not change.closes
    return BulkMove(
        court_id=actor.court_id,
        token=approval.token,
        cause=change.cause,
        first_on=change.first_on,
        last_on=change.last_on,
        closed_from=change.closed_from,
        session_id=change.session_id,
        judge_id=change.judge_id,
        capacity_cases=change.capacity_cases if smaller else None,
        capacity_minutes=change.capacity_minutes if smaller else None,
        reason=clearing.words_for(approval.reason, "The reason"),
        whole=whole,
        before=before,
        recorded_by=actor.person,
        recorded_at=now,
    )


def _moved(made: BulkMove, appearance_id: UUID, new: Appearance) -> MovedCase:
    return MovedCase(
        court_id=made.court_id,
        bulk_move_id=made.id,
        case_id=new.case_id,
        appearance_id=appearance_id,
        moved_to_id=new.id,
    )
