"""The forecast of the coming weeks from what the court has recorded: scoped, counted, in a fixed number of statements."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.sitting_patterns import begin_pattern
from models.database import reading, transaction
from models.errors import NotPermitted
from models.queries.load_ahead import load_ahead
from models.rules.sitting_patterns import Pattern
from models.rules.vocabulary import AttendanceKind, Outcome, ReferralState, Rhythm, Role, Stage
from models.rules.weeks_ahead import WEEKS, WeekAhead
from models.tables import Attendance, Case, Court, Mandate, Part, PhasePeriod, Referral
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance
from tests.commands.bulk_stories import Bulk, tell
from tests.statements import counted


def in_the_program(session: Session, case: Case, by: UUID, *, attended: int, since: date) -> None:
    """Let the case be in its last phase, with so many sessions attended since the mandate began."""
    recorded = {"court_id": case.court_id, "case_id": case.id, "recorded_by": by, "recorded_at": NOW}
    mandate = Mandate.model_validate(
        recorded | {"program": "six-sessions", "policy_version": "demonstration-1", "sessions": 6, "accepted_on": since}
    )
    phase = PhasePeriod.model_validate(
        recorded | {"mandate_id": mandate.id, "position": 2, "name": "Transition", "entered_on": since}
    )
    service = a_service(session, session.get_one(Court, case.court_id), provider=str(case.id))
    referral = Referral(
        court_id=case.court_id,
        case_id=case.id,
        service_id=service.id,
        kind=service.kind,
        mandated=True,
        state=ReferralState.ENROLLED,
        state_since=since,
    )
    came = {"referral_id": referral.id, "kind": AttendanceKind.ATTENDED}
    days = [since + timedelta(days=number) for number in range(attended)]
    session.add_all([mandate, phase, referral])
    session.add_all(Attendance.model_validate(recorded | came | {"held_on": day}) for day in days)
    session.flush()


def expected(weeks: tuple[WeekAhead, ...]) -> list[int]:
    return [number for number, week in enumerate(weeks) if week.reviews]


def test_a_case_is_expected_again_after_its_calendared_day_in_the_rhythm_of_its_phase(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=1)
        case = session.get_one(Case, story.on_it[0].case_id)
        in_the_program(session, case, story.clerk.person, attended=5, since=TODAY - timedelta(days=50))
    with reading(engine) as session:
        made = load_ahead(session, story.clerk, today=TODAY)
    assert len(made.weeks) == WEEKS
    assert (made.weeks[1].calendared, made.weeks[1].places, made.weeks[1].sessions) == (1, 25, 1)
    assert expected(made.weeks) == [7]  # six weeks after 11 December it completes
    assert "one session every 10.0 days, as in the running mandates so far (5 sessions)" in made.reasons[1]


def test_without_a_date_the_last_day_in_court_counts(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=0)
        for weeks in range(6):
            a_sitting(session, story.part, TODAY + timedelta(weeks=3 + weeks))
        case = a_case(session, story.part)
        in_the_program(session, case, story.clerk.person, attended=5, since=TODAY - timedelta(days=50))
        an_appearance(
            session, case, a_sitting(session, story.part, TODAY - timedelta(days=14)), outcome=Outcome.APPEARED
        )
    with reading(engine) as session:
        assert expected(load_ahead(session, story.clerk, today=TODAY).weeks) == [4]


@pytest.mark.parametrize("cases", [1, 15])
def test_it_takes_eight_statements_however_many_cases(engine: Engine, cases: int) -> None:
    with transaction(engine) as session:
        story = tell(session, cases)
    with reading(engine) as session, counted(engine) as statements:
        load_ahead(session, story.clerk, today=TODAY)
    assert len(statements) == 8


def test_recent_cases_come_again_at_the_same_rate_and_old_ones_do_not(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, cases=12)  # opened 60 days ago: one a week, as in the last 12 weeks
        old = a_case(session, story.part, number="2025-1")
        old.opened_on = TODAY - timedelta(weeks=13)
        sealed = a_case(session, story.part, number="2025-2", stage=Stage.SEALED)
        assert sealed.opened_on > old.opened_on
    with reading(sqlite_engine) as session:
        made = load_ahead(session, story.clerk, today=TODAY)
    assert made.weeks[1].new == 1
    assert "1.0 a week and 0.0 accepted mandates a week" in made.reasons[2]


def test_a_patterns_days_beyond_the_opened_sessions_are_places(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=0)
        pattern = Pattern(rhythm=Rhythm.WEEKLY, weekday=4, from_on=TODAY, starts_at=time(9, 30))
        begin_pattern(session, story.clerk, story.part.id, pattern, now=NOW)
    with reading(engine) as session:
        weeks = load_ahead(session, story.clerk, today=TODAY).weeks
    assert all(week.sessions for week in weeks)
    assert (weeks[20].places, weeks[20].not_opened in (0, 1)) == (25, True)


def another_court(session: Session) -> Bulk:
    court = a_court(session, name="Another Court")
    part = a_part(session, court, name="Elsewhere")
    clerk = an_actor(session, court, Role.CLERK, username="stranger")
    first = a_sitting(session, part, TODAY)
    return Bulk(clerk=clerk, part=session.get_one(Part, part.id), next=first, after=first, on_it=[])


def test_another_courts_cases_are_not_counted_and_nobody_without_a_role_sees_any(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        tell(session)
        other = another_court(session)
        nobody = an_actor(session, session.get_one(Court, other.part.court_id), username="nobody")
    with reading(sqlite_engine) as session:
        made = load_ahead(session, other.clerk, today=TODAY)
        assert {week.part for week in made.weeks} == {"Elsewhere"}
        assert sum(week.demand for week in made.weeks) == 0
        with pytest.raises(NotPermitted):
            load_ahead(session, nobody, today=TODAY)
