"""The docket's screen as each role reads it, on the real database."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from models.commands.appearances import remove_appearance
from models.commands.prints import record_print
from models.commands.referrals import refer
from models.database import transaction
from models.rules.vocabulary import (
    ListKind,
    Outcome,
    Role,
    ServiceKind,
)
from models.tables import Closure
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_appearance
from tests.dashboard.docket_day import Day
from tests.dashboard.screens import Screens, shown
from tests.docket_stories import cases_on, counted


@pytest.fixture
def day(screens: Screens) -> Day:
    return Day(screens)


def tile(app: AppTest, name: str) -> str:
    return str(app.button(key=f"tile-{name}").label)


def test_the_heading_says_day_part_judge_places_and_minutes(day: Day) -> None:
    app = day.screens.open("docket")
    assert not app.exception
    words = shown(app)
    assert "Docket for Friday 4 December" in words
    assert "Part DIV-2 · Judge of DIV-2 · 3 of 25 places · 15 of 150 minutes" in words


def test_the_list_says_who_for_what_and_what_is_missing(day: Day) -> None:
    words = shown(day.screens.open("docket"))
    for needed in ("Mei C.", "2026-QN-00001", "Review", "missing: Garden Street Program", "Russian, not booked"):
        assert needed in words, needed
    assert "companion may not be safe" in words


def test_the_tiles_count_what_is_ready_and_what_is_not(day: Day) -> None:
    app = day.screens.open("docket")
    assert "**1 of 3**" in tile(app, "READY")
    assert "**1** *1 missing*" in tile(app, "REPORTS")
    assert "**0 of 1** *1 not booked*" in tile(app, "INTERPRETERS")
    assert "**0**" in tile(app, "NOTHING_DONE")


def test_a_tile_puts_its_cases_in_front_and_a_second_click_all_again(day: Day) -> None:
    app = day.screens.open("docket")
    words = shown(app.button(key="tile-INTERPRETERS").click().run())
    assert "Dara P." in words
    assert "Mei C." not in words
    assert "Mei C." in shown(app.button(key="tile-INTERPRETERS").click().run())


def test_not_ready_leaves_out_who_is_ready(day: Day) -> None:
    app = day.screens.open("docket")
    (choices,) = (one for one in app.segmented_control if one.label == "Which cases")
    assert choices.options == ["All 3", "Not ready 2", "Added since printing 0", "Removed 0", "To result 0"]
    words = shown(choices.set_value("Not ready").run())
    assert "Mei C." in words
    assert "Rosa V." not in words


def test_the_room_sees_initials_and_no_safety_flag(day: Day) -> None:
    app = day.screens.open("docket")
    app.button(key="docket-change").click().run()
    words = shown(app.toggle(key="room-switch").set_value(True).run())
    for name in ("Mei", "Dara", "Rosa", "companion"):
        assert name not in words, name
    assert "M. C." in words
    assert "safety flag: see the bench list" in words
    choices = " ".join(option for box in app.selectbox for option in box.options)
    assert "Mei" not in choices


def test_the_room_sees_no_kind_of_service_no_provider_and_no_reason(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        for kind in (ServiceKind.SUBSTANCE_USE, ServiceKind.EMERGENCY_HOUSING):
            refer(session, day.clerk, day.rows[0].case_id, kind, None, mandated=False, on=TODAY, now=NOW)
        record_print(session, day.clerk, day.sitting.id, ListKind.BENCH, [row.id for row in day.rows], now=NOW)
        remove_appearance(session, day.clerk, day.rows[2].id, "She went to the clinic", now=NOW)
    app = day.screens.open("docket")
    before = shown(app)
    for said in ("substance use services no place found", "emergency housing", "Garden Street Program"):
        assert said in before, said
    app.toggle(key="room-switch").set_value(True).run()
    words = shown(app)
    assert "enrolled · 2 more" in words
    (choices,) = (one for one in app.segmented_control if one.label == "Which cases")
    removed = shown(choices.set_value("Removed").run())
    assert "Hidden while the screen faces the room." in removed
    for hidden in ("substance", "housing", "Garden Street", "clinic"):
        assert hidden not in words + removed, hidden


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR])
def test_judge_and_coordinator_read_and_print_and_change_nothing(day: Day, role: Role) -> None:
    day.screens.sign_in(role)
    app = day.screens.open("docket", on=TODAY, session=day.sitting.id, row=day.rows[0].id)
    assert not app.exception
    words = shown(app)
    assert "Mei C." in words
    assert "Print PDF" in words
    assert ("Excel" in words) is (role is Role.COORDINATOR)
    assert not [one for one in app.button if one.key and one.key.startswith(("row-", "docket-change", "add-"))]


def test_an_administrator_has_no_docket(day: Day) -> None:
    day.screens.sign_in(Role.ADMINISTRATOR)
    assert "Your role does not include this" in day.screens.open("docket").exception[0].message


def test_a_session_of_another_court_is_as_if_it_were_not_named(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        elsewhere = a_court(session, name="Elsewhere")
        part = a_part(session, elsewhere, name="Other part")
        foreign = a_sitting(session, part)
        cases_on(session, part, foreign, ["Foreign Person"])
    words = shown(day.screens.open("docket", session=foreign.id))
    assert "Foreign" not in words
    assert "Mei C." in words


def printed(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        record_print(session, day.clerk, day.sitting.id, ListKind.BENCH, [row.id for row in day.rows], now=NOW)


def test_what_was_added_and_removed_since_printing_is_shown(day: Day) -> None:
    printed(day)
    with transaction(day.screens.engine) as session:
        case = a_case(session, day.part, number="2026-QN-00077", name="Nadia Serova")
        an_appearance(session, case, day.sitting, position=9)
        remove_appearance(session, day.clerk, day.rows[2].id, "Added by mistake", now=NOW)
    app = day.screens.open("docket", on=TODAY)
    (choices,) = (one for one in app.segmented_control if one.label == "Which cases")
    assert choices.options[2:4] == ["Added since printing 1", "Removed 1"]
    words = shown(choices.set_value("Added since printing").run())
    assert "Nadia S." in words
    assert "Mei C." not in words
    words = shown(app.segmented_control[0].set_value("Removed").run())
    assert "Rosa V." in words
    assert "Added by mistake" in words


def test_after_court_the_list_to_result_says_what_to_do(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        before = a_sitting(session, day.part, TODAY - timedelta(days=1))
        missed = a_case(session, day.part, number="2026-QN-00077", name="Nadia Serova")
        an_appearance(session, missed, before)
        undated = a_case(session, day.part, number="2026-QN-00078", name="Jo Tran")
        an_appearance(session, undated, before, outcome=Outcome.APPEARED)
    app = day.screens.open("docket", on=TODAY)
    assert "**1** *the last from 3 Dec*" in tile(app, "TO_RESULT")
    words = shown(app.button(key="tile-TO_RESULT").click().run())
    assert "Nadia S. 2026-QN-00077 ■ outcome not recorded Thu 3 December Record the outcome on the bench" in words
    assert "Jo T. 2026-QN-00078 ■ no next date Thu 3 December Give it a next date." in words


def test_a_closed_day_says_why_and_a_day_without_a_session_what_to_do(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        holiday = TODAY - timedelta(days=8)
        session.add(Closure(court_id=day.screens.court.id, closed_on=holiday, name="Thanksgiving", confirmed_at=NOW))
    assert "The court is closed on Thu 26 November: Thanksgiving" in shown(day.screens.open("docket", on=holiday))
    words = shown(day.screens.open("docket", on=TODAY + timedelta(days=3)))
    assert "No court session on Mon 7 December" in words
    assert "open a session on the calendar" in words


def test_the_parts_of_one_day_are_switched_by_links(day: Day) -> None:
    with transaction(day.screens.engine) as session:
        other = a_part(session, day.screens.court, name="Part 7")
        sitting = a_sitting(session, other)
        cases_on(session, other, sitting, [])
    words = shown(day.screens.open("docket", on=TODAY, session=sitting.id))
    assert "DIV-2 · 9:30 · 3" in words
    assert "No case is on this session yet" in words


def test_an_address_that_makes_no_sense_shows_todays_docket(day: Day) -> None:
    app = day.screens.open("docket", on="yesterday", session="nothing", row="x")
    assert not app.exception
    assert "Docket for Friday 4 December" in shown(app)


def test_a_drawing_takes_the_same_statements_however_many_cases(day: Day) -> None:
    with counted(day.screens.engine) as few:
        day.screens.open("docket")
    with transaction(day.screens.engine) as session:
        for n in range(10, 40):
            an_appearance(session, a_case(session, day.part, number=f"2026-QN-{n:05d}"), day.sitting, position=n)
    with counted(day.screens.engine) as many:
        day.screens.open("docket")
    assert len(few) == len(many) <= 14 + 6, "fourteen to read, six to write down what was looked at"
