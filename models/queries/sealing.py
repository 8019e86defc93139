"""What waits to be sealed, what a sealing would take and leave out and why, and who must be told afterwards.

The notices are read from sealed cases, which exist for nobody else: only who may fetch them, only of one act, and only
until its stated day. Each of the questions takes at most five statements, however many cases there are.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.errors import NotFound
from models.queries.safety import FLAGS, flags_of
from models.rules.audited import Look
from models.rules.called import short_name
from models.rules.permissions import Action
from models.rules.sealing import Which
from models.rules.vocabulary import CLOSED, AgencyKind, FlagKind, FollowUpKind, Stage
from models.scope import Actor, own_cases, require
from models.sealing import candidates, named
from models.tables import Agency, Case, Charge, FollowUp, Participant, Person, SealedCase, Sealing


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One case of a preview: how it stands since a civil date, and why it would be left out, if it would."""

    case_id: UUID
    docket_number: str
    name: str
    stage: Stage
    since: date
    left_out: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a sealing would do; `stamp` goes back with the approval."""

    sealed: tuple[PreviewRow, ...]
    left_out: tuple[PreviewRow, ...]
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRow:
    """An agency outside the court, and whether it is told of sealings."""

    id: UUID
    name: str
    kind: AgencyKind
    how: str | None
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SealingRow:
    """One act whose notices can still be fetched, until `notices_until` (a civil date, included)."""

    id: UUID
    authority: str
    order_number: str | None
    sealed_on: date
    notices_until: date
    cases: int


def waiting(session: Session, viewer: Actor) -> frozenset[UUID]:
    """Return the cases whose sealing is an open follow-up, in one statement."""
    require(viewer, Action.SEAL)
    asked = sa.select(col(FollowUp.case_id)).where(
        col(FollowUp.court_id) == viewer.court_id,
        col(FollowUp.kind) == FollowUpKind.SEALING,
        col(FollowUp.done_on).is_(None),
        col(FollowUp.void_on).is_(None),
    )
    return frozenset(session.scalars(sa.select(col(Case.id)).where(own_cases(viewer), col(Case.id).in_(asked))))


def statutes(session: Session, viewer: Actor) -> tuple[str, ...]:
    """Return the statutes under which cases that are over were charged, in one statement."""
    require(viewer, Action.SEAL)
    found = (
        sa.select(col(Charge.statute))
        .join(Case, col(Case.id) == col(Charge.case_id))
        .where(own_cases(viewer), col(Case.stage).in_(CLOSED))
        .distinct()
    )
    return tuple(session.scalars(found.order_by(col(Charge.statute))))


@shows_list(Look.SEALING_PREVIEW, lambda shown: (row.case_id for row in (*shown.sealed, *shown.left_out)))
def preview(session: Session, viewer: Actor, which: Which, *, faces_room: bool = False) -> Preview:
    """Return what a sealing would take and leave out, in three statements; the cases in order of their numbers."""
    require(viewer, Action.SEAL)
    found = candidates(session, viewer, which)
    why = {case.case_id: reason for case, reason in found.cases}
    faces = session.execute(_faces(viewer, which), {"court_id": viewer.court_id})
    rows = [_preview_row(row, why, faces_room) for row in faces if row.id in why]
    return Preview(
        sealed=tuple(row for row in rows if row.left_out is None),
        left_out=tuple(row for row in rows if row.left_out is not None),
        stamp=found.stamp,
    )


def agencies(session: Session, viewer: Actor) -> tuple[AgencyRow, ...]:
    """Return the court's agencies, those told of sealings first, in one statement."""
    require(viewer, Action.SEAL)
    columns = (col(one) for one in (Agency.id, Agency.name, Agency.kind, Agency.how, Agency.active))
    rows = session.execute(
        sa.select(*columns)
        .where(col(Agency.court_id) == viewer.court_id)
        .order_by(col(Agency.active).desc(), col(Agency.kind), col(Agency.name))
    )
    return tuple(AgencyRow(**row) for row in rows.mappings())


def sealings(session: Session, viewer: Actor, *, today: date) -> tuple[SealingRow, ...]:
    """Return the acts whose notices can be fetched on `today`, the newest first, in one statement."""
    require(viewer, Action.FETCH_SEALING_NOTICES)
    rows = session.execute(_acts(viewer, today).order_by(col(Sealing.id).desc())).mappings()
    return tuple(SealingRow(**row) for row in rows)


def act_of(session: Session, viewer: Actor, sealing_id: UUID, *, today: date) -> SealingRow:
    """Return one act whose notices can be fetched on `today`; NotFound for any other, and after its day."""
    require(viewer, Action.FETCH_SEALING_NOTICES)
    row = session.execute(_acts(viewer, today).where(col(Sealing.id) == sealing_id)).mappings().first()
    if row is None:
        raise NotFound
    return SealingRow(**row)


def _acts(viewer: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Select the acts that still seal something and whose day has not passed; one put back after a restore has none."""
    still = sa.and_(col(SealedCase.sealing_id) == col(Sealing.id), col(SealedCase.unsealed_at).is_(None))
    return (
        sa.select(
            *(col(one) for one in (Sealing.id, Sealing.authority, Sealing.order_number, Sealing.notices_until)),
            sa.func.min(col(SealedCase.sealed_on)).label("sealed_on"),
            sa.func.count(col(SealedCase.id)).label("cases"),
        )
        .join(SealedCase, still)
        .where(
            col(Sealing.court_id) == viewer.court_id,
            col(Sealing.notices_until) >= today,
            col(Sealing.recorded_by).is_not(None),
        )
        .group_by(col(Sealing.id), col(Sealing.authority), col(Sealing.order_number), col(Sealing.notices_until))
    )


def _faces(viewer: Actor, which: Which) -> sa.Select[*tuple[Any, ...]]:
    """Select number and name of the cases a sealing is about."""
    return (
        sa.select(
            *(col(one) for one in (Case.id, Case.docket_number, Case.stage, Case.stage_since)),
            *(col(one) for one in (Person.preferred_name, Person.legal_name)),
            FLAGS.label("flags"),
        )
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(own_cases(viewer), *named(which))
        .order_by(col(Case.docket_number))
    )


def _preview_row(row: Any, why: dict[UUID, str | None], faces_room: bool) -> PreviewRow:
    hidden = FlagKind.INITIALS_ONLY in flags_of(row.flags)
    return PreviewRow(
        case_id=row.id,
        docket_number=row.docket_number,
        name=short_name(row.preferred_name, row.legal_name, hidden, faces_room),
        stage=row.stage,
        since=row.stage_since,
        left_out=why[row.id],
    )
