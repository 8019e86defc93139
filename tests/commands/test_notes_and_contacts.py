"""Notes of staff and contacts with the participant."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands.attendance import (
    record_attendance,
)
from models.commands.contacts import record_contact
from models.commands.notes import write_note
from models.database import transaction
from models.errors import Invalid
from models.rules.vocabulary import (
    AttendanceKind,
    ChannelKind,
    NoteVisibility,
)
from models.tables import Attendance, AuditEvent, Contact, ContactChannel
from tests.builders import NOW, TODAY
from tests.commands.case_stories import Story, a_story, enrolled

HELD_ON = date(2026, 11, 25)


def test_a_note_is_written_once_for_one_form(engine: Engine) -> None:
    with transaction(engine) as session:
        story, token = a_story(session), uuid4()
        first, again = (
            write_note(session, story.actor, story.case.id, " Bus pass ", NoteVisibility.OWN, now=NOW, token=token)
            for _ in range(2)
        )
        assert (first.id, first.text) == (again.id, "Bus pass")
        with pytest.raises(Invalid, match="empty"):
            write_note(session, story.actor, story.case.id, " ", NoteVisibility.OWN, now=NOW, token=uuid4())


def a_channel(
    session: Session, story: Story, kind: ChannelKind, *, safe: bool = True, ended_on: date | None = None
) -> None:
    session.add(
        ContactChannel(
            court_id=story.court.id,
            participant_id=story.case.participant_id,
            kind=kind,
            value="invented",
            safe=safe,
            ended_on=ended_on,
        )
    )


def a_contact(session: Session, story: Story, channel: ChannelKind, made_on: date = TODAY) -> Contact:
    return record_contact(
        session, story.actor, story.case.id, channel, reached=True, made_on=made_on, now=NOW, token=uuid4()
    )


def test_a_contact_goes_only_by_a_way_marked_safe(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        a_channel(session, story, ChannelKind.TEXT)
        a_channel(session, story, ChannelKind.PHONE, safe=False)
        a_channel(session, story, ChannelKind.EMAIL, ended_on=TODAY)
        session.flush()
        assert a_contact(session, story, ChannelKind.TEXT).reached
        assert a_contact(session, story, ChannelKind.THROUGH_COUNSEL).reached
        for unsafe in (ChannelKind.PHONE, ChannelKind.MAIL, ChannelKind.EMAIL):
            with pytest.raises(Invalid, match="not marked safe"):
                a_contact(session, story, unsafe)
        with pytest.raises(Invalid, match="still to come"):
            a_contact(session, story, ChannelKind.TEXT, TODAY + timedelta(days=1))


def test_no_word_of_a_note_or_reason_reaches_the_audit(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        record_attendance(
            session, story.actor, referral.id, HELD_ON, AttendanceKind.EXCUSED, now=NOW, reason="secret clinic"
        )
        write_note(session, story.actor, story.case.id, "secret address", NoteVisibility.TEAM, now=NOW, token=uuid4())
        session.flush()
        assert session.exec(select(Attendance)).one().reason == "secret clinic"
        assert not any("secret" in str(event.detail) for event in session.exec(select(AuditEvent)))
