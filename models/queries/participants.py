"""Who a participant is as it can be put right: every field of the form, the flags that hold, every way to reach her.

Only for whoever may change it. Unlike the face of the case it holds ways that are not marked safe, so that they can be
marked safe once she has said so; it is read when a form is opened and never otherwise. Three statements.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_case
from models.errors import NotFound
from models.rules.audited import Look
from models.rules.permissions import Action
from models.rules.vocabulary import ChannelKind, FlagKind
from models.scope import Actor, own_cases, require
from models.tables import Case, ContactChannel, Participant, Person, SafetyFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldFlag:
    """A safety flag that holds, since a civil date."""

    flag_id: UUID
    kind: FlagKind
    note: str | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldChannel:
    """A way to reach her that holds, safe or not."""

    channel_id: UUID
    kind: ChannelKind
    value: str
    safe: bool
    reminders: bool  # she agreed to be reminded by it
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoSheIs:
    """The present values; `person` has the names of `PersonForm`'s fields, `version` is the case's when they were read."""

    version: int
    person: dict[str, Any]
    flags: tuple[HeldFlag, ...]
    channels: tuple[HeldChannel, ...]
    no_reminders: bool  # she asked for none at all


_PERSON: tuple[Any, ...] = (
    col(Person.legal_name),
    col(Person.preferred_name),
    col(Person.preferred_script),
    col(Person.pronunciation),
    col(Person.pronouns),
    col(Person.public_alias),
    col(Person.date_of_birth),
    col(Person.reported_age),
    col(Participant.languages),
    col(Participant.interpreter_language),
)


@shows_case(Look.PARTICULARS)
def who_she_is(session: Session, viewer: Actor, case_id: UUID) -> WhoSheIs:
    """Return what is recorded of the participant of a case; NotFound when the case does not exist for the viewer."""
    require(viewer, Action.EDIT_PARTICIPANT)
    found = session.execute(
        sa.select(*_PERSON, col(Participant.no_reminders_since), col(Case.participant_id), col(Case.version))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(own_cases(viewer), col(Case.id) == case_id)
    ).mappings()
    row = found.first()
    if row is None:
        raise NotFound
    person = {**row, "languages": tuple(row["languages"])}
    participant_id, stopped_on = person.pop("participant_id"), person.pop("no_reminders_since")
    return WhoSheIs(
        version=person.pop("version"),
        person=person,
        flags=_flags(session, viewer, participant_id),
        channels=_channels(session, viewer, participant_id),
        no_reminders=stopped_on is not None,
    )


def _flags(session: Session, viewer: Actor, participant_id: UUID) -> tuple[HeldFlag, ...]:
    rows = session.execute(
        sa.select(col(SafetyFlag.id), col(SafetyFlag.kind), col(SafetyFlag.note), col(SafetyFlag.since))
        .where(
            col(SafetyFlag.court_id) == viewer.court_id,
            col(SafetyFlag.participant_id) == participant_id,
            col(SafetyFlag.ended_on).is_(None),
        )
        .order_by(col(SafetyFlag.since), col(SafetyFlag.id))
    )
    return tuple(HeldFlag(flag_id=row[0], kind=row[1], note=row[2], since=row[3]) for row in rows)


def _channels(session: Session, viewer: Actor, participant_id: UUID) -> tuple[HeldChannel, ...]:
    channel: tuple[Any, ...] = (
        col(ContactChannel.id).label("channel_id"),
        col(ContactChannel.kind),
        col(ContactChannel.value),
        col(ContactChannel.safe),
        col(ContactChannel.reminders),
        col(ContactChannel.note),
    )
    rows = session.execute(
        sa.select(*channel)
        .where(
            col(ContactChannel.court_id) == viewer.court_id,
            col(ContactChannel.participant_id) == participant_id,
            col(ContactChannel.ended_on).is_(None),
        )
        .order_by(col(ContactChannel.id))
    ).mappings()
    return tuple(HeldChannel(**row) for row in rows)
