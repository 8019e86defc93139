"""Service sessions, entered, corrected, disputed and settled."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import (
    correct_attendance,
    dispute_attendance,
    record_attendance,
    settle_attendance,
)
from models.commands.referrals import refer
from models.database import transaction
from models.errors import Conflict, Invalid
from models.rules.vocabulary import (
    AttendanceKind,
    ServiceKind,
)
from models.tables import Attendance, Note
from tests.builders import NOW, TODAY
from tests.commands.case_stories import a_story, enrolled

HELD_ON = date(2026, 11, 25)


def test_the_same_session_entered_twice_is_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        first, again = (
            record_attendance(session, story.actor, referral.id, HELD_ON, AttendanceKind.ATTENDED, now=NOW)
            for _ in range(2)
        )
        assert first.id == again.id


def test_another_entry_for_the_same_day_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        record_attendance(session, story.actor, referral.id, HELD_ON, AttendanceKind.ATTENDED, now=NOW)
        with pytest.raises(Conflict, match="Correct that one"):
            record_attendance(session, story.actor, referral.id, HELD_ON, AttendanceKind.MISSED, now=NOW)


def test_a_session_still_to_come_and_one_of_a_need_without_a_place_are_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        tomorrow = TODAY + timedelta(days=1)
        with pytest.raises(Invalid, match="still to come"):
            record_attendance(session, story.actor, referral.id, tomorrow, AttendanceKind.ATTENDED, now=NOW)
        need = refer(session, story.actor, story.case.id, ServiceKind.LEGAL, None, mandated=False, on=TODAY, now=NOW)
        with pytest.raises(Invalid, match="no service yet"):
            record_attendance(session, story.actor, need.id, TODAY, AttendanceKind.ATTENDED, now=NOW)


def test_a_corrected_session_points_to_the_new_entry_and_correcting_again_is_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        old = record_attendance(
            session, story.actor, enrolled(session, story).id, HELD_ON, AttendanceKind.UNVERIFIED, now=NOW
        )
        first, again = (
            correct_attendance(session, story.actor, old.id, AttendanceKind.ATTENDED, now=NOW) for _ in range(2)
        )
        assert first.id == again.id == old.replaced_by_id
        with pytest.raises(Conflict, match="corrected meanwhile"):
            correct_attendance(session, story.actor, old.id, AttendanceKind.MISSED, now=NOW)


def list_of_disputed(session: Session) -> list[UUID]:
    return list(
        session.exec(select(Attendance.id).where(col(Attendance.disputed), col(Attendance.replaced_by_id).is_(None)))
    )


def test_a_disputed_session_is_settled_with_words_for_the_team(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        row = record_attendance(
            session, story.actor, enrolled(session, story).id, HELD_ON, AttendanceKind.MISSED, now=NOW
        )
        with pytest.raises(Invalid):
            dispute_attendance(session, story.actor, row.id, " ", now=NOW)
        disputed = [dispute_attendance(session, story.actor, row.id, "She was in hospital.", now=NOW) for _ in range(2)]
        assert list_of_disputed(session) == [disputed[0].id] == [disputed[1].id]
        settle_attendance(session, story.actor, disputed[0].id, "The hospital has no record.", now=NOW)
        session.flush()
        assert list_of_disputed(session) == []
        notes = session.exec(select(Note).order_by(col(Note.id))).all()
        assert [note.text for note in notes] == ["She was in hospital.", "The hospital has no record."]
