"""Compliance reports: expected for every coming appearance, reminded of on their days, and late from their true day.

What a report's dates are is said by `rules.reports`. A provider without an active release may not report, so nobody is
reminded and nothing is late.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import clock, sitting
from models.commands.expected_reports import expect_reports
from models.commands.sweeps import aside
from models.commands.sweeps.keeping import Due, Swept, keep
from models.commands.sweeps.parameters import CASE_IN_PROGRAM, COURT, ON, Statement, release_holds, rows
from models.rules import follow_up_reasons
from models.rules.court_days import CourtDays, Roll, add_court_days, roll
from models.rules.policy import Policy, ReportTiming
from models.rules.referrals import WITH_PROVIDER
from models.rules.reports import ReportDates, reminder_to_send, report_dates, standing_of_report
from models.rules.vocabulary import (
    AppearanceState,
    FollowUpKind,
    Move,
    ReportStanding,
    ReportState,
)
from models.scope import Actor
from models.tables import Appearance, Case, CourtSession, Referral, Report, Service
from models.tables.base import table_of

JOB = "reports"
BATCH = 200

_KINDS = {FollowUpKind.REPORT_REMINDER, FollowUpKind.REPORT_LATE}
_LATE = (ReportStanding.LATE, ReportStanding.MISSING)

_UNTIL = sa.bindparam("until", type_=sa.Date)


def _with_provider() -> sa.CTE:
    """Providers who work with a case in a mandated service, by case."""
    return (
        sa.select(col(Referral.case_id), col(Service.provider_id))
        .join(Service, col(Service.id) == col(Referral.service_id))
        .where(col(Referral.court_id) == COURT, col(Referral.mandated), col(Referral.state).in_(WITH_PROVIDER))
        .cte("with_provider")
        .prefix_with("MATERIALIZED")
    )


def _unasked() -> Statement:
    """Coming appearances of cases with a provider of the mandated service from whom no report is expected for them.

    In two steps of few rows: written as one, a planner looks at every appearance there ever was, in the order of ids.
    """
    with_them = _with_provider()
    told = sa.alias(table_of(Report), "told")
    asked = (told.c.appearance_id == col(Appearance.id), told.c.provider_id == with_them.c.provider_id)
    columns = (Appearance.id, Appearance.case_id, Appearance.court_session_id)
    lacking = (
        sa.select(*map(col, columns), with_them.c.provider_id)
        .join(with_them, with_them.c.case_id == col(Appearance.case_id))
        .where(col(Appearance.court_id) == COURT, col(Appearance.state) == AppearanceState.SCHEDULED)
        .where(~sa.exists().where(*asked))
        .cte("lacking")
        .prefix_with("MATERIALIZED")
    )
    came = (
        told.c.court_id == COURT,
        told.c.case_id == lacking.c.case_id,
        told.c.provider_id == lacking.c.provider_id,
        told.c.state.in_((ReportState.RECEIVED, ReportState.DISPUTED)),
        told.c.period_to >= col(CourtSession.held_on),
    )
    return (
        sa.select(lacking.c.id, lacking.c.case_id)
        .distinct()
        .join(
            CourtSession, sa.and_(col(CourtSession.id) == lacking.c.court_session_id, col(CourtSession.held_on) >= ON)
        )
        .join(Case, sa.and_(col(Case.id) == lacking.c.case_id, CASE_IN_PROGRAM))
        .where(lacking.c.id > sa.bindparam("after", type_=sa.Uuid), ~sa.exists().where(*came))
        .order_by(lacking.c.id)
        .limit(BATCH)
    )


def _expected() -> Statement:
    """Reports the court waits for and may have, whose due day is past or whose appearance is near."""
    columns = (Report.id, Report.case_id, Report.provider_id, Report.due_on, Report.period_to)
    waited_for = (
        sa.select(*map(col, columns), col(CourtSession.held_on), col(Appearance.added_at))
        .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, sa.and_(col(Case.id) == col(Report.case_id), CASE_IN_PROGRAM))
        .where(
            col(Report.court_id) == COURT,
            col(Report.state) == ReportState.EXPECTED,
            col(Report.due_on) <= _UNTIL,
            sa.or_(col(Report.due_on) < ON, col(CourtSession.held_on) <= _UNTIL),
        )
        .cte("waited_for")
        .prefix_with("MATERIALIZED")  # so that only of these releases and later reports are looked up
    )
    later = sa.alias(table_of(Report), "later_report")
    told_later = sa.exists().where(
        later.c.court_id == COURT,
        later.c.case_id == waited_for.c.case_id,
        later.c.provider_id == waited_for.c.provider_id,
        later.c.state.in_((ReportState.RECEIVED, ReportState.DISPUTED)),
        later.c.period_to >= waited_for.c.period_to,
    )
    holds = release_holds(waited_for.c.case_id, waited_for.c.provider_id)
    return sa.select(waited_for).where(holds, ~told_later).order_by(waited_for.c.due_on)


_UNASKED, _EXPECTED = _unasked(), _expected()


def expect_coming_reports(session: Session, actor: Actor, *, now: datetime, after: UUID | None = None) -> Swept:
    """Expect the next batch of reports that nobody asked for yet; after the last one, keep reminders and late reports."""
    found = rows(session, actor, _UNASKED, actor.today(now), after=after or UUID(int=0))
    court_days = sitting.court_days(session, actor)
    work = partial(_expect, session, actor, now, court_days)
    aside.each(session, actor, JOB, found, work, now=now, case_of=lambda row: row.case_id)
    aside.settle(session, actor, JOB, (row.case_id for row in found), now=now)
    if len(found) == BATCH:
        return Swept(len(found), found[-1].id)
    return Swept(len(found) + find_waiting_reports(session, actor, court_days, now=now))


def _expect(session: Session, actor: Actor, now: datetime, court_days: CourtDays, found: Sequence[Any]) -> int:
    for row in found:
        appearance = session.get_one(Appearance, row.id)
        case = session.get_one(Case, row.case_id)
        expect_reports(session, actor, case, appearance, now=now, court_days=court_days)
    session.flush()
    return len(found)


def find_waiting_reports(session: Session, actor: Actor, court_days: CourtDays, *, now: datetime) -> int:
    """Keep a reminder for each report whose reminder day has come, and one follow-up for each provider late in a case.

    Of several late reports of one provider it is the newest: the one the court can still use.
    """
    today = actor.today(now)
    policy = actor.policy_on(today)
    ahead = policy.reports.due_court_days_before + max(policy.reports.remind_court_days_before, default=0)
    until = add_court_days(today, ahead, court_days)  # nobody is reminded of a report for a later appearance yet
    memory: dict[tuple[date, date], tuple[date | None, ReportDates]] = {}
    wanted: list[Due] = []
    late: dict[tuple[UUID, UUID], Due] = {}
    for row in rows(session, actor, _EXPECTED, today, until=until):
        key = (row.due_on, row.held_on)
        if key not in memory:
            memory[key] = _dates(*key, policy, court_days, today)
        late_from, dates = memory[key]
        if late_from:
            late[row.case_id, row.provider_id] = _late(row, late_from)  # in order of due days: the newest stays
        elif reminder := _reminder(row, dates, today, actor):
            wanted.append(reminder)
    return keep(session, actor, _KINDS, [*wanted, *late.values()], now=now)


def _dates(
    due_on: date, held_on: date, policy: Policy, court_days: CourtDays, today: date
) -> tuple[date | None, ReportDates]:
    """Return since when a report with these days is late (None: it is not), and its dates."""
    timing, version = policy.reports, policy.version
    answer = standing_of_report(
        ReportState.EXPECTED, due_on, None, held_on, True, timing.grace_court_days, court_days, today, version
    )
    late_from = _late_from(due_on, held_on, timing, court_days) if answer.standing in _LATE else None
    return late_from, report_dates(held_on, timing, court_days, on=today, policy_version=version)


def _late_from(due_on: date, held_on: date, timing: ReportTiming, court_days: CourtDays) -> date:
    """Return the first day that is late: after the grace, or the day in court if that comes first."""
    due = min(roll(due_on, Roll.FORWARD, court_days), max(due_on, held_on))
    after_grace = add_court_days(due, timing.grace_court_days, court_days) + timedelta(days=1)
    return min(after_grace, max(held_on, due + timedelta(days=1)))


def _late(row: Any, late_from: date) -> Due:
    return Due(
        kind=FollowUpKind.REPORT_LATE,
        occurrence=str(row.id),
        case_id=row.case_id,
        reason=follow_up_reasons.report_late(late_from, row.due_on, row.held_on),
        move=Move.PROVIDER,
        since=late_from,
        due_on=row.due_on,
        grace_days=(late_from - row.due_on).days - 1,
        provider_id=row.provider_id,
    )


def _reminder(row: Any, dates: ReportDates, today: date, actor: Actor) -> Due | None:
    """Return the newest reminder whose day has come; none for a report that was asked for after that day."""
    remind_on = reminder_to_send(replace(dates, due_on=row.due_on), None, today)
    if remind_on is None or remind_on < clock.court_day(row.added_at, actor.zone):
        return None
    return Due(
        kind=FollowUpKind.REPORT_REMINDER,
        occurrence=f"{row.id}:{remind_on}",
        case_id=row.case_id,
        reason=follow_up_reasons.report_reminder(today, row.due_on, row.held_on),
        move=Move.COORDINATOR,
        since=remind_on,
        due_on=row.due_on,
        provider_id=row.provider_id,
    )
