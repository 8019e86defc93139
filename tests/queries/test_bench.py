"""The case in front of the judge: what she is told, and that it costs the same however long the case is."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.cases import NewFlag
from models.commands.decisions import decide
from models.commands.participants import add_flag
from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.queries.bench import BenchCase, Intent, bench
from models.rules.vocabulary import Behaviour, FlagKind, Outcome, ResponseKind, Role, Standing
from models.scope import Actor
from tests.builders import NOW, TODAY, a_court, an_actor
from tests.commands.bench_stories import NEXT_ON, Bench, a_bench, a_form, absent, attended
from tests.statements import counted

MOST_STATEMENTS = 12


def _seen(engine: Engine, story: Bench, **given: Any) -> BenchCase:
    with reading(engine) as session:
        return bench(session, story.judge, story.appearance.id, today=TODAY, **given)


def test_the_judge_reads_who_what_since_and_when_next(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        attended(session, story, 30, 20)
        absent(session, story, 10)
    case = _seen(engine, story)
    assert case.heading.called == "Mei Chen"
    assert case.standing.standing is Standing.ATTENTION
    assert "2 of 3 sessions" in case.since.text
    assert case.next.best is not None
    assert case.next.best.session.on == NEXT_ON
    assert [(one.kind, one.step) for one in case.proposals] == [(ResponseKind.SANCTION, 1)]


def test_a_missed_appearance_is_answered_only_once_the_judge_says_so(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
    assert _seen(engine, story).proposals == ()
    proposed = _seen(engine, story, intent=Intent(outcome=Outcome.DID_NOT_APPEAR)).proposals
    assert [one.behaviour for one in proposed] == [Behaviour.MISSED_APPEARANCE]


def test_an_earlier_review_brings_the_next_date_forward(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
    assert _seen(engine, story).next.target_on == TODAY + timedelta(days=14)
    assert _seen(engine, story, intent=Intent(responses=("earlier review date",))).next.target_on == TODAY + timedelta(
        days=7
    )


def test_what_has_happened_since_reads_the_same_once_the_outcome_is_recorded(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        attended(session, story, 30, 20)
        absent(session, story, 10)
    before = _seen(engine, story).since.text
    with transaction(engine) as session:
        decide(session, story.judge, a_form(story), now=NOW)
    assert _seen(engine, story).since.text == before


def test_what_was_promised_comes_back_at_the_next_appearance(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        decided = decide(session, story.judge, a_form(story, promised="a certificate at two sessions"), now=NOW)
    later = TODAY + timedelta(days=14)
    assert decided.next_appearance_id is not None
    with reading(engine) as session:
        case = bench(session, story.judge, decided.next_appearance_id, today=later)
    assert "the court promised a certificate at two sessions" in case.since.text


def test_names_do_not_leave_the_query_while_the_screen_faces_the_room(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
    hidden = repr(_seen(engine, story, faces_room=True))
    assert "Mei" not in hidden
    assert "M. C." in hidden


def test_initials_stand_for_a_name_whose_safety_asks_for_it(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        add_flag(session, story.clerk, story.case.id, NewFlag(kind=FlagKind.INITIALS_ONLY), now=NOW)
    assert _seen(engine, story).heading.called == "M. C."


def test_a_long_case_costs_as_many_statements_as_a_short_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        attended(session, story, 40)
    with counted(engine) as few:
        _seen(engine, story)
    with transaction(engine) as session:
        attended(session, story, *range(2, 30))
    with counted(engine) as many:
        _seen(engine, story)
    assert len(few) == len(many) <= MOST_STATEMENTS


def test_another_courts_case_and_an_unknown_one_look_alike(engine: Engine) -> None:
    def refusal(session: Session, who: Actor, story: Bench | None) -> str:
        with pytest.raises(NotFound) as found:
            bench(session, who, story.appearance.id if story else uuid4(), today=TODAY)
        return str(found.value)

    with transaction(engine) as session:
        story = a_bench(session)
        stranger = an_actor(session, a_court(session, name="Other"), Role.JUDGE, username="stranger")
        assert refusal(session, stranger, story) == refusal(session, stranger, None)


def test_a_coordinator_does_not_sit_on_the_bench(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        coordinator = an_actor(session, story.court, Role.COORDINATOR, username="coordinator")
        with pytest.raises(NotPermitted):
            bench(session, coordinator, story.appearance.id, today=TODAY)
