"""The parts of a court and the judges who sit in them."""

from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.scope import Actor, load, require
from models.tables import Judge, Part, User


def add_judge(session: Session, actor: Actor, name: str, *, now: datetime, user_id: UUID | None = None) -> Judge:
    """Add a judge, with the account she signs in with if she has one; Conflict for a name in use."""
    require(actor, Action.MANAGE_CALENDAR)
    name = needed(" ".join(name.split()), "A judge needs a name.", LONGEST_NAME)
    if session.exec(select(Judge.id).where(col(Judge.court_id) == actor.court_id, col(Judge.name) == name)).first():
        raise Conflict("There is a judge of this name in this court already.")
    if user_id is not None:
        load(session, actor, User, user_id)
        if session.exec(select(Judge.id).where(col(Judge.user_id) == user_id)).first():
            raise Conflict("This account belongs to another judge. Choose another account.")
    judge = Judge(court_id=actor.court_id, name=name, user_id=user_id)
    session.add(judge)
    audit.record(session, actor, "add_judge", "judge", judge.id, now=now)
    return judge


def judge_called(session: Session, actor: Actor, name: str, *, now: datetime, user_id: UUID | None = None) -> Judge:
    """Return the court's judge of this name, added if there is none yet."""
    called = needed(" ".join(name.split()), "A judge needs a name.", LONGEST_NAME)
    same = select(Judge).where(col(Judge.court_id) == actor.court_id, col(Judge.name) == called)
    return session.exec(same).first() or add_judge(session, actor, name, now=now, user_id=user_id)


def add_part(
    session: Session,
    actor: Actor,
    name: str,
    *,
    room: str,
    judge_id: UUID,
    starts_at: time,
    now: datetime,
    capacity_cases: int | None = None,
    capacity_minutes: int | None = None,
) -> Part:
    """Add a part with its room, usual judge and usual session (wall time in the court's zone).

    Capacities not given are the policy's. Raises Invalid, and Conflict for a name in use.
    """
    require(actor, Action.MANAGE_CALENDAR)
    name, room = (
        needed(" ".join(one.split()), "A part needs a name and a room.", LONGEST_NAME) for one in (name, room)
    )
    if session.exec(select(Part.id).where(col(Part.court_id) == actor.court_id, col(Part.name) == name)).first():
        raise Conflict("There is a part of this name in this court already.")
    usual = actor.policy_on(actor.today(now)).sessions
    part = Part(
        court_id=actor.court_id,
        name=name,
        room=room,
        judge_id=load(session, actor, Judge, judge_id).id,
        starts_at=starts_at,
        capacity_cases=usual.capacity_cases if capacity_cases is None else capacity_cases,
        capacity_minutes=usual.capacity_minutes if capacity_minutes is None else capacity_minutes,
    )
    if part.capacity_cases < 1 or part.capacity_minutes < 1:
        raise Invalid("A session needs places and minutes: at least one of each.")
    session.add(part)
    audit.record(session, actor, "add_part", "part", part.id, now=now)
    return part
