"""Attendance, referrals, releases, notes, contacts and providers, as staff write them down."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models.commands.attendance import (
    correct_attendance,
    dispute_attendance,
    record_attendance,
    settle_attendance,
)
from models.commands.contacts import record_contact
from models.commands.notes import write_note
from models.commands.providers import add_provider, add_service, retire_provider, update_service
from models.commands.referrals import refer, step_referral
from models.commands.releases import decline_release, give_release, revoke_release
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import (
    AttendanceKind,
    ChannelKind,
    NoteVisibility,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    Role,
    ServiceKind,
)
from models.tables import Attendance, AuditEvent, Contact, ContactChannel, Note, ReferralStep, Release
from tests.builders import NOW, TODAY, a_service, an_actor
from tests.commands.case_stories import Story, a_story, enrolled, released

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
    return list(session.exec(select(Attendance.id).where(col(Attendance.disputed))))


def test_a_disputed_session_is_settled_with_words_for_the_team(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        row = record_attendance(
            session, story.actor, enrolled(session, story).id, HELD_ON, AttendanceKind.MISSED, now=NOW
        )
        with pytest.raises(Invalid):
            dispute_attendance(session, story.actor, row.id, " ", now=NOW)
        for _ in range(2):
            dispute_attendance(session, story.actor, row.id, "She was in hospital.", now=NOW)
        assert list_of_disputed(session) == [row.id]
        settle_attendance(session, story.actor, row.id, "The hospital has no record.", now=NOW)
        session.flush()
        assert list_of_disputed(session) == []
        notes = session.exec(select(Note).order_by(col(Note.id))).all()
        assert [note.text for note in notes] == ["She was in hospital.", "The hospital has no record."]


def test_a_referral_keeps_every_step_with_its_day(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        asked_on, on = TODAY - timedelta(days=20), TODAY - timedelta(days=9)
        referral = refer(
            session,
            story.actor,
            story.case.id,
            story.service.kind,
            story.service.id,
            mandated=False,
            on=asked_on,
            now=NOW,
        )
        waitlisted = ReferralState.WAITLISTED
        for _ in range(2):
            step_referral(session, story.actor, referral.id, waitlisted, on=on, now=NOW, queue_place=3)
        session.flush()
        steps = session.exec(select(ReferralStep).order_by(col(ReferralStep.stepped_on))).all()
        assert [(step.state, step.stepped_on) for step in steps] == [
            (ReferralState.REFERRED, asked_on),
            (waitlisted, on),
        ]
        assert (referral.queue_place, referral.state_since) == (3, on)


def test_a_step_that_cannot_follow_is_refused_in_words(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        with pytest.raises(Invalid, match="may become completed, discharged or withdrawn"):
            step_referral(session, story.actor, referral.id, ReferralState.WAITLISTED, on=TODAY, now=NOW)
        with pytest.raises(Invalid, match="before that day"):
            step_referral(
                session, story.actor, referral.id, ReferralState.COMPLETED, on=TODAY - timedelta(days=40), now=NOW
            )
        step_referral(session, story.actor, referral.id, ReferralState.COMPLETED, on=TODAY, now=NOW)
        with pytest.raises(Invalid, match="new referral"):
            step_referral(session, story.actor, referral.id, ReferralState.WITHDRAWN, on=TODAY, now=NOW)


def test_a_need_without_a_place_becomes_a_referral_once_a_service_is_found(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        case, kind = story.case.id, story.service.kind
        need = refer(session, story.actor, case, kind, None, mandated=False, on=TODAY - timedelta(days=5), now=NOW)
        assert need.state == ReferralState.NEEDED
        with pytest.raises(Invalid, match="Choose the service"):
            step_referral(session, story.actor, need.id, ReferralState.REFERRED, on=TODAY, now=NOW)
        step_referral(
            session, story.actor, need.id, ReferralState.REFERRED, on=TODAY, now=NOW, service_id=story.service.id
        )
        assert (need.state, need.service_id) == (ReferralState.REFERRED, story.service.id)


def test_referring_twice_is_one_referral_and_a_second_open_one_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)

        def ask(on: date) -> object:
            case, service = story.case.id, story.service
            return refer(session, story.actor, case, service.kind, service.id, mandated=False, on=on, now=NOW).id

        yesterday = TODAY - timedelta(days=1)
        assert ask(yesterday) == ask(yesterday)
        with pytest.raises(Conflict, match="open referral"):
            ask(TODAY)


def test_a_service_of_another_kind_or_out_of_use_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        with pytest.raises(Invalid, match="another kind"):
            refer(
                session,
                story.actor,
                story.case.id,
                ServiceKind.LEGAL,
                story.service.id,
                mandated=False,
                on=TODAY,
                now=NOW,
            )
        retire_provider(session, story.actor, story.service.provider_id, now=NOW)
        session.refresh(story.service)
        with pytest.raises(Invalid, match="no longer in use"):
            enrolled(session, story)


def test_a_release_is_given_declined_and_revoked(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        given, again = released(session, story), released(session, story)
        assert given.id == again.id
        declined = decline_release(
            session,
            story.actor,
            story.case.id,
            story.service.provider_id,
            kind=ReleaseKind.GENERAL,
            what="progress",
            purpose="reports to the court",
            on=TODAY,
            now=NOW,
        )
        assert declined.answer == ReleaseAnswer.DECLINED
        for _ in range(2):
            revoke_release(session, story.actor, given.id, on=TODAY, now=NOW)
        assert given.revoked_on == TODAY
        with pytest.raises(Invalid, match="nothing to revoke"):
            revoke_release(session, story.actor, declined.id, on=TODAY, now=NOW)


def test_a_release_that_ends_before_it_starts_or_names_nothing_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)

        def give(what: str, ends_on: date) -> Release:
            return give_release(
                session,
                story.actor,
                story.case.id,
                story.service.provider_id,
                kind=ReleaseKind.GENERAL,
                what=what,
                purpose="reports",
                starts_on=TODAY,
                ends_on=ends_on,
                now=NOW,
            )

        with pytest.raises(Invalid, match="ends before"):
            give("sessions", TODAY - timedelta(days=1))
        with pytest.raises(Invalid, match="names the information"):
            give(" ", TODAY)


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


def test_providers_and_services_are_named_once_and_their_places_dated(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        provider = add_provider(session, story.actor, " Harbor  House ", now=NOW)
        assert provider.name == "Harbor House"
        with pytest.raises(Conflict):
            add_provider(session, story.actor, "Harbor House", now=NOW)
        service = add_service(
            session, story.actor, provider.id, "Beds", ServiceKind.EMERGENCY_HOUSING, as_of=HELD_ON, now=NOW
        )
        update_service(
            session, story.actor, service.id, as_of=TODAY, now=NOW, languages=["Thai"], places=2, wait_days=0
        )
        assert (service.as_of, service.places) == (TODAY, 2)
        with pytest.raises(Invalid, match="from 0 up"):
            update_service(session, story.actor, service.id, as_of=TODAY, now=NOW, languages=[], places=-1, wait_days=0)


def test_a_judge_reads_and_writes_notes_but_records_nothing_else(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        referral = enrolled(session, story)
        judge = an_actor(session, story.court, Role.JUDGE, username="judge")
        write_note(session, judge, story.case.id, "ask about work", NoteVisibility.OWN, now=NOW, token=uuid4())
        with pytest.raises(NotPermitted):
            record_attendance(session, judge, referral.id, HELD_ON, AttendanceKind.ATTENDED, now=NOW)
        with pytest.raises(NotPermitted):
            step_referral(session, judge, referral.id, ReferralState.COMPLETED, on=TODAY, now=NOW)
        with pytest.raises(NotPermitted):
            refer(session, judge, story.case.id, ServiceKind.LEGAL, None, mandated=False, on=TODAY, now=NOW)


def test_a_service_of_another_court_does_not_exist(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        other = a_story(session, name="Other", username="other")
        foreign = a_service(session, other.court, provider="Elsewhere")
        with pytest.raises(NotFound):
            refer(session, story.actor, story.case.id, foreign.kind, foreign.id, mandated=False, on=TODAY, now=NOW)
        with pytest.raises(NotFound):
            write_note(session, story.actor, other.case.id, "x", NoteVisibility.TEAM, now=NOW, token=uuid4())


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
