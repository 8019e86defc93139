"""The outbox up to now: reminders that are due are written, what no longer holds is dropped, lost ones go to a person."""

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from models import clock
from models.commands.outbox import UNSENT_ROWS, as_it_stands, drop
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import COURT, ON, OPEN_CASE, Statement, rows
from models.facts.ways import agreed
from models.rules import follow_up_reasons
from models.rules.policy import ReminderTiming
from models.rules.reminders import NOT_REMINDED, reminder_due, why_not_send
from models.rules.vocabulary import AppearanceState, FollowUpKind, Move, ReminderState, SessionState
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession, Participant, Reminder
from models.tables.base import new_id, table_of

#: A sender that has not said within this time what became of a reminder will not say it any more.
SENDING_TAKES = timedelta(minutes=15)

_LOST = (ReminderState.FAILED, ReminderState.NOT_KNOWN)

_COMING: Statement = (
    sa.select(col(Appearance.id), col(Appearance.case_id), col(Appearance.added_at), col(CourtSession.held_on))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Case, col(Case.id) == col(Appearance.case_id))
    .join(Participant, col(Participant.id) == col(Case.participant_id))
    .where(
        col(Appearance.court_id) == COURT,
        col(Appearance.state) == AppearanceState.SCHEDULED,
        col(CourtSession.court_id) == COURT,
        col(CourtSession.state) == SessionState.OPEN,
        col(CourtSession.held_on) > ON,
        col(CourtSession.held_on) <= sa.bindparam("until", type_=sa.Date),
        col(Case.stage).not_in(NOT_REMINDED),
        col(Participant.no_reminders_since).is_(None),
        agreed(),
    )
)

_LATER = sa.alias(table_of(Reminder), "later")
_NOT_SENT: Statement = (
    sa.select(
        *(col(column) for column in (Reminder.id, Reminder.case_id, Reminder.held_on, Reminder.state)),
        col(Reminder.claimed_at),
    )
    .join(Case, sa.and_(col(Case.id) == col(Reminder.case_id), OPEN_CASE))
    .join(Appearance, col(Appearance.id) == col(Reminder.appearance_id))
    .where(
        col(Reminder.court_id) == COURT,
        col(Reminder.state).in_(_LOST),
        col(Reminder.held_on) >= ON,
        col(Appearance.state) == AppearanceState.SCHEDULED,
        ~sa.exists().where(
            _LATER.c.court_id == COURT,
            _LATER.c.appearance_id == col(Reminder.appearance_id),
            _LATER.c.due_on > col(Reminder.due_on),
            _LATER.c.state == ReminderState.SENT,
        ),
    )
)


def keep_outbox(session: Session, actor: Actor, *, now: datetime) -> Swept:
    """Bring the outbox of the actor's court up to an instant (UTC); return how many rows changed. It sends nothing."""
    timing = actor.policy_on(actor.today(now)).reminders
    changed = _drop_what_no_longer_holds(session, actor, timing, now)
    changed += _write_what_is_due(session, actor, timing, now)
    changed += _let_wait(session, actor, now) if timing.approve else 0
    changed += _give_up_waiting(session, actor, now)
    wanted = (_follow_up(row, actor) for row in rows(session, actor, _NOT_SENT, actor.today(now)))
    return Swept(changed + keep(session, actor, {FollowUpKind.REMINDER_NOT_SENT}, wanted, now=now))


def _drop_what_no_longer_holds(session: Session, actor: Actor, timing: ReminderTiming, now: datetime) -> int:
    today = actor.today(now)
    found = rows(session, actor, UNSENT_ROWS, today)
    reasons = ((row.id, why_not_send(as_it_stands(row, actor), timing, today)) for row in found)
    return sum(drop(session, reminder_id, why, now=now) for reminder_id, why in reasons if why)


def _write_what_is_due(session: Session, actor: Actor, timing: ReminderTiming, now: datetime) -> int:
    """Write the newest due reminder of each coming appearance unless it is there; return how many were written."""
    today = actor.today(now)
    until = today + timedelta(days=max(timing.days_before, default=0))
    values = [_row(row, actor, timing, today, now) for row in rows(session, actor, _COMING, today, until=until)]
    due = [one for one in values if one]
    if not due:
        return 0
    table = table_of(Reminder)
    insert = sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)
    result = session.connection().execute(
        insert.on_conflict_do_nothing(index_elements=["court_id", "occurrence"]),
        due,
        execution_options={"preserve_rowcount": True},
    )
    return max(result.rowcount, 0)


def _row(row: Any, actor: Actor, timing: ReminderTiming, today: date, now: datetime) -> dict[str, Any] | None:
    answer = reminder_due(row.held_on, clock.court_day(row.added_at, actor.zone), timing, today)
    if answer.due_on is None:
        return None
    return {
        "id": new_id(),
        "court_id": actor.court_id,
        "case_id": row.case_id,
        "appearance_id": row.id,
        "occurrence": f"{row.id}:{answer.due_on}",
        "days_before": answer.days_before,
        "due_on": answer.due_on,
        "held_on": row.held_on,
        "state": ReminderState.WAITING if timing.approve else ReminderState.READY,
        "written_at": now,
        "changed_at": now,
    }


def _let_wait(session: Session, actor: Actor, now: datetime) -> int:
    """Let what was ready before the policy asked for approval wait for it."""
    return _move(session, actor, ReminderState.READY, ReminderState.WAITING, now, col(Reminder.approved_by).is_(None))


def _give_up_waiting(session: Session, actor: Actor, now: datetime) -> int:
    """Call it not known whether a reminder went out whose sender is gone: it is never sent a second time."""
    silent = col(Reminder.claimed_at) < now - SENDING_TAKES
    return _move(session, actor, ReminderState.CLAIMED, ReminderState.NOT_KNOWN, now, silent)


def _move(
    session: Session,
    actor: Actor,
    old: ReminderState,
    new: ReminderState,
    now: datetime,
    condition: sa.ColumnElement[bool],
) -> int:
    own = (col(Reminder.court_id) == actor.court_id, col(Reminder.state) == old)
    statement = sa.update(table_of(Reminder)).where(*own, condition)
    return session.connection().execute(statement.values(state=new, changed_at=now)).rowcount


def _follow_up(row: Any, actor: Actor) -> Due:
    since = clock.court_day(row.claimed_at, actor.zone)
    return Due(
        kind=FollowUpKind.REMINDER_NOT_SENT,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.reminder_not_sent(since, row.held_on, row.state is ReminderState.FAILED),
        move=Move.COORDINATOR,
        since=since,
        due_on=max(since, row.held_on - timedelta(days=1)),
    )
