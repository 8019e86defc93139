"""Reminders to participants: what goes out in the next days, what waits, what was sent, and what nobody knows of.

No address is ever in the answer. Two statements for the court's screen, two for a case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock
from models.audit.looks import shows_case, shows_list
from models.errors import NotFound
from models.facts.ways import agreed
from models.rules.audited import Look
from models.rules.called import initials, short_name
from models.rules.permissions import Action
from models.rules.policy import ReminderTiming
from models.rules.reminders import BY_MACHINE, FALLBACK, NOT_REMINDED, coming_reminders, language_for
from models.rules.vocabulary import AppearanceState, ChannelKind, FlagKind, ReminderState, SessionState, WhyDropped
from models.scope import Actor, own_cases, require
from models.tables import Appearance, Case, CourtSession, Participant, Person, Reminder, SafetyFlag
from models.texts import Text, codes_by_name, texts_in_force

#: Days of the past and of the future that the screen shows.
SHOWN_DAYS = 7

_UNSENT = (ReminderState.WAITING, ReminderState.READY)
_LOST = (ReminderState.FAILED, ReminderState.NOT_KNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderRow:
    """One reminder. Before it is sent, way and language are those of today; afterwards those it went by."""

    id: UUID | None  # None: still to be written
    case_id: UUID
    docket_number: str
    name: str
    initials: str
    state: ReminderState | None
    dropped: WhyDropped | None
    days_before: int
    due_on: date
    held_on: date
    channel: ChannelKind | None
    language: str  # in English
    without_text: bool  # none of her languages has a text, so it is in English
    verified: bool  # somebody who speaks the language has checked its text
    at: datetime | None  # sent, or claimed by whoever was to send it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """The court's reminders by what becomes of them, and the timing of its policy today."""

    timing: ReminderTiming
    waiting: tuple[ReminderRow, ...]
    coming: tuple[ReminderRow, ...]  # ready now, or due in the next days
    lost: tuple[ReminderRow, ...]  # refused by the gateway, or nobody knows
    past: tuple[ReminderRow, ...]  # sent or dropped in the last days, the newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class RemindersOfCase:
    """What one participant was sent about one case, the newest first, and what she agreed to."""

    rows: tuple[ReminderRow, ...]
    ways: tuple[ChannelKind, ...]  # safe now, and agreed to
    stopped_on: date | None  # since when she wants none


@shows_list(
    Look.REMINDERS,
    lambda shown: (row.case_id for row in (*shown.waiting, *shown.coming, *shown.lost, *shown.past)),
)
def reminders(session: Session, viewer: Actor, *, today: date) -> Reminders:
    """Return the reminders of the viewer's court on a civil date; nothing of sealed cases."""
    require(viewer, Action.SEE_REMINDERS)
    timing, texts = viewer.policy_on(today).reminders, texts_in_force(today)
    given = {"court_id": viewer.court_id, "on_day": today}
    since = today - timedelta(days=SHOWN_DAYS)
    shown = sa.or_(
        col(Reminder.state).in_(_UNSENT),
        sa.and_(col(Reminder.state).in_((*_LOST, ReminderState.CLAIMED)), col(Reminder.held_on) >= today),
        col(Reminder.due_on) >= since,
    )
    written = session.execute(_written(viewer).where(shown), given).mappings()
    rows = [_row(dict(line), texts) for line in written]
    there = {(row.case_id, row.held_on, row.due_on) for row in rows}
    planned = [row for row in _planned(session, viewer, timing, texts, today) if _key(row) not in there]
    ready = [row for row in rows if row.state in (ReminderState.READY, ReminderState.CLAIMED)]
    over = [row for row in rows if row.state in (ReminderState.SENT, ReminderState.DROPPED)]
    return Reminders(
        timing=timing,
        waiting=tuple(row for row in rows if row.state is ReminderState.WAITING),
        coming=tuple(sorted(ready + planned, key=lambda row: (row.due_on, row.held_on))),
        lost=tuple(row for row in rows if row.state in _LOST and row.held_on >= today),
        past=tuple(sorted(over, key=lambda row: row.due_on, reverse=True)),
    )


@shows_case(Look.CASE_FILE)
def reminders_of_case(session: Session, viewer: Actor, case_id: UUID, *, today: date) -> RemindersOfCase:
    """Return what became of the reminders of one case; NotFound when it does not exist for the viewer."""
    require(viewer, Action.SEE_CASE)
    given = {"court_id": viewer.court_id, "on_day": today}
    ways = [agreed(kind).label(kind.value) for kind in BY_MACHINE]
    known = session.execute(
        sa.select(col(Participant.no_reminders_since), *ways)
        .join(Case, col(Case.participant_id) == col(Participant.id))
        .where(own_cases(viewer), col(Case.id) == case_id),
        given,
    ).first()
    if known is None:
        raise NotFound
    texts = texts_in_force(today)
    own = _written(viewer).where(col(Reminder.case_id) == case_id)
    rows = [_row(dict(line), texts) for line in session.execute(own, given).mappings()]
    return RemindersOfCase(
        rows=tuple(reversed(rows)),
        ways=tuple(kind for kind in BY_MACHINE if getattr(known, kind.value)),
        stopped_on=known.no_reminders_since,
    )


def _person(viewer: Actor) -> tuple[Any, ...]:
    hidden = sa.exists().where(
        col(SafetyFlag.court_id) == viewer.court_id,
        col(SafetyFlag.participant_id) == col(Case.participant_id),
        col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
        col(SafetyFlag.ended_on).is_(None),
    )
    return (
        col(Case.id).label("case_id"),
        col(Case.docket_number),
        col(Person.preferred_name),
        col(Person.legal_name),
        col(Participant.languages),
        col(Participant.interpreter_language),
        hidden.label("initials_only"),
        *(agreed(kind).label(kind.value) for kind in BY_MACHINE),
    )


def _written(viewer: Actor) -> sa.Select[*tuple[Any, ...]]:
    columns = (
        *(Reminder.id, Reminder.state, Reminder.dropped, Reminder.days_before, Reminder.due_on, Reminder.held_on),
        *(Reminder.channel, Reminder.language, Reminder.claimed_at, Reminder.sent_at),
    )
    return (
        sa.select(*(col(column) for column in columns), *_person(viewer))
        .join(Case, col(Case.id) == col(Reminder.case_id))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(col(Reminder.court_id) == viewer.court_id, own_cases(viewer))
        .order_by(col(Reminder.due_on), col(Reminder.id))
    )


def _planned(
    session: Session, viewer: Actor, timing: ReminderTiming, texts: Mapping[str, Text], today: date
) -> list[ReminderRow]:
    """Return the reminders of the next days that nobody has written yet."""
    last = today + timedelta(days=SHOWN_DAYS)
    until = last + timedelta(days=max(timing.days_before, default=0))
    found = session.execute(
        sa.select(*_person(viewer), col(Appearance.added_at), col(CourtSession.held_on))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(
            own_cases(viewer),
            col(Appearance.court_id) == viewer.court_id,
            col(Appearance.state) == AppearanceState.SCHEDULED,
            col(CourtSession.state) == SessionState.OPEN,
            col(CourtSession.held_on).between(today + timedelta(days=1), until),
            col(Case.stage).not_in(NOT_REMINDED),
            col(Participant.no_reminders_since).is_(None),
            agreed(),
        ),
        {"court_id": viewer.court_id, "on_day": today},
    ).mappings()
    rows = []
    for line in found:
        told_on = clock.court_day(line["added_at"], viewer.zone)
        first = today + timedelta(days=1)
        for due_on, days in coming_reminders(line["held_on"], told_on, timing, first, last):
            rows.append(_row({**line, "due_on": due_on, "days_before": days}, texts))
    return rows


def _key(row: ReminderRow) -> tuple[UUID, date, date]:
    return row.case_id, row.held_on, row.due_on


def _row(line: Mapping[str, Any], texts: Mapping[str, Text]) -> ReminderRow:
    names = line["preferred_name"], line["legal_name"]
    own = language_for(line["interpreter_language"], line["languages"], codes_by_name(texts))
    text = texts.get(line.get("language") or own or FALLBACK, texts[FALLBACK])
    return ReminderRow(
        id=line.get("id"),
        case_id=line["case_id"],
        docket_number=line["docket_number"],
        name=short_name(*names, initials_only=bool(line["initials_only"]), faces_room=False),
        initials=initials(names[0] or names[1]),
        state=line.get("state"),
        dropped=line.get("dropped"),
        days_before=line["days_before"],
        due_on=line["due_on"],
        held_on=line["held_on"],
        channel=line.get("channel") or next((kind for kind in BY_MACHINE if line[kind.value]), None),
        language=text.name,
        without_text=own is None and text.language == FALLBACK,
        verified=text.verified_on is not None,
        at=line.get("sent_at") or line.get("claimed_at"),
    )
