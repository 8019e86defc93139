"""What happens outside the courtroom in a day: people are referred, come or do not come, and providers report or do not."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.attendance import record_attendance
from models.commands.referrals import refer, step_referral
from models.commands.releases import decline_release, give_release, revoke_release
from models.commands.reports import ReportEntry, SessionEntry, receive_report
from models.errors import ReleaseMissing
from models.rules.vocabulary import AttendanceKind, ReferralState, ReleaseKind, ReportState, ServiceKind, Stage
from models.tables import Case, Mandate, Referral, Release, Report
from tests.simulation import disputes
from tests.simulation.world import Life, World

_WHAT, _WHY = "sessions attended and missed", "reports to the court before each appearance"
_KINDS = (
    AttendanceKind.MISSED,
    AttendanceKind.EXCUSED,
    AttendanceKind.CANCELLED,
    AttendanceKind.UNVERIFIED,
)
_REASONS = {AttendanceKind.EXCUSED: "medical", AttendanceKind.CANCELLED: "room closed"}
#: What a provider answers to a referral on a day, and how likely; otherwise nothing.
_ANSWERS = {
    ReferralState.REFERRED: (
        (ReferralState.ACCEPTED, 0.22),
        (ReferralState.DECLINED, 0.02),
        (ReferralState.WAITLISTED, 0.04),
    ),
    ReferralState.WAITLISTED: ((ReferralState.ACCEPTED, 0.12),),
    ReferralState.ACCEPTED: ((ReferralState.ENROLLED, 0.4),),
}


def day(world: World) -> None:
    """Let one day pass outside the courtroom."""
    _referrals(world)
    _releases(world)
    _sessions(world)
    _reports(world)
    disputes.day(world)


def _referrals(world: World) -> None:
    waiting = sa.select(col(Referral.id), col(Referral.case_id), col(Referral.state), col(Referral.service_id)).where(
        col(Referral.state).in_(_ANSWERS), col(Referral.service_id).is_not(None)
    )
    for row in world.ask(waiting.order_by(col(Referral.id))):
        draw = world.chance.random()
        for answer, probability in _ANSWERS[row.state]:
            draw -= probability
            if draw < 0:
                step(world, row.id, answer)
                if answer is ReferralState.DECLINED:
                    _elsewhere(world, row)
                break


def step(world: World, referral_id: UUID, state: ReferralState, service_id: UUID | None = None) -> None:
    """Record a referral's next step today."""

    def stepped(session: Session) -> object:
        given: dict[str, Any] = {"on": world.today, "now": world.now, "service_id": service_id}
        return step_referral(session, world.coordinator, referral_id, state, **given)

    world.act(f"referral {state}", stepped)


def _elsewhere(world: World, row: Any) -> None:
    """Find another provider after a refusal, or keep the need on the list where nobody has a place."""
    life = world.lives[row.case_id]
    others = [one for one in world.services if one.id != row.service_id]
    found = world.chance.choice([*others, None])
    if found is not None:
        life.provider_id, life.asked_on = found.provider_id, world.today

    def referred(session: Session) -> object:
        where = found.id if found else None
        kind = ServiceKind.COUNSELLING
        given: dict[str, Any] = {"mandated": True, "on": world.today, "now": world.now, "sessions": 6}
        return refer(session, world.coordinator, row.case_id, kind, where, **given)

    world.act("referred elsewhere" if found else "need without a place", referred)


def _releases(world: World) -> None:
    """Ask for releases on their day; now and then one is revoked."""
    for life in world.lives.values():
        if life.asked_on and life.asked_on <= world.today:
            ask_release(world, life)
    running = sa.select(col(Release.id)).where(col(Release.revoked_on).is_(None), col(Release.ends_on) > world.today)
    for (release_id,) in world.ask(running.order_by(col(Release.id))):
        if world.happens(0.0006):

            def revoked(session: Session, release_id: UUID = release_id) -> object:
                return revoke_release(session, world.coordinator, release_id, on=world.today, now=world.now)

            world.act("release revoked", revoked)


def ask_release(world: World, life: Life) -> None:
    """Record what she answers when asked to share information with her provider."""
    life.asked_on = None
    given: dict[str, Any] = {
        "kind": ReleaseKind.CRIMINAL_JUSTICE,
        "what": _WHAT,
        "purpose": _WHY,
        "now": world.now,
    }
    days = {"long": 500, "short": 35}.get(life.release)

    def answered(session: Session) -> object:
        who = (session, world.coordinator, life.case_id, life.provider_id)
        if days is None:
            return decline_release(*who, on=world.today, **given)
        return give_release(*who, starts_on=world.today, ends_on=world.today + timedelta(days=days), **given)

    world.act(f"release {life.release}", answered)


def _sessions(world: World) -> None:
    """Hold this weekday's sessions; some are told by telephone, the others wait for the report."""
    going = (
        sa.select(col(Referral.id), col(Referral.case_id))
        .join(Case, sa.and_(col(Case.id) == col(Referral.case_id), col(Case.stage) == Stage.ACTIVE))
        .join(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .where(col(Referral.state) == ReferralState.ENROLLED, col(Referral.mandated))
        .where(col(Mandate.accepted_on) < world.today)
    )
    for row in world.ask(going.order_by(col(Referral.id))):
        life = world.lives[row.case_id]
        if life.weekday != world.today.weekday():
            continue
        kind = AttendanceKind.ATTENDED
        if not world.happens(life.comes):
            kind = world.chance.choices(_KINDS, (5, 3, 2, 2))[0]
        if not world.happens(0.04):
            life.untold.append((world.today, kind))
            continue

        def told(session: Session, row: Any = row, kind: AttendanceKind = kind) -> object:
            reason = _REASONS.get(kind)
            return record_attendance(
                session, world.coordinator, row.id, world.today, kind, now=world.now, reason=reason
            )

        world.act(f"session by telephone: {kind}", told)


def _reports(world: World) -> None:
    expected = (
        sa.select(col(Report.id), col(Report.case_id), col(Report.due_on), col(Report.provider_id))
        .join(Case, sa.and_(col(Case.id) == col(Report.case_id), col(Case.stage) == Stage.ACTIVE))
        .where(col(Report.state) == ReportState.EXPECTED)
        .where(col(Report.due_on).between(world.today - timedelta(days=8), world.today + timedelta(days=1)))
    )
    for row in world.ask(expected.order_by(col(Report.id))):
        life = world.lives[row.case_id]
        in_time = row.due_on >= world.today
        if world.happens(life.provider_reports if in_time else 0.12):
            _receive(world, life, row, "in time" if in_time else "after its due day")


def _receive(world: World, life: Life, row: Any, when: str) -> None:
    told = tuple(
        SessionEntry(held_on=on, kind=kind, reason=_REASONS.get(kind)) for on, kind in life.untold if on <= world.today
    )
    entry = ReportEntry(received_on=world.today, sessions=told, summary="Sessions as listed.")

    def received(session: Session) -> object:
        return receive_report(session, world.coordinator, row.id, entry, now=world.now, token=world.token())

    holds = world.ask(
        sa.select(col(Release.id)).where(
            col(Release.case_id) == life.case_id,
            col(Release.provider_id) == row.provider_id,
            col(Release.answer) == "given",
            col(Release.starts_on) <= world.today,
            col(Release.ends_on) >= world.today,
            sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > world.today),
        )
    )
    if not holds:
        world.must_refuse("a report without a release", life.case_id, ReleaseMissing, received)
    elif world.act(f"report {when}", received) is not None:
        life.untold.clear()
