"""What a clerk changes on the docket's screen, on the real database; and everybody's own calendar feed."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from models.database import reading, transaction
from models.rules.chosen_dates import Wish
from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
)
from models.tables import Appearance, CourtSession
from tests.builders import TODAY, a_case, a_sitting
from tests.dashboard.docket_day import Day
from tests.dashboard.screens import Screens, shown


@pytest.fixture
def day(screens: Screens) -> Day:
    return Day(screens)


def test_a_clerk_moves_a_case_up_in_the_call_order(day: Day) -> None:
    app = day.open_row(1)
    app.button(key="row-up").click().run()
    assert not app.exception
    assert day.order() == ["Dara Petrova", "Mei Chen", "Rosa Vega"]


def test_a_clerk_types_the_number_a_case_is_called_as(day: Day) -> None:
    app = day.open_row(0)
    app.number_input[0].set_value(3).run()
    app.button(key="row-put").click().run()
    assert day.order() == ["Dara Petrova", "Rosa Vega", "Mei Chen"]


def test_a_clerk_records_that_the_interpreter_is_booked(day: Day) -> None:
    app = day.open_row(1)
    app.button(key="row-interpreter").click().run()
    assert day.appearance(1).interpreter is InterpreterState.BOOKED
    assert "Russian, booked" in shown(app)


def test_a_clerk_moves_a_case_to_the_session_the_rule_proposes(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        later = a_sitting(session, day.part, TODAY + timedelta(days=7))
    app = day.open_row(1)
    assert "The next session of DIV-2 with room is 11 December, 7 days later." in shown(app)
    app.text_input(key=f"move-reason-{day.rows[1].id}").set_value("Interpreter not available")
    app.button(key="row-move").click().run()
    assert not app.exception
    moved = day.appearance(1)
    assert (moved.state, moved.state_reason) == (AppearanceState.MOVED, "Interpreter not available")
    with reading(day.screens.engine) as session:
        assert session.get_one(Appearance, moved.moved_to_id).court_session_id == later.id


def test_a_clerk_asks_for_one_date_and_reads_what_is_there(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        a_sitting(session, day.part, TODAY + timedelta(days=7))
    app, key = day.open_row(1), f"move-wish-{day.rows[1].id}"
    app.selectbox(key=key).set_value(Wish.FIRST_WITH_ROOM).run()
    assert "The first session with room is" in shown(app)
    app.selectbox(key=key).set_value(Wish.THIS_DATE).run()
    app.date_input(key=f"{key}-on").set_value(date(2026, 12, 16)).run()
    assert not app.exception
    assert "No session of 16 December is open." in shown(app)


def test_a_move_without_a_reason_is_refused_in_words_and_changes_nothing(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        a_sitting(session, day.part, TODAY + timedelta(days=7))
    app = day.open_row(1)
    app.button(key="row-move").click().run()
    assert "why the appearance is moved" in app.error[0].value
    assert day.appearance(1).state is AppearanceState.SCHEDULED


def test_a_clerk_takes_a_case_off_the_list_with_a_reason(day: Day) -> None:
    app = day.open_row(2)
    app.text_input(key=f"remove-reason-{day.rows[2].id}").set_value("Added by mistake")
    app.button(key="row-remove").click().run()
    assert day.appearance(2).state is AppearanceState.REMOVED
    assert "2 of 25 places" in shown(app)


def test_a_clerk_adds_a_case_found_by_its_number(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        a_case(session, day.part, number="2026-QN-00077", name="Nadia Serova")
    app = day.screens.open("docket", on=TODAY)
    app.button(key="docket-change").click().run()
    app.text_input(key="add-find").set_value("00077").run()
    app.button(key="add-save").click().run()
    assert not app.exception
    assert "Nadia S." in shown(app)
    assert "4 of 25 places" in shown(app)


def test_a_full_session_asks_why_it_may_go_over(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        session.get_one(CourtSession, day.sitting.id).capacity_cases = 3
        a_case(session, day.part, number="2026-QN-00077", name="Nadia Serova")
    app = day.screens.open("docket", on=TODAY)
    app.button(key="docket-change").click().run()
    app.text_input(key="add-find").set_value("Nadia").run()
    app.button(key="add-save").click().run()
    assert "has no room (3 of 3 cases" in app.warning[0].value
    app.text_input(key="add-over").set_value("The judge asked for it")
    app.button(key="add-save").click().run()
    assert "4 of 3 places" in shown(app)


def test_proposed_dates_are_approved_together(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        for row in day.rows[:2]:
            session.get_one(Appearance, row.id).state = AppearanceState.PROPOSED
    app = day.screens.open("docket", on=TODAY)
    assert "date to approve" in shown(app)
    app.button(key="docket-change").click().run()
    app.button(key="approve-all").click().run()
    assert {day.appearance(n).state for n in (0, 1)} == {AppearanceState.SCHEDULED}


def test_a_case_without_a_next_date_gets_one_from_the_list_to_result(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        later = a_sitting(session, day.part, TODAY + timedelta(days=35))
        undated = a_case(session, day.part, number="2026-QN-00078", name="Jo Tran")
    app = day.screens.open("docket", on=TODAY)
    app.button(key="tile-TO_RESULT").click().run()
    app.selectbox(key="next-date-case").set_value(undated.id).run()
    app.button(key="next-date-save").click().run()
    assert not app.exception
    with reading(day.screens.engine) as session:
        (made,) = session.exec(select(Appearance).where(col(Appearance.case_id) == undated.id)).all()
        assert made.court_session_id == later.id
    assert "Nothing to result" in shown(app)


def test_ones_own_feed_address_is_shown_once_and_can_be_revoked(day: Day) -> None:
    app = day.screens.open("docket")
    app.button(key="feed-make").click().run()
    assert app.code[0].value.endswith(".ics")
    app.run()
    assert not app.code, "it is shown this once"
    app.button(key="feed-revoke").click().run()
    assert not [one for one in app.button if one.key == "feed-revoke"]
