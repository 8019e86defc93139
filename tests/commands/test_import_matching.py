"""Promises of an import against what is here: cases, persons and parts are found again, and nothing is overwritten."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.imports import CannotLoad
from models.commands.restrictions import restrict
from models.database import transaction
from models.rules.vocabulary import Role, Stage
from models.scope import actor_of
from models.tables import Appearance, Case, Charge, Participant, Person
from tests.builders import NOW, a_case, a_part, a_sitting, an_actor
from tests.commands.import_stories import ANA, MEI, MEI_TOO, Desk, count
from tests.commands.sealing_stories import a_sealed_case


@pytest.fixture
def desk(engine: Engine) -> Desk:
    with transaction(engine) as session:
        return Desk(session)


def test_a_case_that_is_here_gets_only_what_it_lacks(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        a_sitting(session, desk.part, date(2026, 12, 11))
        case = a_case(session, desk.part, number="CR-1", name="Mei Chen")
        result = desk.load(session, MEI)
        assert (result.added, result.changed) == (0, 1)
        assert result.problems[0].text.startswith("This case is here already: 1 charge and its next court date")
    with transaction(engine) as session:
        kept = session.get_one(Case, case.id)
        assert (kept.stage, kept.incident_on, kept.version) == (Stage.ACTIVE, None, 2)
        assert (count(session, Charge), count(session, Appearance), count(session, Person)) == (1, 1, 1)


def test_a_new_charge_in_a_later_export_is_added_as_the_next_count(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        desk.load(session, MEI)
    with transaction(engine) as session:
        assert desk.load(session, MEI, MEI_TOO).changed == 1
        rows = session.exec(select(Charge).order_by(col(Charge.count_number)))
        assert [charge.description for charge in rows] == ["Prostitution", "Loitering"]
    with transaction(engine) as session:
        assert desk.load(session, MEI, MEI_TOO).unchanged == 1


def test_a_number_that_is_here_under_another_name_cannot_be_loaded(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        a_case(session, desk.part, number="CR-1", name="Grace Okafor")
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, MEI)
        assert "under another name" in refused.value.problems[0].text


def test_an_import_passes_over_a_sealed_case_as_if_nothing_were_new(engine: Engine, desk: Desk, tmp_path: Path) -> None:
    with transaction(engine) as session:
        a_sealed_case(session, desk.part, tmp_path, number="CR-1")
    with transaction(engine) as session:
        result = desk.load(session, MEI)
        assert (result.added, result.unchanged, result.problems) == (0, 1, ())
        assert count(session, Case) == 1
    with transaction(engine) as session:
        a_case(session, desk.part, number="CR-1")  # typed anew by hand: another case, and the sealed one stays sealed
        assert {case.stage for case in session.exec(select(Case))} == {Stage.SEALED, Stage.ACTIVE}


def test_an_import_passes_over_a_restricted_case_that_is_kept_from_whoever_loads_it(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        case = a_case(session, desk.part, number="CR-1", name="Somebody Else")
        judge = an_actor(session, desk.court, Role.JUDGE, username="judge")
        restrict(session, judge, case.id, "Somebody asks for her.", (), now=NOW)
        session.flush()
        desk.clerk = actor_of(session, desk.clerk.person, now=NOW)
        result = desk.load(session, MEI)
        assert (result.added, result.changed, result.unchanged, result.problems) == (0, 0, 1, ())


def test_the_same_name_and_date_of_birth_is_one_person_and_told(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        result = desk.load(session, MEI, ("CR-7", "MEI CHEN", *MEI[2:]))
        assert count(session, Participant) == 1
        assert any("Same name and date of birth as in row 2" in problem.text for problem in result.problems)
    with transaction(engine) as session:
        result = desk.load(session, ("CR-8", *MEI[1:]))
        assert count(session, Participant) == 1
        assert any("as a participant here" in problem.text for problem in result.problems)


def test_a_person_whose_cases_are_sealed_is_not_found_again(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        sealed = a_case(session, desk.part, number="CR-9", name="Mei Chen", stage=Stage.SEALED)
        person = session.exec(select(Person)).one()
        person.date_of_birth = date(1998, 3, 4)
        result = desk.load(session, MEI)
        fresh = session.exec(select(Case).where(col(Case.docket_number) == "CR-1")).one()
        assert fresh.participant_id != sealed.participant_id
        assert not any("participant" in problem.text for problem in result.problems)


def test_a_court_of_several_parts_must_be_told_which(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        other = a_part(session, desk.court, name="Part 7")
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, ANA)
        assert refused.value.problems[0].text == "The part is missing. Choose one for such cases."
        desk.load(session, ANA, default_part=other.id)
        assert session.exec(select(Case)).one().part_id == other.id


def test_an_unknown_part_cannot_be_loaded(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, (*MEI[:-1], "Part 99"))
        assert refused.value.problems[0].text == "This court has no part of this name."
