"""The evaluator's counts: of the court's own cases that exist for them, in one statement on both databases."""

from datetime import date

from sqlalchemy.engine import Engine

from models.database import reading, transaction
from models.queries.evaluation import evaluation
from models.rules.vocabulary import Role, Stage
from tests.builders import TODAY, a_case, a_court, a_part, an_actor
from tests.statements import counted


def test_the_counts_are_of_the_courts_own_cases_and_take_one_statement(engine: Engine) -> None:
    with transaction(engine) as session:
        court, other = a_court(session), a_court(session, name="Other")
        here, there = a_part(session, court), a_part(session, other)
        who = an_actor(session, court, Role.EVALUATOR)
        for n in range(12):
            case = a_case(session, here, number=f"CR-{n}", stage=Stage.DISMISSED if n else Stage.SEALED)
            a_case(session, there, number=f"CR-{n}")
            case.opened_on = case.stage_since = date(2026, 8, 1)
    with reading(engine) as session, counted(engine) as statements:
        by_quarter, *_, by_end = evaluation(session, who, today=TODAY)
    assert (by_quarter.cells, by_end.cells) == ({"2026 Q3": 11}, {"dismissed": 11})
    assert len(statements) == 1
