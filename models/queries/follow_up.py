"""What is open, why, whose move it is and since when: the worklist of a court, from the states that the rule derives.

Three statements, however much is open. What is seen here is what a count counts: there is no second truth.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.facts.released import OF_SESSIONS, reader, unreleased
from models.rules.audited import Look
from models.rules.called import initials, short_name
from models.rules.follow_up import age_days, follow_up_state
from models.rules.follow_up_places import Place, Surface, inputs_of, place, shown
from models.rules.permissions import Action
from models.rules.vocabulary import (
    IN_PROGRAM,
    AppearanceState,
    FlagKind,
    FollowUpKind,
    FollowUpState,
    Move,
    ReferralState,
    Role,
    ServiceKind,
)
from models.scope import Actor, own_cases, require
from models.tables import (
    Appearance,
    Case,
    CourtSession,
    FollowUp,
    Participant,
    Person,
    Provider,
    Referral,
    SafetyFlag,
    User,
)
from models.tables.base import table_of

Statement = sa.Select[*tuple[Any, ...]]

#: Whose moves are a role's own.
MOVES_OF = {
    Role.JUDGE: frozenset({Move.COURT}),
    Role.CLERK: frozenset({Move.CLERK}),
    Role.COORDINATOR: frozenset({Move.COORDINATOR}),
}


class Whose(StrEnum):
    """The parts of the worklist; every follow-up is in exactly one of the first four."""

    MINE = "mine"
    PROVIDERS = "providers"
    COURT = "court"  # the court's side, but for what is mine
    PARTICIPANT = "participant"
    EVERYTHING = "everything"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUp:
    """One thing somebody must see to, as it stands on the day asked about. Days are civil dates of the court."""

    id: UUID
    kind: FollowUpKind
    case_id: UUID | None
    docket_number: str | None
    name: str | None  # as a list inside the court calls her
    initials: str | None
    reason: str
    need: ServiceKind | None  # of a need without a place: what is needed; nothing for the room
    move: Move
    whose: Whose
    provider: str | None
    part_2: bool  # a substance use program: 42 CFR Part 2
    assigned: str | None
    appearance_id: UUID | None  # the proposed date that waits for approval
    response_id: UUID | None  # the ordered response that waits to be recorded done or not done
    since: date
    due_on: date
    state: FollowUpState
    age_days: int  # past the due day
    held_until: date | None
    hold_reason: str | None
    next_on: date | None

    place: Place

    @property
    def held(self) -> bool:
        """Tell whether somebody let it rest until a day."""
        return self.state is FollowUpState.HELD

    @property
    def reached(self) -> bool:
        """Tell whether its day has come: it is counted by its age."""
        return shown(Surface.AGES, self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """Everything open in the court, oldest first, and how many cases are in the program."""

    rows: tuple[OpenFollowUp, ...]
    active_cases: int

    def of(self, whose: Whose, *, resting: bool = False) -> tuple[OpenFollowUp, ...]:
        """Return one part of the list; with `resting` what is held or due only later is in it too."""
        asked = (Surface.LIST, Surface.RESTS) if resting else (Surface.LIST,)
        listed = (row for row in self.rows if any(shown(surface, row.place) for surface in asked))
        return tuple(row for row in listed if whose is Whose.EVERYTHING or row.whose is whose)

    def exported(self, whose: Whose) -> tuple[OpenFollowUp, ...]:
        """Return one part of the list as it leaves the screen in a file."""
        return tuple(row for row in self.of(whose, resting=True) if shown(Surface.EXPORT, row.place))


@shows_list(Look.FOLLOW_UP, lambda shown: (row.case_id for row in shown.rows))
def worklist(session: Session, viewer: Actor, *, today: date) -> Worklist:
    """Return what is open on `today` in the viewer's court; nothing of sealed cases, and nothing no release lets be read."""
    require(viewer, Action.SEE_FOLLOW_UP)
    own = frozenset[Move]().union(*(MOVES_OF.get(role, ()) for role in viewer.roles))
    given = {"court_id": viewer.court_id, "on_day": today, **reader(viewer)}
    found = session.execute(_open(viewer, today), given).mappings()
    needs = _needs(session, viewer)
    rows = (_row(line, viewer, own, needs, today) for line in found)
    active = session.scalar(
        sa.select(sa.func.count()).select_from(Case).where(own_cases(viewer), col(Case.stage).in_(IN_PROGRAM))
    )
    return Worklist(rows=tuple(sorted(rows, key=lambda row: (row.due_on, row.since))), active_cases=active or 0)


def _open(viewer: Actor, today: date) -> Statement:
    return (
        sa.select(
            *(column for column in table_of(FollowUp).c if column.name != "court_id"),
            col(Case.docket_number),
            col(Person.preferred_name),
            col(Person.legal_name),
            col(Provider.name).label("provider"),
            sa.func.coalesce(col(Provider.substance_use), sa.false()).label("part_2"),
            col(User.display_name).label("assigned"),
            _next_on(viewer, today).label("next_on"),
            _initials_only(viewer).label("initials_only"),
        )
        .outerjoin(Case, col(Case.id) == col(FollowUp.case_id))
        .outerjoin(Participant, col(Participant.id) == col(Case.participant_id))
        .outerjoin(Person, col(Person.id) == col(Participant.person_id))
        .outerjoin(Provider, col(Provider.id) == col(FollowUp.provider_id))
        .outerjoin(User, col(User.id) == col(FollowUp.assigned_to))
        .where(
            col(FollowUp.court_id) == viewer.court_id,
            col(FollowUp.done_on).is_(None),
            col(FollowUp.void_on).is_(None),
            sa.or_(col(FollowUp.case_id).is_(None), own_cases(viewer)),
            sa.or_(col(FollowUp.kind).not_in(OF_SESSIONS), ~unreleased(col(FollowUp.case_id))),
        )
    )


def _next_on(viewer: Actor, today: date) -> sa.ScalarSelect[date]:
    return (
        sa.select(sa.func.min(col(CourtSession.held_on)))
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(
            col(Appearance.court_id) == viewer.court_id,
            col(Appearance.case_id) == col(FollowUp.case_id),
            col(Appearance.state) == AppearanceState.SCHEDULED,
            col(CourtSession.held_on) >= today,
        )
        .correlate(FollowUp)
        .scalar_subquery()
    )


def _initials_only(viewer: Actor) -> sa.ColumnElement[bool]:
    return sa.exists().where(
        col(SafetyFlag.court_id) == viewer.court_id,
        col(SafetyFlag.participant_id) == col(Case.participant_id),
        col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
        col(SafetyFlag.ended_on).is_(None),
    )


def _needs(session: Session, viewer: Actor) -> dict[str, ServiceKind]:
    """Return what is needed where no place has been found, by the referral's id as an occurrence has it."""
    needed = sa.select(col(Referral.id), col(Referral.kind)).where(
        col(Referral.court_id) == viewer.court_id, col(Referral.state) == ReferralState.NEEDED
    )
    return {str(row.id): row.kind for row in session.execute(needed)}


def _row(
    line: Any, viewer: Actor, own: Collection[Move], needs: Mapping[str, ServiceKind], today: date
) -> OpenFollowUp:
    inputs = inputs_of(line["kind"], line["due_on"], line["grace_days"], line["held_until"])
    state = follow_up_state(inputs, today)
    names = line["preferred_name"], line["legal_name"]
    hidden = bool(line["initials_only"])
    return OpenFollowUp(
        id=line["id"],
        kind=line["kind"],
        case_id=line["case_id"],
        docket_number=line["docket_number"],
        name=short_name(*names, initials_only=hidden, faces_room=False) if line["case_id"] else None,
        initials=initials(names[0] or names[1]) if line["case_id"] else None,
        reason=line["reason"],
        need=needs.get(line["occurrence"].partition(":")[0])
        if line["kind"] is FollowUpKind.NEED_WITHOUT_PLACE
        else None,
        move=line["move"],
        whose=_whose(line["move"], line["assigned_to"], viewer, own),
        provider=line["provider"],
        part_2=bool(line["part_2"]),
        assigned=line["assigned"],
        appearance_id=_subject(line, FollowUpKind.APPROVE_DATE),
        response_id=_subject(line, FollowUpKind.RESPONSE_DUE),
        since=line["since"],
        due_on=line["due_on"],
        state=state,
        age_days=age_days(inputs, today),
        held_until=line["held_until"],
        hold_reason=line["hold_reason"],
        next_on=line["next_on"],
        place=place(line["kind"], inputs, today),
    )


def _subject(line: Any, kind: FollowUpKind) -> UUID | None:
    """Return what a follow-up of this kind is about, where its occurrence is the id alone."""
    return UUID(line["occurrence"]) if line["kind"] is kind and ":" not in line["occurrence"] else None


def _whose(move: Move, assigned_to: UUID | None, viewer: Actor, own: Collection[Move]) -> Whose:
    if assigned_to is not None and assigned_to == viewer.user_id:
        return Whose.MINE
    if move in own and assigned_to is None:
        return Whose.MINE
    outside = {Move.PROVIDER: Whose.PROVIDERS, Move.PARTICIPANT: Whose.PARTICIPANT}
    return outside.get(move, Whose.COURT)
