"""What the rules are given: counted rightly, and only from what may count."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import clock, sitting
from models.commands.attendance import correct_attendance, dispute_attendance, record_attendance, settle_attendance
from models.commands.decisions import decide
from models.commands.releases import revoke_release
from models.commands.responses import ChosenResponse
from models.database import transaction
from models.facts import facts_of, facts_of_case
from models.rules.facts import CaseFacts, Sessions
from models.rules.vocabulary import AttendanceKind, Behaviour, Outcome, ReportState, ResponseKind, Stage
from models.tables import Appearance, Case, Decision, Release, Report, Response
from tests.builders import NEW_YORK, NOW, TODAY, a_case, a_sitting, an_appearance
from tests.commands.bench_stories import Bench, a_bench, a_form, absent, attended

LATE_ON = TODAY - timedelta(days=40)


def _facts(session: Session, story: Bench, on: date = TODAY, known_by: datetime | None = None) -> CaseFacts:
    session.flush()
    policy, days = story.judge.policy_on(on), sitting.court_days(session, story.judge)
    return facts_of_case(session, story.judge, story.case.id, on=on, policy=policy, court_days=days, known_by=known_by)


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


def _answered(session: Session, story: Bench) -> None:
    """Record that the court answers an absence today."""
    answer = ChosenResponse(
        kind=ResponseKind.ADJUSTMENT, behaviour=Behaviour.ABSENCE, what="transport help", outside_reason="needed"
    )
    decide(session, story.judge, a_form(story, responses=(answer,)), now=NOW)


def test_an_absence_entered_after_the_courts_answer_is_not_answered_though_it_is_dated_before(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        absent(session, story, 10)
        _answered(session, story)
        assert _facts(session, story).absences.unanswered == 0
        late, day = NOW + timedelta(days=2), TODAY - timedelta(days=5)
        record_attendance(session, story.clerk, story.referral.id, day, AttendanceKind.MISSED, now=late)
        facts = _facts(session, story, TODAY + timedelta(days=3))
    assert (facts.absences.unanswered, facts.absences.first_unanswered_on) == (1, day)


def test_the_courts_answer_in_one_case_answers_nothing_in_another_judged_with_it(engine: Engine) -> None:
    late, day = NOW + timedelta(days=2), TODAY - timedelta(days=5)
    with transaction(engine) as session:
        story = a_bench(session)
        absent(session, story, 10)
        _answered(session, story)
        record_attendance(session, story.clerk, story.referral.id, day, AttendanceKind.MISSED, now=late)
        _answered_elsewhere(session, story, late + timedelta(hours=1))
        together = sa.select(col(Case.id)).where(col(Case.court_id) == story.court.id)
        policy, days = story.judge.policy_on(TODAY), sitting.court_days(session, story.judge)
        on = TODAY + timedelta(days=3)
        facts = facts_of(session, story.judge, together, on=on, policy=policy, court_days=days)
    assert len(facts) == 2
    assert facts[story.case.id].absences.unanswered == 1


def _answered_elsewhere(session: Session, story: Bench, now: datetime) -> None:
    """Let the court answer a failure in another case, as its rows say it."""
    other = a_case(session, story.part, number="2026-QN-00002", name="Somebody Else", stage=Stage.ACTIVE)
    there = an_appearance(session, other, story.next, outcome=Outcome.APPEARED, position=2)
    session.flush()
    decision, response = session.exec(select(Decision)).one(), session.exec(select(Response)).one()
    again = {"case_id": other.id, "recorded_at": now, "decided_on": now.date()}
    decided = Decision(**decision.model_dump(exclude={"id"}) | again | {"appearance_id": there.id, "token": uuid4()})
    session.add(decided)
    session.add(Response(**response.model_dump(exclude={"id"}) | again | {"decision_id": decided.id}))
    session.flush()


def test_an_answered_absence_stays_answered_when_it_is_written_better_or_disputed_and_settled(engine: Engine) -> None:
    later, on = NOW + timedelta(days=2), TODAY + timedelta(days=9)
    with transaction(engine) as session:
        story = a_bench(session)
        day = TODAY - timedelta(days=10)
        row = record_attendance(session, story.clerk, story.referral.id, day, AttendanceKind.MISSED, now=NOW)
        _answered(session, story)
        better = correct_attendance(session, story.clerk, row.id, AttendanceKind.MISSED, now=later, reason="no call")
        disputed = dispute_attendance(session, story.clerk, better.id, "She was ill.", now=later)
        assert _facts(session, story, on).absences.in_window == 0
        settle_attendance(session, story.clerk, disputed.id, "It stands.", now=later)
        facts = _facts(session, story, on)
    assert (facts.absences.in_window, facts.absences.unanswered) == (1, 0)


def test_an_acceptable_absence_corrected_to_an_unacceptable_one_is_known_from_then_on(engine: Engine) -> None:
    later, on = NOW + timedelta(days=2), TODAY + timedelta(days=9)
    with transaction(engine) as session:
        story = a_bench(session)
        day = TODAY - timedelta(days=10)
        row = record_attendance(session, story.clerk, story.referral.id, day, AttendanceKind.EXCUSED, now=NOW)
        _answered(session, story)
        correct_attendance(session, story.clerk, row.id, AttendanceKind.MISSED, now=later)
        assert _facts(session, story, on).absences.unanswered == 1


def test_on_a_past_day_the_court_saw_what_had_been_entered_by_then_and_as_it_was_entered(engine: Engine) -> None:
    later = NOW + timedelta(days=4)
    end_of_today = clock.at(TODAY + timedelta(days=1), 0, 0, NEW_YORK)
    with transaction(engine) as session:
        story = a_bench(session)
        day = TODAY - timedelta(days=3)
        row = record_attendance(session, story.clerk, story.referral.id, day, AttendanceKind.MISSED, now=NOW)
        correct_attendance(session, story.clerk, row.id, AttendanceKind.EXCUSED, now=later)
        attended_on = TODAY - timedelta(days=2)
        record_attendance(session, story.clerk, story.referral.id, attended_on, AttendanceKind.ATTENDED, now=later)
        then = _facts(session, story, TODAY, end_of_today)
        now = _facts(session, story, TODAY)
    assert then.sessions == Sessions(missed=1)
    assert now.sessions == Sessions(attended=1, excused=1)
