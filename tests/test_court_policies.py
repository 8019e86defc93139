"""The court's own versions of its policy: which one is in force on a day, and that none is ever taken for another."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models import database
from models.errors import PolicyError
from models.policies import policy_in_force
from models.rules.vocabulary import Role
from models.scope import Actor, actor_of, keeper
from models.tables import Court, PolicyVersion
from tests.builders import TODAY, a_court, a_policy_version, a_user
from tests.statements import counted

SPRING = date(2027, 2, 1)
DAY = timedelta(days=1)


def judge_of(session: Session, court: Court, username: str = "judge") -> Actor:
    return actor_of(session, a_user(session, court, Role.JUDGE, Role.CLERK, username=username).id)


def test_a_court_that_has_written_no_version_is_answered_from_its_file(engine: Engine) -> None:
    with database.transaction(engine) as session:
        judge = judge_of(session, a_court(session))
        assert judge.policy_on(TODAY) is policy_in_force("demonstration", TODAY)
        assert judge.next_policy_from(TODAY) is None


def test_the_version_in_force_is_found_by_the_day_its_first_day_included(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court = a_court(session)
        a_policy_version(session, court, "harbor-1", date(2020, 1, 1))
        a_policy_version(session, court, "harbor-2", SPRING, ("grace_court_days = 1", "grace_court_days = 2"))
        for actor in (judge_of(session, court), keeper(session, court)):
            assert actor.policy_on(SPRING - DAY).version == "harbor-1"
            assert actor.policy_on(SPRING).version == "harbor-2"
            assert actor.policy_on(SPRING + DAY).reports.grace_court_days == 2
            assert actor.next_policy_from(SPRING - DAY) == SPRING
            assert actor.next_policy_from(SPRING) is None
            with pytest.raises(PolicyError, match="No version of the court's policy is in force"):
                actor.policy_on(date(2019, 12, 31))


def test_a_draft_and_another_courts_versions_decide_nothing(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court, other = a_court(session), a_court(session, name="Elsewhere")
        a_policy_version(session, court, "harbor-1", date(2020, 1, 1), draft=True)
        a_policy_version(session, other, "harbor-1", date(2020, 1, 1))
        assert judge_of(session, court).policy_on(TODAY).version == "demonstration-1"
        assert judge_of(session, other, "elsewhere").policy_on(TODAY).version == "harbor-1"


def test_a_version_is_known_by_what_it_says_so_that_none_is_ever_stale(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court = a_court(session)
        mine = a_policy_version(session, court, "harbor-1", date(2020, 1, 1))
        assert judge_of(session, court).policy_on(TODAY).reports.grace_court_days == 1
        session.delete(session.get_one(PolicyVersion, mine.id))
        session.flush()
        a_policy_version(session, court, "harbor-1", date(2020, 1, 1), ("grace_court_days = 1", "grace_court_days = 4"))
        assert judge_of(session, court, "other").policy_on(TODAY).reports.grace_court_days == 4


def test_who_acts_is_still_read_in_one_statement_however_many_versions_there_are(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court = a_court(session)
        for year in range(2020, 2026):
            a_policy_version(session, court, f"harbor-{year}", date(year, 1, 1))
        user = a_user(session, court, Role.JUDGE, Role.CLERK)
        actor_of(session, user.id)
    with database.reading(engine) as session, counted(engine) as statements:
        actor = actor_of(session, user.id)
    assert len(statements) == 1
    assert actor.roles == {Role.JUDGE, Role.CLERK}
    assert [policy.in_force_from.year for policy in actor.policies] == list(range(2020, 2026))
