"""Every case in the program has a next appearance, or a visible reason why not."""

from datetime import date, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.commands.appearances import calendar_case, remove_appearance
from models.commands.follow_ups import settle
from models.commands.sessions import close_session
from models.rules.vocabulary import (
    AppearanceState,
    FollowUpKind,
    Move,
    Purpose,
)
from models.scope import actor_of
from models.tables import Appearance
from tests.builders import NOW, TODAY, a_sitting
from tests.follow_up_stories import a_teller
from tests.scheduler.sweeping import found_many, sweep


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


def test_no_next_date_that_was_waived_is_asked_for_again_once_a_later_date_was_taken_off(engine: Engine) -> None:
    """What was let go was the date missing then; the case must not stay without one unseen."""
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = stories.case("let go", coming=False)
    sweep(engine)
    (first,) = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_NEXT_DATE]
    with database.transaction(engine) as session:
        clerk = actor_of(session, stories.user.id)
        settle(session, clerk, first.id, now=NOW, waived_reason="Counsel brings her on Friday.")
        sitting = a_sitting(session, stories.part, TODAY + timedelta(days=7))
        given = calendar_case(session, clerk, case.id, sitting.id, Purpose.REVIEW, now=NOW)
        remove_appearance(session, clerk, given.id, "In hospital.", now=NOW + timedelta(days=1))
        close_session(session, clerk, sitting.id, "Training.", (), now=NOW + timedelta(days=1))
    for _ in range(2):
        sweep(engine, TODAY + timedelta(days=2))
    rows = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_NEXT_DATE]
    assert [row.since for row in rows if row.done_on is None] == [TODAY + timedelta(days=1)]


def test_a_case_without_any_open_session_says_why_it_has_no_date(engine: Engine) -> None:
    with database.transaction(engine) as session:
        a_teller(session).case("nowhere", coming=False)
    sweep(engine)
    (row,) = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_NEXT_DATE]
    assert row.move is Move.CLERK
    assert "No next date" in row.reason
