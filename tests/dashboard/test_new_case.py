"""Promises of the intake screen."""

from datetime import timedelta

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from models import database
from models.rules.vocabulary import Role
from models.tables import Appearance, Case, CourtSession, Participant, Person
from tests.builders import TODAY, a_case, a_part, a_sitting
from tests.dashboard.screens import Screens, shown

FORM = "new-case-0"


@pytest.fixture
def court(screens: Screens) -> Screens:
    screens.sign_in(Role.CLERK)
    with database.transaction(screens.engine) as session:
        part = a_part(session, screens.court)
        a_sitting(session, part, TODAY + timedelta(days=7))
        a_case(session, part, number="CR-1", name="Mei Chen")
    return screens


def filled(screens: Screens, name: str, number: str = "CR-2") -> AppTest:
    app = screens.open("new_case")
    app.text_input(key=f"{FORM}-legal").set_value(name)
    app.text_input(key=f"{FORM}-number").set_value(number)
    app.text_input(key=f"{FORM}-charge-1").set_value("Prostitution")
    return app.run()


def save(app: AppTest) -> AppTest:
    return app.button(key=f"{FORM}-save").click().run()


def cases(screens: Screens) -> list[str]:
    with database.reading(screens.engine) as session:
        return sorted(session.exec(select(Case.docket_number)))


def test_a_case_is_saved_with_its_first_appearance_and_the_form_is_empty_again(court: Screens) -> None:
    app = save(filled(court, "Ana Kim"))
    assert not app.exception
    assert "Case CR-2 is saved." in shown(app)
    assert "Open its case file" in shown(app)
    assert cases(court) == ["CR-1", "CR-2"]
    assert app.text_input(key="new-case-1-legal").value == ""
    with database.reading(court.engine) as session:
        assert session.exec(select(Appearance.position)).all() == [1]


def test_a_likely_duplicate_must_be_looked_at_before_saving(court: Screens) -> None:
    app = filled(court, "Chen, Mei")
    assert "Does the court know this person already?" in shown(app)
    assert "the same names in another order" in shown(app)
    app = save(app)
    assert "Choose which it is, then save again." in shown(app)
    assert cases(court) == ["CR-1"]


@pytest.mark.parametrize(("choice", "people"), [(0, 1), (1, 2)])
def test_the_same_person_is_taken_or_another_one_confirmed(court: Screens, choice: int, people: int) -> None:
    app = filled(court, "Chen, Mei")
    which = next(radio for radio in app.radio if radio.label == "Which is it?")
    assert which.value is None
    which.set_value(which.options[choice])
    app = save(app.run())
    assert not app.exception
    assert cases(court) == ["CR-1", "CR-2"]
    with database.reading(court.engine) as session:
        assert len(session.exec(select(Participant)).all()) == people


def test_what_is_missing_is_said_and_nothing_typed_is_lost(court: Screens) -> None:
    app = save(filled(court, "", number=""))
    assert "Docket number is missing. Legal name is missing." in shown(app)
    assert app.text_input(key=f"{FORM}-charge-1").value == "Prostitution"
    assert cases(court) == ["CR-1"]


def test_a_taken_docket_number_is_said_in_words(court: Screens) -> None:
    app = save(filled(court, "Ana Kim", number="CR-1"))
    assert "already in use in this court" in shown(app)


def test_a_date_is_repeated_in_words_and_an_impossible_one_stops_the_save(court: Screens) -> None:
    app = filled(court, "Ana Kim")
    app = app.text_input(key=f"{FORM}-born").set_value("3/4/98").run()
    assert "Wed 4 March 1998, 28 years" in shown(app)
    app = save(app.text_input(key=f"{FORM}-born").set_value("13/4/98").run())
    assert "there is no month 13" in shown(app)
    assert cases(court) == ["CR-1"]


def test_another_charge_is_one_button_away(court: Screens) -> None:
    app = filled(court, "Ana Kim")
    app = app.button(key=f"{FORM}-more").click().run()
    app = save(app.text_input(key=f"{FORM}-statute-2").set_value("PL 240.37").run())
    assert "Case CR-2 is saved." in shown(app)


def test_a_name_in_any_script_is_kept_as_written(court: Screens) -> None:
    app = filled(court, "Ana Kim")
    save(app.text_input(key=f"{FORM}-script").set_value("김안나").run())
    with database.reading(court.engine) as session:
        assert "김안나" in session.exec(select(Person.preferred_script)).all()


def test_of_several_parts_none_is_guessed_and_the_one_chosen_presets_its_own_next_session(court: Screens) -> None:
    with database.transaction(court.engine) as session:
        other = a_part(session, court.court, name="Part 3")
        for days in (14, 4, 10):
            a_sitting(session, other, TODAY + timedelta(days=days))
    app = filled(court, "Ana Kim")
    assert app.selectbox(key=f"{FORM}-part").value is None
    assert "Choose a part first." in shown(app)
    assert "Part is missing." in shown(save(app))
    app = app.selectbox(key=f"{FORM}-part").select_index(0).run()
    (radio,) = [one for one in app.radio if one.label == "Session"]
    assert [one.split("\\,")[0] for one in radio.options] == [
        "Tue 8 December",
        "Fri 11 December",
        "Mon 14 December",
        "Fri 18 December",
        "No date yet",
    ]
    assert "Preset is this part's next session with room." in shown(app)
    app = save(app)
    assert "Case CR-2 is saved." in shown(app)
    with database.reading(court.engine) as session:
        appearance = session.exec(select(Appearance)).one()
        assert session.get_one(CourtSession, appearance.court_session_id).held_on == TODAY + timedelta(days=7)


def test_a_court_without_parts_is_told_what_to_do(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    assert "This court has no part yet" in shown(screens.open("new_case"))


@pytest.mark.parametrize("role", [Role.JUDGE, Role.ADMINISTRATOR])
def test_roles_that_open_no_cases_do_not_get_the_form(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    app = screens.open("new_case")
    assert "Your role does not include this" in app.exception[0].message
