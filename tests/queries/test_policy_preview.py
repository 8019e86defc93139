"""Promises of the preview: what a draft would change on the present caseload, counted, exact, and without writing."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models import database
from models.errors import NotPermitted, PolicyError
from models.queries import policy_preview
from models.queries.policy_preview import PolicyPreview, preview
from models.rules.vocabulary import AttendanceKind, Outcome, Role, Stage, Standing
from models.scope import Actor, actor_of
from tests.builders import TODAY, a_policy_text, a_sitting, a_user, an_actor
from tests.follow_up_stories import a_teller
from tests.statements import counted

SEVERAL = ("several_unanswered_absences = 2", "several_unanswered_absences = 1")
OFTENER = ("review_every_days = 28\nmin_days = 28", "review_every_days = 7\nmin_days = 28")


class Caseload:
    """Three cases in the program with a release, of whom one missed a session; one closed; and an administrator."""

    def __init__(self, session: Session) -> None:
        self.stories = stories = a_teller(session)
        for about in ("steady", "steadier", "absent"):
            stories.release(stories.case(about))
            stories.attended(stories.cases[about], AttendanceKind.ATTENDED, date(2026, 11, 24))
        stories.attended(stories.cases["absent"], AttendanceKind.MISSED, date(2026, 12, 1))
        stories.case("closed", stage=Stage.DISMISSED, coming=False)
        self.sam = actor_of(session, a_user(session, stories.court, Role.ADMINISTRATOR, username="sam").id)


@pytest.fixture
def told(engine: Engine) -> tuple[Engine, Caseload]:
    with database.transaction(engine) as session:
        caseload = Caseload(session)
    return engine, caseload


def of(told: tuple[Engine, Caseload], *changes: tuple[str, str], viewer: Actor | None = None) -> PolicyPreview:
    engine, caseload = told
    text = a_policy_text("harbor-2", date(2027, 2, 1), *changes)
    with database.reading(engine) as session:
        return preview(session, viewer or caseload.sam, text, today=TODAY)


def test_a_draft_that_says_the_same_changes_nothing(told: tuple[Engine, Caseload]) -> None:
    found = of(told)
    assert (found.cases, found.changed, found.newly_overloaded, found.programs_lost) == (3, 0, (), None)
    assert found.weekly_before == found.weekly_after == pytest.approx(3 * 7 / 28)


def test_the_standings_that_change_are_counted_by_from_and_to(told: tuple[Engine, Caseload]) -> None:
    found = of(told, SEVERAL)
    assert dict(found.changes) == {(Standing.ATTENTION, Standing.NOTHING_DONE): 1}


def test_what_the_policy_counts_is_counted_anew_under_the_draft(engine: Engine) -> None:
    """A report eight days late says that nothing can be known; with 20 court days of grace it is not late yet."""
    with database.transaction(engine) as session:
        stories = a_teller(session)
        case = stories.case("late")
        stories.release(case)
        stories.appearance(case, date(2026, 12, 2), outcome=Outcome.APPEARED)
        stories.report(case, stories.appearance(case, date(2026, 12, 7)), date(2026, 11, 24), date(2026, 12, 7))
        sam = actor_of(session, a_user(session, stories.court, Role.ADMINISTRATOR, username="sam").id)
    text = a_policy_text("harbor-2", date(2027, 2, 1), ("grace_court_days = 1", "grace_court_days = 20"))
    with database.reading(engine) as session:
        found = preview(session, sam, text, today=TODAY)
    assert dict(found.changes) == {(Standing.NOT_ASSESSABLE, Standing.ON_TRACK): 1}


def test_a_shorter_interval_asks_for_more_reviews_and_names_the_weeks_that_hold_fewer(
    told: tuple[Engine, Caseload],
) -> None:
    engine, caseload = told
    with database.transaction(engine) as session:
        part = session.merge(caseload.stories.part)
        a_sitting(session, part, date(2027, 1, 8), cases=2)
        a_sitting(session, part, date(2027, 1, 15), cases=25)
    found = of(told, OFTENER)
    assert [found.weekly_before, found.weekly_after] == pytest.approx([0.75, 3])
    assert [(week.monday, week.reviews, week.places) for week in found.newly_overloaded] == [(date(2027, 1, 4), 3, 2)]
    assert of(told).newly_overloaded == ()


def test_each_batch_costs_the_same_few_statements_and_progress_is_told(
    told: tuple[Engine, Caseload], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, caseload = told
    text = a_policy_text("harbor-2", date(2027, 2, 1), SEVERAL)
    told_of: list[tuple[int, int]] = []
    sent = {}
    for batch in (100, 1):
        monkeypatch.setattr(policy_preview, "BATCH", batch)
        told_of.clear()
        with database.reading(engine) as session, counted(engine) as statements:
            found = preview(
                session, caseload.sam, text, today=TODAY, progress=lambda done, total: told_of.append((done, total))
            )
        sent[batch] = len(statements)
        assert found.changed == 1
    assert told_of == [(1, 3), (2, 3), (3, 3)]
    assert sent[1] - sent[100] == 2 * 2


def test_a_program_that_would_be_lost_is_named_before_it_is_put_in_force(told: tuple[Engine, Caseload]) -> None:
    found = of(told, ('key = "six-sessions"', 'key = "other-sessions"'))
    assert found.programs_lost is not None
    assert "six-sessions (3 cases)" in found.programs_lost


def test_another_courts_cases_are_not_counted(told: tuple[Engine, Caseload]) -> None:
    engine, _ = told
    with database.transaction(engine) as session:
        elsewhere = a_teller(session, name="River County Court")
        other = an_actor(session, elsewhere.court, Role.ADMINISTRATOR, username="other")
    assert of(told, viewer=other).cases == 0


@pytest.mark.parametrize("role", [Role.JUDGE, Role.CLERK, Role.COORDINATOR])
def test_only_who_may_put_it_in_force_previews_it(told: tuple[Engine, Caseload], role: Role) -> None:
    engine, caseload = told
    with database.transaction(engine) as session:
        other = an_actor(session, session.merge(caseload.stories.court), role, username="other")
    with pytest.raises(NotPermitted):
        of(told, viewer=other)


def test_what_is_no_policy_is_refused(told: tuple[Engine, Caseload]) -> None:
    with pytest.raises(PolicyError, match="several_unanswered_absences should be a whole number, 1 or more"):
        of(told, ("several_unanswered_absences = 2", "several_unanswered_absences = 0"))
