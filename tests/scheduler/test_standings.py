"""Standings are judged again only where something can have changed, and changes keep their true day."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import clock, database
from models.commands import policies as commands
from models.queries.policies import document
from models.rules.vocabulary import (
    AttendanceKind,
    Role,
    Stage,
    Standing,
)
from models.scope import actor_of
from models.tables import Appearance, Case, StandingChange
from scheduler.runner import Runner
from scheduler.timetable import JOBS
from tests.builders import NEW_YORK, NOW, a_user
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


def test_when_another_policy_takes_force_every_case_is_judged_anew_and_the_change_names_it(engine: Engine) -> None:
    """Two unanswered absences are several until 5 December, and one from 6 December; the scheduler stands still then."""
    first_day = date(2026, 12, 6)
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = stories.case("one-absence", coming=False)
        stories.release(case)
        stories.attended(case, AttendanceKind.MISSED, date(2026, 12, 1))
        stories.appearance(case, date(2027, 1, 15))
        sam = actor_of(session, a_user(session, stories.court, Role.ADMINISTRATOR, username="sam").id)
        draft = commands.begin_draft(session, sam, "harbor-2", now=NOW)
        text = document(session, sam, "harbor-2").replace(
            "several_unanswered_absences = 2", "several_unanswered_absences = 1"
        )
        commands.save_draft(session, sam, draft, text, seen=0, now=NOW)
        commands.put_in_force(session, sam, draft, first_day, reason="Agreed.", typed_name="harbor-2", seen=1, now=NOW)
    run_standings(engine, date(2026, 12, 4))
    run_standings(engine, date(2026, 12, 5))
    assert changes_of(engine, case)[-1].to_standing is Standing.ATTENTION
    run_standings(engine, date(2026, 12, 8))
    last = changes_of(engine, case)[-1]
    assert (last.from_standing, last.to_standing) == (Standing.ATTENTION, Standing.NOTHING_DONE)
    assert (last.changed_on, last.policy_version) == (first_day, "harbor-2")
    assert last.reason.startswith("Under the policy harbor-2, in force from 6 December: 1 unacceptable absence")


def run_standings(engine: Engine, on: date) -> None:
    """Let the scheduler judge early on a civil date, so that the next time it knows when it last looked."""
    job = next(job for job in JOBS if job.name == "standings")
    Runner(engine, lambda: clock.at(on, 6, 0, NEW_YORK)).run(job)


def changes_of(engine: Engine, case: Case) -> list[StandingChange]:
    with database.reading(engine) as session:
        rows = session.exec(
            select(StandingChange).where(StandingChange.case_id == case.id).order_by(col(StandingChange.id))
        )
        found = list(rows)
        session.expunge_all()
        return found
