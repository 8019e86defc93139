"""What people decide about reminders: whether one goes out, and by which ways a participant agreed to be reminded."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from models import audit
from models.commands.outbox import become, drop
from models.errors import Conflict, Invalid, NotFound
from models.rules.permissions import Action
from models.rules.reminders import BY_MACHINE
from models.rules.vocabulary import ReminderState, WhyDropped
from models.scope import Actor, change_case, load, load_case, require
from models.tables import ContactChannel, Participant, Reminder


def approve(session: Session, actor: Actor, reminder_ids: Collection[UUID], *, now: datetime) -> int:
    """Let reminders that wait for approval go out; return how many were still waiting. It is checked again at sending."""
    require(actor, Action.MANAGE_REMINDERS)
    approved = 0
    for reminder_id in reminder_ids:
        row = load(session, actor, Reminder, reminder_id)
        waiting, by = {ReminderState.WAITING}, {"approved_by": actor.person, "approved_at": now}
        if become(session, row.id, ReminderState.READY, if_still=waiting, now=now, **by):
            approved += 1
            _record(session, actor, "approve_reminder", row, now)
    return approved


def decline(session: Session, actor: Actor, reminder_id: UUID, *, now: datetime) -> None:
    """Let a reminder not go out. Raises Conflict when it is being sent, was sent, or was dropped meanwhile."""
    require(actor, Action.MANAGE_REMINDERS)
    row = load(session, actor, Reminder, reminder_id)
    if not drop(session, row.id, WhyDropped.DECLINED, now=now):
        raise Conflict("This reminder is no longer waiting: it was sent, or dropped, or is being sent. Look again.")
    _record(session, actor, "decline_reminder", row, now)


def agree(
    session: Session,
    actor: Actor,
    case_id: UUID,
    agreed: Collection[UUID],
    *,
    stopped: bool,
    now: datetime,
    seen_version: int | None = None,
) -> None:
    """Record by which of her ways (ids) a participant agrees to be reminded, and whether she wants none at all.

    Whatever is not named is not agreed to. Raises Invalid for a way that is not safe or that no machine can use,
    Conflict when the case changed since `seen_version`.
    """
    require(actor, Action.EDIT_PARTICIPANT)
    case = load_case(session, actor, case_id)
    change_case(session, case, seen_version)
    own = (col(ContactChannel.court_id) == actor.court_id, col(ContactChannel.participant_id) == case.participant_id)
    ways = session.exec(select(ContactChannel).where(*own, col(ContactChannel.ended_on).is_(None))).all()
    if not set(agreed) <= {way.id for way in ways}:
        raise NotFound
    for way in ways:
        way.reminders = way.id in agreed
        if way.reminders and not (way.safe and way.kind in BY_MACHINE):
            raise Invalid(
                "Reminders go only by text message or e-mail, and only by a way marked safe. Mark it safe first."
            )
        session.add(way)
    participant = load(session, actor, Participant, case.participant_id)
    since = participant.no_reminders_since or actor.today(now)
    participant.no_reminders_since = since if stopped else None
    session.add(participant)
    detail = {"ways": sorted(way.kind for way in ways if way.reminders), "stopped": stopped}
    audit.record(
        session, actor, "agree_reminders", "participant", participant.id, now=now, case_id=case.id, detail=detail
    )


def _record(session: Session, actor: Actor, action: str, row: Reminder, now: datetime) -> None:
    detail = {"days_before": row.days_before, "due_on": row.due_on}
    audit.record(session, actor, action, "reminder", row.id, now=now, case_id=row.case_id, detail=detail)
