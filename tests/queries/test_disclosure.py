"""What providers told leaves no query without an active release: every reader of it, and the statement beside the rule."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import record_attendance
from models.commands.decisions import decide
from models.commands.expected_reports import expect_coming
from models.commands.referrals import refer, step_referral
from models.commands.releases import Shares, give_release, revoke_release
from models.commands.reports import ReportEntry, SessionEntry, receive_report
from models.database import transaction
from models.errors import ReleaseMissing
from models.facts.released import reader, released
from models.queries.as_seen import case_as_seen
from models.queries.bench import bench
from models.queries.case_entries import What
from models.queries.case_file import case_file
from models.queries.docket import docket
from models.queries.follow_up import worklist
from models.queries.measures import measures_of
from models.rules.releases import Terms, Wanted, disclosure, recipient_of
from models.rules.vocabulary import (
    AttendanceKind,
    FollowUpKind,
    Move,
    Recipient,
    ReferralState,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReportStanding,
    Role,
    Standing,
)
from models.tables import Case, FollowUp, Release, Report, Service
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, an_actor
from tests.commands.bench_stories import Bench, a_bench, a_form, absent

TOLD = "Sentinel words of the provider"
WHY = "sentinel illness"


def _told(session: Session) -> Bench:
    """Return a case whose provider told of two absences and one excused session, with words, in a report for court."""
    story = a_bench(session, name="Court of releases")
    absent(session, story, 20, 10)
    decided = decide(session, story.judge, a_form(story), now=NOW)
    assert decided is not None
    expect_coming(session, story.clerk, story.case, now=NOW)
    session.flush()
    report = session.exec(select(Report).where(col(Report.case_id) == story.case.id)).one()
    excused = SessionEntry(held_on=TODAY - timedelta(days=3), kind=AttendanceKind.EXCUSED, reason=WHY)
    entry = ReportEntry(received_on=TODAY, sessions=(excused,), summary=TOLD)
    receive_report(session, story.clerk, report.id, entry, now=NOW, token=uuid4())
    session.flush()
    return story


def _read(session: Session, story: Bench, on: date) -> dict[str, Any]:
    """Return what every reader of the case gets on a day."""
    file = case_file(session, story.judge, story.case.id, today=on)
    return {
        "file": file,
        "seen": case_as_seen(session, story.judge, file, on=TODAY),
        "bench": bench(session, story.judge, story.appearance.id, today=on),
        "docket": docket(session, story.judge, story.appearance.court_session_id, today=on).rows[0],
        "measures": measures_of(session, story.judge, TODAY - timedelta(days=60), TODAY, today=on),
        "worklist": [one.kind for one in worklist(session, story.judge, today=on).rows],
    }


def _ended(session: Session, story: Bench) -> None:
    of = col(Release.case_id) == story.case.id
    session.execute(sa.update(Release).where(of).values(ends_on=TODAY - timedelta(days=1)))
    session.expire_all()


def _revoked(session: Session, story: Bench) -> None:
    release = session.exec(select(Release).where(col(Release.case_id) == story.case.id)).one()
    revoke_release(session, story.clerk, release.id, on=TODAY, now=NOW)
    session.flush()


def _none(session: Session, story: Bench) -> None:
    session.execute(sa.delete(Release).where(col(Release.case_id) == story.case.id))


@pytest.mark.parametrize("ending", [_ended, _revoked, _none], ids=["ended", "revoked", "never given"])
def test_what_a_provider_told_is_read_under_a_release_and_by_no_query_without(
    engine: Engine, ending: Callable[[Session, Bench], None]
) -> None:
    with transaction(engine) as session:
        story = _told(session)
        kept = FollowUp(
            court_id=story.court.id, case_id=story.case.id, kind=FollowUpKind.NOTHING_DONE, occurrence="x",
            reason="Two unacceptable absences", move=Move.COURT, since=TODAY, due_on=TODAY, grace_days=0, written_at=NOW,
        )  # fmt: skip
        session.add(kept)
        session.flush()
        before = _read(session, story, TODAY)
        ending(session, story)
        after = _read(session, story, TODAY)
    assert TOLD in repr(before["file"])
    assert WHY in repr(before["bench"])
    assert before["file"].standing.standing is Standing.NOTHING_DONE
    assert FollowUpKind.NOTHING_DONE in before["worklist"]
    assert sum(one.certainty.of for one in before["measures"].by_phase) == 2
    everything = repr(after)
    assert TOLD not in everything
    assert WHY not in everything
    assert "absence" not in " ".join((*after["file"].standing.reasons, after["file"].standing.headline))
    assert not after["bench"].timeline.sessions
    assert not after["bench"].proposals
    assert after["bench"].facts.absences.unanswered == after["docket"].standing.inputs.absences.unanswered == 0
    assert not [one for one in after["seen"].entries if one.what in (What.SESSION, What.STANDING)]
    assert after["docket"].standing.standing is after["file"].standing.standing is Standing.NOT_ASSESSABLE
    assert after["seen"].standing.inputs.withheld
    assert FollowUpKind.NOTHING_DONE not in after["worklist"]
    assert (after["measures"].certainty.of, after["measures"].waiting) == (0, 0)


def test_that_a_report_came_is_the_courts_own_and_stays_when_the_release_ends(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = _told(session)
        _revoked(session, story)
        file = case_file(session, story.judge, story.case.id, today=TODAY)
    assert [(one.answer.standing, one.received_on) for one in file.reports] == [(ReportStanding.RECEIVED, TODAY)]
    [told] = [one.words for one in file.entries if one.what is What.REPORT]
    assert told
    assert told.endswith("What it says is not available: no release is active.")
    assert file.timeline.withheld == ("Garden Street Program",)


def test_another_providers_sessions_stay_readable_and_nothing_is_counted_across_both(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_bench(session, name="Court of two providers")
        absent(session, story, 10)
        other = a_service(session, story.court, provider="Another")
        on = TODAY - timedelta(days=30)
        second = refer(session, story.clerk, story.case.id, other.kind, other.id, mandated=False, on=on, now=NOW)
        step_referral(session, story.clerk, second.id, ReferralState.ENROLLED, on=on, now=NOW)
        record_attendance(session, story.clerk, second.id, TODAY - timedelta(days=5), AttendanceKind.ATTENDED, now=NOW)
        session.flush()
        file = case_file(session, story.judge, story.case.id, today=TODAY)
    assert [one.kind for one in file.timeline.sessions] == [AttendanceKind.MISSED]
    assert len(file.timeline.withheld) == 1
    assert file.standing.inputs.withheld
    assert file.standing.course.attended is None


def test_the_statement_says_what_the_rule_says_for_every_kind_of_release(engine: Engine) -> None:
    """Every answer, day, information, recipient and use against every reader: the rule is the measure."""
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)]
    with transaction(engine) as session:
        court = a_court(session)
        part, service = a_part(session, court), a_service(session, court)
        readers = [
            an_actor(session, court, role, username=role) for role in (Role.JUDGE, Role.PROSECUTOR, Role.DEFENSE)
        ]
        kept: dict[Any, Terms] = {}
        said = product(
            ReleaseAnswer, days, days, [None, *days], _some(ReleaseInformation), _some(Recipient), ReleasePurpose
        )
        for number, (answer, first, last, revoked, information, recipients, use) in enumerate(said):
            if first > last or number % 7:
                continue
            case = a_case(session, part, number=f"2026-QN-{number:05}")
            terms = Terms(
                provider_id=service.provider_id, answer=answer, starts_on=first, ends_on=last, revoked_on=revoked,
                information=information, recipients=recipients, use=use,
            )  # fmt: skip
            kept[case.id] = terms
            row: dict[str, Any] = {
                name: getattr(terms, name) for name in Terms.__dataclass_fields__ if name != "release_id"
            }
            by: dict[str, Any] = {"recorded_by": readers[0].user_id, "recorded_at": NOW, "what": "-", "purpose": "-"}
            session.add(Release(court_id=court.id, case_id=case.id, kind=ReleaseKind.GENERAL, **row, **by))
        session.flush()
        assert len(kept) > 60
        for viewer, information in product(readers, ReleaseInformation):
            may = sa.select(col(Case.id)).where(
                released(col(Case.id), sa.literal(service.provider_id, sa.Uuid), information)
            )
            given = {"court_id": court.id, "on_day": TODAY, **reader(viewer)}
            recipient = recipient_of(viewer.roles)
            wanted = Wanted(provider_id=service.provider_id, information=information, recipient=recipient)
            by_rule = {case_id for case_id, terms in kept.items() if disclosure([terms], wanted, TODAY).allowed}
            assert set(session.scalars(may, given)) == by_rule
            assert by_rule


def _some(enum: Iterable[Any]) -> list[frozenset[Any]]:
    members = list(enum)
    return [frozenset(members[:1]), frozenset(members), frozenset(members[1:])]


def test_a_release_given_for_sessions_alone_lets_no_words_be_stored_or_read(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_bench(session, name="Court of sessions")
        _none(session, story)
        shares = Shares(information={ReleaseInformation.ATTENDANCE})
        give_release(
            session, story.clerk, story.case.id, _provider_of(session, story), kind=ReleaseKind.GENERAL, what="sessions",
            purpose="reports", starts_on=TODAY, ends_on=TODAY, now=NOW, shares=shares,
        )  # fmt: skip
        decide(session, story.judge, a_form(story), now=NOW)
        expect_coming(session, story.clerk, story.case, now=NOW)
        session.flush()
        report = session.exec(select(Report).where(col(Report.case_id) == story.case.id)).one()
        entry = ReportEntry(received_on=TODAY, summary=TOLD)
        with pytest.raises(ReleaseMissing, match="words of its own"):
            receive_report(session, story.clerk, report.id, entry, now=NOW, token=uuid4())


def _provider_of(session: Session, story: Bench) -> Any:
    return session.get_one(Service, story.referral.service_id).provider_id
