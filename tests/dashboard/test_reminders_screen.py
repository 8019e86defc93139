"""Reminders as the clerk and the coordinator meet them: approve all or some, and see what nobody knows of."""

import pytest
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import ReminderState, Role
from models.tables import Reminder
from tests.builders import TODAY
from tests.dashboard.screens import Screens, shown
from tests.follow_up_stories import a_teller
from tests.reminder_stories import NUMBER, a_reminded_case, at, change, keep


@pytest.fixture
def court(screens: Screens) -> Screens:
    """The screens of a court with two reminders that wait for approval."""
    with database.transaction(screens.engine) as session:
        stories = a_teller(session, court=screens.court)
        for about in ("First", "Second"):
            a_reminded_case(stories, about, on=TODAY.replace(day=7))
    keep(screens.engine, at(TODAY))
    change(screens.engine, Reminder, state="waiting")
    return screens


def found(court: Screens) -> list[ReminderState]:
    with database.reading(court.engine) as session:
        return [ReminderState(state) for state in session.exec(select(Reminder.state).order_by(col(Reminder.id)))]


def test_what_is_ticked_is_approved_and_the_rest_still_waits(court: Screens) -> None:
    court.sign_in(Role.COORDINATOR)
    app = court.open("reminders")
    assert not app.exception
    assert "Waits for approval" in shown(app)
    assert NUMBER not in shown(app)
    app.checkbox[0].uncheck()
    next(button for button in app.button if button.label == "Approve those ticked").click().run()
    assert not app.exception
    assert sorted(found(court)) == [ReminderState.READY, ReminderState.WAITING]


def test_what_is_not_to_be_sent_is_dropped(court: Screens) -> None:
    court.sign_in(Role.CLERK)
    app = court.open("reminders")
    next(button for button in app.button if button.label == "Do not send those ticked").click().run()
    assert found(court) == [ReminderState.DROPPED] * 2
    assert "somebody of the court decided against it" in shown(app)


def test_a_judge_sees_what_waits_and_approves_nothing(court: Screens) -> None:
    court.sign_in(Role.JUDGE)
    app = court.open("reminders")
    assert "Reminders that wait for approval" in shown(app)
    assert [button.label for button in app.button if "ticked" in button.label] == []


def test_an_administrator_has_no_such_screen(court: Screens) -> None:
    court.sign_in(Role.ADMINISTRATOR)
    assert "role does not include" in str(court.open("reminders").exception[0].message)


def test_the_case_file_tells_what_was_agreed_and_takes_it_back(court: Screens) -> None:
    court.sign_in(Role.CLERK)
    with database.reading(court.engine) as session:
        case_id = session.exec(select(Reminder.case_id).limit(1)).one()
    app = court.open("case_file", case=case_id)
    assert "Reminded by text message, as agreed." in shown(app)
    app.button(key="open-reminders").click().run()
    app.checkbox(key="no-reminders").check()
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    assert "asked for no reminders on 4 Dec 2026" in shown(app)
