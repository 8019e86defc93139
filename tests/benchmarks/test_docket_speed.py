"""The docket of 200 cases and one bench case in a court of 100,000, against the same facts in SQL written by hand."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from uuid import UUID

import pytest
from sqlmodel import Session

from models import database, sitting
from models.facts import facts_of, facts_of_case
from models.queries.bench import bench
from models.queries.docket import Docket, docket
from models.queries.docket_statements import ON_THE_DOCKET
from models.rules.facts import CaseFacts
from tests.benchmarks import facts_by_hand
from tests.benchmarks.large_court import ON_TODAY, LargeCourt
from tests.benchmarks.stopwatch import compared, timed
from tests.statements import counted

pytestmark = pytest.mark.benchmark

MOST_FOR_FACTS = 2.0
MOST_FOR_BENCH_FACTS = 5.0  # ms
SMALL = {"courts", "parts", "judges", "services", "providers", "closures", "known"}
"""Tables of a few rows, which a planner may rather read whole."""


@pytest.fixture(scope="module")
def listed(court: LargeCourt) -> Docket:
    with database.reading(court.engine) as session:
        return docket(session, court.judge, court.session_id, today=court.today)


def _facts(court: LargeCourt) -> dict[UUID, CaseFacts]:
    policy = court.judge.policy_on(court.today)
    with database.reading(court.engine) as session:
        days = sitting.court_days(session, court.judge)
        return facts_of(
            session,
            court.judge,
            ON_THE_DOCKET,
            on=court.today,
            policy=policy,
            court_days=days,
            session_id=court.session_id,
        )


def _by_hand(court: LargeCourt, connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    given = facts_by_hand.given(court.judge.court_id, court.session_id, court.today)
    return connection.execute(facts_by_hand.FACTS, given).fetchall()


def test_the_dockets_facts_cost_at_most_twice_the_same_in_sql_written_by_hand(court: LargeCourt) -> None:
    with closing(sqlite3.connect(court.path)) as connection:
        by_hand, facts = _by_hand(court, connection), _facts(court)
        assert len(by_hand) == len(facts) == ON_TODAY
        assert all(facts_by_hand.counts(row) == facts_by_hand.counts_of(facts[UUID(str(row[0]))]) for row in by_hand)
        found = compared("Facts of a docket", lambda: _facts(court), lambda: _by_hand(court, connection))
    assert found.ratio <= MOST_FOR_FACTS


def test_a_docket_is_read_and_judged_in_a_few_times_its_facts(court: LargeCourt) -> None:
    def whole() -> None:
        with database.reading(court.engine) as session:
            docket(session, court.judge, court.session_id, today=court.today)

    with closing(sqlite3.connect(court.path)) as connection:
        found = compared("A docket of 200", whole, lambda: _by_hand(court, connection))
    assert found.ratio <= 6


def test_a_case_on_the_bench_is_known_in_five_milliseconds(court: LargeCourt, listed: Docket) -> None:
    row, policy = listed.rows[7], court.judge.policy_on(court.today)

    def facts() -> None:
        with database.reading(court.engine) as session:
            days = sitting.court_days(session, court.judge)
            facts_of_case(session, court.judge, row.case_id, on=court.today, policy=policy, court_days=days)

    def whole() -> None:
        with database.reading(court.engine) as session:
            bench(session, court.judge, row.appearance_id, today=court.today)

    known, shown = timed(facts, whole, rounds=30)
    print(f"\nFacts of a bench case: {known:.1f} ms; the whole case: {shown:.1f} ms")
    assert known <= MOST_FOR_BENCH_FACTS


@pytest.mark.parametrize("what", ["docket", "bench"])
def test_no_statement_reads_a_whole_table(court: LargeCourt, listed: Docket, what: str) -> None:
    acts: dict[str, Callable[[Session], object]] = {
        "docket": lambda session: docket(session, court.judge, court.session_id, today=court.today),
        "bench": lambda session: bench(session, court.judge, listed.rows[7].appearance_id, today=court.today),
    }
    with counted(court.engine) as sent, database.reading(court.engine) as session:
        acts[what](session)
    with closing(sqlite3.connect(court.path)) as connection:
        plans = [line for one in sent for line in _plan(connection, one)]
    assert plans
    assert [line for line in plans if _reads_whole(line)] == []


def _plan(connection: sqlite3.Connection, statement: str) -> list[str]:
    nothing = [None] * statement.count("?")
    return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", nothing)]


def _reads_whole(line: str) -> bool:
    found = re.match(r"SCAN (\w+)|BLOOM FILTER ON (\w+)", line)
    return found is not None and (found[1] or found[2]) not in SMALL
