"""Promises about parts and judges."""

from datetime import time

import pytest
from sqlalchemy.engine import Engine

from models.commands.parts import add_judge, add_part
from models.database import transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.rules.vocabulary import Role
from tests.builders import NOW, a_court, a_user, an_actor


def test_a_part_takes_the_policys_capacities_unless_told_otherwise(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk = an_actor(session, a_court(session), Role.CLERK)
        judge = add_judge(session, clerk, " Hon.  R. Alvarez ", now=NOW)
        assert judge.name == "Hon. R. Alvarez"
        part = add_part(session, clerk, "Part 12", room="3B", judge_id=judge.id, starts_at=time(9, 30), now=NOW)
        assert (part.capacity_cases, part.capacity_minutes) == (25, 150)
        small = add_part(
            session, clerk, "Part 7", room="1", judge_id=judge.id, starts_at=time(14), now=NOW, capacity_cases=3
        )
        assert small.capacity_cases == 3


def test_names_of_parts_and_judges_are_used_once(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk = an_actor(session, a_court(session), Role.CLERK)
        judge = add_judge(session, clerk, "A", now=NOW)
        add_part(session, clerk, "P", room="1", judge_id=judge.id, starts_at=time(9), now=NOW)
        with pytest.raises(Conflict):
            add_judge(session, clerk, "A", now=NOW)
        with pytest.raises(Conflict):
            add_part(session, clerk, "P", room="1", judge_id=judge.id, starts_at=time(9), now=NOW)


def test_what_is_missing_or_elsewhere_is_refused(engine: Engine) -> None:
    with transaction(engine) as session:
        clerk = an_actor(session, a_court(session), Role.CLERK)
        elsewhere = an_actor(session, a_court(session, name="Elsewhere"), Role.CLERK, username="other")
        judge = add_judge(session, elsewhere, "A", now=NOW)
        with pytest.raises(Invalid):
            add_judge(session, clerk, " ", now=NOW)
        with pytest.raises(NotFound):
            add_part(session, clerk, "P", room="1", judge_id=judge.id, starts_at=time(9), now=NOW)
        with pytest.raises(Invalid, match="at least one"):
            add_part(
                session, elsewhere, "P", room="1", judge_id=judge.id, starts_at=time(9), now=NOW, capacity_minutes=0
            )


def test_one_account_is_one_judge(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK)
        user = a_user(session, court, Role.JUDGE, username="judge")
        add_judge(session, clerk, "A", now=NOW, user_id=user.id)
        with pytest.raises(Conflict, match="another judge"):
            add_judge(session, clerk, "B", now=NOW, user_id=user.id)


def test_a_coordinator_changes_no_parts(engine: Engine) -> None:
    with transaction(engine) as session, pytest.raises(NotPermitted):
        add_judge(session, an_actor(session, a_court(session), Role.COORDINATOR), "A", now=NOW)
