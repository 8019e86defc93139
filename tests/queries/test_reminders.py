"""What the reminders' screen and a case file are told: every reminder once, in its state, and never an address."""

from datetime import timedelta

import pytest
from sqlalchemy.engine import Engine

from models import database
from models.errors import NotFound, NotPermitted
from models.queries.reminders import reminders, reminders_of_case
from models.rules.vocabulary import ChannelKind, ReminderState, Role
from models.tables import Reminder
from tests.builders import an_actor
from tests.follow_up_stories import a_teller
from tests.reminder_stories import NUMBER, ONE, SEVEN, THREE, Sent, a_reminded_case, at, change, keep, look
from tests.statements import counted

DAY = timedelta(days=1)


def test_the_next_days_are_told_before_anything_is_written(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        a_reminded_case(stories, languages=("Thai",))
        actor = an_actor(session, stories.court, Role.COORDINATOR)
    with database.reading(engine) as session:
        found = reminders(session, actor, today=SEVEN - DAY)
    assert [(row.due_on, row.days_before, row.state) for row in found.coming] == [
        (SEVEN, 7, None),
        (THREE, 3, None),
        (ONE, 1, None),
    ]
    assert {(row.channel, row.language, row.without_text) for row in found.coming} == {
        (ChannelKind.TEXT, "English", True)
    }


def test_each_reminder_stands_in_one_list_and_no_address_in_any(engine: Engine, sent: Sent) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case_id = a_reminded_case(stories).id
        actor = an_actor(session, stories.court, Role.COORDINATOR)
    keep(engine, at(SEVEN))
    for state, where in (("waiting", "waiting"), ("ready", "coming"), ("failed", "lost"), ("not_known", "lost")):
        change(engine, Reminder, state=state, claimed_at=at(SEVEN))
        with database.reading(engine) as session:
            found = reminders(session, actor, today=SEVEN)
        lists = {name: getattr(found, name) for name in ("waiting", "coming", "lost", "past")}
        assert [name for name, rows in lists.items() for row in rows if row.id] == [where]
        assert NUMBER not in repr(found)
    change(engine, Reminder, state="ready", claimed_at=None)
    look(engine, at(SEVEN))
    with database.reading(engine) as session:
        case = reminders_of_case(session, actor, case_id, today=SEVEN)
    assert len(sent.messages) == 1
    assert [(row.state, row.channel) for row in case.rows] == [(ReminderState.SENT, ChannelKind.TEXT)]
    assert case.ways == (ChannelKind.TEXT,)
    assert NUMBER not in repr(case)


def test_it_costs_two_statements_however_many_there_are(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        for number in range(5):
            a_reminded_case(stories, f"Number {number}")
        actor = an_actor(session, stories.court, Role.CLERK)
    keep(engine, at(SEVEN))
    with database.reading(engine) as session, counted(engine) as statements:
        reminders(session, actor, today=SEVEN)
    assert len(statements) == 2


def test_an_administrator_and_another_court_see_nothing(engine: Engine) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case_id = a_reminded_case(stories).id
        administrator = an_actor(session, stories.court, Role.ADMINISTRATOR, username="a")
        stranger = an_actor(session, a_teller(session, name="River Court").court, Role.CLERK, username="r")
    keep(engine, at(SEVEN))
    with database.reading(engine) as session:
        with pytest.raises(NotPermitted):
            reminders(session, administrator, today=SEVEN)
        with pytest.raises(NotFound):
            reminders_of_case(session, stranger, case_id, today=SEVEN)
        found = reminders(session, stranger, today=SEVEN)
    assert (found.waiting, found.coming, found.lost, found.past) == ((), (), (), ())
