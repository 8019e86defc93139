"""The caseload's standings, week by week: counted from the changes, in two statements, by whom it concerns."""

from datetime import date, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from dashboard.charts import standings as chart
from models.database import reading, transaction
from models.errors import NotPermitted
from models.queries.standings import standings_over_time
from models.rules.vocabulary import Role, Stage, Standing
from models.tables import Case, StandingChange
from tests.builders import NOW, TODAY, a_case, a_court, a_part, an_actor
from tests.statements import counted


def _changed(session: Session, case: Case, days: int, before: Standing | None, after: Standing) -> None:
    on: date = TODAY - timedelta(days=days)
    session.add(
        StandingChange(
            court_id=case.court_id,
            case_id=case.id,
            from_standing=before,
            to_standing=after,
            changed_on=on,
            reason="-",
            policy_version="-",
            recorded_at=NOW,
        )
    )
    session.flush()


def test_each_week_counts_how_the_open_cases_stood_at_its_end(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        judge, part = an_actor(session, court, Role.JUDGE), a_part(session, court)
        first, second, sealed = (
            a_case(session, part, number=str(n), stage=stage)
            for n, stage in enumerate((Stage.ACTIVE, Stage.DISMISSED, Stage.SEALED))
        )
        second.stage_since = TODAY - timedelta(days=3)
        session.add(second)
        _changed(session, first, 20, None, Standing.ON_TRACK)
        _changed(session, first, 7, Standing.ON_TRACK, Standing.ATTENTION)
        for case in (second, sealed):
            _changed(session, case, 10, None, Standing.ON_TRACK)
        weeks = standings_over_time(session, judge, today=TODAY, weeks=4)
    assert [dict(week.cases) for week in weeks] == [
        {},
        {Standing.ON_TRACK: 1},
        {Standing.ON_TRACK: 1, Standing.ATTENTION: 1},
        {Standing.ATTENTION: 1},
    ]
    assert [week.on for week in weeks] == [TODAY - timedelta(weeks=n) for n in (3, 2, 1, 0)]


def test_another_courts_cases_are_in_no_week(engine: Engine) -> None:
    with transaction(engine) as session:
        mine, other = a_court(session), a_court(session, name="Other")
        judge = an_actor(session, mine, Role.JUDGE)
        _changed(session, a_case(session, a_part(session, other)), 9, None, Standing.ON_TRACK)
        assert not any(week.cases for week in standings_over_time(session, judge, today=TODAY))


def test_it_takes_two_statements_and_somebody_with_a_role(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        admin = an_actor(session, court, Role.ADMINISTRATOR, username="admin")
        nobody = an_actor(session, court, username="nobody")
    with reading(engine) as session, counted(engine) as statements:
        standings_over_time(session, admin, today=TODAY)
    assert len(statements) == 2
    with reading(engine) as session, pytest.raises(NotPermitted):
        standings_over_time(session, nobody, today=TODAY)


def test_the_chart_says_the_same_in_words_and_as_a_table(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        judge = an_actor(session, court, Role.JUDGE)
        _changed(session, a_case(session, a_part(session, court)), 9, None, Standing.ON_TRACK)
        weeks = standings_over_time(session, judge, today=TODAY, weeks=2)
    assert "on track 1" in chart.words(weeks)
    assert chart.reading(weeks).rows[0] == ("Fri 4 December", "1", "1")
