"""Standings are judged again only where something can have changed, and changes keep their true day."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import (
    Stage,
    Standing,
)
from models.tables import Appearance, Case, StandingChange
from tests.builders import NOW
from tests.follow_up_matters import everything
from tests.follow_up_stories import Stories, a_teller
from tests.scheduler.sweeping import sweep


@pytest.fixture
def told(engine: Engine) -> Engine:
    """A court in which each matter has come about once; nothing is swept yet."""
    with database.transaction(engine) as session:
        everything(a_teller(session))
    return engine


def test_only_cases_whose_facts_or_dates_can_have_changed_are_judged_again(told: Engine) -> None:
    sweep(told)
    sweep(told)  # the one for whom a date was found has changed since it was judged
    with database.reading(told) as session:
        before = session.exec(select(StandingChange.id)).all()
        looks = session.scalars(sa.select(col(Case.look_on)).where(col(Case.stage) == Stage.ACTIVE)).all()
    assert None not in looks
    sweep(told)
    with database.reading(told) as session:
        assert session.exec(select(StandingChange.id)).all() == before


def test_a_standing_that_time_alone_changes_has_the_day_it_changed(engine: Engine) -> None:
    """Four sessions and 28 days without an unacceptable absence: ready on the 28th day, whoever looks when."""
    with database.transaction(engine) as session:
        stories = ready_on_8_december(a_teller(session))
    sweep(engine, date(2026, 12, 4))
    sweep(engine, date(2026, 12, 20))
    with database.reading(engine) as session:
        changes = session.execute(
            sa.select(col(StandingChange.to_standing), col(StandingChange.changed_on)).where(
                col(StandingChange.case_id) == stories.cases["ready"].id
            )
        ).all()
    assert (Standing.READY_TO_ADVANCE, date(2026, 12, 8)) in [tuple(change) for change in changes]


def ready_on_8_december(stories: Stories) -> Stories:
    """Tell of four sessions attended and an absence on 10 November that the court has answered."""
    from models.rules.vocabulary import AttendanceKind, Outcome

    case = stories.case("ready", coming=False)
    stories.release(case)
    stories.attended(case, AttendanceKind.ATTENDED, *(date(2026, 11, day) for day in (2, 16, 23, 30)))
    stories.attended(case, AttendanceKind.MISSED, date(2026, 11, 10))
    answered(stories, case, stories.appearance(case, date(2026, 11, 12), outcome=Outcome.APPEARED))
    stories.appearance(case, date(2027, 1, 15))
    return stories


def answered(stories: Stories, case: Case, held: Appearance) -> None:
    """Let the court answer what was before, at an appearance."""
    from uuid import uuid4

    from models.rules.vocabulary import Behaviour, Outcome, ResponseKind, ResponseState
    from models.tables import Decision, Response

    recorded: dict[str, Any] = {
        "court_id": case.court_id,
        "case_id": case.id,
        "decided_on": date(2026, 11, 12),
        "recorded_by": stories.user.id,
        "recorded_at": NOW,
    }
    decision = Decision(appearance_id=held.id, version=1, token=uuid4(), outcome=Outcome.APPEARED, **recorded)
    response = Response(
        decision_id=decision.id,
        kind=ResponseKind.SANCTION,
        behaviour=Behaviour.ABSENCE,
        what="conversation with the judge",
        because="first",
        policy_version="demonstration-1",
        state=ResponseState.DONE,
        settled_on=date(2026, 11, 12),
        **recorded,
    )
    stories.session.add_all([decision, response])
