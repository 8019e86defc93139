"""The moves of many cases as they were made: the list of them, and one with everybody who is to be told.

One statement for the list, three for one move. Without the right to see dockets the cases are only counted. Only ways
of reaching somebody that are marked safe are told, by their kind; the address itself stays in the case.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.audit.looks import shows_list
from models.errors import NotFound
from models.rules.audited import Look
from models.rules.called import short_name
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, ChannelKind, FlagKind, MoveCause
from models.scope import Actor, may, own_cases, require
from models.sitting import TAKES_A_PLACE
from models.tables import (
    Appearance,
    BulkMove,
    Case,
    ContactChannel,
    CourtSession,
    Judge,
    MovedCase,
    Part,
    Participant,
    Person,
    SafetyFlag,
    User,
)

#: How many moves the list shows, newest first.
NEWEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMade:
    """One move of many cases: its cause and days (civil dates), who approved it when (UTC), and whether it was undone."""

    id: UUID
    cause: MoveCause
    first_on: date
    last_on: date
    part: str | None  # of the one session it is about
    judge: str | None  # who is away
    reason: str
    whole: bool
    cases: int
    back: int  # put back by an undo
    recorded_at: datetime
    recorded_by: str
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One case that was moved: where it was and where it is now, and how its participant can be told safely.

    Number and name only for who sees dockets; `now_on` is None where it is on no session any more.
    """

    case_id: UUID
    docket_number: str | None
    name: str | None
    was_on: date
    now_on: date | None
    starts_at: time | None
    part: str | None
    state: AppearanceState  # of the appearance it got: moved or removed when it was changed again since
    kept_reason: str | None  # why an undo left it where it was
    back: bool
    language: str | None  # an interpreter is needed in it
    channels: tuple[tuple[ChannelKind, str | None], ...]  # safe ones: kind, and what to mind


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDetail:
    """One move with its cases, in the order in which they were called."""

    move: MoveMade
    cases: tuple[Affected, ...]


def bulk_moves(session: Session, viewer: Actor) -> tuple[MoveMade, ...]:
    """Return the newest moves of many cases, without a case."""
    require(viewer, Action.SEE_CALENDAR)
    rows = session.execute(_moves(viewer).limit(NEWEST)).mappings()
    return tuple(MoveMade(**row) for row in rows)


@shows_list(
    Look.MOVE,
    lambda shown: (row.case_id for row in shown.cases if row.docket_number),
    lambda shown: ("bulk_move", shown.move.id),
)
def bulk_move(session: Session, viewer: Actor, bulk_move_id: UUID, *, faces_room: bool = False) -> MoveDetail:
    """Return one move with everybody affected; NotFound. Initials only where the room can see."""
    require(viewer, Action.SEE_CALENDAR)
    found = session.execute(_moves(viewer).where(col(BulkMove.id) == bulk_move_id)).mappings().first()
    if found is None:
        raise NotFound
    rows = session.execute(_cases(viewer, bulk_move_id)).mappings().all()
    ways = _channels(session, viewer, bulk_move_id) if may(viewer, Action.SEE_DOCKET) else {}
    cases = tuple(_affected(viewer, row, ways, faces_room) for row in rows)
    return MoveDetail(move=MoveMade(**found), cases=cases)


def _moves(viewer: Actor) -> sa.Select[*tuple[Any, ...]]:
    def counted(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        mine = (col(MovedCase.court_id) == viewer.court_id, col(MovedCase.bulk_move_id) == col(BulkMove.id))
        seen = sa.join(MovedCase, Case, sa.and_(col(Case.id) == col(MovedCase.case_id), own_cases(viewer)))
        return sa.select(sa.func.count()).select_from(seen).where(*mine, *which).scalar_subquery()

    return (
        sa.select(
            col(BulkMove.id),
            col(BulkMove.cause),
            col(BulkMove.first_on),
            col(BulkMove.last_on),
            col(Part.name).label("part"),
            col(Judge.name).label("judge"),
            col(BulkMove.reason),
            col(BulkMove.whole),
            counted().label("cases"),
            counted(col(MovedCase.back_id).is_not(None)).label("back"),
            col(BulkMove.recorded_at),
            col(User.display_name).label("recorded_by"),
            col(BulkMove.undone_at),
        )
        .join(User, col(User.id) == col(BulkMove.recorded_by))
        .outerjoin(CourtSession, col(CourtSession.id) == col(BulkMove.session_id))
        .outerjoin(Part, col(Part.id) == col(CourtSession.part_id))
        .outerjoin(Judge, col(Judge.id) == col(BulkMove.judge_id))
        .where(col(BulkMove.court_id) == viewer.court_id)
        .order_by(col(BulkMove.recorded_at).desc(), col(BulkMove.id).desc())
    )


def _cases(viewer: Actor, bulk_move_id: UUID) -> sa.Select[*tuple[Any, ...]]:
    """Select the cases of one move that exist for the viewer, each with its old session and the one it is on now."""
    old, new, back = (sa.orm.aliased(Appearance) for _ in range(3))
    was, now = sa.orm.aliased(CourtSession), sa.orm.aliased(CourtSession)
    initials_only = sa.exists().where(
        col(SafetyFlag.court_id) == viewer.court_id,
        col(SafetyFlag.participant_id) == col(Participant.id),
        col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
        col(SafetyFlag.ended_on).is_(None),
    )
    return (
        sa.select(
            col(Case.id).label("case_id"),
            col(Case.docket_number),
            col(Case.participant_id),
            col(Person.preferred_name),
            col(Person.legal_name),
            initials_only.label("initials_only"),
            col(Participant.interpreter_language).label("language"),
            col(was.held_on).label("was_on"),
            col(now.held_on).label("now_on"),
            col(now.starts_at),
            col(Part.name).label("part"),
            sa.func.coalesce(col(back.state), col(new.state)).label("state"),
            col(MovedCase.kept_reason),
            col(MovedCase.back_id).is_not(None).label("back"),
        )
        .join(Case, sa.and_(col(Case.id) == col(MovedCase.case_id), own_cases(viewer)))
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .join(old, col(old.id) == col(MovedCase.appearance_id))
        .join(was, col(was.id) == col(old.court_session_id))
        .join(new, col(new.id) == col(MovedCase.moved_to_id))
        .outerjoin(back, col(back.id) == col(MovedCase.back_id))
        .join(now, col(now.id) == sa.func.coalesce(col(back.court_session_id), col(new.court_session_id)))
        .join(Part, col(Part.id) == col(now.part_id))
        .where(col(MovedCase.court_id) == viewer.court_id, col(MovedCase.bulk_move_id) == bulk_move_id)
        .order_by(col(was.held_on), col(was.starts_at), col(was.id), col(old.position), col(old.id))
    )


def _channels(session: Session, viewer: Actor, bulk_move_id: UUID) -> dict[UUID, list[tuple[ChannelKind, str | None]]]:
    """Return the safe ways to reach each participant of a move, by kind."""
    moved = (
        sa.select(col(Case.participant_id))
        .join(MovedCase, col(MovedCase.case_id) == col(Case.id))
        .where(own_cases(viewer), col(MovedCase.bulk_move_id) == bulk_move_id)
    )
    rows = session.execute(
        sa.select(col(ContactChannel.participant_id), col(ContactChannel.kind), col(ContactChannel.note))
        .where(
            col(ContactChannel.court_id) == viewer.court_id,
            col(ContactChannel.safe),
            col(ContactChannel.ended_on).is_(None),
            col(ContactChannel.participant_id).in_(moved),
        )
        .order_by(col(ContactChannel.kind), col(ContactChannel.id))
    )
    found: dict[UUID, list[tuple[ChannelKind, str | None]]] = {}
    for participant_id, kind, note in rows:
        found.setdefault(participant_id, []).append((kind, note))
    return found


def _affected(
    viewer: Actor, row: Any, ways: dict[UUID, list[tuple[ChannelKind, str | None]]], faces_room: bool
) -> Affected:
    named = may(viewer, Action.SEE_DOCKET)
    there = row["state"] in TAKES_A_PLACE
    name = short_name(row["preferred_name"], row["legal_name"], bool(row["initials_only"]), faces_room)
    return Affected(
        case_id=row["case_id"],
        docket_number=row["docket_number"] if named else None,
        name=name if named else None,
        was_on=row["was_on"],
        now_on=row["now_on"] if there else None,
        starts_at=row["starts_at"] if there else None,
        part=row["part"] if there else None,
        state=AppearanceState(row["state"]),
        kept_reason=row["kept_reason"],
        back=bool(row["back"]),
        language=row["language"] if named else None,
        channels=tuple(ways.get(row["participant_id"], ())),
    )
