"""What only the printed lists have beside the docket: the court's last promise, and what is open for a case.

Two statements, however many cases are on the session.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.facts.released import OF_SESSIONS, reader, unreleased
from models.facts.statements import Statement
from models.queries.docket_statements import ON_THE_DOCKET
from models.rules.follow_up_places import Surface, inputs_of, place, shown
from models.rules.permissions import Action
from models.rules.vocabulary import AppearanceState, FollowUpKind, Move
from models.scope import Actor, asking, require
from models.tables import Appearance, CourtSession, FollowUp


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the court promised at the last appearance before this session, on a civil day."""

    on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFollowUp:
    """One open obligation of a case: what, whose move, and since which civil day."""

    kind: FollowUpKind
    reason: str
    move: Move
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What is added on paper, by case."""

    promises: dict[UUID, Promise]
    follow_ups: dict[UUID, tuple[OpenFollowUp, ...]]


def paper(session: Session, viewer: Actor, session_id: UUID, *, today: date) -> Paper:
    """Return what the bench and staffing lists of one session add, as known on the civil date `today`."""
    require(viewer, Action.PRINT_LISTS)
    given = {**asking(viewer), **reader(viewer), "session_id": session_id, "on_day": today}
    promises: dict[UUID, Promise] = {}
    for row in session.execute(_PROMISES, given).mappings():
        promises.setdefault(row["case_id"], Promise(on=row["held_on"], words=row["promised"] or ""))
    follow_ups: dict[UUID, tuple[OpenFollowUp, ...]] = {}
    for row in session.execute(_FOLLOW_UPS, given).mappings():
        inputs = inputs_of(row["kind"], row["due_on"], row["grace_days"], row["held_until"])
        if not shown(Surface.PAPER, place(row["kind"], inputs, today)):
            continue
        entry = OpenFollowUp(kind=row["kind"], reason=row["reason"], move=row["move"], since=row["since"])
        follow_ups[row["case_id"]] = (*follow_ups.get(row["case_id"], ()), entry)
    return Paper(promises={case: made for case, made in promises.items() if made.words}, follow_ups=follow_ups)


_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_THIS_DAY = (
    sa.select(col(CourtSession.held_on))
    .where(col(CourtSession.id) == sa.bindparam("session_id", type_=sa.Uuid))
    .scalar_subquery()
)

#: Every appearance held before this session's day, the newest first: the first of a case is the one that counts.
_PROMISES: Statement = (
    sa.select(col(Appearance.case_id), col(CourtSession.held_on), col(Appearance.promised))
    .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
    .where(
        col(Appearance.court_id) == _COURT,
        col(Appearance.case_id).in_(ON_THE_DOCKET),
        col(Appearance.state) == AppearanceState.HELD,
        col(CourtSession.held_on) < _THIS_DAY,
    )
    .order_by(col(CourtSession.held_on).desc(), col(CourtSession.starts_at).desc())
)

_FOLLOW_UPS: Statement = (
    sa.select(
        *(col(FollowUp.case_id), col(FollowUp.kind), col(FollowUp.reason), col(FollowUp.move), col(FollowUp.since)),
        *(col(FollowUp.due_on), col(FollowUp.grace_days), col(FollowUp.held_until)),
    )
    .where(
        col(FollowUp.court_id) == _COURT,
        col(FollowUp.case_id).in_(ON_THE_DOCKET),
        col(FollowUp.done_on).is_(None),
        col(FollowUp.void_on).is_(None),
        sa.or_(col(FollowUp.kind).not_in(OF_SESSIONS), ~unreleased(col(FollowUp.case_id))),
    )
    .order_by(col(FollowUp.since), col(FollowUp.kind))
)
