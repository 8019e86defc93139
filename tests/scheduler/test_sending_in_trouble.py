"""Whatever happens to senders and clocks: no reminder leaves twice, none is lost without a person knowing."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database, scope
from models.commands import sending
from models.rules import reminders
from models.rules.vocabulary import (
    FollowUpKind,
    Move,
)
from models.tables import (
    Appearance,
    Court,
    FollowUp,
    SetAside,
)
from tests.builders import NEW_YORK
from tests.follow_up_stories import a_teller
from tests.reminder_stories import (
    IN_COURT,
    SEVEN,
    THREE,
    Sent,
    a_reminded_case,
    at,
    keep,
    look,
    outbox,
    states,
)

DAY = timedelta(days=1)


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court with one participant who is to be reminded of her day in court."""
    with database.transaction(engine) as session:
        a_reminded_case(a_teller(session))
    return engine


def follow_ups(engine: Engine) -> list[Any]:
    with database.reading(engine) as session:
        own = col(FollowUp.kind) == FollowUpKind.REMINDER_NOT_SENT
        return list(session.execute(sa.select(*FollowUp.__table__.c).where(own)))  # type: ignore[attr-defined]


def test_a_message_the_gateway_refuses_goes_to_a_person_and_is_not_tried_again(told: Engine, sent: Sent) -> None:
    sent.refuses = True
    look(told, at(SEVEN))
    sent.refuses = False
    for hours in range(1, 5):
        look(told, at(SEVEN, 10 + hours))
    assert sent.messages == []
    assert states(told) == [("failed", None)]
    (row,) = follow_ups(told)
    assert (row.move, row.since, row.due_on, row.void_on) == (Move.COORDINATOR, SEVEN, IN_COURT - DAY, None)
    assert "could not be sent" in row.reason


def test_the_follow_up_closes_by_itself_once_a_later_reminder_has_gone_out(told: Engine, sent: Sent) -> None:
    sent.refuses = True
    look(told, at(SEVEN))
    look(told, at(SEVEN, 12))
    sent.refuses = False
    look(told, at(THREE))
    look(told, at(THREE, 12))
    (row,) = follow_ups(told)
    assert row.void_on == THREE


def test_a_sender_that_broke_with_the_message_in_its_hands_leaves_it_to_a_person(told: Engine, sent: Sent) -> None:
    sent.breaks = True
    look(told, at(SEVEN))
    assert states(told) == [("claimed", None)]
    look(told, at(SEVEN, 12))
    assert states(told) == [("not_known", None)]
    assert "may or may not have gone out" in follow_ups(told)[0].reason
    look(told, at(SEVEN, 14))
    assert len(sent.messages) == 1


def test_a_slow_sender_that_comes_back_says_it_was_sent(told: Engine, sent: Sent) -> None:
    sent.breaks = True
    look(told, at(SEVEN))
    look(told, at(SEVEN, 12))
    with database.transaction(told) as session:
        keeper = scope.keeper(session, session.exec(select(Court)).one())
        sending.record_sent(session, keeper, outbox(told)[0].id, now=at(SEVEN, 12))
        sending.record_failed(session, keeper, outbox(told)[0].id, now=at(SEVEN, 12))
    look(told, at(SEVEN, 13))
    assert states(told) == [("sent", None)]
    assert follow_ups(told)[0].void_on == SEVEN


def test_ten_days_of_silence_leave_one_message_that_is_still_true_and_none_that_is_stale(
    engine: Engine, sent: Sent
) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        a_reminded_case(stories, "Ready and stale", on=date(2026, 12, 11))
        a_reminded_case(stories, "Still to come", on=IN_COURT)
        a_reminded_case(stories, "Past by now", on=date(2026, 12, 14))
    keep(engine, at(date(2026, 12, 6), 8))  # then nobody, for ten days
    look(engine, at(date(2026, 12, 16)))
    assert len(sent.messages) == 1
    assert "December 18" in sent.messages[0].text
    told = sorted((row.state, row.dropped, row.held_on) for row in outbox(engine))
    assert told == [("dropped", "too_late", date(2026, 12, 11)), ("sent", None, IN_COURT)]


def test_a_clock_set_back_an_hour_sends_nothing_twice(told: Engine, sent: Sent) -> None:
    for now in (at(SEVEN, 10, 45), at(SEVEN, 9, 45), at(SEVEN, 10, 0), at(SEVEN, 10, 45), at(SEVEN, 11, 45)):
        look(told, now)
    assert len(sent.messages) == 1
    assert states(told) == [("sent", None)]


@pytest.mark.parametrize("in_court", [date(2026, 3, 15), date(2026, 11, 8)])
def test_the_nights_when_clocks_change_neither_double_nor_lose_one(engine: Engine, sent: Sent, in_court: date) -> None:
    """Seven days before is the very day on which the clocks change."""
    with database.transaction(engine) as session:
        case = a_reminded_case(a_teller(session), on=in_court)
        appearance = session.exec(select(Appearance).where(col(Appearance.case_id) == case.id)).one()
        appearance.added_at = at(in_court - 30 * DAY)
    now = at(in_court - 8 * DAY, 20)
    while now < at(in_court - 6 * DAY, 9):
        look(engine, now)
        now += timedelta(minutes=30)
    (row,) = outbox(engine)
    assert (row.state, row.due_on, len(sent.messages)) == ("sent", in_court - 7 * DAY, 1)
    assert row.sent_at.astimezone(NEW_YORK).hour == 9


def test_one_that_cannot_be_handled_is_set_aside_and_the_others_go_out(
    engine: Engine, sent: Sent, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        bad = a_reminded_case(stories, "Bad", languages=("Klingon",)).id
        for number in range(3):
            a_reminded_case(stories, f"Good {number}")
    plain = reminders.language_for

    def broken(interpreter: str | None, spoken: list[str], texts: Any) -> str | None:
        if spoken == ["Klingon"]:
            raise ZeroDivisionError("a value that must not be kept")
        return plain(interpreter, spoken, texts)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "language_for", broken)
        look(engine, at(SEVEN))
        look(engine, at(SEVEN, 11, 0))
    assert sorted(state for state, _ in states(engine)) == ["ready", "sent", "sent", "sent"]
    with database.reading(engine) as session:
        aside = session.exec(select(SetAside)).one()
        assert (aside.subject_id, aside.job, aside.settled_at) == (bad, "sending", None)
        assert aside.try_again_at >= at(SEVEN, 11, 30)
        assert "must not be kept" not in aside.problem
    look(engine, at(SEVEN, 12))
    assert len(sent.messages) == 4
    with database.reading(engine) as session:
        assert session.exec(select(SetAside.settled_at)).one() is not None
