"""Finding a person among 100,000 by name, on both databases: prefix, misspelling, another script; each under 50 ms."""

import random
import time

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from models.commands.name_keys import keys_of
from models.database import reading, transaction
from models.queries.search import find_cases
from models.rules.names import search_key
from models.rules.vocabulary import Role, Stage
from models.scope import Actor
from models.tables import Case, NameKey, Participant, Person
from models.tables.base import new_id, table_of
from tests.builders import TODAY, a_court, a_part, an_actor

pytestmark = pytest.mark.benchmark

PERSONS, MILLISECONDS = 100_000, 50
_STARTS = ("Ma", "Ka", "Jo", "Ele", "Tati", "Ro", "Gra", "Oluwa", "Xio", "Ne", "Sha", "Vi", "Lu", "A", "Ti", "Be")
_ENDS = ("ria", "tarina", "hanna", "na", "sa", "ce", "seun", "mara", "nique", "via", "nda", "ya", "lina", "my", "ka")
_FAMILIES = (
    "Chen",
    "Vargas",
    "Johnson",
    "Nguyen",
    "García",
    "Kim",
    "Okafor",
    "Petrova",
    "Smith",
    "Ramírez",
    "Katsaros",
)


@pytest.fixture
def clerk(engine: Engine) -> Actor:
    chance = random.Random(7)
    names = [
        f"{chance.choice(_STARTS)}{chance.choice(_ENDS)} {chance.choice(_FAMILIES)}{chance.choice(_ENDS)}"
        for _ in range(PERSONS)
    ]
    with transaction(engine) as session:
        court = a_court(session)
        part = a_part(session, court)
        made: dict[type, list[dict[str, object]]] = {Person: [], Participant: [], Case: [], NameKey: []}
        for number, name in enumerate(names):
            person_id, participant_id, key = new_id(), new_id(), search_key(name)
            of = {"court_id": court.id}
            made[Person].append({"id": person_id, **of, "legal_name": name, "search_key": key})
            made[Participant].append({"id": participant_id, **of, "person_id": person_id, "languages": []})
            made[NameKey].extend(keys_of(court.id, person_id, key))
            stage = Stage.ACTIVE if number % 10 == 0 else Stage.DISMISSED
            days = {"stage": stage, "stage_since": TODAY, "opened_on": TODAY, "version": 1}
            row = {"id": new_id(), **of, "participant_id": participant_id, "part_id": part.id, **days}
            made[Case].append({**row, "docket_number": f"2026-LC-{number:06}"})
        for table, rows in made.items():
            for start in range(0, len(rows), 20_000):
                session.execute(sa.insert(table_of(table)), rows[start : start + 20_000])
        who = an_actor(session, court, Role.CLERK)
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    return who


def test_a_person_is_found_among_a_hundred_thousand_in_fifty_milliseconds(engine: Engine, clerk: Actor) -> None:
    taken = {}
    for text in ("mar", "katarina che", "2026-lc-09", "katarnia", "jonsonria", "мария", "катарина", "zzzzqq"):
        with reading(engine) as session:
            find_cases(session, clerk, text)
            times = []
            for _ in range(5):
                begun = time.perf_counter()
                found = find_cases(session, clerk, text)
                times.append(1000 * (time.perf_counter() - begun))
        taken[text] = min(times)
        print(f"{engine.dialect.name:10} {text:14} {min(times):6.1f} ms  {len(found)} found")
    assert max(taken.values()) < MILLISECONDS
