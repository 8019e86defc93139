"""The court's responses: inside the policy's range or with a reason, never without their gates, open until settled."""

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.decisions import decide
from models.commands.responses import ChosenResponse, settle_response
from models.database import reading, transaction
from models.errors import GateMissing, Invalid
from models.rules.vocabulary import (
    Behaviour,
    FollowUpKind,
    ResponseKind,
    ResponseState,
)
from models.tables import (
    FollowUp,
    Response,
)
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import a_bench, a_form, absent


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        (ChosenResponse(kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written essay"), "outside"),
        (ChosenResponse(kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a handshake"), "outside"),
        (ChosenResponse(kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what=" "), "no words"),
    ],
)
def test_what_is_outside_the_range_needs_a_reason(engine: Engine, chosen: ChosenResponse, refusal: str) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        with pytest.raises(Invalid, match=refusal):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


def test_a_reason_makes_a_response_outside_the_range_possible_and_is_kept(engine: Engine) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a handshake", outside_reason="she asked for it"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)
    with reading(engine) as session:
        assert session.exec(select(col(Response.outside_reason))).one() == "she asked for it"


def test_no_sanction_without_a_verified_behaviour_whatever_the_reason(engine: Engine) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="written plan", outside_reason="a feeling"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        with pytest.raises(Invalid, match="No verified behaviour"):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


@pytest.mark.parametrize("words", ["two days of jail", "remand", "Jail, suspended"])
def test_what_takes_liberty_is_refused_without_its_gates(engine: Engine, words: str) -> None:
    chosen = ChosenResponse(
        kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what=words, outside_reason="serious"
    )
    with transaction(engine) as session:
        bench = a_bench(session)
        absent(session, bench, 10)
        with pytest.raises(GateMissing, match="counsel"):
            decide(session, bench.judge, a_form(bench, responses=(chosen,)), now=NOW)


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
