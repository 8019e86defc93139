"""Promises of loading a docket: everything or nothing, the same file twice changes nothing, and it is quick."""

import csv
import io
import time
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit
from models.commands.imports import CannotLoad, ImportResult, import_file, load_docket, remember_mapping
from models.database import transaction
from models.errors import Invalid, NotPermitted
from models.importing.mapping import remembered
from models.rules.importing.fields import Column, guessed
from models.rules.importing.rows import read_docket
from models.rules.vocabulary import AppearanceState, InterpreterState, Purpose, Role, Stage
from models.scope import Actor
from models.tables import (
    Appearance,
    AuditEvent,
    Case,
    Charge,
    Court,
    ImportBatch,
    Part,
    Participant,
    Person,
    StageChange,
)
from models.tabular import read_table
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor

HEADINGS = ("Case No.", "Defendant", "DOB", "Charge", "Statute", "Arrest Date", "Next Court Date", "Interp", "Part")
MEI = ("CR-1", "Chen, Mei", "3/4/98", "Prostitution", "PL 230.00", "10/1/26", "12/11/2026", "Mandarin", "Part 12")
MEI_TOO = ("CR-1", "Chen, Mei", "3/4/98", "Loitering", "PL 240.37", "10/1/26", "12/11/2026", "Mandarin", "Part 12")
ANA = ("CR-2", "Kim, Ana", "2/3/99", "Prostitution", "PL 230.00", "", "", "", "")
WRONG = ("CR-3", "Okafor, Grace", "13/3/99", "Prostitution", "PL 230.00", "", "", "", "")


class Desk:
    """A court with one part and a clerk at the import."""

    def __init__(self, session: Session) -> None:
        self.court: Court = a_court(session)
        self.part: Part = a_part(session, self.court)
        self.clerk: Actor = an_actor(session, self.court, Role.CLERK)

    def load(self, session: Session, *rows: Sequence[str], **options: Any) -> ImportResult:
        table = read_table(as_csv(*rows))
        docket = read_docket(table, guessed(table.headings), TODAY)
        return load_docket(session, self.clerk, docket, now=NOW, **options)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    with transaction(engine) as session:
        return Desk(session)


def as_csv(*rows: Sequence[str]) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([HEADINGS, *rows])
    return held.getvalue().encode()


def count(session: Session, table: type[Any]) -> int:
    return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_a_case_arrives_with_its_person_charges_and_first_stage(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        result = desk.load(session, MEI, MEI_TOO, ANA)
    with transaction(engine) as session:
        assert (result.added, result.changed, result.unchanged) == (2, 0, 0)
        case = session.exec(select(Case).where(col(Case.docket_number) == "CR-1")).one()
        assert (case.stage, case.part_id, case.incident_on) == (Stage.IDENTIFIED, desk.part.id, date(2026, 10, 1))
        assert (case.minor_at_offence, case.version, case.look_on) == (False, 1, None)
        charges = session.exec(select(Charge).where(col(Charge.case_id) == case.id).order_by(col(Charge.count_number)))
        assert [(charge.count_number, charge.statute) for charge in charges] == [(1, "PL 230.00"), (2, "PL 240.37")]
        person = session.exec(select(Person).where(col(Person.legal_name) == "Mei Chen")).one()
        assert (person.search_key, person.date_of_birth) == (" mei chen", date(1998, 3, 4))
        assert count(session, StageChange) == 2
        assert session.exec(select(ImportBatch)).one().cases_added == 2
        assert audit.first_break(session, desk.court.id) is None


def test_the_next_court_date_goes_onto_the_parts_session(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        sitting = a_sitting(session, desk.part, date(2026, 12, 11))
        desk.load(session, MEI, ("CR-9", *MEI[1:]))
        rows = session.exec(select(Appearance).order_by(col(Appearance.position))).all()
        assert [(row.position, row.court_session_id) for row in rows] == [(1, sitting.id), (2, sitting.id)]
        assert (rows[0].purpose, rows[0].state) == (Purpose.INTAKE, AppearanceState.SCHEDULED)
        assert rows[0].interpreter == InterpreterState.NEEDED


def test_a_date_without_a_session_is_told_and_the_case_is_loaded(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        result = desk.load(session, MEI)
        assert count(session, Appearance) == 0
        assert "no open session on Fri 11 December 2026" in result.problems[0].text


def test_the_same_file_twice_changes_nothing(engine: Engine, desk: Desk) -> None:
    for added in (2, 0):
        with transaction(engine) as session:
            result = desk.load(session, MEI, MEI_TOO, ANA)
            assert (result.added, result.unchanged) == (added, 2 - added)
    with transaction(engine) as session:
        assert (count(session, Case), count(session, Charge), count(session, ImportBatch)) == (2, 3, 1)
        assert result.batch_id is None


def test_nothing_is_loaded_while_a_row_has_a_problem(engine: Engine, desk: Desk) -> None:
    with pytest.raises(CannotLoad, match=r"1 row cannot be loaded \(row 3\)"), transaction(engine) as session:
        desk.load(session, MEI, WRONG)
    with transaction(engine) as session:
        assert (count(session, Case), count(session, Person), count(session, ImportBatch)) == (0, 0, 0)


def test_cases_with_problems_are_left_out_when_that_is_asked(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        result = desk.load(session, MEI, WRONG, leave_out=True)
        assert (result.added, [p.row for p in result.problems if p.stops]) == (1, [3])


def test_a_failure_in_the_middle_leaves_nothing_behind(
    engine: Engine, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.importing.known.CHUNK", 1)

    def stop(done: int, _total: int) -> None:
        if done == 1:
            raise RuntimeError("the power went")

    with pytest.raises(RuntimeError), transaction(engine) as session:
        desk.load(session, MEI, ANA, progress=stop)
    with transaction(engine) as session:
        assert (count(session, Case), count(session, AuditEvent)) == (0, 0)


def test_a_case_that_is_here_gets_only_what_it_lacks(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        a_sitting(session, desk.part, date(2026, 12, 11))
        case = a_case(session, desk.part, number="CR-1", name="Mei Chen")
        result = desk.load(session, MEI)
        assert (result.added, result.changed) == (0, 1)
        assert result.problems[0].text.startswith("This case is here already: 1 charge and its next court date")
    with transaction(engine) as session:
        kept = session.get_one(Case, case.id)
        assert (kept.stage, kept.incident_on, kept.version) == (Stage.ACTIVE, None, 2)
        assert (count(session, Charge), count(session, Appearance), count(session, Person)) == (1, 1, 1)


def test_a_new_charge_in_a_later_export_is_added_as_the_next_count(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        desk.load(session, MEI)
    with transaction(engine) as session:
        assert desk.load(session, MEI, MEI_TOO).changed == 1
        rows = session.exec(select(Charge).order_by(col(Charge.count_number)))
        assert [charge.description for charge in rows] == ["Prostitution", "Loitering"]
    with transaction(engine) as session:
        assert desk.load(session, MEI, MEI_TOO).unchanged == 1


def test_a_number_that_is_here_under_another_name_cannot_be_loaded(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        a_case(session, desk.part, number="CR-1", name="Grace Okafor")
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, MEI)
        assert "under another name" in refused.value.problems[0].text


def test_a_sealed_case_is_neither_changed_nor_told(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        a_case(session, desk.part, number="CR-1", name="Mei Chen", stage=Stage.SEALED)
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, MEI)
        assert refused.value.problems[0].text == "This docket number is in use and cannot be loaded."


def test_the_same_name_and_date_of_birth_is_one_person_and_told(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        result = desk.load(session, MEI, ("CR-7", "MEI CHEN", *MEI[2:]))
        assert count(session, Participant) == 1
        assert any("Same name and date of birth as in row 2" in problem.text for problem in result.problems)
    with transaction(engine) as session:
        result = desk.load(session, ("CR-8", *MEI[1:]))
        assert count(session, Participant) == 1
        assert any("as a participant here" in problem.text for problem in result.problems)


def test_a_person_whose_cases_are_sealed_is_not_found_again(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        sealed = a_case(session, desk.part, number="CR-9", name="Mei Chen", stage=Stage.SEALED)
        person = session.exec(select(Person)).one()
        person.date_of_birth = date(1998, 3, 4)
        result = desk.load(session, MEI)
        fresh = session.exec(select(Case).where(col(Case.docket_number) == "CR-1")).one()
        assert fresh.participant_id != sealed.participant_id
        assert not any("participant" in problem.text for problem in result.problems)


def test_a_court_of_several_parts_must_be_told_which(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        other = a_part(session, desk.court, name="Part 7")
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, ANA)
        assert refused.value.problems[0].text == "The part is missing. Choose one for such cases."
        desk.load(session, ANA, default_part=other.id)
        assert session.exec(select(Case)).one().part_id == other.id


def test_an_unknown_part_cannot_be_loaded(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        with pytest.raises(CannotLoad) as refused:
            desk.load(session, (*MEI[:-1], "Part 99"))
        assert refused.value.problems[0].text == "This court has no part of this name."


def test_formulas_and_markup_stay_text_in_the_database(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        desk.load(session, ("=1+1", "<b>Kim</b>, Ana", "", "=HYPERLINK(1)", "'; DROP TABLE cases; --", "", "", "", ""))
        case, charge = session.exec(select(Case)).one(), session.exec(select(Charge)).one()
        assert (case.docket_number, charge.description) == ("=1+1", "=HYPERLINK(1)")
        assert charge.statute == "'; DROP TABLE cases; --"
        assert session.exec(select(Person.legal_name)).one() == "Ana <b>Kim</b>"


def test_no_audit_event_of_an_import_holds_a_personal_value(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        desk.load(session, MEI, ANA)
        events = session.exec(select(AuditEvent)).all()
        assert sorted({event.action for event in events}) == ["import_case", "import_file"]
        details = str([event.detail for event in events])
        assert not any(word in details for word in ("Chen", "Ana", "1998", "CR-"))


def test_only_who_may_import_does(engine: Engine, desk: Desk) -> None:
    with transaction(engine) as session:
        desk.clerk = an_actor(session, desk.court, Role.COORDINATOR, username="coordinator")
        with pytest.raises(NotPermitted):
            desk.load(session, MEI)


def test_a_confirmed_mapping_is_remembered_for_the_same_headings(engine: Engine, desk: Desk) -> None:
    headings = ("Number", "Who", "What")
    mapping = {Column.DOCKET_NUMBER: "Number", Column.NAME: "Who", Column.CHARGE: "What"}
    with transaction(engine) as session:
        assert remembered(session, desk.clerk, headings) == ({}, False)
        remember_mapping(session, desk.clerk, headings, mapping, now=NOW)
    with transaction(engine) as session:
        assert remembered(session, desk.clerk, ("What", "Who", "Number")) == (mapping, True)
        with pytest.raises(Invalid, match="docket number"):
            remember_mapping(session, desk.clerk, headings, {}, now=NOW)


def test_a_file_is_imported_from_the_command_line(engine: Engine, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "docket.csv"
    path.write_bytes(as_csv(MEI, ANA))
    with transaction(engine) as session:
        assert import_file(session, desk.clerk, path, now=NOW, part="part 12").added == 2
    with transaction(engine) as session:
        with pytest.raises(Invalid, match="cannot be opened"):
            import_file(session, desk.clerk, tmp_path / "missing.csv", now=NOW)
        with pytest.raises(Invalid, match="no part of this name"):
            import_file(session, desk.clerk, path, now=NOW, part="Part 99")


def test_ten_thousand_rows_take_less_than_a_minute_with_progress(engine: Engine, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "docket.csv"
    path.write_bytes(as_csv(*(large_row(number) for number in range(10_000))))
    heard: list[tuple[int, int]] = []
    began = time.monotonic()
    with transaction(engine) as session:
        for offset in range(0, 60, 7):
            a_sitting(session, desk.part, TODAY + timedelta(days=offset))
        result = import_file(
            session, desk.clerk, path, now=NOW, progress=lambda done, total: heard.append((done, total))
        )
    took = time.monotonic() - began
    assert (result.added, result.rows) == (8_000, 10_000)
    assert took < 60, f"{took:.1f} s"
    assert len(heard) == 16
    assert heard[-1] == (8_000, 8_000)
    print(f"10,000 rows in {took:.1f} s")


def large_row(number: int) -> tuple[str, ...]:
    """Return a row of a large export: every fourth case has a second charge."""
    case = number * 4 // 5
    born = date(1970, 1, 1) + timedelta(days=case)
    following = TODAY + timedelta(days=7 * (case % 9))
    return (
        f"CR-{case:06d}-26",
        f"Family{case % 977}, Given{case}",
        f"{born:%m/%d/%Y}",
        "Prostitution" if number % 5 else "Loitering",
        f"PL {number % 5}",
        "10/1/26",
        f"{following:%m/%d/%Y}",
        "Spanish" if case % 3 else "",
        "Part 12",
    )
