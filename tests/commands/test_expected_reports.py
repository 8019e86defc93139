"""Which reports the court expects, for which appearance and period, and until when."""

from datetime import date, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.referrals import step_referral
from models.commands.reports import (
    SessionEntry,
    expect_reports,
    withdraw_expected,
)
from models.database import transaction
from models.rules.court_days import CourtDays
from models.rules.vocabulary import AttendanceKind, Outcome, ReferralState, ReportState
from models.tables import Report
from tests.builders import NOW, TODAY, a_sitting, an_appearance
from tests.commands.case_stories import COMING_ON, Story, a_story, enrolled

ATTENDED = SessionEntry(held_on=date(2026, 11, 18), kind=AttendanceKind.ATTENDED)
MISSED = SessionEntry(held_on=date(2026, 11, 25), kind=AttendanceKind.MISSED)


def the_report(session: Session, story: Story) -> Report:
    return session.exec(select(Report).where(col(Report.case_id) == story.case.id)).one()


def test_enrolment_with_a_mandated_service_expects_its_report_before_the_appearance(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        report = the_report(session, story)
        assert (report.state, report.due_on) == (ReportState.EXPECTED, date(2026, 12, 11))
        assert (report.period_from, report.period_to) == (TODAY - timedelta(days=30), COMING_ON)


def test_the_period_begins_the_day_after_the_last_appearance_held(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        held = a_sitting(session, story.part, date(2026, 11, 20))
        an_appearance(session, story.case, held, outcome=Outcome.APPEARED)
        enrolled(session, story)
        assert the_report(session, story).period_from == date(2026, 11, 21)


def test_a_report_is_never_due_before_the_day_it_is_asked_for(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        enrolled(session, story)
        near = an_appearance(session, story.case, a_sitting(session, story.part, TODAY + timedelta(days=3)))
        expect_reports(session, story.actor, story.case, near, now=NOW)
        report = session.exec(select(Report).where(col(Report.appearance_id) == near.id)).one()
        assert report.due_on == TODAY


def test_a_service_that_has_just_begun_is_not_asked_for_what_it_could_not_send_in_time(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        an_appearance(session, story.case, a_sitting(session, story.part, TODAY + timedelta(days=3)))
        enrolled(session, story, on=TODAY)
        assert the_report(session, story).appearance_id == story.appearance.id


def test_expecting_reports_again_changes_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        expect_reports(session, story.actor, story.case, story.appearance, now=NOW, court_days=CourtDays())
        assert the_report(session, story).versions == 0


def test_an_appearance_that_goes_takes_its_expected_reports_along(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        enrolled(session, story)
        withdraw_expected(session, story.appearance, now=NOW)
        assert the_report(session, story).state == ReportState.WITHDRAWN


def test_a_referral_that_is_withdrawn_ends_what_was_expected_of_its_provider(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        step_referral(session, story.actor, referral.id, ReferralState.WITHDRAWN, on=TODAY, now=NOW)
        assert the_report(session, story).state == ReportState.WITHDRAWN
