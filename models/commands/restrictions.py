"""Restricting a participant to named staff, naming them, lifting it; and opening a restricted case in an emergency.

Judge and clerk restrict: the judge orders it, the clerk must be able to at once when somebody is in danger. Whoever
restricts is named, and of those named one can always lift it, so that no case is lost to everybody.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Conflict, Invalid, NotFound
from models.rules.permissions import Action
from models.rules.restrictions import may_be_named, opened_until, somebody_can_lift
from models.rules.vocabulary import OpeningReason, Role, Stage
from models.scope import Actor, asking, load, load_case, require
from models.tables import Case, NamedStaff, Opening, Restriction, User, UserRole


def restrict(
    session: Session, actor: Actor, case_id: UUID, reason: str, named: Collection[UUID], *, now: datetime
) -> Restriction:
    """Keep the participant of a case, with all her cases, to the actor and the `named` accounts from an instant (UTC).

    Raises NotFound, Invalid without a reason or for an account that reads no cases, Conflict where she is kept already.
    """
    require(actor, Action.RESTRICT)
    case = load_case(session, actor, case_id)
    said = needed(reason, "Write why she is restricted; the named staff will read it.")
    if _in_force(session, case):
        raise Conflict("This participant is restricted already. Name or release staff instead.")
    restriction = Restriction(
        court_id=actor.court_id,
        participant_id=case.participant_id,
        reason=said,
        since=now,
        restricted_by=actor.person,
    )
    session.add(restriction)
    for user_id in {actor.person, *named}:
        session.add(_named(session, actor, restriction, user_id, now))
    detail = {"named": sorted({actor.person, *named})}
    _record(session, actor, "restrict", restriction, case, now, detail)
    return restriction


def name_staff(session: Session, actor: Actor, case_id: UUID, user_id: UUID, *, now: datetime) -> None:
    """Let one more account see the restricted participant of a case; one that may already changes nothing."""
    require(actor, Action.RESTRICT)
    case, restriction = _restricted(session, actor, case_id)
    if user_id not in _staff(session, restriction):
        session.add(_named(session, actor, restriction, user_id, now))
        _record(session, actor, "name_staff", restriction, case, now, {"user": user_id})


def release_staff(session: Session, actor: Actor, case_id: UUID, user_id: UUID, *, now: datetime) -> None:
    """Let an account no longer see the participant. Invalid when nobody who stays could lift the restriction."""
    require(actor, Action.RESTRICT)
    case, restriction = _restricted(session, actor, case_id)
    staff = _staff(session, restriction)
    if user_id not in staff:
        raise NotFound
    staying = [_roles(session, actor, other) for other in staff if other != user_id]
    if not somebody_can_lift(staying):
        raise Invalid("One judge or clerk must stay named, or nobody could lift the restriction. Name another first.")
    row = staff[user_id]
    row.ended_at, row.ended_by = now, actor.person
    session.add(row)
    _record(session, actor, "release_staff", restriction, case, now, {"user": user_id})


def lift(session: Session, actor: Actor, case_id: UUID, reason: str, *, now: datetime) -> None:
    """Let everybody who reads cases see the participant again, with the reason in words."""
    require(actor, Action.RESTRICT)
    case, restriction = _restricted(session, actor, case_id)
    restriction.lifted_reason = needed(reason, "Write why the restriction is lifted.")
    restriction.lifted_at, restriction.lifted_by = now, actor.person
    session.add(restriction)
    _record(session, actor, "lift_restriction", restriction, case, now, {})


def open_restricted(
    session: Session, actor: Actor, docket_number: str, why: OpeningReason, reason: str, *, now: datetime
) -> datetime:
    """Open the restricted case with this number to the actor, and return until when (UTC); the administrator is told.

    The answer is the same whether there is such a case or not, and both are recorded: a number tried is told nothing.
    """
    require(actor, Action.BREAK_GLASS)
    number = needed(docket_number, "Write the docket number of the case.", LONGEST_NAME)
    said = needed(reason, "Write why you must open it now. The named staff will read it.")
    given = {**asking(actor), "numbers": [number, number.upper()]}
    hit = session.execute(_WITHHELD, given).first()
    opening = Opening(
        court_id=actor.court_id,
        user_id=actor.person,
        opened_id=hit.participant_id if hit else None,
        why=why,
        reason=said,
        opened_at=now,
        until=opened_until(now),
    )
    session.add(opening)
    detail = {"why": why, "until": opening.until}
    case_id = hit.case_id if hit else None
    audit.record(session, actor, "break_glass", "opening", opening.id, now=now, case_id=case_id, detail=detail)
    return opening.until


def answer_opening(session: Session, actor: Actor, opening_id: UUID, *, now: datetime) -> None:
    """Record that an administrator has read of an emergency opening; a second time changes nothing."""
    require(actor, Action.ANSWER_OPENINGS)
    opening = load(session, actor, Opening, opening_id)
    if opening.answered_at is None:
        opening.answered_at, opening.answered_by = now, actor.person
        session.add(opening)
        audit.record(session, actor, "answer_opening", "opening", opening.id, now=now)


#: The case with a number that is kept from the actor; a sealed one is there for nobody.
_WITHHELD: sa.Select[UUID, UUID] = sa.select(col(Case.id).label("case_id"), col(Case.participant_id)).where(
    col(Case.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
    col(Case.docket_number).in_(sa.bindparam("numbers", expanding=True, type_=sa.String)),
    col(Case.participant_id).in_(sa.bindparam("hidden", expanding=True, type_=sa.Uuid)),
    col(Case.stage) != Stage.SEALED,
)


def _in_force(session: Session, case: Case) -> Restriction | None:
    of_her = (col(Restriction.court_id) == case.court_id, col(Restriction.participant_id) == case.participant_id)
    return session.exec(select(Restriction).where(*of_her, col(Restriction.lifted_at).is_(None))).first()


def _restricted(session: Session, actor: Actor, case_id: UUID) -> tuple[Case, Restriction]:
    """Return a case that exists for the actor with the restriction in force; Conflict when there is none any more."""
    case = load_case(session, actor, case_id)
    restriction = _in_force(session, case)
    if restriction is None:
        raise Conflict("The restriction was lifted meanwhile. There is nothing left to change.")
    return case, restriction


def _staff(session: Session, restriction: Restriction) -> dict[UUID, NamedStaff]:
    mine = (col(NamedStaff.restriction_id) == restriction.id, col(NamedStaff.ended_at).is_(None))
    return {row.user_id: row for row in session.exec(select(NamedStaff).where(*mine))}


def _named(session: Session, actor: Actor, restriction: Restriction, user_id: UUID, now: datetime) -> NamedStaff:
    """Return the row that names an account; Invalid for one that is disabled or whose roles read no cases."""
    user = load(session, actor, User, user_id)
    if user.disabled_at is not None or not may_be_named(_roles(session, actor, user_id)):
        raise Invalid("Only staff who read cases can be named. Choose an account with such a role.")
    return NamedStaff(
        court_id=actor.court_id, restriction_id=restriction.id, user_id=user_id, named_at=now, named_by=actor.person
    )


def _roles(session: Session, actor: Actor, user_id: UUID) -> set[Role]:
    own = (col(UserRole.court_id) == actor.court_id, col(UserRole.user_id) == user_id)
    return {Role(role) for role in session.scalars(sa.select(col(UserRole.role)).where(*own))}


def _record(
    session: Session,
    actor: Actor,
    action: str,
    restriction: Restriction,
    case: Case,
    now: datetime,
    detail: Mapping[str, object],
) -> None:
    audit.record(session, actor, action, "restriction", restriction.id, now=now, case_id=case.id, detail=detail)
