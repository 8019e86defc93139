"""Which sessions are offered on the bench, and which one is meant when none is named."""

from datetime import timedelta

from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.database import transaction
from models.queries.sittings import bench_sittings, meant
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Court, Judge, Part
from tests.builders import TODAY, a_court, a_part, a_sitting, an_actor

WEEK = timedelta(days=7)


def a_judge(session: Session, court: Court, part: Part) -> Actor:
    """Return the judge of the part, with an account."""
    actor = an_actor(session, court, Role.JUDGE, username="judge")
    judge = session.get_one(Judge, part.judge_id)
    judge.user_id = actor.user_id
    session.flush()
    return actor


def test_a_judge_chooses_among_her_own_sessions_and_all_of_today(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        mine, other = a_part(session, court), a_part(session, court, name="Part 13")
        judge = a_judge(session, court, mine)
        wanted = [a_sitting(session, mine), a_sitting(session, other), a_sitting(session, mine, TODAY + WEEK)]
        a_sitting(session, other, TODAY + WEEK)
        a_sitting(session, mine, TODAY + 3 * WEEK)
        found = bench_sittings(session, judge, TODAY)
        assert {one.session_id for one in found} == {one.id for one in wanted}
        assert meant(found, TODAY) == next(one for one in found if one.session_id == wanted[0].id)


def test_whoever_has_no_sessions_of_her_own_chooses_among_all(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        wanted = [a_sitting(session, a_part(session, court, name=f"Part {n}"), TODAY + WEEK) for n in range(3)]
        found = bench_sittings(session, an_actor(session, court, Role.JUDGE), TODAY)
        assert {one.session_id for one in found} == {one.id for one in wanted}


def test_a_session_that_is_named_can_be_opened_however_long_ago_it_was_and_only_in_its_own_court(
    engine: Engine,
) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        part = a_part(session, court)
        long_ago = a_sitting(session, part, TODAY - 30 * WEEK)
        judge = a_judge(session, court, part)
        assert [one.session_id for one in bench_sittings(session, judge, TODAY, long_ago.id)] == [long_ago.id]
        elsewhere = an_actor(session, a_court(session, name="Elsewhere"), Role.JUDGE, username="elsewhere")
        assert bench_sittings(session, elsewhere, TODAY, long_ago.id) == ()
