"""Which compliance reports the court expects: one for each coming appearance and provider with the mandated service.

An appearance that is moved or removed takes what was expected for it along; what came stays, and is entered through
`reports`. Late and missing are never stored: the rules derive them from dates.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.rules.court_days import CourtDays
from models.rules.referrals import WITH_PROVIDER
from models.rules.reports import report_dates
from models.rules.vocabulary import AppearanceState, ReportState
from models.scope import Actor
from models.sitting import court_days as days_of
from models.tables import Appearance, Case, CourtSession, Referral, Report, Service

_CAME = (ReportState.RECEIVED, ReportState.DISPUTED)


def expect_reports(
    session: Session,
    actor: Actor,
    case: Case,
    appearance: Appearance,
    *,
    now: datetime,
    court_days: CourtDays | None = None,
    only_in_time: bool = False,
) -> None:
    """Expect a report from each provider of the mandated service for a scheduled appearance; again changes nothing.

    The period begins the day after the last appearance that was held (or the provider's last reported period), and
    ends with the appearance. A report is never due before the day it was first asked for; with `only_in_time` it is not
    asked for at all where the policy's due day has passed. The caller authorises.
    """
    if appearance.state != AppearanceState.SCHEDULED:
        return
    sitting = session.get_one(CourtSession, appearance.court_session_id)
    asked = _to_ask(session, actor, case, appearance, sitting.held_on)
    if not asked:
        return
    today, due_on = actor.today(now), _due_on(session, actor, sitting.held_on, now, court_days)
    if only_in_time and due_on < today:
        return
    due_on = min(max(due_on, today), max(sitting.held_on, due_on))
    for one in asked:
        _expect(session, actor, appearance, one, due_on, now)


def expect_coming(session: Session, actor: Actor, case: Case, *, now: datetime) -> None:
    """Expect the reports for the scheduled appearances of a case whose due day is still to come, or today.

    For a service that has just begun: what it could not have sent in time is not asked of it.
    """
    given = {"court_id": actor.court_id, "case_id": case.id, "today": actor.today(now)}
    for appearance in session.scalars(_coming(), given).all():
        expect_reports(session, actor, case, appearance, now=now, only_in_time=True)


@cache
def _coming() -> sa.Select[Appearance]:
    return (
        sa.select(Appearance)
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(
            col(Appearance.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
            col(Appearance.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
            col(Appearance.state) == AppearanceState.SCHEDULED,
            col(CourtSession.held_on) >= sa.bindparam("today", type_=sa.Date),
        )
    )


def withdraw_expected(session: Session, appearance: Appearance, *, now: datetime) -> None:
    """Expect no report any more for an appearance that is moved or removed; the caller authorises and audits."""
    _withdraw(session, sa.and_(col(Report.appearance_id) == appearance.id), now)


def withdraw_unasked(session: Session, actor: Actor, case: Case, *, now: datetime) -> None:
    """Expect no report any more from providers that no longer have a mandated service of the case."""
    still = (
        sa.select(col(Service.provider_id))
        .join(Referral, col(Referral.service_id) == col(Service.id))
        .where(col(Referral.case_id) == case.id, col(Referral.mandated), col(Referral.state).in_(WITH_PROVIDER))
    )
    mine = (col(Report.court_id) == actor.court_id, col(Report.case_id) == case.id)
    _withdraw(session, sa.and_(*mine, col(Report.provider_id).not_in(still)), now)


def _withdraw(session: Session, which: sa.ColumnElement[bool], now: datetime) -> None:
    session.flush()
    session.execute(
        sa.update(Report)
        .where(which, col(Report.state) == ReportState.EXPECTED)
        .values(state=ReportState.WITHDRAWN, withdrawn_at=now)
        .execution_options(synchronize_session="fetch")
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """A provider to ask, the civil dates its report is about, and the report that is there already."""

    provider_id: UUID
    first: date
    last: date
    report_id: UUID | None


def _to_ask(session: Session, actor: Actor, case: Case, appearance: Appearance, on: date) -> list[_Asked]:
    """Return the providers to ask for an appearance on a civil date; one that has told them all is left out."""
    given = {"court_id": actor.court_id, "case_id": case.id, "appearance_id": appearance.id, "appearance_on": on}
    asked = []
    for provider_id, begun_on, held_on, told_to, report_id in session.execute(_asked(), given):
        last = max((day for day in (held_on, told_to) if day), default=None)
        first = last + timedelta(days=1) if last else begun_on
        if not told_to or told_to < on:
            asked.append(_Asked(provider_id, min(first, on), on, report_id))
    return asked


@cache
def _asked() -> sa.Select[UUID, date, date, date, UUID]:
    """Per provider of the mandated service: since when, the last day held, how far it has told, the report expected."""
    court_id, case_id, appearance_id = (
        sa.bindparam(name, type_=sa.Uuid) for name in ("court_id", "case_id", "appearance_id")
    )
    held_on = (
        sa.select(sa.func.max(col(CourtSession.held_on)))
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(
            col(Appearance.court_id) == court_id,
            col(Appearance.case_id) == case_id,
            col(Appearance.state) == AppearanceState.HELD,
            col(CourtSession.held_on) < sa.bindparam("appearance_on", type_=sa.Date),
        )
        .scalar_subquery()
    )
    its_own = (col(Report.court_id) == court_id, col(Report.provider_id) == col(Service.provider_id))
    came = (col(Report.case_id) == case_id, col(Report.state).in_(_CAME))
    told_to = sa.select(sa.func.max(col(Report.period_to))).where(*its_own, *came).correlate(Service)
    known = sa.select(col(Report.id)).where(*its_own, col(Report.appearance_id) == appearance_id).correlate(Service)
    said = (held_on, told_to.scalar_subquery(), known.scalar_subquery())
    return (
        sa.select(col(Service.provider_id), sa.func.min(col(Referral.state_since)), *said)
        .join(Referral, col(Referral.service_id) == col(Service.id))
        .where(
            col(Referral.court_id) == court_id,
            col(Referral.case_id) == case_id,
            col(Referral.mandated),
            col(Referral.state).in_(WITH_PROVIDER),
        )
        .group_by(col(Service.provider_id))
    )


def _due_on(session: Session, actor: Actor, appearance_on: date, now: datetime, court_days: CourtDays | None) -> date:
    """Return the due day by the policy in force today."""
    today = actor.today(now)
    policy = actor.policy_on(today)
    court_days = court_days or days_of(session, actor)
    dates = report_dates(appearance_on, policy.reports, court_days, on=today, policy_version=policy.version)
    return dates.due_on


def _expect(
    session: Session,
    actor: Actor,
    appearance: Appearance,
    asked: _Asked,
    due_on: date,
    now: datetime,
) -> None:
    """Write the expected report, or bring the one that is there up to date; one that came is left alone."""
    if asked.report_id is not None:
        known = session.get_one(Report, asked.report_id)
        if known.state == ReportState.EXPECTED or (known.state == ReportState.WITHDRAWN and not known.versions):
            known.state, known.withdrawn_at, known.due_on = ReportState.EXPECTED, None, due_on
            known.period_from, known.period_to = asked.first, asked.last
            session.add(known)
        return
    report = Report(
        court_id=actor.court_id,
        case_id=appearance.case_id,
        appearance_id=appearance.id,
        provider_id=asked.provider_id,
        period_from=asked.first,
        period_to=asked.last,
        due_on=due_on,
    )
    session.add(report)
    detail = {"provider_id": asked.provider_id, "appearance_id": appearance.id, "due_on": due_on}
    audit.record(
        session, actor, "expect_report", "report", report.id, now=now, case_id=appearance.case_id, detail=detail
    )
