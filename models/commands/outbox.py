"""The outbox, read with all a reminder rests on, and what can become of a row before anybody sends it.

The facts are read when they are asked about and never kept with the row; `rules.reminders` says whether it still holds.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock
from models.commands.sweeps.parameters import COURT, Statement
from models.facts.ways import agreed
from models.rules.reminders import BY_MACHINE, AsItStands
from models.rules.vocabulary import ReminderState, WhyDropped
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession, Participant, Reminder
from models.tables.base import table_of

#: Written, and nobody has begun to send it.
UNSENT = (ReminderState.WAITING, ReminderState.READY)


#: The rows nobody has sent, each with what it rests on.
UNSENT_ROWS: Statement = (
    sa.select(
        *(col(column) for column in (Reminder.id, Reminder.case_id, Reminder.due_on)),
        col(Reminder.held_on).label("written_for"),
        col(Case.stage),
        col(Case.participant_id),
        col(Appearance.state).label("appearance"),
        col(Appearance.added_at),
        col(CourtSession.state).label("session"),
        col(CourtSession.held_on),
        col(CourtSession.starts_at),
        col(Participant.no_reminders_since),
        col(Participant.interpreter_language),
        col(Participant.languages),
        *(agreed(kind).label(kind.value) for kind in BY_MACHINE),
    )
    .join(Case, col(Case.id) == col(Reminder.case_id))
    .join(Participant, col(Participant.id) == col(Case.participant_id))
    .join(Appearance, col(Appearance.id) == col(Reminder.appearance_id))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .where(col(Reminder.court_id) == COURT, col(Reminder.state).in_(UNSENT))
    .order_by(col(Reminder.id))
)


def as_it_stands(row: Any, actor: Actor) -> AsItStands:
    """Return what a row of `UNSENT_ROWS` rests on, for the rule."""
    return AsItStands(
        stage=row.stage,
        appearance=row.appearance,
        session=row.session,
        held_on=row.held_on,
        written_for=row.written_for,
        told_on=clock.court_day(row.added_at, actor.zone),
        due_on=row.due_on,
        stopped=row.no_reminders_since is not None,
        ways=tuple(kind for kind in BY_MACHINE if getattr(row, kind.value)),
    )


def become(
    session: Session,
    reminder_id: UUID,
    state: ReminderState,
    *,
    if_still: Collection[ReminderState],
    now: datetime,
    **values: Any,
) -> bool:
    """Take a reminder to a state if it is still in one of `if_still`; tell whether it was. Of two at once one is."""
    table = table_of(Reminder)
    statement = sa.update(table).where(table.c.id == reminder_id, table.c.state.in_(if_still))
    changed = session.connection().execute(statement.values(state=state, changed_at=now, **values))
    return changed.rowcount == 1


def drop(session: Session, reminder_id: UUID, why: WhyDropped, *, now: datetime) -> bool:
    """Leave a reminder unsent for good, with the reason; tell whether nobody had begun to send it."""
    return become(session, reminder_id, ReminderState.DROPPED, if_still=UNSENT, now=now, dropped=why)
