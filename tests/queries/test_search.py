"""A case is found by its number or a name, one's own day and work first; what one may not see is never found."""

from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.notes import write_note
from models.database import reading, transaction
from models.errors import NotPermitted
from models.queries.search import cases_on, cases_worked_on, find_cases
from models.queries.services import services_in_use
from models.rules.vocabulary import (
    NoteVisibility,
    Role,
    Stage,
)
from models.scope import Actor
from models.tables import Case
from tests.builders import NOW, TODAY, a_case, a_sitting, an_actor, an_appearance
from tests.commands.case_stories import COMING_ON, a_story
from tests.statements import counted


def numbers_found(session: Session, viewer: Actor, text: str) -> list[str]:
    return [found.docket_number for found in find_cases(session, viewer, text)]


def test_a_case_is_found_by_number_and_by_the_beginning_of_a_name_in_any_script(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        a_case(session, story.part, number="2026-QN-00002", name="Zoë D'Ávila-López")
        a_case(session, story.part, number="2026-QN-00003", name="陈美")
        who = story.actor
        assert numbers_found(session, who, "2026-qn-00002") == ["2026-QN-00002"]
        assert numbers_found(session, who, "00003") == ["2026-QN-00003"]
        assert numbers_found(session, who, "chen m") == ["2026-QN-00001"]
        assert numbers_found(session, who, "lopez") == ["2026-QN-00002"]
        assert numbers_found(session, who, "陈") == ["2026-QN-00003"]
        assert numbers_found(session, who, "vargas") == []
        assert numbers_found(session, who, " ") == []
        assert numbers_found(session, who, "%") == []


def test_a_name_is_found_misspelt_and_from_another_script(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        a_case(session, story.part, number="2026-QN-00002", name="Ekaterina Petrova")
        a_case(session, story.part, number="2026-QN-00003", name="김 지우")
        for text in ("ekatrina", "petrowa", "Екатерина", "ekaterina petrovna"):
            assert numbers_found(session, story.actor, text) == ["2026-QN-00002"], text
        assert numbers_found(session, story.actor, "mei chan") == ["2026-QN-00001"]
        assert numbers_found(session, story.actor, "kim") == ["2026-QN-00003"]
        assert numbers_found(session, story.actor, "ekaterina vargas") == []


def test_a_sealed_case_and_another_courts_are_never_found(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        a_case(session, story.part, number="2026-QN-00002", stage=Stage.SEALED)
        a_story(session, name="Other", username="other")
        assert numbers_found(session, story.actor, "mei") == ["2026-QN-00001"]
        administrator = an_actor(session, story.court, Role.ADMINISTRATOR, username="administrator")
        with pytest.raises(NotPermitted):
            find_cases(session, administrator, "mei")


def test_the_days_cases_come_in_call_order_and_those_worked_on_newest_first(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        second = a_case(session, story.part, number="2026-QN-00002")
        sitting = a_sitting(session, story.part, TODAY)
        for position, case in ((2, story.case), (1, second)):
            an_appearance(session, case, sitting, position=position)
        on_today = [found.case_id for found in cases_on(session, story.actor, TODAY)]
        assert on_today == [second.id, story.case.id]
        assert [found.case_id for found in cases_on(session, story.actor, COMING_ON)] == [story.case.id]
        for case in (story.case, second):
            write_note(session, story.actor, case.id, "x", NoteVisibility.TEAM, now=NOW, token=uuid4())
        session.flush()
        assert [found.case_id for found in cases_worked_on(session, story.actor)] == [second.id, story.case.id]


def test_only_services_in_use_of_the_own_court_are_offered(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)
        a_story(session, name="Other", username="other")
        assert [row.service_id for row in services_in_use(session, story.actor)] == [story.service.id]


def test_a_search_is_one_statement(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = a_story(session)
        assert session.get(Case, story.case.id)
    with reading(sqlite_engine) as session, counted(sqlite_engine) as statements:
        find_cases(session, story.actor, "mei")
    assert len([one for one in statements if not one.startswith("BEGIN")]) == 1
