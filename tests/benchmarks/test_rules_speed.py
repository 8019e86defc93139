"""How long the rules themselves take: how 200 cases stand, what may answer them, and when each should come next."""

import time
from datetime import date, timedelta
from datetime import time as wall_time
from statistics import median
from uuid import UUID

import pytest

from models.policies import policy_in_force
from models.rules.compliance import standing_on
from models.rules.court_days import CourtDays
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.policy import Policy
from models.rules.responses import proposals
from models.rules.review_rhythm import Bench, inputs_for
from models.rules.reviews import OpenSession, next_review
from models.rules.vocabulary import Behaviour, Stage
from tests.builders import TODAY

pytestmark = pytest.mark.benchmark

ON_THE_DOCKET, SESSIONS, ROUNDS = 200, 90, 15
MOST = 50.0
"""Milliseconds of the processor for a docket of 200: how each stands, what may answer it, and its three best dates."""


def a_docket() -> list[CaseFacts]:
    """Return 200 cases that differ in everything the rules look at."""
    return [_facts(n) for n in range(ON_THE_DOCKET)]


def _facts(n: int) -> CaseFacts:
    absences = n % 4
    last = TODAY - timedelta(days=3 + n % 9) if absences else None
    return CaseFacts(
        stage=Stage.ACTIVE if n % 12 else Stage.OFFERED,
        program="six-sessions" if n % 12 else None,
        phase=n % 3,
        phase_since=TODAY - timedelta(days=10 + n % 40),
        mandate_since=TODAY - timedelta(days=90),
        sessions=Sessions(attended=n % 7, excused=n % 2, missed=absences, cancelled=n % 3, unverified=n % 5 == 0),
        sessions_since_court=Sessions(attended=n % 3, missed=absences % 2),
        absences=Failures(in_window=absences, unanswered=absences // 2, first_unanswered_on=last, last_on=last),
        missed_appearances=Failures(in_window=int(n % 11 == 0), unanswered=int(n % 11 == 0), last_on=last),
        open_responses=n % 2,
        reports_outstanding=int(n % 6 == 0),
        last_appearance_on=TODAY - timedelta(days=14 + n % 20),
        next_appearance_on=TODAY,
        information_on=TODAY - timedelta(days=2),
    )


def coming_sessions() -> list[OpenSession]:
    """Return three parts' sessions of the next months, some of them full."""
    return [
        OpenSession(
            id=UUID(int=n),
            on=_weekday(TODAY + timedelta(days=1 + n)),
            part=f"Part {n % 3}",
            judge=f"Judge {n % 3}",
            starts_at=wall_time(9, 30),
            booked_cases=25 if n % 5 == 0 else n % 20,
            capacity_cases=25,
            booked_minutes=5 * (n % 20),
            capacity_minutes=150,
        )
        for n in range(SESSIONS)
    ]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def judged(docket: list[CaseFacts], sessions: list[OpenSession], policy: Policy) -> int:
    """Ask the rules what a judge asks of each case; return how many answers had something to propose."""
    days = CourtDays(closed=frozenset())
    found = 0
    for n, facts in enumerate(docket):
        standing_on(facts, policy, TODAY)
        answers = proposals(facts, policy, TODAY, {Behaviour.DISTAL_GOAL})
        inputs = inputs_for(facts, Bench(part=f"Part {n % 3}", judge=f"Judge {n % 3}"), policy, today=TODAY)
        found += bool(answers) and next_review(inputs, sessions, days).best is not None
    return found


def test_standing_and_proposals_of_a_docket_of_200_take_less_than_50_ms() -> None:
    docket, sessions, policy = a_docket(), coming_sessions(), policy_in_force("demonstration", TODAY)
    assert judged(docket, sessions, policy) > ON_THE_DOCKET / 2
    times = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        judged(docket, sessions, policy)
        times.append((time.thread_time() - begun) * 1000)
    print(f"\nStanding, responses and next dates of {ON_THE_DOCKET} cases: {median(times):.1f} ms")
    assert median(times) < MOST
