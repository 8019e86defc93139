"""One count, made twice: told the same events, the database and the pure count give the rules the same facts."""

from dataclasses import fields, replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.engine import Engine

from models import clock
from models.database import transaction
from models.facts import facts_of_case
from models.policies import policy_in_force
from models.rules.counting import facts_from
from models.rules.court_days import CourtDays
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.vocabulary import Role
from tests.builders import NEW_YORK, TODAY, a_court, a_service, an_actor
from tests.case_events import at_random
from tests.case_rows import written

POLICY = policy_in_force("demonstration", TODAY)
SINCE_PHASE = replace(POLICY, ladder=replace(POLICY.ladder, since_phase=True))
COURT_DAYS = CourtDays(closed=frozenset({TODAY - timedelta(days=1), TODAY - timedelta(days=8)}))
CASES = 60
SEEN = tuple(
    (on, clock.at(on + timedelta(days=1), 0, 0, NEW_YORK)) for on in (TODAY - timedelta(days=n) for n in (0, 3, 9, 30))
)
ASKED_ON = (TODAY, TODAY - timedelta(days=9), TODAY - timedelta(days=45))


@pytest.mark.parametrize("policy", [POLICY, SINCE_PHASE], ids=["in 90 days", "since the phase began"])
def test_the_pure_count_and_the_databases_give_the_same_facts_now_and_as_seen_on_a_past_day(
    engine: Engine, policy: Policy
) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        services = {name: a_service(session, court, provider=name) for name in ("Garden Street", "Harbor House")}
        for seed in range(CASES):
            told = at_random(Random(seed))
            case = written(session, clerk, court, services, seed, told)
            for on, known_by in (*((day, None) for day in ASKED_ON), *SEEN):
                stored = facts_of_case(
                    session, clerk, case.id, on=on, policy=policy, court_days=COURT_DAYS, known_by=known_by
                )
                assert facts_from(told, policy, COURT_DAYS, on, known_by=known_by) == stored, (seed, on, known_by)


def test_the_events_told_at_random_reach_every_fact() -> None:
    for known_by in (None, SEEN[2][1]):
        told = [
            facts_from(at_random(Random(seed)), POLICY, COURT_DAYS, TODAY, known_by=known_by) for seed in range(CASES)
        ]
        same = [field.name for field in fields(CaseFacts) if len({getattr(facts, field.name) for facts in told}) == 1]
        assert same == []


def test_a_past_day_is_seen_otherwise_than_the_same_day_with_all_that_came_later() -> None:
    on, known_by = SEEN[2]
    told = [at_random(Random(seed)) for seed in range(CASES)]
    differ = [facts_from(one, POLICY, COURT_DAYS, on, known_by=known_by) for one in told] != [
        facts_from(one, POLICY, COURT_DAYS, on) for one in told
    ]
    assert differ
