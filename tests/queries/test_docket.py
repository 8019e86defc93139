"""The docket of a session: what each row knows, what changed since printing, and how many statements it takes."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands.appearances import calendar_case, move_appearance, remove_appearance
from models.commands.prints import record_export, record_print
from models.database import reading, transaction
from models.errors import Conflict, NotFound, NotPermitted
from models.queries.court_days import strip
from models.queries.docket import Docket
from models.queries.docket_moves import move_choices
from models.queries.docket_removed import removed
from models.queries.to_result import to_result
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    InterpreterState,
    ListKind,
    Purpose,
    ReportStanding,
    Role,
)
from models.tables import AuditEvent, Closure
from tests.builders import NOW, TODAY, a_case, a_court, a_service, a_sitting, an_actor, an_appearance
from tests.docket_stories import a_report, counted, enrolled, flagged, held, needs_interpreter, person_of
from tests.queries.docket_day import Day

TOMORROW = TODAY + timedelta(days=1)


def printed(session: Session, day: Day) -> Docket:
    shown = day.docket(session)
    record_print(session, day.clerk, day.sitting.id, ListKind.BENCH, [row.appearance_id for row in shown.rows], now=NOW)
    return shown


def test_rows_stand_in_call_order_with_their_expected_times(engine: Engine) -> None:
    with transaction(engine) as session:
        rows = Day(session).docket(session).rows
    assert [(row.number, row.name, str(row.starts_at)) for row in rows][:2] == [
        (1, "Mei C.", "09:30:00"),
        (2, "Dara P.", "09:35:00"),
    ]


def test_a_docket_takes_six_statements_however_many_cases_are_on_it(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        service = a_service(session, day.court)
        for appearance in day.appearances:
            enrolled(session, appearance, service)
            a_report(session, appearance, service, day.user)
    with reading(engine) as session, counted(engine) as few:
        assert len(day.docket(session).rows) == 4
    with transaction(engine) as session:
        for n in range(5, 45):
            case = a_case(session, day.part, number=f"2026-QN-{n:05d}", name=f"Person {n}")
            a_report(session, an_appearance(session, case, day.sitting, position=n), service, day.user)
    with reading(engine) as session, counted(engine) as many:
        assert len(day.docket(session).rows) == 44
    assert len(few) == len(many) <= 6


def test_a_row_knows_its_report_its_service_and_its_needs(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        service = a_service(session, day.court)
        first = day.appearances[0]
        enrolled(session, first, service)
        a_report(session, first, service, day.user)
        needs_interpreter(session, first, "Mandarin")
        flagged(session, first, FlagKind.SEPARATE_WAITING, day.user)
        row = day.docket(session).rows[0]
    assert row.report is not None
    assert row.report.standing is ReportStanding.MISSING
    assert row.report.provider == "Garden Street Program"
    assert [one.provider for one in row.services] == ["Garden Street Program"]
    assert (row.interpreter, row.interpreter_language) == (InterpreterState.NEEDED, "Mandarin")
    assert row.flags == (FlagKind.SEPARATE_WAITING,)
    assert row.missing == ("report", "interpreter")


def test_once_its_outcome_is_recorded_nothing_is_missing_for_court(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        needs_interpreter(session, day.appearances[0], "Mandarin")
        assert day.docket(session).rows[0].missing == ("interpreter",)
        held(session, day.appearances[0])
        assert day.docket(session).rows[0].missing == ()


def test_initials_only_hides_the_script_and_the_pronunciation_too(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        _, person = person_of(session, day.appearances[0])
        person.preferred_script, person.pronunciation = "陈美", "may chen"
        before = day.docket(session).rows[0]
        flagged(session, day.appearances[0], FlagKind.INITIALS_ONLY, day.user)
        after = day.docket(session).rows[0]
    assert (before.called, before.script, before.pronunciation) == ("Mei Chen", "陈美", "may chen")
    assert (after.name, after.called, after.script, after.pronunciation) == ("M. C.", "M. C.", None, None)


def test_a_session_of_another_court_is_not_there(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        elsewhere = an_actor(session, a_court(session, name="Elsewhere"), Role.CLERK, username="elsewhere")
        with pytest.raises(NotFound):
            day.docket(session, elsewhere)
        with pytest.raises(NotFound):
            move_choices(session, elsewhere, day.appearances[0].id, today=TODAY)
        with pytest.raises(NotFound):
            record_print(session, elsewhere, day.sitting.id, ListKind.BENCH, [], now=NOW)


def test_an_administrator_reads_no_docket(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        admin = an_actor(session, day.court, Role.ADMINISTRATOR, username="admin")
        with pytest.raises(NotPermitted):
            day.docket(session, admin)
        with pytest.raises(NotPermitted):
            to_result(session, admin, day.part.id, today=TODAY)
        with pytest.raises(NotPermitted):
            record_print(session, admin, day.sitting.id, ListKind.PUBLIC, [], now=NOW)


def test_nothing_is_added_or_removed_on_a_list_that_was_never_printed(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        shown = day.docket(session)
        assert (shown.added, shown.removed_ids, removed(session, day.clerk, shown)) == ((), frozenset(), ())


def test_what_came_and_what_left_since_printing_is_told_with_where_to_and_why(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        later = a_sitting(session, day.part, TODAY + timedelta(days=7))
        printed(session, day)
        new = a_case(session, day.part, number="2026-QN-00099", name="Nadia Serova")
        calendar_case(session, day.clerk, new.id, day.sitting.id, Purpose.INTAKE, now=NOW)
        move_appearance(session, day.clerk, day.appearances[1].id, later.id, "Provider is closed", now=NOW)
        remove_appearance(session, day.clerk, day.appearances[2].id, "Added by mistake", now=NOW)
        shown = day.docket(session)
        gone = removed(session, day.clerk, shown)
        hidden = removed(session, day.clerk, shown, faces_room=True)
    assert [row.docket_number for row in shown.added] == ["2026-QN-00099"]
    assert [(row.name, row.state, row.reason, row.moved_on) for row in gone] == [
        ("Dara P.", AppearanceState.MOVED, "Provider is closed", TODAY + timedelta(days=7)),
        ("Rosa V.", AppearanceState.REMOVED, "Added by mistake", None),
    ]
    assert [row.name for row in hidden] == ["D. P.", "R. V."]


def test_a_second_printing_begins_anew(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        printed(session, day)
        new = a_case(session, day.part, number="2026-QN-00099")
        calendar_case(session, day.clerk, new.id, day.sitting.id, Purpose.REVIEW, now=NOW)
        ids = [row.appearance_id for row in day.docket(session).rows]
        record_print(session, day.clerk, day.sitting.id, ListKind.PUBLIC, ids, now=NOW + timedelta(minutes=1))
        assert day.docket(session).added == ()


def test_a_printing_is_audited_without_a_name(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        printed(session, day)
        session.flush()
        (event,) = session.exec(select(AuditEvent).where(AuditEvent.action == "print_docket")).all()
    assert (event.actor_id, event.subject_id) == (day.clerk.person, day.sitting.id)
    assert event.detail == {"kind": "bench", "as": "pdf", "appearances": 4}


def test_an_export_is_audited_and_is_no_printing(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        judge = an_actor(session, day.court, Role.JUDGE, username="judge")
        record_export(session, day.clerk, day.sitting.id, ListKind.BENCH, 4, now=NOW, made_as="csv")
        session.flush()
        assert day.docket(session).printed_at is None
        (event,) = session.exec(select(AuditEvent).where(AuditEvent.action == "export_docket")).all()
        assert event.detail == {"kind": "bench", "as": "csv", "appearances": 4}
        with pytest.raises(NotPermitted):
            record_export(session, judge, day.sitting.id, ListKind.BENCH, 4, now=NOW, made_as="csv")


def test_a_printing_holds_only_appearances_of_its_session(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        with pytest.raises(Conflict):
            record_print(session, day.clerk, day.sitting.id, ListKind.BENCH, [uuid4()], now=NOW)


def test_the_strip_has_court_days_with_loads_and_says_which_are_closed(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        thursday = TODAY - timedelta(days=8)
        session.add(Closure(court_id=day.court.id, closed_on=thursday, name="Thanksgiving", confirmed_at=NOW))
        session.add(Closure(court_id=day.court.id, closed_on=TODAY, name="only proposed"))
        session.flush()
        days = {one.on: one for one in strip(session, day.clerk, TODAY)}
    assert len(days) == 12
    assert days[thursday].closed == "Thanksgiving"
    assert (days[TODAY].closed, days[TODAY].booked) == (None, 4)
    assert TOMORROW not in days, "a Saturday without a session"


def test_a_saturday_on_which_a_session_sits_is_in_the_strip(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        a_sitting(session, day.part, TOMORROW)
        assert TOMORROW in {one.on for one in strip(session, day.clerk, TODAY)}


def test_a_move_is_proposed_to_the_next_session_of_the_part_with_room(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        full = a_sitting(session, day.part, TODAY + timedelta(days=7), cases=0)
        free = a_sitting(session, day.part, TODAY + timedelta(days=14))
        choices = move_choices(session, day.clerk, day.appearances[0].id, today=TODAY)
    assert [one.id for one in choices.sessions] == [full.id, free.id]
    assert choices.proposed == free.id
    assert "18 December" in choices.reason
