"""Reminders leave at most once each, in the court's hours, and only while everything they say still holds."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.audit.checking import first_break
from models.rules.vocabulary import (
    AppearanceState,
    ChannelKind,
    Outcome,
    SessionState,
    Stage,
)
from models.tables import (
    Appearance,
    AuditEvent,
    Case,
    ContactChannel,
    Court,
    CourtSession,
    Part,
    Participant,
    Reminder,
)
from scheduler import gateways
from scheduler.runner import Runner
from tests.builders import a_policy_version, a_sitting, an_appearance
from tests.follow_up_stories import a_teller
from tests.reminder_stories import (
    IN_COURT,
    NUMBER,
    ONE,
    SENDING,
    SEVEN,
    THREE,
    Sent,
    a_reminded_case,
    at,
    change,
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


def test_three_reminders_leave_for_one_appearance_each_once(told: Engine, sent: Sent) -> None:
    at_work = at(SEVEN - DAY, 6, 0)
    while at_work < at(IN_COURT + DAY):
        look(told, at_work)
        at_work += timedelta(minutes=30)
    assert len(sent.messages) == 3
    assert {message.address for message in sent.messages} == {NUMBER}
    assert [(row.state, row.days_before, row.due_on) for row in outbox(told)] == [
        ("sent", 7, SEVEN),
        ("sent", 3, THREE),
        ("sent", 1, ONE),
    ]


def test_none_leaves_before_or_after_the_courts_hours(told: Engine, sent: Sent) -> None:
    for hour in (0, 5, 8, 18, 23):
        look(told, at(SEVEN, hour))
    assert sent.messages == []
    assert states(told) == [("ready", None)]
    look(told, at(SEVEN + DAY, 9))
    assert len(sent.messages) == 1


def test_the_hours_are_the_courts_own_whatever_the_machines(engine: Engine, sent: Sent) -> None:
    with database.transaction(engine) as session:
        stories = a_teller(session)
        stories.court.zone = "Pacific/Honolulu"
        a_reminded_case(stories)
    look(engine, at(SEVEN, 10))  # five in the morning there
    assert sent.messages == []
    look(engine, at(SEVEN, 15))
    assert len(sent.messages) == 1


def test_the_message_tells_the_public_name_the_day_and_the_time_and_nobodys_name(told: Engine, sent: Sent) -> None:
    look(told, at(SEVEN))
    (message,) = sent.messages
    assert message.text.startswith("Reminder from Part 12: you have an appointment on Friday, December 18 at 9:30 AM.")
    for secret in ("Reminded", "Case", "Harbor", "2026-QN", "Judge", "Court"):
        assert secret not in message.text + message.subject
    assert NUMBER not in repr(message)
    assert "appointment" not in repr(message)


@pytest.mark.parametrize(
    ("languages", "says", "kept"),
    [
        (("Spanish", "English"), "usted tiene una cita el viernes 18 de diciembre", "es"),
        (("Mandarin",), "您在12月18日（星期五）上午9:30有一个预约", "zh-Hans"),
        (("Garifuna",), "you have an appointment", "en"),
        ((), "you have an appointment", "en"),
    ],
)
def test_it_is_in_her_language_and_in_english_where_there_is_no_text(
    engine: Engine, sent: Sent, languages: tuple[str, ...], says: str, kept: str
) -> None:
    with database.transaction(engine) as session:
        a_reminded_case(a_teller(session), languages=languages)
    look(engine, at(SEVEN))
    assert says in sent.messages[0].text
    assert outbox(engine)[0].language == kept


def test_it_is_in_the_courts_own_words_where_its_policy_has_some(sqlite_engine: Engine, sent: Sent) -> None:
    own = (
        "approve_before_sending = false",
        "approve_before_sending = false\ntexts = { en = '{place}: {day}, {time}.' }",
    )
    with database.transaction(sqlite_engine) as session:
        stories = a_teller(session)
        a_policy_version(session, stories.court, "harbor-2", SEVEN, own)
        a_reminded_case(stories)
    look(sqlite_engine, at(SEVEN))
    assert sent.messages[0].text == "Part 12: Friday, December 18, 9:30 AM."


@pytest.mark.parametrize(
    ("row", "values", "why"),
    [
        (Appearance, {"state": AppearanceState.MOVED}, "moved"),
        (Appearance, {"state": AppearanceState.REMOVED}, "moved"),
        (Appearance, {"state": AppearanceState.HELD, "outcome": Outcome.ADJOURNED}, "moved"),
        (CourtSession, {"held_on": IN_COURT + DAY}, "moved"),
        (CourtSession, {"state": SessionState.CLOSED}, "session_closed"),
        (Case, {"stage": Stage.SEALED}, "case_left"),
        (Case, {"stage": Stage.TERMINATED}, "case_left"),
        (Case, {"stage": Stage.ABSCONDED}, "case_left"),
        (Participant, {"no_reminders_since": SEVEN}, "stopped"),
        (ContactChannel, {"safe": False}, "no_safe_way"),
        (ContactChannel, {"reminders": False}, "no_safe_way"),
        (ContactChannel, {"ended_on": SEVEN}, "no_safe_way"),
        (ContactChannel, {"kind": ChannelKind.MAIL}, "no_safe_way"),
    ],
)
def test_what_no_longer_holds_when_it_is_sent_is_dropped_with_the_reason(
    told: Engine, sent: Sent, row: type[Any], values: dict[str, Any], why: str
) -> None:
    keep(told, at(SEVEN, 7))
    assert states(told) == [("ready", None)]
    change(told, row, **values)
    Runner(told, lambda: at(SEVEN), jobs=SENDING[1:]).run_due()  # the sender alone: it looks again itself
    assert sent.messages == []
    assert states(told) == [("dropped", why)]


def test_a_day_that_was_moved_is_reminded_of_as_the_new_day(told: Engine, sent: Sent) -> None:
    look(told, at(SEVEN))
    with database.transaction(told) as session:
        old = session.exec(select(Appearance)).one()
        old.state = AppearanceState.MOVED
        sitting = a_sitting(session, session.exec(select(Part)).one(), IN_COURT + 7 * DAY)
        new = an_appearance(session, session.exec(select(Case)).one(), sitting)
        new.added_at = at(SEVEN + DAY)
    for days in range(8):
        look(told, at(SEVEN + days * DAY, 12))
    assert [message.text.count("December 25") for message in sent.messages] == [0, 1]


def test_only_a_way_the_installation_can_send_by_is_used(told: Engine, sent: Sent) -> None:
    sent.use(ChannelKind.EMAIL)
    look(told, at(SEVEN))
    assert states(told) == [("dropped", "no_gateway")]
    assert sent.messages == []


def test_each_court_sends_its_own_by_its_own_public_name(engine: Engine, sent: Sent) -> None:
    with database.transaction(engine) as session:
        for name in ("Harbor County Court", "River County Court"):
            stories = a_teller(session, name=name)
            stories.court.public_name = name.split()[0]
            a_reminded_case(stories)
    look(engine, at(SEVEN))
    assert sorted(message.text.split(":")[0] for message in sent.messages) == [
        "Reminder from Harbor",
        "Reminder from River",
    ]


def test_neither_the_outbox_nor_the_audit_nor_the_log_holds_the_address_or_the_text(
    told: Engine, sent: Sent, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    sent.breaks = True
    look(told, at(SEVEN))
    with database.reading(told) as session:
        kept = str(session.execute(sa.select(*Reminder.__table__.c)).all())  # type: ignore[attr-defined]
        kept += str(session.exec(select(AuditEvent.detail)).all()) + caplog.text
        assert first_break(session, session.exec(select(Court.id)).one()) is None
    assert NUMBER not in kept
    assert "appointment" not in kept
    assert "nobody knows" not in kept


def test_the_file_channel_writes_one_line_for_each_message(told: Engine, tmp_path: Path) -> None:
    file = tmp_path / "var" / "reminders.txt"
    gateways.use(dict.fromkeys(ChannelKind, gateways.FileGateway(file)))
    try:
        for day in (SEVEN, THREE, ONE):
            look(told, at(day))
    finally:
        gateways._used = None
    lines = file.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 3
    assert all(NUMBER in line and "Reminder from Part 12" in line for line in lines)
    assert file.stat().st_mode & 0o077 == 0
