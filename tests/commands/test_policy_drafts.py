"""Promises of a policy's draft: what may become of it, what it must not lose, and who may write it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import select

from models import database
from models.commands import policies as commands
from models.errors import Conflict, Invalid, NotFound, NotPermitted, PolicyError
from models.policies.reading import WrongKey
from models.policies.writing import changed, without
from models.queries.policies import document, in_state, versions
from models.rules.policy_versions import VersionState
from models.rules.vocabulary import Role, Stage
from models.tables import Case, Mandate, PolicyVersion
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_policy_text, an_actor
from tests.commands.policy_stories import FEBRUARY, WHY, Story


@pytest.fixture
def story(engine: Engine) -> Iterator[Story]:
    with database.transaction(engine) as session:
        yield Story(session)


def test_a_wrong_setting_is_named_and_the_draft_stays_as_it_was(story: Story) -> None:
    draft = story.draft()
    before = draft.text
    wrong = changed(before, {"reports.grace_court_days": -1})
    with pytest.raises(WrongKey, match="a whole number, 0 or more") as refused:
        commands.save_draft(story.session, story.sam, draft.id, wrong, seen=0, now=NOW)
    assert refused.value.key == "reports.grace_court_days"
    assert draft.text == before


def test_a_program_in_which_cases_are_cannot_be_lost(story: Story) -> None:
    case = a_case(story.session, a_part(story.session, story.court))
    running = Mandate(
        court_id=story.court.id,
        case_id=case.id,
        program="one-year",
        policy_version="demonstration-1",
        sessions=24,
        accepted_on=TODAY,
        recorded_by=story.user.id,
        recorded_at=NOW,
    )
    story.session.add(running)
    text = without(a_policy_text("harbor-2", FEBRUARY), "programs[3]")
    one = commands.import_draft(story.session, story.sam, text, "harbor.toml", now=NOW)
    draft = story.session.get_one(PolicyVersion, one)
    with pytest.raises(Invalid, match=r"a program that this policy no longer has: one-year \(1 case\)"):
        story.in_force(draft)
    running.ended_on = TODAY
    story.in_force(draft)


def test_there_is_one_draft_at_a_time_and_each_name_is_given_once(story: Story) -> None:
    with pytest.raises(Conflict, match="a version called demonstration-1 already"):
        story.draft("demonstration-1")
    draft = story.draft()
    with pytest.raises(Conflict, match="a draft already, harbor-2"):
        story.draft("harbor-3")
    commands.discard_draft(story.session, story.sam, draft.id, seen=draft.changes, now=NOW)
    story.in_force(story.draft("harbor-3"))
    for name in ("harbor-3", "demonstration-1"):
        with pytest.raises(Conflict, match=f"a version called {name} already"):
            story.draft(name)


def test_of_two_drafts_begun_at_the_same_instant_one_is_kept(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.draft()
    monkeypatch.setattr(commands, "_no_draft", lambda *_: None)  # as it looked to the other one
    with pytest.raises(Conflict), story.session.begin_nested():
        story.draft("harbor-3")
    assert [row.name for row in versions(story.session, story.sam, today=TODAY)] == ["harbor-2", "demonstration-1"]


def test_a_file_becomes_the_draft_and_a_mistake_in_it_is_named_by_its_line(story: Story) -> None:
    text = a_policy_text("harbor-2", FEBRUARY)
    wrong = text.replace("grace_court_days = 1", 'grace_court_days = "1"')
    line = wrong.split("\n").index('grace_court_days = "1"') + 1
    with pytest.raises(PolicyError, match=f"harbor.toml, line {line}: reports.grace_court_days should be a whole"):
        commands.import_draft(story.session, story.sam, wrong, "harbor.toml", now=NOW)
    commands.import_draft(story.session, story.sam, text, "harbor.toml", now=NOW)
    assert document(story.session, story.sam, "harbor-2") == text
    with pytest.raises(Conflict, match="a draft already"):
        commands.import_draft(story.session, story.sam, text, "harbor.toml", now=NOW)
    commands.import_draft(story.session, story.sam, text, "harbor.toml", replace=True, now=NOW)
    draft = in_state(versions(story.session, story.sam, today=TODAY), VersionState.DRAFT)
    assert draft is not None
    assert (draft.name, draft.changes) == ("harbor-2", 0)


def test_every_open_case_is_looked_at_again_on_the_day_the_policy_takes_force(story: Story) -> None:
    part = a_part(story.session, story.court)
    looks = {
        "2026-QN-00001": (Stage.ACTIVE, FEBRUARY + timedelta(days=40), FEBRUARY),
        "2026-QN-00002": (Stage.ACTIVE, TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        "2026-QN-00003": (Stage.ACTIVE, None, None),
        "2026-QN-00004": (Stage.DISMISSED, FEBRUARY + timedelta(days=40), FEBRUARY + timedelta(days=40)),
    }
    for number, (stage, look_on, _) in looks.items():
        a_case(story.session, part, number=number, stage=stage).look_on = look_on
    elsewhere = a_case(story.session, a_part(story.session, a_court(story.session, name="Elsewhere")))
    elsewhere.look_on = FEBRUARY + timedelta(days=40)
    story.in_force(story.draft())
    story.session.expire_all()
    cases = story.session.exec(select(Case).where(Case.court_id == story.court.id))
    found = {case.docket_number: case.look_on for case in cases}
    assert found == {number: expected for number, (_, _, expected) in looks.items()}
    assert story.session.get_one(Case, elsewhere.id).look_on == FEBRUARY + timedelta(days=40)


@pytest.mark.parametrize("role", [Role.JUDGE, Role.CLERK, Role.COORDINATOR])
def test_everybody_reads_the_policy_and_only_administrators_write_it(story: Story, role: Role) -> None:
    draft = story.draft()
    other = an_actor(story.session, story.court, role, username="other")
    assert versions(story.session, other, today=TODAY)[0].name == "harbor-2"
    assert document(story.session, other, "harbor-2") == draft.text
    for act in (
        lambda: commands.begin_draft(story.session, other, "mine", now=NOW),
        lambda: commands.import_draft(story.session, other, draft.text, "a.toml", now=NOW),
        lambda: commands.save_draft(story.session, other, draft.id, draft.text, seen=0, now=NOW),
        lambda: commands.discard_draft(story.session, other, draft.id, seen=0, now=NOW),
        lambda: commands.take_back(story.session, other, draft.id, now=NOW),
        lambda: commands.put_in_force(
            story.session, other, draft.id, FEBRUARY, reason=WHY, typed_name=draft.name, seen=0, now=NOW
        ),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_another_courts_policy_does_not_exist(story: Story) -> None:
    draft = story.draft()
    elsewhere = a_court(story.session, name="Elsewhere")
    stranger = an_actor(story.session, elsewhere, Role.ADMINISTRATOR, username="stranger")
    with pytest.raises(NotFound):
        document(story.session, stranger, "harbor-2")
    with pytest.raises(NotFound):
        commands.discard_draft(story.session, stranger, draft.id, seen=0, now=NOW)
    with pytest.raises(NotFound):
        commands.discard_draft(story.session, stranger, UUID(int=1), seen=0, now=NOW)
    assert [row.name for row in versions(story.session, stranger, today=TODAY)] == ["demonstration-1"]
