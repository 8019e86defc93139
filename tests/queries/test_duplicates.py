"""Promises of likely duplicates: found by the database among many, in two statements, and only who may be seen."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.database import transaction
from models.errors import NotPermitted
from models.queries.duplicates import CANDIDATES, LikelyDuplicate, likely_duplicates
from models.rules.likeness import Identity
from models.rules.names import search_key
from models.rules.vocabulary import Role, Stage
from models.scope import Actor
from models.tables import Case, Part, Participant, Person
from tests.builders import a_case, a_court, a_part, an_actor
from tests.statements import counted

BORN = date(1998, 3, 4)


def begun(session: Session) -> tuple[Actor, Part]:
    court = a_court(session)
    return an_actor(session, court, Role.COORDINATOR), a_part(session, court)


def known(
    session: Session,
    part: Part,
    name: str,
    born: date | None = None,
    script: str | None = None,
    number: str = "CR-1",
    stage: Stage = Stage.ACTIVE,
) -> Case:
    case = a_case(session, part, number=number, name=name, stage=stage)
    participant = session.get_one(Participant, case.participant_id)
    person = session.get_one(Person, participant.person_id)
    person.date_of_birth, person.preferred_script = born, script
    person.search_key = search_key(name, script)
    session.flush()
    return case


def found(session: Session, actor: Actor, name: str, born: date | None = None) -> list[LikelyDuplicate]:
    return list(likely_duplicates(session, actor, Identity(legal_name=name, date_of_birth=born)))


@pytest.mark.parametrize(
    ("name", "born", "reason"),
    [
        ("CHEN, MEI", BORN, "the same names in another order, the same date of birth"),
        ("Mei Chenn", None, "a name spelt alike"),
        ("陈美", None, "the same name"),
        ("Mei Chen", date(1998, 4, 3), "the same name, day and month of birth the other way round"),
    ],
)
def test_a_likely_duplicate_comes_with_its_reason_and_cases(
    engine: Engine, name: str, born: date | None, reason: str
) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        case = known(session, part, "Mei Chen", BORN, "陈美")
        known(session, part, "Grace Okafor", date(1970, 1, 1), number="CR-2")
        (row,) = found(session, actor, name, born)
        assert (row.participant_id, row.reason) == (case.participant_id, reason)
        assert [entry.docket_number for entry in row.cases] == ["CR-1"]


def test_the_likeliest_comes_first(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        known(session, part, "Mei Cheng", number="CR-1")
        known(session, part, "Mei Chen", BORN, number="CR-2")
        assert [row.legal_name for row in found(session, actor, "Mei Chen", BORN)] == ["Mei Chen", "Mei Cheng"]


def test_an_empty_form_is_like_nobody_and_asks_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        known(session, part, "Mei Chen")
        with counted(engine) as sent:
            assert found(session, actor, " ") == []
        assert sent == []


def test_signs_that_search_by_themselves_find_nobody(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        known(session, part, "Mei Chen")
        assert found(session, actor, "%_%") == []


def test_nobody_of_a_sealed_case_or_another_court_is_shown(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        known(session, part, "Mei Chen", BORN, stage=Stage.SEALED)
        known(session, a_part(session, a_court(session, name="Elsewhere")), "Mei Chen", BORN)
        assert found(session, actor, "Mei Chen", BORN) == []


def test_the_best_of_many_is_found_in_two_statements(engine: Engine) -> None:
    with transaction(engine) as session:
        actor, part = begun(session)
        case = known(session, part, "Mei Chen Kowalska", BORN)
        for number in range(CANDIDATES + 20):
            known(session, part, f"Mei Someone{number}", number=f"CR-1{number}")
    with transaction(engine) as session, counted(engine) as sent:
        rows = found(session, actor, "Mei Kowalska Chen", BORN)
        assert rows[0].participant_id == case.participant_id
        assert len(sent) == 2


def test_a_judge_is_not_shown_duplicates(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        judge = an_actor(session, court, Role.JUDGE)
        with pytest.raises(NotPermitted):
            found(session, judge, "Mei Chen")
