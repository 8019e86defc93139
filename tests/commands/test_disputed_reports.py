"""Nothing a disputed report says counts by a way around it."""

from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.attendance import correct_attendance, settle_attendance
from models.commands.reports import ReportEntry, SessionEntry, correct_report, dispute_report, settle_report
from models.database import transaction
from models.errors import Conflict
from models.rules.vocabulary import AttendanceKind
from models.tables import Attendance
from tests.builders import NOW, TODAY
from tests.commands.case_stories import a_story
from tests.commands.test_reports import ATTENDED, MISSED, a_received_report, in_force


def test_no_single_session_of_a_disputed_report_counts_before_the_report_is_settled(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        dispute_report(session, story.actor, report.id, "She says she was there.", now=NOW)
        rows = session.exec(select(Attendance).where(col(Attendance.replaced_by_id).is_(None))).all()
        missed, attended = sorted(rows, key=lambda row: row.kind != AttendanceKind.MISSED)
        with pytest.raises(Conflict, match="Settle the report"):
            settle_attendance(session, story.actor, missed.id, "The sheet was found.", now=NOW)
        correct_attendance(session, story.actor, attended.id, AttendanceKind.MISSED, now=NOW)
        told = (SessionEntry(held_on=TODAY, kind=AttendanceKind.MISSED),)
        entry = ReportEntry(received_on=TODAY, sessions=told)
        correct_report(session, story.actor, report.id, entry, reason="A page was missing.", now=NOW, token=uuid4())
        session.flush()
        days = (ATTENDED.held_on, MISSED.held_on, TODAY)
        assert in_force(session, story) == dict.fromkeys(days, (AttendanceKind.MISSED, True))
        settle_report(session, story.actor, report.id, "Stands after a call.", now=NOW)
        session.flush()
        assert in_force(session, story) == dict.fromkeys(days, (AttendanceKind.MISSED, False))
