"""Places on a court session: counted while the session is locked, so that two writers never share the last one.

For the commands that put a case on a session. It refuses in words and changes no row.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.typed import line
from models.errors import Conflict, CourtClosed, Invalid, NoRoom, NotFound
from models.rules import words
from models.rules.capacity import Load
from models.rules.court_days import CourtDays, why_closed
from models.rules.vocabulary import CapacityBy, InterpreterState, Purpose, SessionState
from models.scope import Actor
from models.sitting import TAKES_A_PLACE
from models.tables import Appearance, Case, Closure, CourtSession, JudgeAbsence, Participant


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A free place on a session: its position in the call order, and what the case needs there."""

    position: int
    interpreter_language: str | None
    over: bool  # beyond the session's places, with a reason

    @property
    def interpreter(self) -> InterpreterState:
        """Whether an interpreter is still to be booked: nobody has yet for this day."""
        return InterpreterState.NEEDED if self.interpreter_language else InterpreterState.NOT_NEEDED


def lock(session: Session, actor: Actor, session_id: UUID) -> CourtSession:
    """Return a session of the actor's court, locked and fresh until the transaction ends; NotFound without one.

    SQLite has locked the whole database already. Lock before writing audit, and several in the order of their ids.
    """
    found = lock_all(session, actor, [session_id])
    return found[session_id]


def lock_open(session: Session, actor: Actor, session_id: UUID, today: date) -> CourtSession:
    """Lock a session that takes place today or later; CourtClosed or Invalid for any other, NotFound without one."""
    found = lock(session, actor, session_id)
    check_open(found, today)
    return found


def lock_all(session: Session, actor: Actor, session_ids: Iterable[UUID]) -> dict[UUID, CourtSession]:
    """Return sessions of the actor's court by id, locked in the order of their ids; NotFound when one is missing."""
    wanted = set(session_ids)
    held = _held(session, actor)
    if missing := [session_id for session_id in wanted if session_id not in held]:
        given = {"court_id": actor.court_id, "session_ids": missing}
        held |= {sitting.id: sitting for sitting in session.scalars(_locking(), given)}
    if any(session_id not in held for session_id in missing):
        raise NotFound
    return {session_id: held[session_id] for session_id in wanted}


def _held(session: Session, actor: Actor) -> dict[UUID, CourtSession]:
    """Return what this transaction has locked already; in a savepoint nothing, which may give its locks back."""
    begun = session.get_transaction()
    if begun is None or session.in_nested_transaction():
        return {}
    key = ("court sessions locked", actor.court_id)
    by_transaction = session.info.get(key)
    if by_transaction is None or by_transaction[0] is not begun:
        by_transaction = session.info[key] = (begun, {})
    held: dict[UUID, CourtSession] = by_transaction[1]
    return held


@cache
def _locking() -> sa.Select[CourtSession]:
    return (
        sa.select(CourtSession)
        .where(
            col(CourtSession.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
            col(CourtSession.id).in_(sa.bindparam("session_ids", type_=sa.Uuid, expanding=True)),
        )
        .order_by(col(CourtSession.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def check_open(sitting: CourtSession, today: date) -> None:
    """Raise CourtClosed for a session that does not take place, and Invalid for one of a day that has passed."""
    if sitting.state != SessionState.OPEN:
        raise CourtClosed("This session is closed. Choose another session.")
    if sitting.held_on < today:
        raise Invalid("This session's day has passed. Choose a coming session.")


def take(
    session: Session,
    actor: Actor,
    sitting: CourtSession,
    case: Case,
    *,
    purpose: Purpose,
    minutes: int,
    over_reason: str | None,
) -> Place:
    """Return a place for a case on a locked session, `minutes` of court time long.

    Raises Conflict when the case is on it already, CourtClosed on a closed day, Invalid when the session does not take
    the purpose, NoRoom when it is full; the last two not when `over_reason` says why.
    """
    given = {
        "court_id": actor.court_id,
        "session_id": sitting.id,
        "held_on": sitting.held_on,
        "starts_at": sitting.starts_at,
        "judge_id": sitting.judge_id,
        "case_id": case.id,
        "participant_id": case.participant_id,
    }
    cases, booked, new, last, twice, closed, away, language = session.execute(_count(), given).one()
    if twice:
        raise Conflict("This case is on that session already.")
    _check_held(sitting, closed, bool(away))
    load = _load(sitting, cases, booked, new)
    new_minutes = actor.policy_on(sitting.held_on).sessions.minutes_per_intake
    full = load.why_full(minutes, purpose, new_minutes=new_minutes)
    if not line(over_reason):
        if sitting.purposes and purpose not in sitting.purposes:
            raise Invalid(
                "This session does not take this kind of appearance. Choose another one, or record why it may."
            )
        if full:
            raise NoRoom(_full(sitting, load, full))
    return Place(position=last + 1, interpreter_language=language, over=full is not None)


def _load(sitting: CourtSession, cases: int, minutes: int, new: int) -> Load:
    return Load(
        booked_cases=cases,
        capacity_cases=sitting.capacity_cases,
        booked_minutes=minutes,
        capacity_minutes=sitting.capacity_minutes,
        capacity_by=CapacityBy(sitting.capacity_by),
        kept_for_new=sitting.kept_for_new,
        booked_new=new,
    )


def _check_held(sitting: CourtSession, closed: str | None, away: bool) -> None:
    """Refuse a session that cannot be held: on a day that is `closed` at its hour, or whose judge is `away`."""
    on = words.day(sitting.held_on, sitting.held_on)
    days = CourtDays(closed=frozenset({sitting.held_on} if closed else ()), named={sitting.held_on: closed or ""})
    if why := why_closed(sitting.held_on, days):
        raise CourtClosed(f"{on} is {why}. Choose another day.")
    if away:
        raise CourtClosed(f"The judge of this session is away on {on}. Choose another session, or name who sits.")


@cache
def _count() -> sa.Select[tuple[int, int, int, int, int, str | None, bool, str | None]]:
    """One statement: the load, the last position, whether the case is on it, a closure, whether the judge is away, the language."""
    court_id, session_id, case_id, participant_id = (
        sa.bindparam(name, type_=sa.Uuid) for name in ("court_id", "session_id", "case_id", "participant_id")
    )
    held_on = sa.bindparam("held_on", type_=sa.Date)
    live = col(Appearance.state).in_(TAKES_A_PLACE)
    closure = sa.select(col(Closure.name)).where(
        col(Closure.court_id) == court_id,
        col(Closure.closed_on) == held_on,
        col(Closure.confirmed_at).is_not(None),
        sa.or_(
            col(Closure.closed_from).is_(None), col(Closure.closed_from) <= sa.bindparam("starts_at", type_=sa.Time)
        ),
    )
    away = sa.exists().where(
        col(JudgeAbsence.court_id) == court_id,
        col(JudgeAbsence.judge_id) == sa.bindparam("judge_id", type_=sa.Uuid),
        held_on.between(col(JudgeAbsence.first_on), col(JudgeAbsence.last_on)),
    )
    language = sa.select(col(Participant.interpreter_language)).where(col(Participant.id) == participant_id)
    return sa.select(
        sa.func.count().filter(live),
        sa.func.coalesce(sa.func.sum(col(Appearance.minutes)).filter(live), 0),
        sa.func.count().filter(live, col(Appearance.purpose) == Purpose.INTAKE),
        sa.func.coalesce(sa.func.max(col(Appearance.position)), 0),
        sa.func.count().filter(live, col(Appearance.case_id) == case_id),
        closure.scalar_subquery(),
        away,
        language.scalar_subquery(),
    ).where(col(Appearance.court_id) == court_id, col(Appearance.court_session_id) == session_id)


def _full(sitting: CourtSession, load: Load, why: str) -> str:
    """Say how full the session is and what to do."""
    day = words.day(sitting.held_on, sitting.held_on)
    if load.kept_left and why.startswith("keeps"):
        return f"The session of {day} {why}. Choose another session, or record why this case may take one."
    booked = f"{load.booked_cases} of {words.count(load.capacity_cases, 'case')}, {load.booked_minutes} of {load.capacity_minutes} minutes"
    return (
        f"The session of {day} has no room ({booked}). Choose another session, or record why it may go over its places."
    )
