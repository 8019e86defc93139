"""The three printed lists of one docket, read back from their bytes."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy.engine import Engine
from sqlmodel import Session

from dashboard.exports.docket import docket_sheet
from dashboard.exports.pdf import sheet_pdf
from dashboard.exports.sheet import Sheet
from models.database import transaction
from models.queries.docket import docket
from models.queries.docket_paper import Paper, paper
from models.rules.vocabulary import (
    AppearanceState,
    FlagKind,
    FollowUpKind,
    InterpreterState,
    ListKind,
    Move,
    Outcome,
    Role,
)
from models.tables import Case, Charge, FollowUp, User
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_service, a_sitting, an_actor, an_appearance
from tests.docket_stories import a_report, cases_on, enrolled, flagged, held, needs_interpreter, person_of

NAME, LEGAL, SCRIPT, SAID = "Sentinelpreferred Quillfeather", "Sentinellegal Quillfeather", "哨兵美", "sentinelsaid"
CHARGE = "Sentinelcharge 230.00"
PART = "DIV-2 Sentinelpart"
NUMBER = "2026-QZ-77777"


def the_lists(session: Session, names: tuple[str, ...] = ()) -> dict[ListKind, Sheet]:
    """Tell a session whose first case is full of what a wall must not know, and return its three lists."""
    court = a_court(session, name="Sentinelcourt Intervention Court")
    part = a_part(session, court, name=PART)
    part.room = "3B"
    sitting = a_sitting(session, part)
    clerk = an_actor(session, court, Role.CLERK, username="clerk")
    user = session.get_one(User, clerk.person)
    case = a_case(session, part, number=NUMBER, name=NAME)
    first = an_appearance(session, case, sitting, position=0)
    _, person = person_of(session, first)
    person.legal_name, person.preferred_script, person.pronunciation = LEGAL, SCRIPT, SAID
    before = an_appearance(
        session, case, a_sitting(session, part, TODAY - timedelta(days=28)), outcome=Outcome.APPEARED
    )
    held(session, before, "A bus pass")
    service = a_service(session, court, provider="Sentinelprovider")
    enrolled(session, first, service)
    a_report(session, first, service, user)
    needs_interpreter(session, first, "Mandarin", InterpreterState.BOOKED)
    flagged(session, first, FlagKind.SEPARATE_WAITING, user)
    session.add_all(private_rows(case))
    cases_on(session, part, sitting, names)
    session.flush()
    shown = docket(session, clerk, sitting.id, today=TODAY)
    added = paper(session, clerk, sitting.id, today=TODAY)
    return {kind: docket_sheet(shown, kind, added) for kind in ListKind}


def private_rows(case: Case) -> list[Charge | FollowUp]:
    """Return a charge and an open follow-up of the case."""
    charge = Charge(
        court_id=case.court_id, case_id=case.id, count_number=1, statute=CHARGE, description="Sentineldescription"
    )
    follow_up = FollowUp(
        court_id=case.court_id,
        case_id=case.id,
        kind=FollowUpKind.MANUAL,
        occurrence="1",
        reason="Call about the shelter",
        move=Move.COORDINATOR,
        since=TODAY,
        due_on=TODAY,
        written_at=NOW,
    )
    return [charge, follow_up]


def text_of(sheet: Sheet) -> str:
    reader = PdfReader(io.BytesIO(sheet_pdf(sheet, printed_at="4 Dec 2026, 10:00")))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split()) + str(reader.metadata)


@pytest.fixture
def lists(sqlite_engine: Engine) -> dict[ListKind, Sheet]:
    with transaction(sqlite_engine) as session:
        return the_lists(session)


def test_the_public_list_holds_no_name_no_charge_and_no_kind_of_court(lists: dict[ListKind, Sheet]) -> None:
    words = text_of(lists[ListKind.PUBLIC])
    for private in ("Sentinel", "entinel", "Quillfeather", SCRIPT, "230.00", "DIV", "review", "Review", "phase"):
        assert private not in words, private
    for private in ("interven", "Interven", "prostitut", "traffick", "diversion", "Mandarin", "waiting", "2026-"):
        assert private not in words, private


def test_the_public_list_has_number_time_initials_room_and_the_neutral_name(lists: dict[ListKind, Sheet]) -> None:
    sheet = lists[ListKind.PUBLIC]
    assert sheet.rows == (("1", "9:30", "S. Q."),)
    assert sheet.title == "Part 12, Fri 4 December 2026"
    assert sheet.lines == ("Room 3B, from 9:30",)
    assert "S. Q." in text_of(sheet)


def test_an_alias_stands_on_the_public_list_instead_of_initials(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        part = a_part(session, court)
        sitting = a_sitting(session, part)
        (appearance,) = cases_on(session, part, sitting, ["Mei Chen"])
        person_of(session, appearance)[1].public_alias = "Party 7"
        session.flush()
        shown = docket(session, an_actor(session, court, Role.CLERK), sitting.id, today=TODAY)
    sheet = docket_sheet(shown, ListKind.PUBLIC, Paper(promises={}, follow_ups={}))
    assert sheet.rows[0][2] == "Party 7"


def test_a_date_that_nobody_has_approved_is_not_on_the_public_list(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        part = a_part(session, court)
        sitting = a_sitting(session, part)
        first, _ = cases_on(session, part, sitting, ["Mei Chen", "Dara Petrova"])
        first.state = AppearanceState.PROPOSED
        session.flush()
        shown = docket(session, an_actor(session, court, Role.CLERK), sitting.id, today=TODAY)
    nothing = Paper(promises={}, follow_ups={})
    assert [row[0] for row in docket_sheet(shown, ListKind.PUBLIC, nothing).rows] == ["2"]
    assert [row[0] for row in docket_sheet(shown, ListKind.BENCH, nothing).rows] == ["1", "2"]


def test_the_bench_list_has_what_the_judge_needs(lists: dict[ListKind, Sheet]) -> None:
    words = text_of(lists[ListKind.BENCH])
    expected = (NAME, SCRIPT, SAID, NUMBER, "Mandarin, booked", "separate waiting", "Sentinelprovider", "A bus pass")
    for needed in (*expected, "DIV-2", "enrolled", "missing"):
        assert needed in words, needed
    assert CHARGE not in words
    assert LEGAL not in words, "the preferred name stands first and alone"


def test_the_staffing_list_has_reasons_and_open_follow_ups(lists: dict[ListKind, Sheet]) -> None:
    words = text_of(lists[ListKind.STAFFING])
    for needed in ("Call about the shelter", "coordinator", "since 4 Dec", "No session to count yet.", NAME):
        assert needed in words, needed
    assert CHARGE not in words


@pytest.mark.parametrize("kind", list(ListKind))
def test_sixty_cases_print_on_numbered_pages_with_repeated_heads(sqlite_engine: Engine, kind: ListKind) -> None:
    with transaction(sqlite_engine) as session:
        sheet = the_lists(session, tuple(f"Person Number{n}" for n in range(60)))[kind]
    reader = PdfReader(io.BytesIO(sheet_pdf(sheet, printed_at="4 Dec 2026, 10:00")))
    assert len(reader.pages) > 1
    for number, page in enumerate(reader.pages, 1):
        words = page.extract_text()
        assert f"page {number} of {len(reader.pages)}" in words
        assert "Printed 4 Dec 2026, 10:00" in words
        assert sheet.columns[1].name in words
        assert page.mediabox.width > page.mediabox.height, "landscape"


@pytest.mark.parametrize("kind", list(ListKind))
def test_every_list_is_tagged_for_assistive_technology(lists: dict[ListKind, Sheet], kind: ListKind) -> None:
    reader = PdfReader(io.BytesIO(sheet_pdf(lists[kind], printed_at="4 Dec 2026, 10:00")))
    root: Any = reader.trailer["/Root"].get_object()
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


@pytest.mark.parametrize("name", ["陈美 王", "مريم حداد", "Людмила Іваненко", "Nguyễn Thị Ánh", "さくら 髙橋"])
def test_a_name_in_any_script_is_on_the_bench_list(sqlite_engine: Engine, name: str) -> None:
    with transaction(sqlite_engine) as session:
        sheet = the_lists(session, (name,))[ListKind.BENCH]
    assert sheet.rows[1][2].startswith(name)
    assert "\ufffd" not in text_of(sheet)


def test_a_list_without_cases_says_so(sqlite_engine: Engine) -> None:
    with transaction(sqlite_engine) as session:
        court = a_court(session)
        sitting = a_sitting(session, a_part(session, court), date(2026, 12, 11))
        shown = docket(session, an_actor(session, court, Role.CLERK), sitting.id, today=TODAY)
    assert "No case is on this list." in text_of(docket_sheet(shown, ListKind.BENCH, Paper(promises={}, follow_ups={})))
