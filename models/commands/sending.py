"""Sending reminders, at most once each: claimed and committed first, sent then, marked afterwards.

Whoever dies between the claim and the mark leaves it claimed: it is never sent again, and a person is told. The message
and its address exist only between the two, in memory.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.outbox import UNSENT_ROWS, as_it_stands, become, drop
from models.commands.sweeps import aside
from models.commands.sweeps.parameters import COURT, Statement, rows
from models.facts.ways import usable
from models.rules.policy import ReminderTiming
from models.rules.reminders import BY_MACHINE, FALLBACK, language_for, may_send_at, why_not_send
from models.rules.vocabulary import ChannelKind, ReminderState, WhyDropped
from models.scope import Actor
from models.tables import ContactChannel, Court, Reminder
from models.texts import codes_by_name, texts_in_force

JOB = "sending"

#: How many are looked at in one transaction until one is found that still holds.
BATCH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message that has been claimed and may be sent, once. What is personal in it stays out of its `repr`."""

    reminder_id: UUID
    kind: ChannelKind
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)


_READY: Statement = UNSENT_ROWS.where(
    col(Reminder.state) == ReminderState.READY,
    sa.or_(col(Reminder.approved_by).is_not(None), ~sa.bindparam("to_approve", type_=sa.Boolean)),
    ~aside.resting(JOB, col(Reminder.case_id)),
).limit(BATCH)

_WAYS: Statement = (
    sa.select(col(ContactChannel.kind), col(ContactChannel.value))
    .where(
        col(ContactChannel.court_id) == COURT,
        col(ContactChannel.participant_id) == sa.bindparam("participant_id", type_=sa.Uuid),
        col(ContactChannel.kind).in_(BY_MACHINE),
        usable(),
    )
    .order_by(col(ContactChannel.id))
)


def claim_next(session: Session, actor: Actor, served: Collection[ChannelKind], *, now: datetime) -> Outgoing | None:
    """Claim the next reminder that still holds, at an instant (UTC); None when there is none, or at this hour none may go.

    `served` are the ways the installation can send by. What no longer holds is dropped with its reason, and a row that
    cannot be handled is set aside. Send only after this transaction is committed.
    """
    today = actor.today(now)
    timing = actor.policy_on(today).reminders
    if not may_send_at(now.astimezone(actor.zone).hour, timing):
        return None
    while found := rows(session, actor, _READY, today, to_approve=timing.approve, now=now):
        for row in found:
            taken: list[Outgoing] = []

            def take(items: Any, taken: list[Outgoing] = taken) -> int:
                taken.extend(filter(None, (_take(session, actor, one, served, timing, today, now) for one in items)))
                return len(taken)

            aside.each(session, actor, JOB, [row], take, now=now, case_of=lambda one: one.case_id)
            aside.settle(session, actor, JOB, [row.case_id], now=now)
            if taken:
                return taken[0]
    return None


def _take(
    session: Session,
    actor: Actor,
    row: Any,
    served: Collection[ChannelKind],
    timing: ReminderTiming,
    today: date,
    now: datetime,
) -> Outgoing | None:
    """Claim one row if what it says still holds, else drop it; None when it was dropped or another took it."""
    why = why_not_send(as_it_stands(row, actor), timing, today)
    way = None if why else _way(session, actor, row.participant_id, served, today)
    if why or way is None:
        drop(session, row.id, why or WhyDropped.NO_GATEWAY, now=now)
        return None
    texts = texts_in_force(today, timing.texts)
    code = language_for(row.interpreter_language, row.languages, codes_by_name(texts)) or FALLBACK
    place = session.exec(select(Court.public_name).where(col(Court.id) == actor.court_id)).one()
    kind, address = way
    message = Outgoing(
        reminder_id=row.id,
        kind=kind,
        address=address,
        subject=texts[code].subject,
        text=texts[code].reminder_of(place, row.held_on, row.starts_at),
    )
    chosen = {"claimed_at": now, "channel": kind, "language": code}
    claimed = become(session, row.id, ReminderState.CLAIMED, if_still={ReminderState.READY}, now=now, **chosen)
    return message if claimed else None


def _way(
    session: Session, actor: Actor, participant_id: UUID, served: Collection[ChannelKind], today: date
) -> tuple[ChannelKind, str] | None:
    """Return the way to use and its address as it is now: a text message before an e-mail, the newest of a kind."""
    found = {row.kind: row.value for row in rows(session, actor, _WAYS, today, participant_id=participant_id)}
    return next(((kind, found[kind]) for kind in BY_MACHINE if kind in found and kind in served), None)


def record_sent(session: Session, actor: Actor, reminder_id: UUID, *, now: datetime) -> None:
    """Mark a claimed reminder sent; also one whose sender was thought gone and was only slow."""
    _record(session, actor, reminder_id, ReminderState.SENT, "send_reminder", now, sent_at=now)


def record_failed(session: Session, actor: Actor, reminder_id: UUID, *, now: datetime) -> None:
    """Mark a claimed reminder as refused by the gateway. It is not tried again: a person sees to it."""
    _record(session, actor, reminder_id, ReminderState.FAILED, "fail_reminder", now)


def _record(
    session: Session, actor: Actor, reminder_id: UUID, state: ReminderState, action: str, now: datetime, **values: Any
) -> None:
    open_ends = (ReminderState.CLAIMED, ReminderState.NOT_KNOWN)
    if become(session, reminder_id, state, if_still=open_ends, now=now, **values):
        row = session.get_one(Reminder, reminder_id, populate_existing=True)
        detail = {"days_before": row.days_before, "channel": row.channel, "language": row.language}
        audit.record(session, actor, action, "reminder", row.id, now=now, case_id=row.case_id, detail=detail)
