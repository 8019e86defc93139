"""What the nightly sweeps find, since when, and whose move it is; what they leave alone."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import clock, database, scope
from models.commands.sweeps.everything import sweep_everything
from models.rules.vocabulary import (
    AppearanceState,
    FollowUpKind,
    Move,
    ReferralState,
    ReportState,
    Stage,
    Standing,
)
from models.tables import Appearance, Case, Court, FollowUp, Referral, Report, StandingChange
from tests.builders import NEW_YORK, NOW, TODAY
from tests.follow_up_stories import Stories, a_teller, everything

#: kind: whose move, since when, due when
EXPECTED = {
    FollowUpKind.NO_OUTCOME: (Move.COURT, date(2026, 12, 2), date(2026, 12, 2)),
    FollowUpKind.APPROVE_DATE: (Move.CLERK, TODAY, date(2026, 12, 8)),
    FollowUpKind.NO_NEXT_DATE: (Move.COURT, date(2026, 11, 20), date(2026, 12, 18)),
    FollowUpKind.INTERPRETER: (Move.CLERK, date(2026, 11, 27), date(2026, 12, 10)),
    FollowUpKind.ACD_EXPIRY: (Move.CLERK, date(2026, 11, 25), date(2026, 12, 10)),
    FollowUpKind.REPORT_LATE: (Move.PROVIDER, date(2026, 12, 4), date(2026, 12, 2)),
    FollowUpKind.REPORT_REMINDER: (Move.COORDINATOR, TODAY, date(2026, 12, 11)),
    FollowUpKind.REFERRAL_UNANSWERED: (Move.PROVIDER, date(2026, 12, 1), date(2026, 12, 1)),
    FollowUpKind.NEED_WITHOUT_PLACE: (Move.COORDINATOR, date(2026, 11, 30), date(2026, 12, 7)),
    FollowUpKind.RELEASE_EXPIRING: (Move.COORDINATOR, date(2026, 11, 26), date(2026, 12, 10)),
    FollowUpKind.RELEASE_EXPIRED: (Move.COORDINATOR, date(2026, 12, 2), date(2026, 12, 2)),
    FollowUpKind.NO_CONTACT: (Move.COORDINATOR, date(2026, 12, 1), date(2026, 12, 1)),
    FollowUpKind.NOTHING_DONE: (Move.COURT, date(2026, 11, 13), date(2026, 11, 13)),
    FollowUpKind.READY: (Move.COURT, TODAY, TODAY),
}


def sweep(engine: Engine, on: date = TODAY, name: str = "Harbor County Court") -> int:
    """Sweep one court early on a civil date and return what changed."""
    with database.transaction(engine) as session:
        court = session.exec(select(Court).where(col(Court.name) == name)).one()
        keeper = scope.keeper(session, court)
        return sweep_everything(session, keeper, now=clock.at(on, 6, 0, NEW_YORK))


def found_many(engine: Engine) -> list[Any]:
    """Return all open follow-ups."""
    with database.reading(engine) as session:
        is_open = (col(FollowUp.void_on).is_(None), col(FollowUp.done_on).is_(None))
        return list(session.execute(sa.select(*FollowUp.__table__.c).where(*is_open)).all())  # type: ignore[attr-defined]


def found(engine: Engine) -> dict[FollowUpKind, Any]:
    """Return the open follow-ups by kind; twice the same kind is an error."""
    rows = found_many(engine)
    by_kind = {row.kind: row for row in rows}
    assert len(by_kind) == len(rows)
    return by_kind


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court in which each matter has come about once; nothing is swept yet."""
    with database.transaction(engine) as session:
        everything(a_teller(session))
    return engine


def test_each_matter_becomes_one_follow_up_with_its_true_date_and_whose_move_it_is(told: Engine) -> None:
    sweep(told)
    open_now = found(told)
    assert {kind: (row.move, row.since, row.due_on) for kind, row in open_now.items()} == EXPECTED
    with database.reading(told) as session:
        names = {case.id: case.docket_number for case in session.exec(select(Case))}
    assert len({names[row.case_id] for row in open_now.values()}) == len(EXPECTED)


def test_a_second_sweep_of_the_same_day_changes_nothing(told: Engine) -> None:
    sweep(told)
    assert sweep(told) == 0


def test_a_sweep_ten_days_late_gives_the_dates_on_which_things_came_about(told: Engine) -> None:
    sweep(told, TODAY + timedelta(days=10))
    open_now = found_many(told)
    late = next(row for row in open_now if row.kind is FollowUpKind.REPORT_LATE and row.due_on == date(2026, 12, 2))
    assert (late.since, late.due_on) == (date(2026, 12, 4), date(2026, 12, 2))
    outcome = {row.since for row in open_now if row.kind is FollowUpKind.NO_OUTCOME}
    assert {date(2026, 12, 2), date(2026, 12, 7), date(2026, 12, 11)} <= outcome
    assert {row.since for row in open_now if row.kind is FollowUpKind.NOTHING_DONE} == {date(2026, 11, 13)}


def test_what_has_come_about_is_void(told: Engine) -> None:
    sweep(told)
    with database.transaction(told) as session:
        late = session.exec(select(Report).where(col(Report.due_on) == date(2026, 12, 2))).one()
        late.state, late.received_on = ReportState.RECEIVED, TODAY
        referral = session.exec(select(Referral).where(col(Referral.state) == ReferralState.REFERRED)).one()
        referral.state, referral.state_since = ReferralState.ENROLLED, TODAY
        session.add_all([late, referral])
    sweep(told)
    assert set(EXPECTED) - set(found(told)) == {FollowUpKind.REPORT_LATE, FollowUpKind.REFERRAL_UNANSWERED}


def test_what_a_person_settled_is_not_written_again(told: Engine) -> None:
    sweep(told)
    with database.transaction(told) as session:
        session.execute(sa.update(FollowUp).values(done_on=TODAY))
    sweep(told)
    assert found(told) == {}


def test_a_held_follow_up_stays_held(told: Engine) -> None:
    sweep(told)
    with database.transaction(told) as session:
        session.execute(sa.update(FollowUp).values(held_until=TODAY + timedelta(days=9), hold_reason="later"))
    sweep(told)
    assert all(row.held_until for row in found(told).values())


def test_a_report_due_today_is_not_late_and_one_in_its_grace_neither(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = stories.case("due")
        stories.release(case)
        for held_on, due_on in ((date(2026, 12, 9), TODAY), (date(2026, 12, 8), date(2026, 12, 3))):
            stories.report(case, stories.appearance(case, held_on), due_on, held_on)
    sweep(engine)
    assert FollowUpKind.REPORT_LATE not in {row.kind for row in found_many(engine)}


def test_nobody_is_late_without_a_release(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = stories.case("late")
        stories.report(case, stories.appearance(case, date(2026, 12, 7)), date(2026, 12, 1), date(2026, 12, 7))
    sweep(engine)
    assert FollowUpKind.REPORT_LATE not in {row.kind for row in found_many(engine)}


def test_a_declined_proposal_is_not_made_again(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        stories.case("declined", coming=False)
        stories.sitting(date(2027, 1, 8))
    sweep(engine)
    with database.transaction(engine) as session:
        declined = session.exec(select(Appearance).where(col(Appearance.state) == AppearanceState.PROPOSED)).one()
        declined.state, declined.state_reason = AppearanceState.REMOVED, "Not that week."
        session.add(declined)
    sweep(engine, TODAY + timedelta(days=1))
    kinds = [row.kind for row in found_many(engine)]
    assert FollowUpKind.NO_NEXT_DATE in kinds
    assert FollowUpKind.APPROVE_DATE not in kinds


def test_a_proposal_nobody_approved_in_time_ends_and_another_is_made(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        stories.case("slow", coming=False)
        for day in (date(2027, 1, 8), date(2027, 2, 12)):
            stories.sitting(day)
    sweep(engine)
    sweep(engine, date(2027, 1, 9))
    with database.reading(engine) as session:
        states = session.exec(select(Appearance.state).where(col(Appearance.added_by).is_(None))).all()
    assert sorted(states).count(AppearanceState.REMOVED) == 1
    assert sorted(states).count(AppearanceState.PROPOSED) == 1


def test_a_case_without_any_open_session_says_why_it_has_no_date(engine: Engine) -> None:
    with database.transaction(engine) as session:
        a_teller(session).case("nowhere", coming=False)
    sweep(engine)
    (row,) = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_NEXT_DATE]
    assert row.move is Move.CLERK
    assert "No next date" in row.reason


def test_only_cases_whose_facts_or_dates_can_have_changed_are_judged_again(told: Engine) -> None:
    sweep(told)
    sweep(told)  # the one for whom a date was found has changed since it was judged
    with database.reading(told) as session:
        before = session.exec(select(StandingChange.id)).all()
        looks = session.scalars(sa.select(col(Case.look_on)).where(col(Case.stage) == Stage.ACTIVE)).all()
    assert None not in looks
    sweep(told)
    with database.reading(told) as session:
        assert session.exec(select(StandingChange.id)).all() == before


def test_a_standing_that_time_alone_changes_has_the_day_it_changed(engine: Engine) -> None:
    """Four sessions and 28 days without an unacceptable absence: ready on the 28th day, whoever looks when."""
    with database.transaction(engine) as session:
        stories = ready_on_8_december(a_teller(session))
    sweep(engine, date(2026, 12, 4))
    sweep(engine, date(2026, 12, 20))
    with database.reading(engine) as session:
        changes = session.execute(
            sa.select(col(StandingChange.to_standing), col(StandingChange.changed_on)).where(
                col(StandingChange.case_id) == stories.cases["ready"].id
            )
        ).all()
    assert (Standing.READY_TO_ADVANCE, date(2026, 12, 8)) in [tuple(change) for change in changes]


def ready_on_8_december(stories: Stories) -> Stories:
    """Tell of four sessions attended and an absence on 10 November that the court has answered."""
    from models.rules.vocabulary import AttendanceKind, Outcome

    case = stories.case("ready", coming=False)
    stories.release(case)
    stories.attended(case, AttendanceKind.ATTENDED, *(date(2026, 11, day) for day in (2, 16, 23, 30)))
    stories.attended(case, AttendanceKind.MISSED, date(2026, 11, 10))
    answered(stories, case, stories.appearance(case, date(2026, 11, 12), outcome=Outcome.APPEARED))
    stories.appearance(case, date(2027, 1, 15))
    return stories


def answered(stories: Stories, case: Case, held: Appearance) -> None:
    """Let the court answer what was before, at an appearance."""
    from uuid import uuid4

    from models.rules.vocabulary import Behaviour, Outcome, ResponseKind, ResponseState
    from models.tables import Decision, Response

    recorded: dict[str, Any] = {
        "court_id": case.court_id,
        "case_id": case.id,
        "decided_on": date(2026, 11, 12),
        "recorded_by": stories.user.id,
        "recorded_at": NOW,
    }
    decision = Decision(appearance_id=held.id, version=1, token=uuid4(), outcome=Outcome.APPEARED, **recorded)
    response = Response(
        decision_id=decision.id,
        kind=ResponseKind.SANCTION,
        behaviour=Behaviour.ABSENCE,
        what="conversation with the judge",
        because="first",
        policy_version="demonstration-1",
        state=ResponseState.DONE,
        settled_on=date(2026, 11, 12),
        **recorded,
    )
    stories.session.add_all([decision, response])


@pytest.mark.parametrize("night", [date(2026, 3, 8), date(2026, 11, 1)])
def test_the_nights_when_clocks_change_move_no_date(engine: Engine, night: date) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        stories.appearance(stories.case("unheld", coming=False, heard=False), night - timedelta(days=1))
    for hour in (0, 1, 3, 23):
        with database.transaction(engine) as session:
            keeper = scope.keeper(session, session.exec(select(Court)).one())
            now = clock.at(night, hour, 59, NEW_YORK)
            assert keeper.today(now) == night
            sweep_everything(session, keeper, now=now)
    (row,) = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_OUTCOME]
    assert row.since == night - timedelta(days=1)


def test_another_courts_cases_are_never_touched(engine: Engine) -> None:
    with database.transaction(engine) as session:
        everything(a_teller(session))
        everything(a_teller(session, name="River County Court"))
    sweep(engine)
    with database.reading(engine) as session:
        courts = set(session.exec(select(FollowUp.court_id)))
    assert len(courts) == 1


def test_no_reason_holds_a_name(told: Engine) -> None:
    sweep(told)
    assert [row.reason for row in found(told).values() if "Case" in row.reason] == []
