"""Warrants and new arrests: facts with their day and source, that nothing follows from by itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import sitting
from models.commands.corrections import Correction, correct_decision
from models.commands.decisions import decide
from models.commands.warrants import ArrestTold, in_force, order_warrant, strike_arrest, tell_arrest
from models.database import transaction
from models.errors import Invalid, NotPermitted
from models.facts import facts_of_case
from models.queries.case_entries import What
from models.queries.case_file import case_file
from models.rules.facts import CaseFacts
from models.rules.vocabulary import ArrestSource, MissedAppearance, Outcome, Role, Stage, WarrantState
from models.tables import Arrest, Warrant
from tests.builders import NOW, TODAY, an_actor
from tests.commands.bench_stories import Bench, a_bench, a_form

LATER = NOW + timedelta(days=1)


def _facts(session: Session, story: Bench, on: date = TODAY) -> CaseFacts:
    session.flush()
    policy, days = story.judge.policy_on(on), sitting.court_days(session, story.judge)
    return facts_of_case(session, story.judge, story.case.id, on=on, policy=policy, court_days=days)


def _told(session: Session, story: Bench) -> Arrest:
    told = ArrestTold(token=uuid4(), arrested_on=TODAY - timedelta(days=3), told_on=TODAY, source=ArrestSource.DEFENCE)
    return tell_arrest(session, story.clerk, story.case.id, told, now=NOW)


def test_the_choice_of_a_warrant_at_a_missed_appearance_is_kept_as_a_fact_with_the_judge_who_ordered_it(
    engine: Engine,
) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        form = a_form(story, outcome=Outcome.DID_NOT_APPEAR, missed=MissedAppearance.WARRANT_STAYED)
        decision = decide(session, story.judge, form, now=NOW)
        session.flush()
        warrant = session.exec(select(Warrant)).one()
        facts = _facts(session, story)
    assert (warrant.state, warrant.ordered_on, warrant.ordered_by, warrant.decision_id) == (
        WarrantState.STAYED,
        TODAY,
        "Judge of Part 12",
        decision.id,
    )
    assert (facts.warrant, facts.warrant_on, facts.stage) == (WarrantState.STAYED, TODAY, Stage.ACTIVE)


def test_a_corrected_choice_strikes_the_warrant_it_had_ordered_and_the_one_before_stands_again(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        before = TODAY - timedelta(days=20)
        order_warrant(session, story.judge, story.case.id, WarrantState.STAYED, on=before, now=NOW, reason="missed")
        form = a_form(story, outcome=Outcome.DID_NOT_APPEAR, missed=MissedAppearance.WARRANT_ISSUED)
        decide(session, story.judge, replace(form, next_session_id=None), now=NOW)
        session.flush()
        right = Correction(
            appearance_id=story.appearance.id,
            token=uuid4(),
            seen_version=story.case.version,
            outcome=Outcome.EXCUSED,
            reason="She was in hospital.",
        )
        correct_decision(session, story.judge, right, now=LATER)
        session.flush()
        standing = in_force(session, story.case)
        struck = session.exec(select(Warrant).where(col(Warrant.struck_reason).is_not(None))).one()
    assert standing
    assert (standing.state, standing.ordered_on) == (WarrantState.STAYED, before)
    assert (struck.state, struck.struck_reason) == (WarrantState.ISSUED, "She was in hospital.")


def test_an_order_that_cannot_follow_is_refused_in_words(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        case_id = story.case.id
        with pytest.raises(Invalid, match="there is none to vacate"):
            order_warrant(session, story.judge, case_id, WarrantState.VACATED, on=TODAY, now=NOW, reason="-")
        order_warrant(session, story.judge, case_id, WarrantState.ISSUED, on=TODAY, now=NOW, reason="missed")
        with pytest.raises(Invalid, match="issued already"):
            order_warrant(session, story.judge, case_id, WarrantState.ISSUED, on=TODAY, now=NOW, reason="missed")
        tomorrow, yesterday = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
        with pytest.raises(Invalid, match="not come yet"):
            order_warrant(session, story.judge, case_id, WarrantState.VACATED, on=tomorrow, now=NOW, reason="-")
        with pytest.raises(Invalid, match="that day or a later one"):
            order_warrant(session, story.judge, case_id, WarrantState.VACATED, on=yesterday, now=NOW, reason="-")


def test_a_warrant_and_a_new_arrest_change_no_stage_no_standing_and_no_appearance(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        before = case_file(session, story.judge, story.case.id, today=TODAY)
        order_warrant(session, story.judge, story.case.id, WarrantState.ISSUED, on=TODAY, now=NOW, reason="missed")
        _told(session, story)
        session.flush()
        after = case_file(session, story.judge, story.case.id, today=TODAY)
    assert after.standing.standing is before.standing.standing
    assert after.heading.stage is Stage.ACTIVE
    assert after.timeline.appearances == before.timeline.appearances
    assert {What.WARRANT, What.ARREST} <= {entry.what for entry in after.entries}


def test_a_new_arrest_offers_choices_and_keeps_the_judges_own(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        arrest = _told(session, story)
        assert _facts(session, story).arrests_since_court == 1
        form = a_form(story, after_arrest=MissedAppearance.ADVANCE_WITH_COUNSEL)
        decision = decide(session, story.judge, form, now=NOW)
        session.flush()
        assert (arrest.choice, arrest.decision_id) == (MissedAppearance.ADVANCE_WITH_COUNSEL, decision.id)
        assert in_force(session, story.case) is None


def test_without_a_choice_about_a_new_arrest_nothing_is_recorded_of_one(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        arrest = _told(session, story)
        decide(session, story.judge, a_form(story), now=NOW)
        session.flush()
        assert (arrest.choice, in_force(session, story.case)) == (None, None)


def test_one_decision_orders_one_thing_about_a_warrant(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        _told(session, story)
        form = a_form(story, warrant=WarrantState.STAYED, after_arrest=MissedAppearance.WARRANT_ISSUED)
        with pytest.raises(Invalid, match="one thing about a warrant"):
            decide(session, story.judge, form, now=NOW)


def test_a_new_arrest_told_wrongly_is_struck_stays_in_the_history_and_no_longer_counts(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        arrest = _told(session, story)
        strike_arrest(session, story.clerk, arrest.id, "It was somebody else.", now=LATER)
        session.flush()
        facts, file = _facts(session, story), case_file(session, story.judge, story.case.id, today=TODAY)
    assert facts.arrests == 0
    assert [(entry.what, entry.over) for entry in file.entries if entry.what is What.ARREST] == [(What.ARREST, True)]


def test_the_same_form_of_a_new_arrest_is_one_and_days_are_checked(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        told = ArrestTold(token=uuid4(), arrested_on=TODAY, told_on=TODAY, source=ArrestSource.POLICE)
        first = tell_arrest(session, story.clerk, story.case.id, told, now=NOW)
        assert tell_arrest(session, story.clerk, story.case.id, told, now=NOW).id == first.id
        wrong = replace(told, token=uuid4(), told_on=TODAY - timedelta(days=1))
        with pytest.raises(Invalid, match="comes first"):
            tell_arrest(session, story.clerk, story.case.id, wrong, now=NOW)


def test_an_administrator_records_neither(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_bench(session)
        admin = an_actor(session, story.court, Role.ADMINISTRATOR, username="admin")
        told = ArrestTold(token=uuid4(), arrested_on=TODAY, told_on=TODAY, source=ArrestSource.POLICE)
        with pytest.raises(NotPermitted):
            tell_arrest(session, admin, story.case.id, told, now=NOW)
        with pytest.raises(NotPermitted):
            order_warrant(session, admin, story.case.id, WarrantState.ISSUED, on=TODAY, now=NOW, reason="-")
