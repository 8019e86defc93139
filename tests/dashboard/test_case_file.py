"""The case file on the screen: found and read, by each role as far as it goes."""

from uuid import uuid4

from sqlmodel import col, select

from models import database
from models.commands.appearances import remove_appearance
from models.commands.cases import NewFlag
from models.commands.notes import write_note
from models.commands.participants import add_flag
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    NoteVisibility,
    Role,
)
from models.tables import Appearance, Attendance, Person
from tests.builders import NOW
from tests.dashboard.case_files import a_file, the_clerk
from tests.dashboard.screens import Screens, shown


def test_the_search_comes_first_with_the_cases_of_the_day_as_suggestions(screens: Screens) -> None:
    who = the_clerk(screens)
    a_file(screens, who)
    app = screens.open("case_file")
    assert not app.exception
    assert "Find a case" in shown(app)
    assert "Mei C." in shown(app)
    app.text_input(key="case-search").set_value("chen").run()
    assert "2026-QN-00001" in shown(app)
    app.text_input(key="case-search").set_value("nobody").run()
    assert "No case found" in shown(app)


def test_an_empty_court_says_what_to_do_next(screens: Screens) -> None:
    the_clerk(screens)
    assert "Open a new case" in shown(screens.open("case_file"))


def test_a_link_opens_the_case_with_its_standing_explained_and_its_history(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    assert not app.exception
    text = shown(app)
    for said in (
        "Mei Chen",
        "2026-QN-00001",
        "unacceptable absence",
        "Policy demonstration-1",
        "Garden Street Program",
    ):
        assert said in text
    assert "Information as of Wed 25 November" in text
    assert "Somebody, 4 Dec 2026, 10:00" in text


def test_when_a_fact_was_recorded_stays_on_one_line(screens: Screens) -> None:
    who = the_clerk(screens)
    app = screens.open("case_file", case=a_file(screens, who).id)
    history = next(one.proto.body for one in app.get("html") if "History of the case" in one.proto.body)
    assert 'Somebody, <span class="of-whole">4 Dec 2026, 10:00</span>' in history


def test_the_filter_leaves_only_what_was_chosen(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    assert "Court: review" in shown(app).capitalize() or "Court: review" in shown(app)
    next(one for one in app.button_group).set_value(["sessions"]).run()
    history = next(one.proto.body for one in app.get("html") if "History of the case" in one.proto.body)
    assert "Session: counselling" in history
    assert "Court: review" not in history


def test_facing_the_room_no_name_and_no_note_is_on_the_screen(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        person = session.exec(select(Person)).one()
        person.preferred_script, person.pronunciation = "陈美", "may chen"
        write_note(session, who, case.id, "Mei has moved", NoteVisibility.TEAM, now=NOW, token=uuid4())
        session.exec(select(Attendance)).one().reason = "Mei was at the clinic"
        add_flag(session, who, case.id, NewFlag(kind=FlagKind.COMPANION_NOT_SAFE), now=NOW)
    app = screens.open("case_file", case=case.id, room="1")
    text = shown(app)
    assert "M. C." in text
    assert "safety flag: see the bench list" in text.lower()
    assert f"/download/case_summary?case={case.id}&amp;save=1" in str([one.proto.body for one in app.get("html")])
    for hidden in ("Mei", "Chen", "陈美", "may chen", "companion"):
        assert hidden not in text


def test_facing_the_room_no_service_and_no_provider_is_on_the_screen(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    app = screens.open("case_file", case=case.id)
    assert "counselling" in shown(app).lower()
    assert "Garden Street" in shown(app)
    app.toggle(key="room-switch").set_value(True).run()
    everything = f"{shown(app)} {[chart.proto.spec for chart in app.get('vega_lite_chart')]}"
    assert "counselling" not in everything.lower()
    assert "Garden Street" not in everything
    assert {button.key for button in app.button if (button.key or "").startswith("open-")} == {
        "open-note",
        "open-contact",
    }


def test_facing_the_room_no_reason_of_an_appearance_is_in_the_history(screens: Screens) -> None:
    who = the_clerk(screens)
    case = a_file(screens, who)
    with database.transaction(screens.engine) as session:
        coming = session.exec(select(Appearance).where(col(Appearance.state) == AppearanceState.SCHEDULED)).all()
        remove_appearance(session, who, coming[0].id, "She is at the clinic", now=NOW)
    app = screens.open("case_file", case=case.id)
    assert "at the clinic" in shown(app)
    app.toggle(key="room-switch").set_value(True).run()
    assert "clinic" not in shown(app)
    assert "Court: review" in shown(app)


def test_an_administrator_has_no_case_file(screens: Screens) -> None:
    case = a_file(screens, the_clerk(screens))
    screens.sign_in(Role.ADMINISTRATOR)
    app = screens.open("case_file", case=case.id)
    assert "Your role does not include this" in app.exception[0].message
    assert "Mei" not in shown(app)


def test_a_case_that_is_not_there_is_answered_like_another_courts(screens: Screens) -> None:
    the_clerk(screens)
    for named in (uuid4(), "nonsense"):
        app = screens.open("case_file", case=named)
        assert "no such record" in app.exception[0].message
