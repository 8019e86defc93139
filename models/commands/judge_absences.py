"""A judge's absence: recorded with who sits for her, or nobody, and taken back. Coming sessions name who sits.

It moves no case: `queries.judge_absences.sessions_not_held` says which sessions have nobody.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit, sitting
from models.commands import places
from models.commands.typed import line
from models.errors import Conflict, Invalid
from models.rules import words
from models.rules.judge_absences import who_sits
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, load, require
from models.tables import CourtSession, Judge, JudgeAbsence


def record_absence(
    session: Session,
    actor: Actor,
    judge_id: UUID,
    first_on: date,
    last_on: date,
    *,
    now: datetime,
    substitute_id: UUID | None = None,
    reason: str | None = None,
) -> JudgeAbsence:
    """Record that a judge is away from one civil date to another, both included; her coming sessions name the substitute.

    Invalid for days out of order or past, and for a judge who would sit for herself; Conflict where she is away already.
    """
    require(actor, Action.MANAGE_CALENDAR)
    judge = load(session, actor, Judge, judge_id)
    if last_on < first_on or last_on < actor.today(now):
        raise Invalid("The last day of an absence comes on or after the first, and not before today.")
    _check_substitute(session, actor, judge_id, substitute_id)
    _check_not_away(session, actor, judge_id, first_on, last_on)
    absence = JudgeAbsence(
        court_id=actor.court_id,
        judge_id=judge.id,
        first_on=first_on,
        last_on=last_on,
        substitute_id=substitute_id,
        reason=line(reason),
        recorded_by=actor.person,
        recorded_at=now,
    )
    _seat(session, actor, first_on, last_on, now, adding=absence)
    detail = {"first": first_on, "last": last_on, "substitute": substitute_id}
    audit.record(session, actor, "record_judge_absence", "judge", judge_id, now=now, detail=detail)
    return absence


def _check_substitute(session: Session, actor: Actor, judge_id: UUID, substitute_id: UUID | None) -> None:
    """Refuse a substitute who is the judge herself, or no longer sits."""
    if substitute_id == judge_id:
        raise Invalid("A judge cannot sit for herself. Choose another judge, or nobody.")
    if substitute_id is not None and not load(session, actor, Judge, substitute_id).active:
        raise Invalid("That judge no longer sits here. Choose another substitute.")


def _check_not_away(session: Session, actor: Actor, judge_id: UUID, first_on: date, last_on: date) -> None:
    """Refuse days on which the judge is recorded as away already."""
    for one in sitting.away(session, actor, first_on, last_on):
        if one.judge_id == judge_id:
            there = f"{words.day(one.first_on, first_on)} to {words.day(one.last_on, first_on)}"
            raise Conflict(
                f"This judge is recorded as away from {there} already. Take that back first, or choose other days."
            )


def remove_absence(session: Session, actor: Actor, absence_id: UUID, *, now: datetime) -> None:
    """Take an absence back: the judge sits again on her coming sessions. Invalid once it has passed."""
    require(actor, Action.MANAGE_CALENDAR)
    absence = load(session, actor, JudgeAbsence, absence_id)
    if absence.last_on < actor.today(now):
        raise Invalid("This absence has passed. It stays, because sessions were held in it.")
    _seat(session, actor, absence.first_on, absence.last_on, now, removing=absence)
    detail = {"first": absence.first_on, "last": absence.last_on}
    audit.record(session, actor, "remove_judge_absence", "judge", absence.judge_id, now=now, detail=detail)


def _seat(
    session: Session,
    actor: Actor,
    first: date,
    last: date,
    now: datetime,
    *,
    adding: JudgeAbsence | None = None,
    removing: JudgeAbsence | None = None,
) -> None:
    """Write the absence, then on every coming open session of those days who sits now; the sessions are locked first."""
    found = session.scalars(
        sa.select(col(CourtSession.id)).where(
            col(CourtSession.court_id) == actor.court_id,
            col(CourtSession.held_on).between(max(first, actor.today(now)), last),
            col(CourtSession.state) == SessionState.OPEN,
        )
    )
    locked = places.lock_all(session, actor, found)
    if adding:
        session.add(adding)
    if removing:
        session.delete(removing)
    session.flush()
    seat(session, actor, locked.values())
    session.flush()


def seat(session: Session, actor: Actor, sessions: Iterable[CourtSession]) -> None:
    """Name on each session who sits that day as the absences stand, and for whom. The caller has authorised."""
    by_day = sorted(sessions, key=lambda one: one.held_on)
    if not by_day:
        return
    away = sitting.away(session, actor, by_day[0].held_on, by_day[-1].held_on)
    for one in by_day:
        usual = one.substitute_for or one.judge_id
        sits = who_sits(usual, one.held_on, away) or usual
        one.judge_id, one.substitute_for = sits, usual if sits != usual else None
        session.add(one)
