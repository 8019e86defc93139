"""Promises of the court's own policy: draft, in force, replaced; the past is never changed; who, when and why are kept."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.commands import policies as commands
from models.errors import Conflict, Invalid
from models.queries.policies import document, versions
from models.rules.policy_versions import VersionState
from models.tables import AuditEvent
from tests.builders import NOW, TODAY, a_policy_text
from tests.commands.policy_stories import FEBRUARY, WHY, Story


@pytest.fixture
def story(engine: Engine) -> Iterator[Story]:
    with database.transaction(engine) as session:
        yield Story(session)


def test_a_draft_begins_with_the_words_of_the_version_in_force_and_decides_nothing(story: Story) -> None:
    draft = story.draft()
    assert draft.text == a_policy_text("harbor-2", TODAY)
    assert story.sam.policy_on(TODAY).version == "demonstration-1"


def test_a_version_decides_from_its_first_day_on_and_the_days_before_keep_theirs(story: Story) -> None:
    story.in_force(story.draft(reports__grace_court_days=3))
    policy_on = story.sam.policy_on
    assert policy_on(FEBRUARY - timedelta(days=1)).version == "demonstration-1"
    assert policy_on(FEBRUARY - timedelta(days=1)).reports.grace_court_days == 1
    assert policy_on(FEBRUARY).version == "harbor-2"
    assert policy_on(FEBRUARY).reports.grace_court_days == 3
    assert policy_on(date(2016, 1, 4)).version == "demonstration-1"


def test_the_file_a_court_began_with_becomes_its_first_version_and_stays_readable(story: Story) -> None:
    story.in_force(story.draft())
    rows = versions(story.session, story.sam, today=FEBRUARY)
    assert [(row.name, row.term.state) for row in rows] == [
        ("harbor-2", VersionState.IN_FORCE),
        ("demonstration-1", VersionState.REPLACED),
    ]
    assert rows[1].reason == commands.BEGAN_WITH
    assert rows[1].term.until == FEBRUARY - timedelta(days=1)
    assert document(story.session, story.sam, "demonstration-1") == a_policy_text("demonstration-1", date(2015, 1, 1))


def test_who_wrote_it_who_put_it_in_force_when_and_why_are_kept_and_audited(story: Story) -> None:
    story.in_force(story.draft())
    row = versions(story.session, story.sam, today=TODAY)[0]
    assert (row.written_by, row.put_in_force_by, row.put_in_force_at, row.reason) == ("Somebody", "Somebody", NOW, WHY)
    assert row.term.state is VersionState.PLANNED
    event = story.session.exec(select(AuditEvent).order_by(col(AuditEvent.seq).desc())).first()
    assert event is not None
    assert (event.action, event.actor_id) == ("put_policy_in_force", story.user.id)
    assert event.detail["version"] == "harbor-2"
    assert event.detail["in_force_from"] == str(FEBRUARY)


@pytest.mark.parametrize("days", [-1, -400])
def test_no_policy_is_put_in_force_from_a_day_that_is_over(story: Story, days: int) -> None:
    draft = story.draft()
    with pytest.raises(Invalid, match="never from a day that is over"):
        story.in_force(draft, TODAY + timedelta(days=days))
    assert draft.in_force_from is None


def test_today_can_be_its_first_day_and_two_versions_never_share_one(story: Story) -> None:
    story.in_force(story.draft(), TODAY)
    assert story.sam.policy_on(TODAY).version == "harbor-2"
    with pytest.raises(Invalid, match="takes force on 4 December already"):
        story.in_force(story.draft("harbor-3"), TODAY)


def test_a_version_with_a_day_is_never_edited_or_thrown_away(story: Story) -> None:
    version = story.draft()
    story.in_force(version)
    with pytest.raises(Conflict):
        commands.save_draft(story.session, story.sam, version.id, version.text, seen=version.changes, now=NOW)
    with pytest.raises(Conflict):
        commands.discard_draft(story.session, story.sam, version.id, seen=version.changes, now=NOW)
    with pytest.raises(Conflict):
        story.in_force(version, FEBRUARY + timedelta(days=1))


def test_a_planned_version_can_be_taken_back_until_the_day_before(story: Story) -> None:
    version = story.draft()
    story.in_force(version)
    commands.take_back(story.session, story.sam, version.id, now=NOW)
    assert version.in_force_from is None
    assert story.sam.policy_on(FEBRUARY).version == "demonstration-1"
    story.in_force(version, TODAY)
    with pytest.raises(Conflict, match="still to come"):
        commands.take_back(story.session, story.sam, version.id, now=NOW)


@pytest.mark.parametrize("typed", ["", "harbor", "Harbor-2"])
def test_only_the_versions_typed_name_confirms_it(story: Story, typed: str) -> None:
    with pytest.raises(Invalid, match="type the version's name as it is written: harbor-2"):
        story.in_force(story.draft(), typed=typed)


def test_a_reason_is_needed(story: Story) -> None:
    draft = story.draft()
    with pytest.raises(Invalid, match="Say why"):
        commands.put_in_force(
            story.session, story.sam, draft.id, FEBRUARY, reason=" ", typed_name="harbor-2", seen=0, now=NOW
        )


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(story: Story) -> None:
    draft = story.draft(reports__grace_court_days=3)
    with pytest.raises(Conflict):
        commands.save_draft(story.session, story.sam, draft.id, draft.text, seen=0, now=NOW)
