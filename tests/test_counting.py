"""One count, made twice: told the same events, the database and the pure count give the rules the same facts."""

from dataclasses import fields, replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.engine import Engine

from models.database import transaction
from models.facts import facts_of_case
from models.policies import policy_in_force
from models.rules.counting import facts_from
from models.rules.court_days import CourtDays
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.vocabulary import Role
from tests.builders import TODAY, a_court, a_service, an_actor
from tests.case_events import at_random, written

POLICY = policy_in_force("demonstration", TODAY)
SINCE_PHASE = replace(POLICY, ladder=replace(POLICY.ladder, since_phase=True))
COURT_DAYS = CourtDays(closed=frozenset({TODAY - timedelta(days=1), TODAY - timedelta(days=8)}))
CASES = 60
ASKED_ON = (TODAY, TODAY - timedelta(days=9), TODAY - timedelta(days=45))


@pytest.mark.parametrize("policy", [POLICY, SINCE_PHASE], ids=["in 90 days", "since the phase began"])
def test_the_pure_count_and_the_databases_give_the_same_facts(engine: Engine, policy: Policy) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        services = {name: a_service(session, court, provider=name) for name in ("Garden Street", "Harbor House")}
        for seed in range(CASES):
            told = at_random(Random(seed))
            case = written(session, clerk, court, services, seed, told)
            for on in ASKED_ON:
                stored = facts_of_case(session, clerk, case.id, on=on, policy=policy, court_days=COURT_DAYS)
                assert facts_from(told, policy, COURT_DAYS, on) == stored, (seed, on)


def test_the_events_told_at_random_reach_every_fact() -> None:
    told = [facts_from(at_random(Random(seed)), POLICY, COURT_DAYS, TODAY) for seed in range(CASES)]
    same = [field.name for field in fields(CaseFacts) if len({getattr(facts, field.name) for facts in told}) == 1]
    assert same == []
