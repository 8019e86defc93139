"""The docket of a session: what each row knows, what changed since printing, and how many statements it takes."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models.commands.appearances import calendar_case, move_appearance, remove_appearance
from models.commands.prints import record_print
from models.database import reading, transaction
from models.errors import Conflict, NotFound, NotPermitted
from models.queries.court_days import strip
from models.queries.docket import Docket, docket
from models.queries.docket_moves import move_choices
from models.queries.docket_paper import paper
from models.queries.docket_removed import removed
from models.queries.to_result import to_result
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    FollowUpKind,
    InterpreterState,
    ListKind,
    Move,
    Outcome,
    Purpose,
    ReportStanding,
    Role,
    Stage,
)
from models.scope import Actor
from models.tables import Appearance, AuditEvent, Closure, CourtSession, Decision, FollowUp, Part, User
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance
from tests.docket_stories import a_report, cases_on, counted, enrolled, flagged, held, needs_interpreter, person_of

NAMES = ("Mei Chen", "Dara Petrova", "Rosa Vega", "Jo Tran")
TOMORROW = TODAY + timedelta(days=1)


class Day:
    """One session of the part today with four cases, and a clerk."""

    def __init__(self, session: Session, names: tuple[str, ...] = NAMES) -> None:
        self.court = a_court(session)
        self.part = a_part(session, self.court)
        self.sitting = a_sitting(session, self.part)
        self.clerk = an_actor(session, self.court, Role.CLERK, username="clerk")
        self.user = session.get_one(User, self.clerk.person)
        self.appearances = cases_on(session, self.part, self.sitting, names)

    def docket(self, session: Session, viewer: Actor | None = None) -> Docket:
        session.flush()
        return docket(session, viewer or self.clerk, self.sitting.id, today=TODAY)


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
            enrolled(session, appearance, service, day.user)
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
        enrolled(session, first, service, day.user)
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


def yesterday(session: Session, part: Part) -> CourtSession:
    return a_sitting(session, part, TODAY - timedelta(days=1))


def test_an_appearance_of_yesterday_without_an_outcome_is_to_result_and_todays_is_not(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        before = yesterday(session, day.part)
        case = a_case(session, day.part, number="2026-QN-00099", name="Nadia Serova")
        an_appearance(session, case, before)
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [(row.name, row.on, row.session_id) for row in waiting.no_outcome] == [
        ("Nadia S.", TODAY - timedelta(days=1), before.id)
    ]
    assert waiting.no_next_date == (), "its date has passed, but what became of it comes first"


def test_a_case_in_the_program_without_a_next_date_is_to_result_until_it_has_one(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        case = a_case(session, day.part, number="2026-QN-00099", name="Nadia Serova")
        an_appearance(session, case, yesterday(session, day.part), outcome=Outcome.APPEARED)
        (row,) = to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date
        assert (row.docket_number, row.last_on, row.reason) == ("2026-QN-00099", TODAY - timedelta(days=1), None)
        later = a_sitting(session, day.part, TODAY + timedelta(days=7))
        calendar_case(session, day.clerk, case.id, later.id, Purpose.REVIEW, now=NOW)
        assert to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date == ()


def test_a_case_held_today_without_a_next_date_is_to_result_today(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        held(session, day.appearances[0])
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [row.docket_number for row in waiting.no_next_date] == ["2026-QN-00001"]


def test_a_recorded_reason_for_no_next_date_is_shown_and_not_counted(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        held(session, day.appearances[0])
        decision = Decision(
            court_id=day.court.id,
            case_id=day.appearances[0].case_id,
            appearance_id=day.appearances[0].id,
            version=1,
            token=uuid4(),
            outcome=Outcome.APPEARED,
            no_next_date_reason="She moves to another county",
            decided_on=TODAY,
            recorded_by=day.clerk.person,
            recorded_at=NOW,
        )
        session.add(decision)
        session.flush()
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert [row.reason for row in waiting.no_next_date] == ["She moves to another county"]
    assert waiting.unexplained == ()


def test_closed_and_sealed_cases_owe_no_next_date(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        a_case(session, day.part, number="2026-QN-00098", stage=Stage.DISMISSED)
        a_case(session, day.part, number="2026-QN-00099", stage=Stage.SEALED)
        assert to_result(session, day.clerk, day.part.id, today=TODAY).no_next_date == ()


def test_what_is_to_result_takes_two_statements(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        before = yesterday(session, day.part)
        for n in range(20, 50):
            an_appearance(session, a_case(session, day.part, number=f"2026-QN-{n:05d}"), before)
            a_case(session, day.part, number=f"2026-QO-{n:05d}")
    with reading(engine) as session, counted(engine) as sent:
        waiting = to_result(session, day.clerk, day.part.id, today=TODAY)
    assert (len(waiting.no_outcome), len(waiting.no_next_date), len(sent)) == (30, 30, 2)


def test_paper_has_the_promise_of_the_last_appearance_and_open_follow_ups_only(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        case_id = day.appearances[0].case_id
        for days_ago, promised in ((30, "A bus pass"), (14, "A call to the shelter")):
            before = a_sitting(session, day.part, TODAY - timedelta(days=days_ago))
            old = Appearance(
                court_id=day.court.id,
                case_id=case_id,
                court_session_id=before.id,
                purpose=Purpose.REVIEW,
                position=1,
                minutes=5,
                added_at=NOW,
                changed_at=NOW,
            )
            session.add(old)
            held(session, old, promised)
        session.add_all([a_follow_up(day, case_id, "1"), a_follow_up(day, case_id, "2", done=True)])
        session.flush()
        found = paper(session, day.clerk, day.sitting.id, today=TODAY)
    assert found.promises[case_id].words == "A call to the shelter"
    assert [one.reason for one in found.follow_ups[case_id]] == ["Occurrence 1"]


def a_follow_up(day: Day, case_id: UUID, occurrence: str, *, done: bool = False) -> FollowUp:
    return FollowUp(
        court_id=day.court.id,
        case_id=case_id,
        kind=FollowUpKind.MANUAL,
        occurrence=occurrence,
        reason=f"Occurrence {occurrence}",
        move=Move.COURT,
        since=TODAY,
        due_on=TODAY,
        done_on=TODAY if done else None,
        written_at=NOW,
    )


def test_a_move_is_proposed_to_the_next_session_of_the_part_with_room(engine: Engine) -> None:
    with transaction(engine) as session:
        day = Day(session)
        full = a_sitting(session, day.part, TODAY + timedelta(days=7), cases=0)
        free = a_sitting(session, day.part, TODAY + timedelta(days=14))
        choices = move_choices(session, day.clerk, day.appearances[0].id, today=TODAY)
    assert [one.id for one in choices.sessions] == [full.id, free.id]
    assert choices.proposed == free.id
    assert "18 December" in choices.reason
