"""An id that a form hands in is of the actor's court and of the case in question, or it is not there."""

from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.corrections import Correction, correct_decision
from models.commands.decisions import decide
from models.commands.follow_ups import add_follow_up
from models.commands.responses import ChosenResponse
from models.database import transaction
from models.errors import NotFound
from models.rules.vocabulary import Behaviour, Move, Outcome, ResponseKind, Role, Stage
from models.tables import CourtSession, FollowUp, Response
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_actor, an_appearance
from tests.commands.bench_stories import a_bench, a_form

PRAISE = ChosenResponse(
    kind=ResponseKind.INCENTIVE, behaviour=Behaviour.OTHER, what="a handshake", outside_reason="she asked for it"
)


def test_a_follow_up_is_written_only_about_a_case_of_ones_own_that_is_not_sealed(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        clerk = an_actor(session, court, Role.CLERK, username="clerk")
        sealed = a_case(session, a_part(session, court), stage=Stage.SEALED)
        elsewhere = a_case(session, a_part(session, a_court(session, name="Another court")))
        for case_id in (sealed.id, elsewhere.id, uuid4()):
            with pytest.raises(NotFound):
                add_follow_up(session, clerk, case_id, "Call", TODAY, Move.COURT, token=uuid4(), now=NOW)
        assert session.exec(select(FollowUp)).all() == []


def test_a_correction_withdraws_only_responses_of_its_own_case(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        sitting = session.get_one(CourtSession, bench.appearance.court_session_id)
        other = a_case(session, bench.part, number="2026-QN-00002", name="Rosa Vargas", stage=Stage.IDENTIFIED)
        theirs = an_appearance(session, other, sitting, position=2)
        form = a_form(bench, appearance_id=theirs.id, seen_version=other.version, responses=(PRAISE,))
        decide(session, bench.judge, form, now=NOW)
        decide(session, bench.judge, a_form(bench), now=NOW)
        given = session.exec(select(col(Response.id))).one()
        correction = Correction(
            appearance_id=bench.appearance.id,
            token=uuid4(),
            seen_version=bench.case.version,
            outcome=Outcome.APPEARED,
            reason="a slip",
            withdraw=(given,),
        )
        with pytest.raises(NotFound):
            correct_decision(session, bench.judge, correction, now=NOW)
