"""What came from a provider: a report received with its sessions, corrected as a new version, disputed and settled.

Only under a release that held on the day it came. Nothing is overwritten: a session told otherwise is a new row that
the old one points to. Which reports are expected is in `expected_reports`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.attendance import restated
from models.commands.expected_reports import expect_coming, expect_reports, withdraw_expected
from models.commands.follow_ups import void_about
from models.commands.free_words import check_words
from models.commands.notes import add_note
from models.commands.report_sessions import SessionEntry, enter_sessions
from models.commands.typed import LONGEST_NOTE, line, needed
from models.errors import Conflict, Invalid, ReleaseMissing
from models.rules import releases
from models.rules.permissions import Action
from models.rules.vocabulary import FollowUpKind, NoteVisibility, ReleaseInformation, ReportState
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Attendance, Release, Report, ReportVersion

__all__ = [
    "ReportEntry",
    "SessionEntry",
    "correct_report",
    "dispute_report",
    "expect_coming",
    "expect_reports",
    "receive_report",
    "settle_report",
    "withdraw_expected",
    "withdraw_report",
]


@dataclass(frozen=True, kw_only=True)
class ReportEntry:
    """What a report says: the civil date it came, its sessions, and a few words."""

    received_on: date
    sessions: tuple[SessionEntry, ...] = ()
    summary: str | None = None


def receive_report(
    session: Session, actor: Actor, report_id: UUID, entry: ReportEntry, *, now: datetime, token: UUID
) -> ReportVersion:
    """Enter an expected report with its sessions, and return its first version; the same form (`token`) twice is one.

    Raises ReleaseMissing where no release held on the day it came, Conflict where it is there already, Invalid.
    """
    require(actor, Action.ENTER_REPORT)
    report = load(session, actor, Report, report_id)
    if report.versions and (known := _version_of(session, report, token)):
        return known
    if report.state == ReportState.WITHDRAWN:
        raise Invalid("This report is no longer expected, because its appearance was moved. Choose the present one.")
    if report.state != ReportState.EXPECTED:
        raise Conflict("This report has been received already. Enter what is different as a correction.")
    _check_day(session, actor, report, entry, now)
    return _take_in(session, actor, report, entry, None, now=now, token=token)


def correct_report(
    session: Session, actor: Actor, report_id: UUID, entry: ReportEntry, *, reason: str, now: datetime, token: UUID
) -> ReportVersion:
    """Enter a corrected report as a new version; sessions told otherwise replace the ones before.

    Sessions that stay as they are need not be given. The day of the first version stays the day it was received.
    Raises ReleaseMissing, Conflict, Invalid.
    """
    require(actor, Action.ENTER_REPORT)
    report = load(session, actor, Report, report_id)
    if known := _version_of(session, report, token):
        return known
    why = needed(reason, "A correction needs its reason in a few words.")
    check_words(session, actor, why, now=now, case_id=report.case_id)
    if report.state not in (ReportState.RECEIVED, ReportState.DISPUTED):
        raise Conflict("This report has not been received yet, so there is nothing to correct. Enter it first.")
    _check_day(session, actor, report, entry, now)
    return _take_in(session, actor, report, entry, why, now=now, token=token)


def dispute_report(session: Session, actor: Actor, report_id: UUID, reason: str, *, now: datetime) -> None:
    """Record that a report is disputed: its sessions count as unverified until it is settled. Twice is once.

    The reason is kept as a note of the team. Raises Invalid, Conflict.
    """
    _judge(session, actor, report_id, ReportState.RECEIVED, ReportState.DISPUTED, reason, now)


def settle_report(session: Session, actor: Actor, report_id: UUID, reason: str, *, now: datetime) -> None:
    """Record that a disputed report stands as it is now, and why; correct it first where it was wrong."""
    _judge(session, actor, report_id, ReportState.DISPUTED, ReportState.RECEIVED, reason, now)


def withdraw_report(session: Session, actor: Actor, report_id: UUID, *, now: datetime) -> None:
    """Stop expecting one report that has not come. Twice is once. Raises Conflict for one that came."""
    require(actor, Action.ENTER_REPORT)
    report = load(session, actor, Report, report_id)
    if report.state == ReportState.WITHDRAWN:
        return
    if report.state != ReportState.EXPECTED:
        raise Conflict("This report has come, so it cannot be withdrawn. Dispute or correct it instead.")
    report.state, report.withdrawn_at = ReportState.WITHDRAWN, now
    session.add(report)
    _changed(session, actor, "withdraw_report", report, now)


def _version_of(session: Session, report: Report, token: UUID) -> ReportVersion | None:
    return session.exec(
        select(ReportVersion).where(
            col(ReportVersion.court_id) == report.court_id,
            col(ReportVersion.token) == token,
            col(ReportVersion.report_id) == report.id,
        )
    ).first()


def _check_day(session: Session, actor: Actor, report: Report, entry: ReportEntry, now: datetime) -> None:
    """Refuse a day still to come, and a report of which no release that held that day lets something be shared."""
    on = entry.received_on
    words = (entry.summary, *(one.reason for one in entry.sessions))
    check_words(session, actor, *words, now=now, case_id=report.case_id)
    if on > actor.today(now):
        raise Invalid("This day is still to come. Enter the day on which the report came.")
    to_provider = {"court_id": actor.court_id, "case_id": report.case_id, "provider_id": report.provider_id}
    given = [releases.Terms(**row) for row in session.execute(_given(), to_provider).mappings()]
    shared = {
        one: releases.disclosure(given, releases.Wanted(provider_id=report.provider_id, information=one), on).allowed
        for one in ReleaseInformation
    }
    if not any(shared.values()):
        raise ReleaseMissing(releases.missing(on))
    if entry.sessions and not shared[ReleaseInformation.ATTENDANCE]:
        raise ReleaseMissing(releases.not_named("sessions"))
    if line(entry.summary, LONGEST_NOTE) and not shared[ReleaseInformation.PROGRESS]:
        raise ReleaseMissing(releases.not_named("words of its own"))


@cache
def _given() -> sa.Select[*tuple[Any, ...]]:
    """The releases given to a provider in a case, as the rule takes them."""
    court_id, case_id, provider_id = (
        sa.bindparam(name, type_=sa.Uuid) for name in ("court_id", "case_id", "provider_id")
    )
    columns = Release.metadata.tables["releases"].c
    named = (columns[name] for name in releases.Terms.__dataclass_fields__ if name != "release_id")
    return sa.select(*named).where(
        columns.court_id == court_id, columns.case_id == case_id, columns.provider_id == provider_id
    )


def _take_in(
    session: Session,
    actor: Actor,
    report: Report,
    entry: ReportEntry,
    reason: str | None,
    *,
    now: datetime,
    token: UUID,
) -> ReportVersion:
    """Add the next version of a report with its sessions; with the first one it is received."""
    entered = enter_sessions(session, actor, report, entry.sessions, now=now)
    report.versions += 1
    if report.versions == 1:
        report.state, report.received_on = ReportState.RECEIVED, entry.received_on
    session.add(report)
    version = ReportVersion(
        court_id=actor.court_id,
        report_id=report.id,
        case_id=report.case_id,
        version=report.versions,
        token=token,
        received_on=entry.received_on,
        summary=line(entry.summary, LONGEST_NOTE),
        correction_reason=reason,
        recorded_by=actor.person,
        recorded_at=now,
    )
    session.add(version)
    waited_for = {FollowUpKind.REPORT_LATE, FollowUpKind.REPORT_REMINDER}
    void_about(session, actor, report.case_id, waited_for, report.id, on=actor.today(now))
    detail = {"version": version.version, "received_on": entry.received_on, "sessions": entered}
    _changed(session, actor, "correct_report" if reason else "receive_report", report, now, detail)
    return version


def _judge(
    session: Session,
    actor: Actor,
    report_id: UUID,
    before: ReportState,
    after: ReportState,
    reason: str,
    now: datetime,
) -> None:
    require(actor, Action.ENTER_REPORT)
    report = load(session, actor, Report, report_id)
    said = needed(reason, "Say in a few words what is disputed, or how it was settled.")
    check_words(session, actor, said, now=now, case_id=report.case_id)
    if report.state == after:
        return
    if report.state != before:
        raise Conflict("This report has not been received yet, so there is nothing to dispute.")
    report.state = after
    session.add(report)
    disputed = after == ReportState.DISPUTED
    for row in session.exec(
        select(Attendance).where(
            col(Attendance.court_id) == actor.court_id,
            col(Attendance.report_id) == report.id,
            col(Attendance.replaced_by_id).is_(None),
            col(Attendance.disputed).is_not(disputed),
        )
    ).all():
        restated(session, actor, row, disputed, now=now)
    add_note(session, actor, report.case_id, said, NoteVisibility.TEAM, now=now, token=uuid4())
    _changed(session, actor, "dispute_report" if after == ReportState.DISPUTED else "settle_report", report, now)


def _changed(
    session: Session, actor: Actor, action: str, report: Report, now: datetime, detail: dict[str, object] | None = None
) -> None:
    change_case(session, load_case(session, actor, report.case_id))
    audit.record(session, actor, action, "report", report.id, now=now, case_id=report.case_id, detail=detail)
