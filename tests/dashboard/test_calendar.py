"""The calendar screen: who sees what, and closing a day from its preview to the words of what was done."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from models import database
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role, SessionState
from models.tables import CourtSession, Part
from tests.builders import TODAY, a_case, a_part, a_sitting, an_appearance
from tests.dashboard.screens import Screens, shown

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)


def tell(screens: Screens, cases: int = 2, *, places: int = 25) -> tuple[CourtSession, CourtSession]:
    """Return next Friday's session with some cases on it, and the one after."""
    with database.transaction(screens.engine) as session:
        part = a_part(session, screens.court)
        first, second = a_sitting(session, part, NEXT), a_sitting(session, part, AFTER, cases=places)
        for number in range(cases):
            case = a_case(session, part, number=f"2026-{number:04}")
            an_appearance(session, case, first, position=number + 1)
    return first, second


def sessions_of(screens: Screens) -> list[CourtSession]:
    with Session(screens.engine, expire_on_commit=False) as session:
        return list(session.exec(select(CourtSession).order_by(col(CourtSession.held_on))))


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_CALENDAR)])
def test_every_role_reads_the_load_in_words_and_no_name(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    tell(screens)
    app = screens.open("calendar")
    assert not app.exception
    seen = shown(app)
    assert "Fri 11 December" in seen
    assert "2 of 25 cases, 10 of 150 minutes" in seen
    assert "● open" in seen
    assert "Mei" not in seen
    assert "2026-0000" not in seen


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR])
def test_judge_and_coordinator_find_nothing_to_change(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    first, _ = tell(screens)
    for query in ({}, {"session": first.id}, {"day": NEXT}, {"day": NEXT, "close": 1}):
        app = screens.open("calendar", **query)
        assert not app.exception
        assert not app.button
        assert "Close" not in shown(app)


def test_a_court_without_sessions_is_told_what_to_do(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    assert "No session is open in this time" in shown(screens.open("calendar"))


def test_the_link_of_a_day_shows_that_day(screens: Screens) -> None:
    screens.sign_in(Role.JUDGE)
    tell(screens)
    seen = shown(screens.open("calendar", day=NEXT))
    assert "Fri 11 December 2026" in seen
    assert "Part 12 : 2 of 25 cases, 10 of 150 minutes, open." in seen


def test_a_link_that_cannot_be_read_shows_the_coming_weeks(screens: Screens) -> None:
    screens.sign_in(Role.JUDGE)
    tell(screens)
    for query in ({"day": "soon"}, {"session": "1"}, {"month": "next"}):
        app = screens.open("calendar", **query)
        assert not app.exception
        assert "Fri 11 December" in shown(app)


def test_the_clerk_closes_a_day_and_reads_what_was_done(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    app = screens.open("calendar", day=NEXT, close=1)
    seen = shown(app)
    assert "1 session, 2 cases to move" in seen
    assert "2026-0000 Mei C. Fri 18 December, Part 12" in seen
    assert "The next session of Part 12 with room is 18 December, 7 days later." in seen
    app.text_input(key="closing-name").set_value("Snow")
    app.button(key="close-now").click().run()
    assert not app.exception
    assert "Fri 11 December is closed: Snow. 2 cases moved: 2 to Fri 18 December (Part 12)." in shown(app)
    assert [one.state for one in sessions_of(screens)] == [SessionState.CLOSED, SessionState.OPEN]
    app.run()
    assert "2 cases moved" not in shown(app)


def test_closing_without_saying_why_changes_nothing(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    app = screens.open("calendar", day=NEXT, close=1)
    app.button(key="close-now").click().run()
    assert "is missing" in app.error[0].value
    assert [one.state for one in sessions_of(screens)] == [SessionState.OPEN, SessionState.OPEN]


def test_a_single_case_goes_where_the_clerk_says(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    with database.transaction(screens.engine) as session:
        later = a_sitting(session, session.get_one(Part, first.part_id), AFTER + timedelta(days=7))
    app = screens.open("calendar", session=first.id, close=1)
    key = f"moves:session_closed:{first.id}:0"
    app.selectbox(key=f"{key}-session").set_value(later.id).run()
    app.button(key=f"{key}-put").click().run()
    assert "Chosen by you." in shown(app)
    app.text_input(key="closing-name").set_value("Burst pipe")
    app.button(key="close-now").click().run()
    assert "2 cases moved: 1 to Fri 18 December (Part 12), 1 to Fri 25 December (Part 12)." in shown(app)


def test_a_plan_over_the_places_asks_why_before_it_is_carried_out(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, small = tell(screens, places=1)
    app = screens.open("calendar", session=first.id, close=1)
    assert "1 without a place" in shown(app)
    assert app.button(key="close-now").disabled
    key = f"moves:session_closed:{first.id}:0"
    app.selectbox(key=f"{key}-session").set_value(small.id).run()
    app.button(key=f"{key}-put").click().run()
    assert "over its places" in shown(app)
    app.text_input(key="closing-name").set_value("Burst pipe")
    app.button(key="close-now").click().run()
    assert "has no room" in app.warning[0].value
    app.text_input(key="closing-over").set_value("a long afternoon")
    app.button(key="close-now").click().run()
    assert "2 cases moved" in shown(app)


def test_a_case_added_meanwhile_stops_a_plan_that_does_not_show_it(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    app = screens.open("calendar", session=first.id, close=1)
    with database.transaction(screens.engine) as session:
        case = a_case(session, session.get_one(Part, first.part_id), number="2026-1000")
        an_appearance(session, case, first, position=3)
    app.text_input(key="closing-name").set_value("Burst pipe")
    app.button(key="close-now").click().run()
    assert "changed meanwhile" in app.warning[0].value
    assert "3 cases to move" in shown(app)
    assert [one.state for one in sessions_of(screens)] == [SessionState.OPEN, SessionState.OPEN]
    app.button(key="close-now").click().run()
    assert "3 cases moved" in shown(app)


def test_the_administrator_closes_a_day_by_counts_alone(screens: Screens) -> None:
    screens.sign_in(Role.ADMINISTRATOR)
    tell(screens)
    app = screens.open("calendar", day=NEXT, close=1)
    assert "Case 1, review" in shown(app)
    assert "Mei" not in shown(app)
    assert "2026-0000" not in shown(app)
    app.text_input(key="closing-name").set_value("Snow")
    app.button(key="close-now").click().run()
    assert "2 cases moved" in shown(app)


def test_a_holiday_is_proposed_and_counts_once_confirmed(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    app = screens.open("calendar")
    app.number_input(key="year").set_value(2026)
    app.button[-1].click().run()
    assert "1 holiday proposed for 2026" in shown(app)
    assert app.checkbox[0].label == "Fri 25 December: Christmas Day"
    app.button(key="confirm-holidays").click().run()
    assert "1 day confirmed." in shown(app)
    assert "court closed" in shown(app)


def test_the_clerk_opens_a_row_of_sessions_and_reads_what_was_left_out(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens, 0)
    app = screens.open("calendar")
    app.date_input(key="open-first").set_value(TODAY)
    app.date_input(key="open-last").set_value(AFTER + timedelta(days=7))
    next(one for one in app.button if one.label == "Open sessions").click().run()
    assert not app.exception
    assert "2 sessions opened. Left out: Fri 11 December: the part has a session at that time already" in shown(app)


def test_a_session_is_changed_and_keeps_the_rest(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens)
    app = screens.open("calendar", session=first.id)
    app.number_input(key=f"change-{first.id}-cases").set_value(30)
    next(one for one in app.button if one.label == "Save the session").click().run()
    assert not app.exception
    assert sessions_of(screens)[0].capacity_cases == 30
    app.number_input(key=f"change-{first.id}-cases").set_value(1)
    next(one for one in app.button if one.label == "Save the session").click().run()
    assert "2 cases and 10 minutes are booked" in app.warning[0].value


def test_a_closed_session_is_opened_again_and_a_closure_taken_back(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    first, _ = tell(screens, 0)
    app = screens.open("calendar", day=NEXT, close=1)
    app.text_input(key="closing-name").set_value("Snow")
    app.button(key="close-now").click().run()
    app.button(key="remove-closure").click().run()
    assert "the court is closed" not in shown(app)
    app = screens.open("calendar", session=first.id)
    app.button(key="reopen").click().run()
    assert not app.exception
    assert [one.state for one in sessions_of(screens)] == [SessionState.OPEN, SessionState.OPEN]


def test_a_day_beyond_the_coming_weeks_shows_its_month(screens: Screens) -> None:
    screens.sign_in(Role.JUDGE)
    first, _ = tell(screens, 0)
    with database.transaction(screens.engine) as session:
        a_sitting(session, session.get_one(Part, first.part_id), date(2027, 4, 9))
    seen = shown(screens.open("calendar", day="2027-04-09"))
    assert "Fri 9 April" in seen
    assert "Fri 11 December" not in seen
