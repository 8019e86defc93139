"""What was told is disputed, corrected or left to stand: absences and whole reports."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.attendance import correct_attendance, dispute_attendance, settle_attendance
from models.commands.reports import ReportEntry, correct_report, dispute_report, settle_report
from models.rules.vocabulary import AttendanceKind, ReportState
from models.tables import Attendance, Report
from tests.simulation.world import World


def day(world: World) -> None:
    """Let people dispute what was told, and the court settle or correct it later."""
    absences = sa.select(col(Attendance.id), col(Attendance.case_id), col(Attendance.disputed)).where(
        col(Attendance.kind) == AttendanceKind.MISSED,
        col(Attendance.replaced_by_id).is_(None),
        sa.or_(col(Attendance.disputed), col(Attendance.held_on) >= world.today - timedelta(days=40)),
    )
    for row in world.ask(absences.order_by(col(Attendance.id))):
        if row.disputed and world.happens(0.05):
            _settle(world, row.id)
        elif not row.disputed and world.happens(0.02):
            why = "She says the door was locked."

            def disputed(session: Session, row: Any = row, why: str = why) -> None:
                dispute_attendance(session, world.coordinator, row.id, why, now=world.now)

            world.act("absence disputed", disputed)
    came = sa.select(col(Report.id), col(Report.state)).where(
        col(Report.state).in_((ReportState.RECEIVED, ReportState.DISPUTED)),
        col(Report.received_on) >= world.today - timedelta(days=30),
    )
    for report_id, state in world.ask(came.order_by(col(Report.id))):
        if world.happens(0.05 if state is ReportState.DISPUTED else 0.002):
            _judge(world, report_id, state, world.today)


def _settle(world: World, attendance_id: UUID) -> None:
    right = world.happens(0.5)

    def settled(session: Session) -> None:
        who = (session, world.coordinator, attendance_id)
        if right:
            correct_attendance(*who, AttendanceKind.CANCELLED, now=world.now, reason="room closed")
        else:
            settle_attendance(*who, "The sign-in sheet was found.", now=world.now)

    world.act("absence corrected" if right else "absence stands", settled)


def _judge(world: World, report_id: UUID, state: ReportState, on: date) -> None:
    corrects = world.happens(0.5)
    entry = ReportEntry(received_on=on, summary="The sheets were looked at again.")

    def judged(session: Session) -> None:
        who = (session, world.coordinator, report_id)
        if state is ReportState.DISPUTED:
            settle_report(*who, "Both looked at the sheets.", now=world.now)
        elif corrects:
            correct_report(*who, entry, reason="A page was missing.", now=world.now, token=world.token())
        else:
            dispute_report(*who, "She was there on both days.", now=world.now)

    name = "settled" if state is ReportState.DISPUTED else "corrected" if corrects else "disputed"
    world.act(f"report {name}", judged)
