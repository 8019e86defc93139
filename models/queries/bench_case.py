"""The pieces of the bench's case that are read from the tables: heading, services, and what was recorded already."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.errors import NotFound
from models.facts.statements import Statement
from models.queries.safety import FLAGS, flags_of
from models.queries.timeline import Timeline
from models.rules.called import called
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    FlagKind,
    InterpreterState,
    MissedAppearance,
    Outcome,
    Purpose,
    ReferralState,
    ServiceKind,
    Stage,
)
from models.scope import Actor, asking, cases_of
from models.tables import (
    Appearance,
    Case,
    Charge,
    CourtSession,
    Decision,
    Judge,
    Part,
    Participant,
    Person,
    Provider,
    Referral,
    Service,
    User,
)

_COURT = sa.bindparam("court_id", type_=sa.Uuid)


@dataclass(frozen=True, kw_only=True)
class BenchHeading:
    """Who is in front of the judge, and on what footing. `called` already respects her safety flags and the room."""

    appearance_id: UUID
    case_id: UUID
    court_session_id: UUID
    held_on: date
    starts_at: time
    state: AppearanceState
    outcome: Outcome | None
    purpose: Purpose
    interpreter: InterpreterState
    docket_number: str
    version: int
    stage: Stage
    minor_at_offence: bool | None
    charges: int
    part: str
    judge: str
    called: str
    legal_name: str | None  # None where names are hidden
    script: str | None
    pronunciation: str | None
    pronouns: str | None
    interpreter_language: str | None
    flags: tuple[FlagKind, ...]


@dataclass(frozen=True, kw_only=True)
class BenchService:
    """One service of the participant. `attended` counts its sessions; `expected` is what the mandate asks of it."""

    referral_id: UUID
    kind: ServiceKind
    provider: str | None
    service: str | None
    state: ReferralState
    since: date
    mandated: bool
    queue_place: int | None
    attended: int | None  # None: not available, because no release is active
    expected: int | None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What is recorded at this appearance, in its latest version."""

    decision_id: UUID
    version: int
    outcome: Outcome
    missed: MissedAppearance | None
    promised: str | None
    no_next_date_reason: str | None
    correction_reason: str | None
    recorded_by: str
    recorded_at: datetime


def heading_of(session: Session, viewer: Actor, appearance_id: UUID, faces_room: bool = False) -> BenchHeading:
    """Return the heading of one appearance on the calendar; NotFound when it does not exist for the viewer."""
    row = session.execute(_HEADING, {**asking(viewer), "appearance_id": appearance_id}).mappings().first()
    if row is None:
        raise NotFound
    known = dict(row)
    flags = flags_of(known.pop("flags"))
    preferred, legal = known.pop("preferred_name"), known["legal_name"]
    hidden = faces_room or FlagKind.INITIALS_ONLY in flags
    if hidden:
        known.update(legal_name=None, preferred_script=None, pronunciation=None)
    return BenchHeading(
        **{name: value for name, value in known.items() if name != "preferred_script"},
        script=known["preferred_script"],
        called=called(preferred, legal, initials_only=hidden, faces_room=faces_room),
        flags=flags,
    )


_CHARGES = (
    sa.select(sa.func.count())
    .select_from(Charge)
    .where(col(Charge.court_id) == _COURT, col(Charge.case_id) == col(Case.id))
    .correlate(Case)
    .scalar_subquery()
)

_HEADING: Statement = (
    sa.select(
        col(Appearance.id).label("appearance_id"),
        col(Appearance.case_id),
        col(Appearance.court_session_id),
        col(CourtSession.held_on),
        col(CourtSession.starts_at),
        col(Appearance.state),
        col(Appearance.outcome),
        col(Appearance.purpose),
        col(Appearance.interpreter),
        col(Case.docket_number),
        col(Case.version),
        col(Case.stage),
        col(Case.minor_at_offence),
        _CHARGES.label("charges"),
        col(Part.name).label("part"),
        col(Judge.name).label("judge"),
        col(Person.legal_name),
        col(Person.preferred_name),
        col(Person.preferred_script),
        col(Person.pronunciation),
        col(Person.pronouns),
        col(Participant.interpreter_language),
        FLAGS.label("flags"),
    )
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .join(Part, col(Part.id) == col(CourtSession.part_id))
    .join(Judge, col(Judge.id) == sitting.USUAL_JUDGE)
    .join(Case, sa.and_(col(Case.id) == col(Appearance.case_id), cases_of(_COURT)))
    .join(Participant, col(Participant.id) == col(Case.participant_id))
    .join(Person, col(Person.id) == col(Participant.person_id))
    .where(
        col(Appearance.court_id) == _COURT,
        col(Appearance.id) == sa.bindparam("appearance_id", type_=sa.Uuid),
        col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.HELD)),
    )
)

_SERVICES: Statement = (
    sa.select(
        col(Referral.id).label("referral_id"),
        col(Referral.kind),
        col(Provider.name).label("provider"),
        col(Service.name).label("service"),
        col(Referral.state),
        col(Referral.state_since).label("since"),
        col(Referral.mandated),
        col(Referral.queue_place),
        col(Referral.sessions).label("expected"),
    )
    .outerjoin(Service, col(Service.id) == col(Referral.service_id))
    .outerjoin(Provider, col(Provider.id) == col(Service.provider_id))
    .where(
        col(Referral.court_id) == _COURT,
        col(Referral.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
        col(Referral.state) != ReferralState.WITHDRAWN,
    )
    .order_by(col(Referral.mandated).desc(), col(Referral.state_since), col(Referral.id))
)


def services_of(session: Session, viewer: Actor, case_id: UUID, happened: Timeline) -> tuple[BenchService, ...]:
    """Return the services of a case that the caller was allowed to load, the mandated first."""
    attended = Counter(
        one.referral_id for one in happened.sessions if one.kind is AttendanceKind.ATTENDED and not one.disputed
    )
    rows = session.execute(_SERVICES, {"court_id": viewer.court_id, "case_id": case_id}).mappings()
    return tuple(
        BenchService(**row, attended=None if row["provider"] in happened.withheld else attended[row["referral_id"]])
        for row in rows
    )


_RECORDED: Statement = (
    sa.select(
        col(Decision.id).label("decision_id"),
        col(Decision.version),
        col(Decision.outcome),
        col(Decision.missed),
        col(Decision.promised),
        col(Decision.no_next_date_reason),
        col(Decision.correction_reason),
        col(User.display_name).label("recorded_by"),
        col(Decision.recorded_at),
    )
    .join(User, col(User.id) == col(Decision.recorded_by))
    .where(
        col(Decision.court_id) == _COURT, col(Decision.appearance_id) == sa.bindparam("appearance_id", type_=sa.Uuid)
    )
    .order_by(col(Decision.version).desc())
    .limit(1)
)


def recorded_of(session: Session, viewer: Actor, heading: BenchHeading) -> Recorded | None:
    """Return the latest version of the decision at this appearance; None while there is none."""
    if heading.state is not AppearanceState.HELD:
        return None
    given = {"court_id": viewer.court_id, "appearance_id": heading.appearance_id}
    row = session.execute(_RECORDED, given).mappings().first()
    return Recorded(**row) if row else None
