"""Who may see a restricted participant and why, whom one may name, and what was opened in an emergency.

What the administrator reads of an opening holds no case: who, when, until when, and why in the court's words.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.audit.looks import shows_case
from models.rules.audited import Look
from models.rules.permissions import Action
from models.rules.restrictions import may_be_named
from models.rules.vocabulary import OpeningReason, Role
from models.scope import Actor, load_case, require
from models.tables import NamedStaff, Opening, Restriction, User, UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow:
    """One account that is named, or could be."""

    user_id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedRow:
    """One emergency opening as the named staff read it; instants are UTC."""

    by: str
    why: OpeningReason
    reason: str
    opened_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionRow:
    """Why a participant is restricted, since when (UTC) and by whom, who may see her, and who opened her case meanwhile."""

    reason: str
    since: datetime
    restricted_by: str
    staff: tuple[StaffRow, ...]
    openings: tuple[OpenedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningNotice:
    """One emergency opening as the administrator reads it, without any case; instants are UTC."""

    opening_id: UUID
    by: str
    why: OpeningReason
    opened_at: datetime
    until: datetime
    opened: bool  # it opened a restricted case; False: there was none to open
    answered_at: datetime | None
    answered_by: str | None


@shows_case(Look.CASE_FILE)
def restriction_of(session: Session, viewer: Actor, case_id: UUID) -> RestrictionRow | None:
    """Return the restriction in force of a case's participant, None where there is none; NotFound. At most four statements."""
    require(viewer, Action.SEE_CASE)
    case = load_case(session, viewer, case_id)
    found = session.execute(
        sa.select(col(Restriction.id), col(Restriction.reason), col(Restriction.since), col(User.display_name))
        .join(User, col(User.id) == col(Restriction.restricted_by))
        .where(
            col(Restriction.court_id) == viewer.court_id,
            col(Restriction.participant_id) == case.participant_id,
            col(Restriction.lifted_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    return RestrictionRow(
        reason=found.reason,
        since=found.since,
        restricted_by=found.display_name,
        staff=_staff(session, found.id),
        openings=_openings(session, viewer, case.participant_id, found.since),
    )


def nameable_staff(session: Session, viewer: Actor) -> tuple[StaffRow, ...]:
    """Return the court's accounts whose roles read cases, by name, in one statement."""
    require(viewer, Action.RESTRICT)
    rows = session.execute(
        sa.select(col(User.id), col(User.display_name), col(UserRole.role))
        .join(UserRole, col(UserRole.user_id) == col(User.id))
        .where(col(User.court_id) == viewer.court_id, col(User.disabled_at).is_(None))
        .order_by(col(User.display_name), col(User.id))
    )
    able = {row.id: row.display_name for row in rows if may_be_named([Role(row.role)])}
    return tuple(StaffRow(user_id=user_id, name=name) for user_id, name in able.items())


def opening_notices(session: Session, viewer: Actor, *, at_most: int = 100) -> tuple[OpeningNotice, ...]:
    """Return the court's emergency openings: those nobody has read of first, then the newest. One statement."""
    require(viewer, Action.ANSWER_OPENINGS)
    reader = aliased(User)
    rows = session.execute(
        sa.select(
            col(Opening.id).label("opening_id"),
            col(User.display_name).label("by"),
            col(Opening.why),
            col(Opening.opened_at),
            col(Opening.until),
            col(Opening.opened_id).is_not(None).label("opened"),
            col(Opening.answered_at),
            col(reader.display_name).label("answered_by"),
        )
        .join(User, col(User.id) == col(Opening.user_id))
        .outerjoin(reader, col(reader.id) == col(Opening.answered_by))
        .where(col(Opening.court_id) == viewer.court_id)
        .order_by(col(Opening.answered_at).is_not(None), col(Opening.opened_at).desc())
        .limit(at_most)
    ).mappings()
    return tuple(OpeningNotice(**{**row, "opened": bool(row["opened"])}) for row in rows)


def _staff(session: Session, restriction_id: UUID) -> tuple[StaffRow, ...]:
    rows = session.execute(
        sa.select(col(User.id), col(User.display_name))
        .join(NamedStaff, col(NamedStaff.user_id) == col(User.id))
        .where(col(NamedStaff.restriction_id) == restriction_id, col(NamedStaff.ended_at).is_(None))
        .order_by(col(User.display_name), col(User.id))
    )
    return tuple(StaffRow(user_id=row.id, name=row.display_name) for row in rows)


def _openings(session: Session, viewer: Actor, participant_id: UUID, since: datetime) -> tuple[OpenedRow, ...]:
    rows = session.execute(
        sa.select(
            col(User.display_name).label("by"),
            *(col(Opening.why), col(Opening.reason), col(Opening.opened_at), col(Opening.until)),
        )
        .join(User, col(User.id) == col(Opening.user_id))
        .where(
            col(Opening.court_id) == viewer.court_id,
            col(Opening.opened_id) == participant_id,
            col(Opening.opened_at) >= since,
        )
        .order_by(col(Opening.opened_at).desc())
    ).mappings()
    return tuple(OpenedRow(**row) for row in rows)
