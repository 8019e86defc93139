"""Contacts with a participant, and tries: only by ways she has called safe.

Through the provider or through counsel is always a way; every other needs a channel of that kind marked safe.
"""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.follow_ups import void
from models.commands.free_words import check_words
from models.commands.typed import line
from models.errors import Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import ChannelKind, FollowUpKind
from models.scope import Actor, change_case, load_case, require
from models.tables import Case, Contact, ContactChannel

ALWAYS_SAFE = frozenset({ChannelKind.THROUGH_PROVIDER, ChannelKind.THROUGH_COUNSEL})


def record_contact(
    session: Session,
    actor: Actor,
    case_id: UUID,
    channel: ChannelKind,
    *,
    reached: bool,
    made_on: date,
    now: datetime,
    token: UUID,
    note: str | None = None,
) -> Contact:
    """Record a contact or a try on a civil date; the same form (`token`) twice is one contact. Raises Invalid."""
    require(actor, Action.ENTER_CONTACT)
    case = load_case(session, actor, case_id)
    recorded = select(Contact).where(
        col(Contact.court_id) == actor.court_id, col(Contact.token) == token, col(Contact.case_id) == case.id
    )
    if contact := session.exec(recorded).first():
        return contact
    _check_day(actor, made_on, now)
    _check_safe(session, case, channel, made_on)
    contact = Contact(
        court_id=actor.court_id,
        case_id=case.id,
        token=token,
        channel=channel,
        reached=reached,
        made_on=made_on,
        note=_note(session, actor, case, note, now),
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(contact)
    change_case(session, case)
    if reached:
        void(session, actor, case.id, {FollowUpKind.NO_CONTACT}, on=actor.today(now))
    detail = {"channel": channel, "reached": reached, "made_on": made_on}
    audit.record(session, actor, "record_contact", "contact", contact.id, now=now, case_id=case.id, detail=detail)
    return contact


def _note(session: Session, actor: Actor, case: Case, note: str | None, now: datetime) -> str | None:
    check_words(session, actor, note, now=now, case_id=case.id)
    return line(note)


def _check_day(actor: Actor, made_on: date, now: datetime) -> None:
    if made_on > actor.today(now):
        raise Invalid("This day is still to come. A contact is recorded once it was made or tried.")


def _check_safe(session: Session, case: Case, channel: ChannelKind, on: date) -> None:
    if channel in ALWAYS_SAFE:
        return
    safe = sa.select(col(ContactChannel.id)).where(
        col(ContactChannel.participant_id) == case.participant_id,
        col(ContactChannel.kind) == channel,
        col(ContactChannel.safe),
        sa.or_(col(ContactChannel.ended_on).is_(None), col(ContactChannel.ended_on) > on),
    )
    if session.execute(safe.limit(1)).first() is None:
        raise Invalid(
            "This way of contact is not marked safe for the participant. Choose one that is, or ask "
            "the participant first and mark it safe."
        )
