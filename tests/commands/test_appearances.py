"""Putting a case on a session: what is refused, what comes with it, and the last place with two writers at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.appearances import (
    approve_proposed,
    calendar_case,
    change_purpose,
    decline_proposed,
    reorder,
)
from models.database import transaction
from models.errors import Conflict, CourtClosed, Invalid, NoRoom, NotFound, NotPermitted, Refused
from models.rules.vocabulary import (
    AppearanceState,
    InterpreterState,
    Purpose,
    Role,
    SessionState,
    Stage,
)
from models.tables import (
    Appearance,
    AuditEvent,
    Closure,
    Report,
)
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_appearance
from tests.commands.calendar_stories import NEXT, enrolled, speaks, tell


def test_a_calendared_case_stands_last_with_the_minutes_of_the_policy(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        first = story.calendar(session)
        other = speaks(session, a_case(session, story.part, number="2026-0002"), "Korean")
        intake = calendar_case(session, story.clerk, other.id, story.next.id, Purpose.INTAKE, now=NOW)
        usual = story.clerk.policy_on(NEXT).sessions
        assert (first.position, intake.position) == (1, 2)
        assert (first.minutes, intake.minutes) == (usual.minutes_per_review, usual.minutes_per_intake)
        assert first.interpreter == InterpreterState.NOT_NEEDED
        assert intake.interpreter == InterpreterState.NEEDED
        assert story.case.version == 2


def test_every_entry_on_the_calendar_leaves_an_audit_event_without_its_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        appearance = story.calendar(session, reason="she asked for a Friday")
        session.flush()
        event = session.exec(select(AuditEvent).where(col(AuditEvent.action) == "calendar_case")).one()
        assert event.subject_id == appearance.id
        assert event.case_id == story.case.id
        assert "Friday" not in str(event.detail)


def test_a_full_session_takes_a_case_only_with_a_reason(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=1)
        story.calendar(session)
        other = a_case(session, story.part, number="2026-0002")
        with pytest.raises(NoRoom, match="1 of 1 case"):
            calendar_case(session, story.clerk, other.id, story.next.id, Purpose.REVIEW, now=NOW)
        over = calendar_case(
            session, story.clerk, other.id, story.next.id, Purpose.REVIEW, now=NOW, over_reason="ends her phase"
        )
        assert over.reason == "ends her phase"


def test_a_sitting_without_minutes_left_has_no_room_for_a_longer_appearance(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session, minutes=12)
        with pytest.raises(NoRoom):
            story.calendar(session, minutes=13)
        assert story.calendar(session, minutes=12).minutes == 12


def test_a_case_is_on_a_sitting_once(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        story.calendar(session)
        with pytest.raises(Conflict):
            story.calendar(session)


@pytest.mark.parametrize("why", ["closed session", "holiday", "weekend", "past", "other court", "closed case"])
def test_no_case_goes_where_it_cannot_be_heard(sqlite_engine: Engine, why: str) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        where = story.next
        refusal: type[Refused] = CourtClosed
        if why == "closed session":
            where.state = SessionState.CLOSED
        elif why == "holiday":
            session.add(Closure(court_id=story.part.court_id, closed_on=NEXT, name="a holiday", confirmed_at=NOW))
        elif why == "weekend":
            where = a_sitting(session, story.part, NEXT + timedelta(days=1))
        elif why == "past":
            where, refusal = a_sitting(session, story.part, TODAY - timedelta(days=1)), Invalid
        elif why == "other court":
            elsewhere = a_part(session, a_court(session, name="Another Court"))
            where, refusal = a_sitting(session, elsewhere, NEXT), NotFound
        else:
            story.case.stage, refusal = Stage.DISMISSED, Invalid
        session.flush()
        with pytest.raises(refusal):
            story.calendar(session, where)


def test_a_proposed_holiday_closes_nothing_until_it_is_confirmed(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        session.add(Closure(court_id=story.part.court_id, closed_on=NEXT, name="a holiday"))
        assert story.calendar(session).state == AppearanceState.SCHEDULED


def test_today_still_takes_a_case_and_history_is_told_at_its_own_time(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        today = a_sitting(session, story.part, TODAY)
        story.calendar(session, today)
        long_ago = a_sitting(session, story.part, TODAY - timedelta(days=70))
        calendar_case(session, story.clerk, story.case.id, long_ago.id, Purpose.REVIEW, now=NOW - timedelta(days=80))


def test_a_sitting_for_reviews_takes_an_intake_only_with_a_reason(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        story.next.purposes = [Purpose.REVIEW.value]
        session.flush()
        with pytest.raises(Invalid, match="kind of appearance"):
            calendar_case(session, story.clerk, story.case.id, story.next.id, Purpose.INTAKE, now=NOW)


def test_who_opens_cases_calendars_intakes_and_nothing_else(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        story.clerk = replace(story.clerk, roles=frozenset({Role.COORDINATOR}))
        with pytest.raises(NotPermitted):
            story.calendar(session)
        calendar_case(session, story.clerk, story.case.id, story.next.id, Purpose.INTAKE, now=NOW)


def test_of_two_writers_only_one_gets_the_last_place(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=1)
        cases = [story.case.id, a_case(session, story.part, number="2026-0002").id]
    gate = Barrier(2)

    def book(number: int) -> str:
        with transaction(engine) as session:
            if engine.dialect.name != "sqlite":
                session.connection()
                gate.wait(10)
            try:
                calendar_case(session, story.clerk, cases[number], story.next.id, Purpose.REVIEW, now=NOW)
            except NoRoom:
                session.rollback()
                return "full"
            return "booked"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(book, range(2))) == ["booked", "full"]


def test_the_call_order_is_the_order_given(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        ids = [story.calendar(session).id]
        for number in range(2, 5):
            case = a_case(session, story.part, number=f"2026-000{number}")
            ids.append(calendar_case(session, story.clerk, case.id, story.next.id, Purpose.REVIEW, now=NOW).id)
        wanted = [ids[2], ids[0], ids[3], ids[1]]
        reorder(session, story.clerk, story.next.id, wanted, now=NOW)
        found = session.exec(select(Appearance.id).order_by(col(Appearance.position))).all()
        assert list(found) == wanted


def test_an_order_made_from_an_older_list_is_refused(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        story.calendar(session)
        with pytest.raises(Conflict):
            reorder(session, story.clerk, story.next.id, [], now=NOW)


def test_a_sealed_case_on_the_session_does_not_stand_in_the_way_of_a_new_order(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
        sealed = a_case(session, story.part, number="2026-0009", stage=Stage.SEALED)
        an_appearance(session, sealed, story.next, position=9)
        reorder(session, story.clerk, story.next.id, [story.calendar(session).id], now=NOW)


def test_a_proposed_date_takes_a_place_until_it_is_declined(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session, cases=1)
        proposed = story.calendar(session, state=AppearanceState.PROPOSED)
        other = a_case(session, story.part, number="2026-0002")
        with pytest.raises(NoRoom):
            calendar_case(session, story.clerk, other.id, story.next.id, Purpose.REVIEW, now=NOW)
        decline_proposed(session, story.clerk, proposed.id, "too early for her", now=NOW)
        calendar_case(session, story.clerk, other.id, story.next.id, Purpose.REVIEW, now=NOW)
        assert proposed.state == AppearanceState.REMOVED


def test_an_approved_date_is_approved_once(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        proposed = story.calendar(session, state=AppearanceState.PROPOSED)
        assert approve_proposed(session, story.clerk, proposed.id, now=NOW).state == AppearanceState.SCHEDULED
        with pytest.raises(Conflict):
            approve_proposed(session, story.clerk, proposed.id, now=NOW)


def test_the_purpose_changes_only_to_one_the_session_takes(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        appearance = story.calendar(session)
        change_purpose(session, story.clerk, appearance.id, Purpose.COMPLETION, now=NOW)
        assert appearance.purpose == Purpose.COMPLETION
        story.next.purposes = [Purpose.REVIEW.value]
        with pytest.raises(Invalid):
            change_purpose(session, story.clerk, appearance.id, Purpose.INTAKE, now=NOW)


def test_a_proposed_date_expects_its_reports_only_once_it_is_approved(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        story = tell(session)
        enrolled(session, story)
        proposed = story.calendar(session, state=AppearanceState.PROPOSED)
        assert session.exec(select(Report)).all() == []
        approve_proposed(session, story.clerk, proposed.id, now=NOW)
        assert len(session.exec(select(Report)).all()) == 1
