"""Reminders: what people decide about them, and that nobody is reminded who did not agree."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.commands.intake_form import NewChannel
from models.commands.participants import add_channel
from models.commands.reminders import agree, approve, decline
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import ChannelKind, Role
from models.scope import Actor
from models.tables import AuditEvent, ContactChannel, Participant, Reminder
from tests.builders import an_actor
from tests.follow_up_stories import a_teller
from tests.reminder_stories import SEVEN, Sent, a_reminded_case, at, change, keep, look, outbox, states

NOW = at(SEVEN)


def told(engine: Engine) -> tuple[UUID, Actor, Actor]:
    """Return a case that is to be reminded, a coordinator and a judge."""
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = a_reminded_case(stories)
        people = [an_actor(session, stories.court, role, username=role) for role in (Role.COORDINATOR, Role.JUDGE)]
        return case.id, people[0], people[1]


def waiting(engine: Engine) -> list[UUID]:
    """Bring the outbox up to date, let it wait for approval, and return its ids."""
    keep(engine, NOW)
    change(engine, Reminder, state="waiting")
    return [row.id for row in outbox(engine)]


def test_what_is_approved_goes_out_and_what_is_declined_does_not(engine: Engine, sent: Sent) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        for about in ("One", "Two", "Three"):
            a_reminded_case(stories, about)
        coordinator = an_actor(session, stories.court, Role.COORDINATOR, username="c")
    first, second, _ = waiting(engine)
    with database.transaction(engine) as session:
        assert approve(session, coordinator, [first], now=NOW) == 1
        assert approve(session, coordinator, [first], now=NOW) == 0
        decline(session, coordinator, second, now=NOW)
    look(engine, NOW)
    assert len(sent.messages) == 1
    assert states(engine) == [("sent", None), ("dropped", "declined"), ("waiting", None)]
    with database.reading(engine) as session:
        done = session.exec(select(AuditEvent.action).where(col(AuditEvent.subject_type) == "reminder")).all()
    assert sorted(done) == ["approve_reminder", "decline_reminder", "send_reminder"]


def test_an_approval_is_no_promise_what_changed_meanwhile_is_not_sent(engine: Engine, sent: Sent) -> None:
    _, coordinator, _ = told(engine)
    ids = waiting(engine)
    with database.transaction(engine) as session:
        approve(session, coordinator, ids, now=NOW)
    change(engine, ContactChannel, safe=False)
    look(engine, NOW + timedelta(hours=1))
    assert sent.messages == []
    assert states(engine) == [("dropped", "no_safe_way")]


def test_what_was_sent_cannot_be_declined(engine: Engine, sent: Sent) -> None:
    _, coordinator, _ = told(engine)
    look(engine, NOW)
    assert len(sent.messages) == 1
    with database.transaction(engine) as session, pytest.raises(Conflict, match="no longer waiting"):
        decline(session, coordinator, outbox(engine)[0].id, now=NOW)


def test_a_judge_and_another_courts_coordinator_approve_nothing(engine: Engine) -> None:
    _, _, judge = told(engine)
    ids = waiting(engine)
    with database.transaction(engine) as session:
        stranger = an_actor(session, a_teller(session, name="River Court").court, Role.COORDINATOR, username="r")
    with database.transaction(engine) as session:
        with pytest.raises(NotPermitted):
            approve(session, judge, ids, now=NOW)
        with pytest.raises(NotFound):
            approve(session, stranger, ids, now=NOW)
        with pytest.raises(NotFound):
            decline(session, stranger, ids[0], now=NOW)
    assert states(engine) == [("waiting", None)]


def way(engine: Engine) -> Any:
    """Return her one way of contact."""
    with database.reading(engine) as session:
        return session.execute(sa.select(*ContactChannel.__table__.c)).one()  # type: ignore[attr-defined]


def test_reminders_are_agreed_to_by_each_way_and_can_be_stopped_altogether(engine: Engine, sent: Sent) -> None:
    case_id, coordinator, _ = told(engine)
    with database.transaction(engine) as session:
        agree(session, coordinator, case_id, [], stopped=False, now=NOW)
    look(engine, NOW)
    assert outbox(engine) == []
    with database.transaction(engine) as session:
        agree(session, coordinator, case_id, [way(engine).id], stopped=True, now=NOW)
    look(engine, NOW + timedelta(hours=1))
    assert outbox(engine) == []
    with database.transaction(engine) as session:
        assert session.scalar(sa.select(col(Participant.no_reminders_since))) == SEVEN
        agree(session, coordinator, case_id, [way(engine).id], stopped=False, now=NOW)
    look(engine, NOW + timedelta(hours=2))
    assert len(sent.messages) == 1


def test_a_way_that_is_not_safe_or_needs_a_person_is_refused_in_words(engine: Engine) -> None:
    case_id, coordinator, _ = told(engine)
    with database.transaction(engine) as session:
        for kind, safe in ((ChannelKind.EMAIL, False), (ChannelKind.PHONE, True)):
            form = NewChannel(kind=kind, value="x", safe=safe)
            added = add_channel(session, coordinator, case_id, form, now=NOW)
            with pytest.raises(Invalid, match="only by a way marked safe"):
                agree(session, coordinator, case_id, [added.id], stopped=False, now=NOW)


def test_another_participants_way_does_not_exist_here(engine: Engine) -> None:
    case_id, coordinator, _ = told(engine)
    with database.transaction(engine) as session, pytest.raises(NotFound):
        agree(session, coordinator, case_id, [case_id], stopped=False, now=NOW)


def test_a_way_that_became_unsafe_has_to_be_agreed_to_again(engine: Engine) -> None:
    case_id, coordinator, _ = told(engine)
    value = str(way(engine).value)
    for safe in (False, True):
        with database.transaction(engine) as session:
            form = NewChannel(kind=ChannelKind.TEXT, value=value, safe=safe)
            add_channel(session, coordinator, case_id, form, now=NOW)
    assert way(engine).safe
    assert not way(engine).reminders


def test_her_own_word_to_stop_counts_over_every_way(engine: Engine, sent: Sent) -> None:
    case_id, coordinator, _ = told(engine)
    keep(engine, NOW)
    with database.transaction(engine) as session:
        agree(session, coordinator, case_id, [way(engine).id], stopped=True, now=NOW)
    look(engine, NOW)
    assert sent.messages == []
    assert states(engine) == [("dropped", "stopped")]
