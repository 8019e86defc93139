"""Words that tell where somebody shelters are stopped until the person has looked again; the audit keeps that, not the words."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands.attendance import record_attendance
from models.commands.contacts import record_contact
from models.commands.follow_ups import add_follow_up
from models.commands.free_words import looked_at
from models.commands.intake_form import NewChannel, NewFlag
from models.commands.notes import write_note
from models.commands.participants import add_channel, add_flag
from models.commands.providers import add_provider, update_provider
from models.commands.referrals import step_referral
from models.commands.releases import decline_release
from models.database import transaction
from models.errors import PlaceInWords
from models.queries.providers import providers
from models.rules.vocabulary import (
    AttendanceKind,
    ChannelKind,
    FlagKind,
    Move,
    NoteVisibility,
    ReferralState,
    ReleaseKind,
    Role,
)
from models.scope import Actor
from models.tables import AuditEvent, Note, Referral
from tests.builders import NOW, TODAY, an_actor
from tests.commands.case_stories import Story, a_story, enrolled, released

ADDRESS = "She stays at 123 Sentinel Street."

Write = Callable[[Session, Story, str], object]


def _attendance(s: Session, t: Story, words: str) -> object:
    referral = s.exec(select(Referral)).first() or enrolled(s, t)
    return record_attendance(s, t.actor, referral.id, TODAY, AttendanceKind.EXCUSED, now=NOW, reason=words)


def _step(s: Session, t: Story, words: str) -> object:
    return step_referral(s, t.actor, enrolled(s, t).id, ReferralState.COMPLETED, on=TODAY, now=NOW, note=words)


FIELDS: dict[str, Write] = {
    "a note": lambda s, t, w: write_note(s, t.actor, t.case.id, w, NoteVisibility.TEAM, now=NOW, token=uuid4()),
    "a contact": lambda s, t, w: record_contact(
        s, t.actor, t.case.id, ChannelKind.THROUGH_COUNSEL, reached=True, made_on=TODAY, now=NOW, token=uuid4(), note=w
    ),
    "a safety flag": lambda s, t, w: add_flag(
        s, t.actor, t.case.id, NewFlag(kind=FlagKind.SEPARATE_WAITING, note=w), now=NOW
    ),
    "a way of contact": lambda s, t, w: add_channel(
        s, t.actor, t.case.id, NewChannel(kind=ChannelKind.PHONE, value="212-555-0199", note=w), now=NOW
    ),
    "a session": _attendance,
    "a step of a referral": _step,
    "a follow-up": lambda s, t, w: add_follow_up(
        s, t.actor, t.case.id, w, TODAY, Move.COORDINATOR, token=uuid4(), now=NOW
    ),
    "a release": lambda s, t, w: decline_release(
        s, t.actor, t.case.id, t.service.provider_id, kind=ReleaseKind.GENERAL, what=w, purpose="-", on=TODAY, now=NOW
    ),
}


@pytest.mark.parametrize("field", FIELDS)
def test_what_looks_like_an_address_is_stopped_until_somebody_has_looked_again(
    sqlite_engine: Engine, field: str
) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        with pytest.raises(PlaceInWords, match="looks like a street address") as refused:
            FIELDS[field](session, story, ADDRESS)
        assert "Sentinel" not in str(refused.value)
        with pytest.raises(PlaceInWords), looked_at(session, confirmed=False):
            FIELDS[field](session, story, ADDRESS)
        with looked_at(session, confirmed=True):
            FIELDS[field](session, story, ADDRESS)
        with pytest.raises(PlaceInWords):  # it was said for one act
            FIELDS["a note"](session, story, ADDRESS)
        FIELDS["a note"](session, story, "Attended 3 of 6 sessions.")
        session.flush()
        events = session.exec(select(AuditEvent)).all()
    assert [one.detail for one in events if one.action == "confirm_no_place"] == [{"looked_like": "address"}]
    assert "Sentinel" not in repr([one.detail for one in events])


def test_a_confidential_place_is_known_by_name_and_address_and_only_in_its_own_court(engine: Engine) -> None:
    with transaction(engine) as session:
        story, other = a_story(session), a_story(session, name="Other", username="other")
        shelter = add_provider(
            session, story.actor, "Harbor Light House", now=NOW, address="9 Quiet Lane, rear", confidential=True
        )
        for words in ("She is at harbor light HOUSE.", "Quiet: 9 Quiet Lane, rear entrance"):
            with pytest.raises(PlaceInWords, match="confidential place"):
                FIELDS["a note"](session, story, words)
        FIELDS["a note"](session, other, "She is at Harbor Light House.")
        update_provider(
            session, story.actor, shelter.id, contact=None, substance_use=False, now=NOW, confidential=False
        )
        FIELDS["a note"](session, story, "She is at Harbor Light House.")
        session.flush()
        assert len(session.exec(select(Note)).all()) == 2


def test_where_a_confidential_provider_is_reached_is_told_only_to_who_needs_it(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        released(session, story)
        secret = {"contact": "212-555-0100", "address": "9 Quiet Lane"}
        add_provider(session, story.actor, "Harbor Light House", now=NOW, confidential=True, **secret)  # type: ignore[arg-type]
        add_provider(session, story.actor, "Open House", now=NOW, **secret)  # type: ignore[arg-type]
        session.flush()

        def told(viewer: Actor) -> dict[str, str | None]:
            return {one.name: one.address for one in providers(session, viewer) if one.name != "Garden Street Program"}

        for role in (Role.JUDGE, Role.ADMINISTRATOR):
            viewer = an_actor(session, story.court, role, username=f"the {role}")
            assert told(viewer) == {"Harbor Light House": None, "Open House": "9 Quiet Lane"}
        assert told(story.actor) == {"Harbor Light House": "9 Quiet Lane", "Open House": "9 Quiet Lane"}
