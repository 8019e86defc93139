"""What the nightly sweeps find, since when, and whose move it is; what they leave alone."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import clock, database, scope
from models.commands.sweeps.everything import sweep_everything
from models.rules.vocabulary import (
    FollowUpKind,
    Move,
    ReferralState,
    ReportState,
)
from models.tables import Case, Court, FollowUp, Referral, Report
from tests.builders import NEW_YORK, TODAY
from tests.follow_up_matters import everything
from tests.follow_up_stories import a_teller
from tests.scheduler.sweeping import found, found_many, sweep

#: kind: whose move, since when, due when
EXPECTED = {
    FollowUpKind.NO_OUTCOME: (Move.COURT, date(2026, 12, 2), date(2026, 12, 2)),
    FollowUpKind.APPROVE_DATE: (Move.CLERK, TODAY, date(2026, 12, 8)),
    FollowUpKind.NO_NEXT_DATE: (Move.COURT, date(2026, 11, 20), date(2026, 12, 18)),
    FollowUpKind.INTERPRETER: (Move.CLERK, date(2026, 11, 27), date(2026, 12, 10)),
    FollowUpKind.ACD_EXPIRY: (Move.CLERK, date(2026, 11, 25), date(2026, 12, 10)),
    FollowUpKind.SEALING: (Move.CLERK, date(2026, 11, 13), date(2026, 12, 14)),
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
