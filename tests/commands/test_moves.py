"""Taking an appearance off its session: the old date stays with its reason, and its reports go along."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.commands.appearances import (
    book_interpreter,
    move_appearance,
    remove_appearance,
)
from models.database import transaction
from models.errors import Conflict, Invalid
from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
    Outcome,
    Purpose,
    ReportState,
)
from models.tables import (
    Report,
)
from tests.builders import NOW, a_case
from tests.commands.calendar_stories import enrolled, speaks, tell


def test_moving_leaves_the_old_date_with_its_reason_and_makes_a_new_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        old = story.calendar(session, minutes=10)
        new = move_appearance(session, story.clerk, old.id, story.after.id, "counsel is away", now=NOW)
        assert (old.state, old.moved_to_id, old.state_reason) == (AppearanceState.MOVED, new.id, "counsel is away")
        assert (new.state, new.minutes, new.purpose) == (AppearanceState.SCHEDULED, 10, Purpose.REVIEW)
        assert new.court_session_id == story.after.id


def test_an_interpreter_booked_for_the_old_day_must_be_booked_again(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        story.case = speaks(session, a_case(session, story.part, number="2026-0003"), "Spanish")
        old = story.calendar(session)
        book_interpreter(session, story.clerk, old.id, booked=True, now=NOW)
        new = move_appearance(session, story.clerk, old.id, story.after.id, "counsel is away", now=NOW)
        assert (old.interpreter, new.interpreter) == (InterpreterState.BOOKED, InterpreterState.NEEDED)


def test_an_appearance_with_an_outcome_is_neither_moved_nor_removed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        held = story.calendar(session)
        held.state, held.outcome = AppearanceState.HELD, Outcome.APPEARED
        with pytest.raises(Conflict, match="outcome"):
            move_appearance(session, story.clerk, held.id, story.after.id, "a wish", now=NOW)
        with pytest.raises(Conflict, match="outcome"):
            remove_appearance(session, story.clerk, held.id, "a wish", now=NOW)


def test_a_date_that_has_passed_is_not_moved_away_but_given_its_outcome(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        appearance = story.calendar(session)
        later = NOW + timedelta(days=8)
        with pytest.raises(Invalid, match="outcome"):
            move_appearance(session, story.clerk, appearance.id, story.after.id, "not called", now=later)
        with pytest.raises(Invalid, match="outcome"):
            remove_appearance(session, story.clerk, appearance.id, "not called", now=later)


def test_a_removed_case_may_come_back_to_the_same_session(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=1)
        removed = remove_appearance(session, story.clerk, story.calendar(session).id, "transferred", now=NOW)
        assert (removed.state, removed.state_reason) == (AppearanceState.REMOVED, "transferred")
        assert story.calendar(session).position == 2


def test_a_report_still_expected_goes_along_with_its_new_due_day(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        enrolled(session, story)
        old = story.calendar(session)
        session.flush()
        expected = session.exec(select(Report)).one()
        assert (expected.appearance_id, expected.due_on) == (old.id, date(2026, 12, 8))
        new = move_appearance(session, story.clerk, old.id, story.after.id, "counsel is away", now=NOW)
        session.flush()
        moved = session.exec(select(Report).execution_options(populate_existing=True)).one()
        assert (moved.id, moved.appearance_id, moved.due_on) == (expected.id, new.id, date(2026, 12, 15))
        remove_appearance(session, story.clerk, new.id, "transferred", now=NOW)
        assert session.exec(select(Report.state)).one() == ReportState.WITHDRAWN
