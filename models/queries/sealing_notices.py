"""Who must be told of a sealing: every person, and every agency with the records it holds.

Read from sealed cases under the same permission and the same last day as the list of the acts. Five statements.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.queries.sealing import SealingRow, act_of
from models.rules.called import tidy
from models.rules.vocabulary import ChannelKind
from models.scope import Actor
from models.tables import (
    Agency,
    Case,
    ContactChannel,
    Participant,
    Person,
    Provider,
    Referral,
    SealedCase,
    Service,
)

#: By what a letter goes: to counsel, or by mail where she marked that as safe.
_BY_LETTER = (ChannelKind.THROUGH_COUNSEL, ChannelKind.MAIL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One person's record that was sealed, as a letter and an agency know it; `ways` are safe ones, with where the letter goes."""

    docket_number: str
    name: str
    legal_name: str
    date_of_birth: date | None
    sealed_on: date
    ways: tuple[tuple[ChannelKind, str], ...]
    interpreter: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """An agency or provider that holds copies, how it is told, and of which records."""

    name: str
    how: str | None
    records: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """One act with everybody who is to be told, in order of the docket numbers."""

    act: SealingRow
    people: tuple[Told, ...]
    holders: tuple[Holder, ...]


def notices(session: Session, viewer: Actor, sealing_id: UUID, *, today: date) -> Notices:
    """Return who must be told of one act; NotFound when its day has passed, or it never was.

    Raises NotPermitted for whoever may not fetch them. An unsealed record is on no list any more.
    """
    act = act_of(session, viewer, sealing_id, today=today)
    rows = session.execute(_records(viewer, sealing_id)).all()
    ways = _ways(session, viewer, sealing_id)
    people = {row.case_id: _told(row, ways.get(row.participant_id, ())) for row in rows}
    everywhere = tuple(people.values())
    told = session.execute(
        sa.select(col(Agency.name), col(Agency.how))
        .where(col(Agency.court_id) == viewer.court_id, col(Agency.active))
        .order_by(col(Agency.kind), col(Agency.name))
    )
    holders = [Holder(name=row.name, how=row.how, records=everywhere) for row in told]
    return Notices(act=act, people=everywhere, holders=(*holders, *_providers(session, viewer, sealing_id, people)))


def _of(viewer: Actor, sealing_id: UUID) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that keep a statement to the records an act still seals and the viewer may know of."""
    return (
        col(SealedCase.court_id) == viewer.court_id,
        col(SealedCase.sealing_id) == sealing_id,
        col(SealedCase.unsealed_at).is_(None),
        col(Case.participant_id).not_in(viewer.hidden),
    )


def _records(viewer: Actor, sealing_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    sealed = (SealedCase.case_id, SealedCase.docket_number, SealedCase.sealed_on)
    person = (Person.preferred_name, Person.legal_name, Person.date_of_birth)
    return (
        sa.select(
            *(col(one) for one in (*sealed, *person)),
            col(Case.participant_id),
            col(Participant.interpreter_language).label("interpreter"),
        )
        .join(Case, col(Case.id) == col(SealedCase.case_id))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(*_of(viewer, sealing_id))
        .order_by(col(SealedCase.docket_number))
    )


def _ways(session: Session, viewer: Actor, sealing_id: UUID) -> dict[UUID, tuple[tuple[ChannelKind, str], ...]]:
    """Return the safe ways a letter can go: nobody can look an address up in a sealed record afterwards."""
    rows = session.execute(
        sa.select(col(ContactChannel.participant_id), col(ContactChannel.kind), col(ContactChannel.value))
        .join(Case, col(Case.participant_id) == col(ContactChannel.participant_id))
        .join(SealedCase, col(SealedCase.case_id) == col(Case.id))
        .where(*_of(viewer, sealing_id), col(ContactChannel.safe), col(ContactChannel.ended_on).is_(None))
        .where(col(ContactChannel.kind).in_(_BY_LETTER))
        .distinct()
    )
    found: dict[UUID, tuple[tuple[ChannelKind, str], ...]] = {}
    for participant_id, kind, value in rows:
        found[participant_id] = (*found.get(participant_id, ()), (ChannelKind(kind), value))
    return found


def _providers(session: Session, viewer: Actor, sealing_id: UUID, people: dict[UUID, Told]) -> Sequence[Holder]:
    """Return the providers that were sent the participants, each with its own alone."""
    rows = session.execute(
        sa.select(col(Provider.name), col(Provider.contact), col(SealedCase.case_id))
        .join(Service, col(Service.provider_id) == col(Provider.id))
        .join(Referral, col(Referral.service_id) == col(Service.id))
        .join(SealedCase, col(SealedCase.case_id) == col(Referral.case_id))
        .join(Case, col(Case.id) == col(SealedCase.case_id))
        .where(*_of(viewer, sealing_id))
        .distinct()
        .order_by(col(Provider.name))
    )
    held: dict[tuple[str, str | None], list[Told]] = {}
    for name, contact, case_id in rows:
        held.setdefault((name, contact), []).append(people[case_id])
    return [
        Holder(name=name, how=how, records=tuple(sorted(records, key=lambda one: one.docket_number)))
        for (name, how), records in held.items()
    ]


def _told(row: Any, ways: tuple[tuple[ChannelKind, str], ...]) -> Told:
    return Told(
        docket_number=row.docket_number,
        name=tidy(row.preferred_name) or tidy(row.legal_name),
        legal_name=row.legal_name,
        date_of_birth=row.date_of_birth,
        sealed_on=row.sealed_on,
        ways=ways,
        interpreter=row.interpreter,
    )
