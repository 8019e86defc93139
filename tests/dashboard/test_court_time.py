"""How the parts sit on the screen: the preview in words, beginning and ending a pattern, terms, and judges away."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from models import database
from models.rules.vocabulary import Rhythm, Role
from models.tables import CourtSession, Judge, JudgeAbsence, Part, SittingPattern, Term
from tests.builders import TODAY, a_part, a_sitting
from tests.dashboard.screens import Screens, shown

NEXT = date(2026, 12, 11)


def told(screens: Screens) -> Part:
    with database.transaction(screens.engine) as session:
        session.add(Judge(court_id=screens.court.id, name="Hon. M. Okafor"))
        return a_part(session, screens.court)


def held_on(screens: Screens) -> list[date]:
    with Session(screens.engine) as session:
        return [one.held_on for one in session.exec(select(CourtSession).order_by(col(CourtSession.held_on)))]


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR])
def test_judge_and_coordinator_read_it_and_find_nothing_to_change(screens: Screens, role: Role) -> None:
    told(screens)
    screens.sign_in(role)
    app = screens.open("court_time")
    assert not app.exception
    assert "No part has a pattern yet" in shown(app)
    assert "No judge is away" in shown(app)
    assert not app.button


def test_the_coming_days_stand_in_words_before_anything_is_opened(screens: Screens) -> None:
    told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("court_time")
    assert "Every Friday at 9:30, from 4 December 2026." in shown(app)
    assert "Fri 18 December" in shown(app)
    app.selectbox(key="sits-rhythm").set_value(Rhythm.MONTHLY)
    app = app.run()
    app.selectbox(key="sits-nth").set_value(5)
    app = app.run()
    assert "On the last Friday of the month at 9:30" in shown(app)
    assert held_on(screens) == []


def test_a_pattern_begins_its_sessions_are_opened_and_it_ends(screens: Screens) -> None:
    told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("court_time")
    app.number_input(key="sits-every").set_value(2)
    app = app.run()
    app.button(key="sits-begin").click()
    app = app.run()
    assert not app.exception
    assert "14 sessions opened." in shown(app)
    assert "Every second Friday at 9:30" in shown(app)
    assert held_on(screens)[:2] == [TODAY, date(2026, 12, 18)]
    app.button(key="end-pattern-now").click()
    app = app.run()
    assert "13 empty sessions taken back" in shown(app)
    assert held_on(screens) == [TODAY]


def test_listed_days_that_cannot_be_read_are_said_and_nothing_begins(screens: Screens) -> None:
    told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("court_time")
    app.selectbox(key="sits-rhythm").set_value(Rhythm.DATED)
    app = app.run()
    app.text_area(key="sits-dates").set_value("12/11/2026, 13/45/2026")
    app = app.run()
    assert "1 entry in the list is no date" in "".join(one.value for one in app.warning)
    assert app.button(key="sits-begin").disabled
    app.text_area(key="sits-dates").set_value("12/11/2026; Dec 17 2026")
    app = app.run()
    app.button(key="sits-begin").click()
    app = app.run()
    assert held_on(screens) == [NEXT, date(2026, 12, 17)]
    with Session(screens.engine) as session:
        assert session.exec(select(SittingPattern.dates)).one() == ["2026-12-11", "2026-12-17"]


def test_a_term_is_added_and_offered(screens: Screens) -> None:
    told(screens)
    screens.sign_in(Role.CLERK)
    app = screens.open("court_time")
    app.text_input(key="term-name").set_value("fall term")
    app.button(key="term-add").click()
    app = app.run()
    assert "The term is added." in shown(app)
    assert app.multiselect(key="sits-terms").options == ["fall term"]
    with Session(screens.engine) as session:
        assert session.exec(select(Term.name)).all() == ["fall term"]


def test_an_absence_without_a_substitute_names_the_sessions_that_cannot_be_held_and_is_taken_back(
    screens: Screens,
) -> None:
    part = told(screens)
    with database.transaction(screens.engine) as session:
        a_sitting(session, session.get_one(Part, part.id), TODAY)
    screens.sign_in(Role.CLERK)
    app = screens.open("court_time")
    app.selectbox(key="away-judge").set_value(part.judge_id)
    app.button(key="away-record").click()
    app = app.run()
    assert not app.exception
    assert "1 session cannot be held as things stand" in shown(app)
    assert "nobody sits in that place" in shown(app)
    with Session(screens.engine) as session:
        absence = session.exec(select(JudgeAbsence)).one()
    app.button(key=f"back-{absence.id}").click()
    app = app.run()
    assert "No judge is away" in shown(app)
