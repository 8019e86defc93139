"""Who a case is about and how she is to be met: names, languages, flags, safe ways to reach her, charges.

Four statements at most. Hiding names from the room is the screen's last step (`rules.called`); an address that is not marked
safe is not even read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.errors import NotFound
from models.queries.safety import RESTRICTED
from models.rules.privacy import FieldGroup, reads
from models.rules.vocabulary import ChannelKind, FlagKind, Stage
from models.scope import Actor, own_cases
from models.tables import Case, Charge, ContactChannel, Judge, Part, Participant, Person, SafetyFlag


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """One thing everybody in the room must know, since a civil date."""

    kind: FlagKind
    note: str | None
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelRow:
    """One way to reach her that is marked safe."""

    kind: ChannelKind
    value: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeRow:
    """One charge, as the papers have it."""

    count_number: int
    statute: str
    description: str
    severity: str | None
    offence_on: date | None
    disposition: str | None
    disposed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The face of a case; dates are civil dates, `version` is what a change must have seen."""

    case_id: UUID
    participant_id: UUID
    docket_number: str
    version: int
    restricted: bool  # kept to named staff
    stage: Stage
    stage_since: date
    opened_on: date
    incident_on: date | None
    part: str
    judge: str
    minor_at_offence: bool | None
    legal_name: str
    preferred_name: str | None
    preferred_script: str | None
    pronunciation: str | None
    pronouns: str | None
    date_of_birth: date | None
    reported_age: int | None
    languages: tuple[str, ...]
    interpreter_language: str | None
    flags: tuple[FlagRow, ...]
    channels: tuple[ChannelRow, ...] | None  # None: not told to the viewer's roles
    charges: tuple[ChargeRow, ...]

    @property
    def initials_only(self) -> bool:
        """Tell whether she asked to be called by her initials."""
        return any(flag.kind is FlagKind.INITIALS_ONLY for flag in self.flags)


_FACE: tuple[Any, ...] = (
    col(Case.id).label("case_id"),
    col(Case.participant_id),
    col(Case.docket_number),
    col(Case.version),
    RESTRICTED.label("restricted"),
    col(Case.stage),
    col(Case.stage_since),
    col(Case.opened_on),
    col(Case.incident_on),
    col(Case.minor_at_offence),
    col(Part.name).label("part"),
    col(Judge.name).label("judge"),
    col(Person.legal_name),
    col(Person.preferred_name),
    col(Person.preferred_script),
    col(Person.pronunciation),
    col(Person.pronouns),
    col(Person.date_of_birth),
    col(Person.reported_age),
    col(Participant.languages),
    col(Participant.interpreter_language),
)


def heading(session: Session, viewer: Actor, case_id: UUID, *, today: date) -> Heading:
    """Return the face of a case as it is today; NotFound when it does not exist for the viewer.

    For queries that have asked whether the viewer may see cases.
    """
    found = session.execute(
        sa.select(*_FACE)
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .join(Part, col(Part.id) == col(Case.part_id))
        .join(Judge, col(Judge.id) == col(Part.judge_id))
        .where(own_cases(viewer), col(Case.id) == case_id)
    ).mappings()
    face = found.first()
    if face is None:
        raise NotFound
    told = reads(viewer.roles, FieldGroup.CONTACT)
    plain: dict[str, Any] = {**face, "languages": tuple(face["languages"])}
    return Heading(
        **plain,
        flags=_flags(session, viewer, face["participant_id"], today),
        channels=_channels(session, viewer, face["participant_id"], today) if told else None,
        charges=_charges(session, viewer, case_id),
    )


def _flags(session: Session, viewer: Actor, participant_id: UUID, today: date) -> tuple[FlagRow, ...]:
    rows = session.execute(
        sa.select(col(SafetyFlag.kind), col(SafetyFlag.note), col(SafetyFlag.since))
        .where(
            col(SafetyFlag.court_id) == viewer.court_id,
            col(SafetyFlag.participant_id) == participant_id,
            sa.or_(col(SafetyFlag.ended_on).is_(None), col(SafetyFlag.ended_on) > today),
        )
        .order_by(col(SafetyFlag.since), col(SafetyFlag.id))
    )
    return tuple(FlagRow(kind=kind, note=note, since=since) for kind, note, since in rows)


def _channels(session: Session, viewer: Actor, participant_id: UUID, today: date) -> tuple[ChannelRow, ...]:
    rows = session.execute(
        sa.select(col(ContactChannel.kind), col(ContactChannel.value), col(ContactChannel.note))
        .where(
            col(ContactChannel.court_id) == viewer.court_id,
            col(ContactChannel.participant_id) == participant_id,
            col(ContactChannel.safe),
            sa.or_(col(ContactChannel.ended_on).is_(None), col(ContactChannel.ended_on) > today),
        )
        .order_by(col(ContactChannel.id))
    )
    return tuple(ChannelRow(kind=kind, value=value, note=note) for kind, value, note in rows)


def _charges(session: Session, viewer: Actor, case_id: UUID) -> tuple[ChargeRow, ...]:
    rows = session.execute(
        sa.select(
            col(Charge.count_number),
            col(Charge.statute),
            col(Charge.description),
            col(Charge.severity),
            col(Charge.offence_on),
            col(Charge.disposition),
            col(Charge.disposed_on),
        )
        .where(col(Charge.court_id) == viewer.court_id, col(Charge.case_id) == case_id)
        .order_by(col(Charge.count_number))
    ).mappings()
    return tuple(ChargeRow(**row) for row in rows)
