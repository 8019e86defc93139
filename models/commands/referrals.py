"""A participant's way to a service: asked for, referred, and each step after that, with its day.

Which step may follow which is a rule; a need for which no place was found stays visible until it has one.
"""

from datetime import date, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.commands.expected_reports import expect_coming, withdraw_unasked
from models.commands.follow_ups import void_about
from models.commands.free_words import check_words
from models.commands.typed import line
from models.errors import Conflict, Invalid
from models.rules import referrals as rule
from models.rules.permissions import Action
from models.rules.vocabulary import REFERRAL_OPEN, FollowUpKind, ReferralState, ServiceKind
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Case, Referral, ReferralStep, Service


def refer(
    session: Session,
    actor: Actor,
    case_id: UUID,
    kind: ServiceKind,
    service_id: UUID | None,
    *,
    mandated: bool,
    on: date,
    now: datetime,
    sessions: int | None = None,
    opening: bool = False,
) -> Referral:
    """Refer a participant to a service on a civil date, or record a need for which there is no place (no service).

    The same referral twice is one. Raises Invalid, and Conflict where an older one to this service is still open.
    `opening` is for the command that opens the case: no older one is there, and nobody has seen a version of it.
    """
    require(actor, Action.MANAGE_REFERRALS)
    case = load_case(session, actor, case_id)
    _check_service(session, actor, kind, service_id)
    _check_day(actor, on, now)
    state = ReferralState.REFERRED if service_id else ReferralState.NEEDED
    if not opening and (known := _open_one(session, actor, case, kind, service_id)):
        return _again(known, state, on)
    referral = Referral(
        court_id=actor.court_id,
        case_id=case.id,
        kind=kind,
        service_id=service_id,
        mandated=mandated,
        sessions=sessions,
        state=state,
        state_since=on,
    )
    session.add(referral)
    if not opening:
        change_case(session, case)
    _stepped(session, actor, case, referral, None, now)
    return referral


def _again(known: Referral, state: ReferralState, on: date) -> Referral:
    """Return the open referral where it is the same one; Conflict where it has gone on, or began on another day."""
    if (known.state, known.state_since) != (state, on):
        raise Conflict("There is an open referral of this kind already. Record its next step instead.")
    return known


def step_referral(
    session: Session,
    actor: Actor,
    referral_id: UUID,
    state: ReferralState,
    *,
    on: date,
    now: datetime,
    note: str | None = None,
    service_id: UUID | None = None,
    queue_place: int | None = None,
) -> Referral:
    """Record a referral's next step on a civil date; the same step twice is one. Raises Invalid in words.

    A need becomes referred with the `service_id` that has a place. `queue_place` is its place on a waiting list.
    With a mandated service that takes the participant on, its reports are expected from then on.
    """
    require(actor, Action.MANAGE_REFERRALS)
    referral = load(session, actor, Referral, referral_id)
    if (referral.state, referral.state_since) == (state, on):
        return referral
    if said := rule.refusal(ReferralState(referral.state), state, referral.state_since, on):
        raise Invalid(said)
    _check_day(actor, on, now)
    if referral.service_id is None and state is ReferralState.REFERRED:
        if service_id is None:
            raise Invalid("Choose the service that has a place; without one this stays a need.")
        _check_service(session, actor, ServiceKind(referral.kind), service_id)
        referral.service_id = service_id
    referral.state, referral.state_since = state, on
    referral.queue_place = queue_place if state is ReferralState.WAITLISTED else None
    session.add(referral)
    case = load_case(session, actor, referral.case_id)
    change_case(session, case)
    _stepped(session, actor, case, referral, note, now)
    waited_for = {FollowUpKind.REFERRAL_UNANSWERED, FollowUpKind.NEED_WITHOUT_PLACE}
    void_about(session, actor, case.id, waited_for, referral.id, on=actor.today(now))
    _reports_follow(session, actor, case, referral, now)
    return referral


def _reports_follow(session: Session, actor: Actor, case: Case, referral: Referral, now: datetime) -> None:
    """Expect the reports of a mandated service that has begun; ask for none where nothing can come."""
    if not referral.mandated:
        return
    if referral.state in rule.WITH_PROVIDER:
        expect_coming(session, actor, case, now=now)
    elif referral.state in rule.NOTHING_TO_COME:
        withdraw_unasked(session, actor, case, now=now)


def _check_service(session: Session, actor: Actor, kind: ServiceKind, service_id: UUID | None) -> None:
    if service_id is None:
        return
    service = load(session, actor, Service, service_id)
    if not service.active:
        raise Invalid("This service is no longer in use. Choose another one.")
    if service.kind != kind:
        raise Invalid("This service is of another kind than the one asked for. Choose one that fits.")


def _check_day(actor: Actor, on: date, now: datetime) -> None:
    if on > actor.today(now):
        raise Invalid("This day is still to come. A step is recorded once it has happened.")


def _open_one(
    session: Session, actor: Actor, case: Case, kind: ServiceKind, service_id: UUID | None
) -> Referral | None:
    given = {"court_id": actor.court_id, "case_id": case.id, "kind": kind, "service_id": service_id}
    return session.scalar(_open_alike(), given)


@cache
def _open_alike() -> sa.Select[Referral]:
    service_id = sa.bindparam("service_id", type_=sa.Uuid)
    return (
        sa.select(Referral)
        .where(
            col(Referral.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
            col(Referral.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
            col(Referral.state).in_(REFERRAL_OPEN),
            col(Referral.kind) == sa.bindparam("kind"),
            col(Referral.service_id).is_not_distinct_from(service_id),
        )
        .limit(1)
    )


def _stepped(session: Session, actor: Actor, case: Case, referral: Referral, note: str | None, now: datetime) -> None:
    """Add the step a referral has just taken, and audit it."""
    check_words(session, actor, note, now=now, case_id=case.id)
    session.add(
        ReferralStep(
            court_id=actor.court_id,
            referral_id=referral.id,
            case_id=case.id,
            state=referral.state,
            stepped_on=referral.state_since,
            note=line(note),
            recorded_by=actor.person,
            recorded_at=now,
        )
    )
    detail = {"kind": referral.kind, "state": referral.state, "on": referral.state_since}
    audit.record(session, actor, "step_referral", "referral", referral.id, now=now, case_id=case.id, detail=detail)
