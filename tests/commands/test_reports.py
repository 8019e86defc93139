"""What came from providers: received, corrected, disputed, settled."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import record_attendance
from models.commands.releases import revoke_release
from models.commands.reports import (
    ReportEntry,
    SessionEntry,
    correct_report,
    dispute_report,
    receive_report,
    settle_report,
    withdraw_report,
)
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted, ReleaseMissing
from models.facts import facts_of
from models.rules.court_days import CourtDays
from models.rules.vocabulary import AttendanceKind, ReportState, Role
from models.tables import Attendance, AuditEvent, Case, Report, ReportVersion
from tests.builders import NOW, TODAY, an_actor
from tests.commands.case_stories import Story, a_story, enrolled, released

ATTENDED = SessionEntry(held_on=date(2026, 11, 18), kind=AttendanceKind.ATTENDED)
MISSED = SessionEntry(held_on=date(2026, 11, 25), kind=AttendanceKind.MISSED)


def the_report(session: Session, story: Story) -> Report:
    return session.exec(select(Report).where(col(Report.case_id) == story.case.id)).one()


def a_received_report(session: Session, story: Story, *entries: SessionEntry) -> Report:
    enrolled(session, story)
    released(session, story)
    report = the_report(session, story)
    entry = ReportEntry(received_on=TODAY, sessions=entries or (ATTENDED, MISSED))
    receive_report(session, story.actor, report.id, entry, now=NOW, token=uuid4())
    return report


def in_force(session: Session, story: Story) -> dict[date, tuple[str, bool]]:
    rows = session.exec(
        select(Attendance).where(col(Attendance.case_id) == story.case.id, col(Attendance.replaced_by_id).is_(None))
    )
    return {row.held_on: (row.kind, row.disputed) for row in rows}


def test_a_report_comes_in_with_its_sessions(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        assert (report.state, report.received_on, report.versions) == (ReportState.RECEIVED, TODAY, 1)
        assert in_force(session, story) == {
            ATTENDED.held_on: (AttendanceKind.ATTENDED, False),
            MISSED.held_on: (AttendanceKind.MISSED, False),
        }


def test_the_same_form_sent_twice_is_one_version(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        released(session, story)
        report, token = the_report(session, story), uuid4()
        entry = ReportEntry(received_on=TODAY, sessions=(ATTENDED,))
        first = receive_report(session, story.actor, report.id, entry, now=NOW, token=token)
        again = receive_report(session, story.actor, report.id, entry, now=NOW, token=token)
        assert first.id == again.id
        assert len(session.exec(select(ReportVersion)).all()) == 1
        assert len(session.exec(select(Attendance)).all()) == 1


def test_a_second_form_for_a_received_report_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        with pytest.raises(Conflict, match="correction"):
            receive_report(session, story.actor, report.id, ReportEntry(received_on=TODAY), now=NOW, token=uuid4())


def test_without_an_active_release_no_report_is_taken_in_and_the_refusal_says_what_to_do(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        report, entry = the_report(session, story), ReportEntry(received_on=TODAY)
        with pytest.raises(ReleaseMissing, match=r"4 December.*neutral.*Ask the participant"):
            receive_report(session, story.actor, report.id, entry, now=NOW, token=uuid4())
        release = released(session, story)
        revoke_release(session, story.actor, release.id, on=TODAY, now=NOW)
        with pytest.raises(ReleaseMissing):
            receive_report(session, story.actor, report.id, entry, now=NOW, token=uuid4())


def test_a_release_holds_on_its_last_day(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        enrolled(session, story)
        released(session, story, ends_on=TODAY)
        report = the_report(session, story)
        receive_report(session, story.actor, report.id, ReportEntry(received_on=TODAY), now=NOW, token=uuid4())
        assert report.state == ReportState.RECEIVED


def test_a_report_cannot_come_on_a_day_still_to_come(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        enrolled(session, story)
        released(session, story)
        entry = ReportEntry(received_on=TODAY + timedelta(days=1))
        with pytest.raises(Invalid, match="still to come"):
            receive_report(session, story.actor, the_report(session, story).id, entry, now=NOW, token=uuid4())


def test_a_session_told_by_telephone_and_again_in_the_report_counts_once(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        released(session, story)
        told = record_attendance(session, story.actor, referral.id, MISSED.held_on, AttendanceKind.UNVERIFIED, now=NOW)
        entry = ReportEntry(received_on=TODAY, sessions=(MISSED,))
        receive_report(session, story.actor, the_report(session, story).id, entry, now=NOW, token=uuid4())
        assert in_force(session, story) == {MISSED.held_on: (AttendanceKind.MISSED, False)}
        assert told.replaced_by_id is not None


def test_two_rows_for_one_day_are_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session, pytest.raises(Invalid, match="same service and day"):
        a_received_report(session, a_story(session), ATTENDED, ATTENDED)


def test_a_correction_is_a_new_version_and_the_old_session_points_to_the_new_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        corrected = SessionEntry(held_on=MISSED.held_on, kind=AttendanceKind.EXCUSED, reason="medical")
        entry = ReportEntry(received_on=TODAY, sessions=(ATTENDED, corrected))
        version = correct_report(
            session, story.actor, report.id, entry, reason="The absence was medical.", now=NOW, token=uuid4()
        )
        session.flush()
        assert (version.version, report.versions, report.state) == (2, 2, ReportState.RECEIVED)
        rows = session.exec(select(Attendance).where(col(Attendance.held_on) == MISSED.held_on)).all()
        old, new = sorted(rows, key=lambda row: row.replaced_by_id is None)
        assert (old.kind, old.replaced_by_id, new.kind) == (AttendanceKind.MISSED, new.id, AttendanceKind.EXCUSED)
        assert len(session.exec(select(Attendance)).all()) == 3  # the session told alike stays as it is


def test_a_session_entered_on_a_wrong_day_can_be_put_on_the_right_one(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        report = a_received_report(session, story, ATTENDED)
        wrong = session.exec(select(Attendance)).one()
        right = SessionEntry(held_on=date(2026, 11, 19), kind=AttendanceKind.ATTENDED, replaces=wrong.id)
        entry = ReportEntry(received_on=TODAY, sessions=(right,))
        correct_report(session, story.actor, report.id, entry, reason="Thursday.", now=NOW, token=uuid4())
        assert list(in_force(session, story)) == [date(2026, 11, 19)]


def test_a_correction_needs_a_reason_and_something_to_correct(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        enrolled(session, story)
        released(session, story)
        report, entry = the_report(session, story), ReportEntry(received_on=TODAY)
        with pytest.raises(Invalid, match="reason"):
            correct_report(session, story.actor, report.id, entry, reason=" ", now=NOW, token=uuid4())
        with pytest.raises(Conflict, match="not been received"):
            correct_report(session, story.actor, report.id, entry, reason="wrong day", now=NOW, token=uuid4())


def test_what_a_disputed_report_says_is_not_counted_until_it_is_settled(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        policy = story.actor.policy_on(TODAY)

        def counted() -> tuple[int, int, int]:
            chosen = select(Case.id).where(col(Case.id) == story.case.id)
            facts = facts_of(session, story.actor, chosen, on=TODAY, policy=policy, court_days=CourtDays())
            sessions = facts[story.case.id].sessions
            return sessions.attended, sessions.missed, sessions.unverified

        assert counted() == (1, 1, 0)
        dispute_report(session, story.actor, report.id, "She says she was there.", now=NOW)
        assert counted() == (0, 0, 2)
        settle_report(session, story.actor, report.id, "Stands after a call.", now=NOW)
        assert counted() == (1, 1, 0)


def test_a_report_no_longer_expected_is_withdrawn_unless_it_came(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        enrolled(session, story)
        report = the_report(session, story)
        withdraw_report(session, story.actor, report.id, now=NOW)
        withdraw_report(session, story.actor, report.id, now=NOW)
        assert report.state == ReportState.WITHDRAWN
        other = a_story(session, name="Other", username="other")
        received = a_received_report(session, other)
        with pytest.raises(Conflict):
            withdraw_report(session, other.actor, received.id, now=NOW)


def test_every_change_of_a_report_is_audited_without_its_words(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        report = a_received_report(session, story)
        dispute_report(session, story.actor, report.id, "Mei says otherwise", now=NOW)
        session.flush()
        events = session.exec(select(AuditEvent).where(col(AuditEvent.case_id) == story.case.id)).all()
        assert {"expect_report", "receive_report", "dispute_report"} <= {event.action for event in events}
        assert not any("Mei" in str(event.detail) for event in events)


def test_each_change_counts_as_a_change_of_the_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        before = story.case.version
        a_received_report(session, story)
        assert story.case.version > before


def test_a_judge_enters_no_report_and_another_court_has_none(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        report, entry = the_report(session, story), ReportEntry(received_on=TODAY)
        judge = an_actor(session, story.court, Role.JUDGE, username="judge")
        with pytest.raises(NotPermitted):
            receive_report(session, judge, report.id, entry, now=NOW, token=uuid4())
        stranger = a_story(session, name="Other", username="stranger").actor
        with pytest.raises(NotFound):
            receive_report(session, stranger, report.id, entry, now=NOW, token=uuid4())
