"""The court's judges and parts: what sessions are opened for."""

from datetime import datetime, time
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.scope import Actor, load, require
from models.tables import Judge, Part, User


def add_judge(session: Session, actor: Actor, name: str, *, now: datetime, user_id: UUID | None = None) -> Judge:
    """Add a judge who sits, with the account she signs in with if she has one. Conflict for a name in use."""
    require(actor, Action.MANAGE_CALENDAR)
    if not name.strip():
        raise Invalid("A judge needs a name as the court says it.")
    if user_id is not None:
        load(session, actor, User, user_id)
    used = select(Judge.id).where(col(Judge.court_id) == actor.court_id, col(Judge.name) == name.strip())
    if session.exec(used).first():
        raise Conflict("There is a judge of this name already.")
    judge = Judge(court_id=actor.court_id, name=name.strip(), user_id=user_id)
    session.add(judge)
    audit.record(session, actor, "add_judge", "judge", judge.id, now=now)
    return judge


def add_part(
    session: Session,
    actor: Actor,
    name: str,
    room: str,
    judge_id: UUID,
    starts_at: time,
    *,
    now: datetime,
    capacity_cases: int | None = None,
    capacity_minutes: int | None = None,
) -> Part:
    """Add a part with its room, usual judge and usual start (wall time); capacities default to the policy's."""
    require(actor, Action.MANAGE_CALENDAR)
    if not name.strip() or not room.strip():
        raise Invalid("A part needs a name and a room.")
    load(session, actor, Judge, judge_id)
    used = select(Part.id).where(col(Part.court_id) == actor.court_id, col(Part.name) == name.strip())
    if session.exec(used).first():
        raise Conflict("There is a part of this name already.")
    usual = actor.policy_on(actor.today(now)).sessions
    part = Part(
        court_id=actor.court_id,
        name=name.strip(),
        room=room.strip(),
        judge_id=judge_id,
        starts_at=starts_at,
        capacity_cases=capacity_cases or usual.capacity_cases,
        capacity_minutes=capacity_minutes or usual.capacity_minutes,
    )
    session.add(part)
    audit.record(session, actor, "add_part", "part", part.id, now=now, detail={"cases": part.capacity_cases})
    return part
