"""What the rules are given: counted rightly, and only from what may count."""

from datetime import date, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import sitting
from models.commands.attendance import record_attendance
from models.commands.releases import revoke_release
from models.database import transaction
from models.facts import facts_of_case
from models.rules.facts import CaseFacts, Sessions
from models.rules.vocabulary import AttendanceKind, Outcome, ReportState
from models.tables import Appearance, Release, Report
from tests.builders import NOW, TODAY, a_sitting, an_appearance
from tests.commands.bench_stories import Bench, a_bench, absent, attended

LATE_ON = TODAY - timedelta(days=40)


def _facts(session: Session, story: Bench, on: date = TODAY) -> CaseFacts:
    session.flush()
    policy, days = story.judge.policy_on(on), sitting.court_days(session, story.judge)
    return facts_of_case(session, story.judge, story.case.id, on=on, policy=policy, court_days=days)


def _report(session: Session, story: Bench, appearance: Appearance, due_on: date, received_on: date | None) -> None:
    provider_id = session.exec(select(col(Release.provider_id)).where(col(Release.case_id) == story.case.id)).one()
    session.add(
        Report(
            court_id=story.court.id,
            case_id=story.case.id,
            appearance_id=appearance.id,
            provider_id=provider_id,
            period_from=due_on - timedelta(days=14),
            period_to=due_on,
            due_on=due_on,
            state=ReportState.RECEIVED if received_on else ReportState.EXPECTED,
            received_on=received_on,
            versions=int(received_on is not None),
        )
    )


def test_sessions_are_counted_by_kind_and_a_disputed_one_is_unverified(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        attended(session, story, 30, 20)
        absent(session, story, 10)
        for days, kind, disputed in (
            (9, AttendanceKind.EXCUSED, False),
            (8, AttendanceKind.CANCELLED, False),
            (7, AttendanceKind.MISSED, True),
        ):
            day = TODAY - timedelta(days=days)
            record_attendance(session, story.clerk, story.referral.id, day, kind, now=NOW, disputed=disputed)
        facts = _facts(session, story)
    assert facts.sessions == Sessions(attended=2, excused=1, missed=1, cancelled=1, unverified=1)
    assert (facts.absences.in_window, facts.absences.unanswered) == (1, 1)


def test_what_happened_later_is_not_known_on_an_earlier_day(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        attended(session, story, 30, 5)
        facts = _facts(session, story, TODAY - timedelta(days=10))
    assert facts.sessions.attended == 1


def test_nobody_waits_for_a_report_that_a_later_one_of_the_provider_has_overtaken(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        long_ago = an_appearance(session, story.case, a_sitting(session, story.part, LATE_ON), outcome=Outcome.APPEARED)
        _report(session, story, long_ago, LATE_ON, None)
        assert _facts(session, story).reports_outstanding == 1
        since = an_appearance(
            session, story.case, a_sitting(session, story.part, LATE_ON + timedelta(days=14)), outcome=Outcome.APPEARED
        )
        _report(session, story, since, LATE_ON + timedelta(days=14), LATE_ON + timedelta(days=14))
        assert _facts(session, story).reports_outstanding == 0


def test_without_an_active_release_no_report_is_outstanding(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        long_ago = an_appearance(session, story.case, a_sitting(session, story.part, LATE_ON), outcome=Outcome.APPEARED)
        _report(session, story, long_ago, LATE_ON, None)
        release = session.exec(select(Release).where(col(Release.case_id) == story.case.id)).one()
        revoke_release(session, story.clerk, release.id, on=TODAY, now=NOW)
        facts = _facts(session, story)
    assert (facts.reports_outstanding, facts.release_active, facts.release_ended_on) == (0, False, TODAY)


def test_an_adjournment_by_the_court_is_no_appearance_of_hers(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        an_appearance(session, story.case, a_sitting(session, story.part, LATE_ON), outcome=Outcome.ADJOURNED)
        facts = _facts(session, story)
    assert facts.last_appearance_on is None
    assert facts.missed_appearances.in_window == 0
