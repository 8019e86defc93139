"""The calendar's rows, the preview of a closed day, and the next date of a case: scoped, counted, in few statements."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.database import reading, transaction
from models.errors import NotFound, NotPermitted
from models.queries.calendar import calendar, choices, session_detail
from models.queries.moves import preview_day, preview_session
from models.queries.next_dates import next_dates
from models.rules.vocabulary import Purpose, Role, SessionState
from models.scope import Actor
from models.tables import Appearance, Closure, Court, CourtSession, Part, Report
from tests.builders import TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance

NEXT = date(2026, 12, 11)
AFTER = date(2026, 12, 18)


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Collect the queries sent inside the `with`."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield seen
    sa.event.remove(engine, "before_cursor_execute", note)


@dataclass
class Story:
    """A part with sessions on two Fridays and some cases on the first."""

    clerk: Actor
    administrator: Actor
    part: Part
    next: CourtSession
    after: CourtSession


def tell(session: Session, cases: int, *, places: int = 25) -> Story:
    court = a_court(session)
    part = a_part(session, court)
    story = Story(
        clerk=an_actor(session, court, Role.CLERK, username="clerk"),
        administrator=an_actor(session, court, Role.ADMINISTRATOR, username="administrator"),
        part=part,
        next=a_sitting(session, part, NEXT),
        after=a_sitting(session, part, AFTER, cases=places),
    )
    for number in range(cases):
        case = a_case(session, part, number=f"2026-{number:04}", name="Mei Chen")
        an_appearance(session, case, story.next, position=number + 1)
    return story


def test_a_session_shows_its_load_against_its_capacity(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, 3)
        session.add(Closure(court_id=story.part.court_id, closed_on=AFTER, name="a holiday"))
    with reading(engine) as session, counted(engine) as statements:
        rows = calendar(session, story.clerk, TODAY, TODAY + timedelta(days=60))
    assert len(statements) == 2
    first, second = rows.sessions
    assert (first.cases, first.capacity_cases, first.minutes, first.capacity_minutes) == (3, 25, 15, 150)
    assert (first.part, first.judge, first.state, first.full) == (
        "Part 12",
        "Judge of Part 12",
        SessionState.OPEN,
        False,
    )
    assert second.cases == 0
    assert [(one.on, one.name, one.confirmed) for one in rows.closures] == [(AFTER, "a holiday", False)]


def test_another_courts_calendar_does_not_exist(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, 1)
        stranger = an_actor(session, a_court(session, name="Another Court"), Role.CLERK, username="stranger")
    with reading(sqlite_engine) as session:
        assert calendar(session, stranger, TODAY, AFTER).sessions == ()
        assert choices(session, stranger).parts == ()
        assert preview_day(session, stranger, NEXT, today=TODAY).rows == ()
        with pytest.raises(NotFound):
            session_detail(session, stranger, story.next.id)
        with pytest.raises(NotFound):
            preview_session(session, stranger, story.next.id, today=TODAY)


def test_a_sessions_detail_counts_what_is_on_it(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, 2)
    with reading(engine) as session, counted(engine) as statements:
        detail = session_detail(session, story.administrator, story.next.id)
    assert len(statements) == 2
    assert detail.purposes == ((Purpose.REVIEW, 2),)
    assert (detail.proposed, detail.without_interpreter, detail.with_outcome) == (0, 0, 0)


@pytest.mark.parametrize("cases", [1, 20])
def test_a_preview_takes_six_statements_however_many_cases(engine: Engine, cases: int) -> None:
    with transaction(engine) as session:
        story = tell(session, cases)
    with reading(engine) as session, counted(engine) as statements:
        preview = preview_day(session, story.clerk, NEXT, today=TODAY)
    assert len(statements) == 6
    assert len(preview.plan) == cases
    assert {target for _, target in preview.plan} == {story.after.id}


def test_a_preview_names_who_finds_no_place(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, 3, places=2)
    with reading(engine) as session:
        preview = preview_session(session, story.clerk, story.next.id, today=TODAY)
    assert len(preview.plan) == 2
    assert [row.docket_number for row in preview.unplaced] == ["2026-0002"]
    assert "has room for it" in preview.unplaced[0].reason


def test_a_preview_sends_nobody_to_a_day_proposed_as_a_holiday(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, 1)
        later = a_sitting(session, story.part, AFTER + timedelta(days=7))
        session.add(Closure(court_id=story.part.court_id, closed_on=AFTER, name="a holiday"))
    with reading(sqlite_engine) as session:
        preview = preview_day(session, story.clerk, NEXT, today=TODAY)
    assert preview.plan[0][1] == later.id
    assert preview.proposed == (AFTER,)


def test_an_administrator_sees_counts_and_no_case(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, 1)
    with reading(sqlite_engine) as session:
        (row,) = preview_day(session, story.administrator, NEXT, today=TODAY).rows
        (named,) = preview_day(session, story.clerk, NEXT, today=TODAY).rows
        (hidden,) = preview_day(session, story.clerk, NEXT, today=TODAY, faces_room=True).rows
    assert (row.docket_number, row.name) == (None, None)
    assert (named.docket_number, named.name, hidden.name) == ("2026-0000", "Mei C.", "M. C.")


def test_a_preview_says_how_the_reports_due_days_change(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, 1)
        service = a_service(session, session.get_one(Court, story.part.court_id))
        row = preview_day(session, story.clerk, NEXT, today=TODAY).rows[0]
        appearance = session.get_one(Appearance, row.appearance_id)
        session.add(
            Report(
                court_id=story.part.court_id,
                case_id=appearance.case_id,
                appearance_id=appearance.id,
                provider_id=service.provider_id,
                period_from=TODAY,
                period_to=NEXT,
                due_on=date(2026, 12, 8),
            )
        )
    with reading(engine) as session:
        preview = preview_day(session, story.clerk, NEXT, today=TODAY)
    assert (preview.rows[0].report_due_on, preview.rows[0].new_due_on) == (date(2026, 12, 8), date(2026, 12, 15))
    assert preview.other_reports_due == 0


def test_the_next_date_of_a_case_is_the_next_session_of_its_part_after_the_interval(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, 0)
        case = a_case(session, story.part, number="2026-1000")
    with reading(engine) as session, counted(engine) as statements:
        review = next_dates(session, story.clerk, case.id, today=TODAY)
    assert len(statements) <= 5
    assert review.target_on == AFTER  # fourteen days, in the first phase
    assert review.best is not None
    assert review.best.session.id == story.after.id


def test_a_response_may_shorten_the_interval(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, 0)
        case = a_case(session, story.part, number="2026-1000")
    with reading(sqlite_engine) as session:
        review = next_dates(session, story.clerk, case.id, today=TODAY, override_days=7)
        assert review.best is not None
        assert review.best.session.id == story.next.id
        with pytest.raises(NotPermitted):
            next_dates(session, story.administrator, case.id, today=TODAY)
        with pytest.raises(NotFound):
            next_dates(session, story.clerk, story.part.id, today=TODAY)
