"""What becomes of a response: done, not done and shown to the court, or withdrawn and counted for nothing."""

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import sitting
from models.commands.decisions import decide
from models.commands.follow_ups import settle
from models.commands.given_responses import settle_response, take_back_response
from models.commands.responses import ChosenResponse
from models.database import reading, transaction
from models.errors import Conflict, Invalid, NotFound, NotPermitted
from models.facts import facts_of_case
from models.rules.responses import proposals
from models.rules.vocabulary import (
    Behaviour,
    FollowUpKind,
    Move,
    ResponseKind,
    ResponseState,
    Role,
)
from models.tables import FollowUp, Response
from tests.builders import NOW, TODAY, an_actor
from tests.commands.bench_stories import Bench, a_bench, a_form, absent


def _ordered(session: Session, bench: Bench) -> Response:
    plan = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written plan with the coordinator"
    )
    absent(session, bench, 20, 10)
    decide(session, bench.judge, a_form(bench, responses=(plan,)), now=NOW)
    return session.exec(select(Response)).one()


def test_a_response_that_is_not_done_is_shown_to_the_court_and_sanctions_nothing(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        given = _ordered(session, bench)
        settle_response(session, bench.clerk, given.id, False, now=NOW)
        session.flush()
        waiting = session.exec(select(FollowUp).where(col(FollowUp.void_on).is_(None))).all()
        said = [one for one in waiting if one.kind is FollowUpKind.RESPONSE_DUE]
        assert [(one.move, one.due_on) for one in said] == [(Move.COURT, TODAY)]
        assert "nothing follows by itself" in said[0].reason
        assert (given.state, session.exec(select(Response)).all()) == (ResponseState.NOT_DONE, [given])
        policy, days = bench.judge.policy_on(TODAY), sitting.court_days(session, bench.judge)
        facts = facts_of_case(session, bench.judge, bench.case.id, on=TODAY, policy=policy, court_days=days)
        assert proposals(facts, policy, TODAY) == ()


def test_a_withdrawn_response_is_kept_with_its_reason_and_answers_nothing_any_more(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        given = _ordered(session, bench)
        settle_response(session, bench.clerk, given.id, False, now=NOW)
        policy, days = bench.judge.policy_on(TODAY), sitting.court_days(session, bench.judge)

        def unanswered() -> int:
            session.flush()
            facts = facts_of_case(session, bench.judge, bench.case.id, on=TODAY, policy=policy, court_days=days)
            return facts.absences.unanswered

        assert unanswered() == 0
        take_back_response(session, bench.judge, given.id, "The absence was the provider's.", now=NOW)
        assert unanswered() == 2
        assert (given.state, given.withdrawn_reason) == (ResponseState.WITHDRAWN, "The absence was the provider's.")
        assert bench.case.look_on is None
        waiting = select(FollowUp).where(
            col(FollowUp.kind) == FollowUpKind.RESPONSE_DUE, col(FollowUp.void_on).is_(None)
        )
        assert session.exec(waiting).all() == []
        with pytest.raises(Conflict):
            take_back_response(session, bench.judge, given.id, "Again.", now=NOW)


def test_a_response_is_withdrawn_only_with_a_reason_by_whoever_corrects_and_in_the_own_court(engine: Engine) -> None:
    with transaction(engine) as session:
        bench, other = a_bench(session), a_bench(session, name="Another court")
        given = _ordered(session, bench)
        coordinator = an_actor(session, bench.court, Role.COORDINATOR, username="coordinator")
        for actor, reason, refusal in (
            (bench.judge, " ", Invalid),
            (coordinator, "why", NotPermitted),
            (other.judge, "why", NotFound),
        ):
            with pytest.raises(refusal):
                take_back_response(session, actor, given.id, reason, now=NOW)
        assert given.state is ResponseState.ORDERED


def test_an_ordered_response_is_not_closed_by_calling_its_follow_up_done(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        _ordered(session, bench)
        session.flush()
        waiting = session.exec(select(FollowUp).where(col(FollowUp.kind) == FollowUpKind.RESPONSE_DUE)).one()
        with pytest.raises(Invalid, match="done or not done"):
            settle(session, bench.clerk, waiting.id, now=NOW)


def test_an_ordered_response_waits_until_somebody_records_it_done(engine: Engine) -> None:
    plan = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written plan with the coordinator"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 20, 10)
        decide(session, bench.judge, a_form(bench, responses=(plan,)), now=NOW)
        given = session.exec(select(Response)).one()
        assert (given.state, given.step) == (ResponseState.ORDERED, 2)
        settle_response(session, bench.clerk, given.id, True, now=NOW)
    with reading(engine) as session:
        assert session.get_one(Response, given.id).state is ResponseState.DONE
        waiting = session.exec(select(FollowUp).where(col(FollowUp.kind) == FollowUpKind.RESPONSE_DUE)).one()
        assert waiting.void_on == TODAY
