"""A participant's way to a service, step by step."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.attendance import (
    record_attendance,
)
from models.commands.notes import write_note
from models.commands.providers import retire_provider
from models.commands.referrals import refer, step_referral
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import (
    AttendanceKind,
    NoteVisibility,
    ReferralState,
    Role,
    ServiceKind,
)
from models.tables import ReferralStep
from tests.builders import NOW, TODAY, a_service, an_actor
from tests.commands.case_stories import a_story, enrolled

HELD_ON = date(2026, 11, 25)


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
