"""Every case in the program has a next appearance, or a visible reason why not."""

from datetime import date, timedelta

from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import (
    AppearanceState,
    FollowUpKind,
    Move,
)
from models.tables import Appearance
from tests.builders import TODAY
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


def test_a_case_without_any_open_session_says_why_it_has_no_date(engine: Engine) -> None:
    with database.transaction(engine) as session:
        a_teller(session).case("nowhere", coming=False)
    sweep(engine)
    (row,) = [row for row in found_many(engine) if row.kind is FollowUpKind.NO_NEXT_DATE]
    assert row.move is Move.CLERK
    assert "No next date" in row.reason
