"""Promises of loading a docket: everything or nothing, the same file twice changes nothing, and it is quick."""

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.audit.checking import first_break
from models.commands.imports import CannotLoad, import_file, remember_mapping
from models.database import transaction
from models.errors import Invalid, NotPermitted
from models.importing.mapping import remembered
from models.rules.importing.fields import Column
from models.rules.vocabulary import AppearanceState, InterpreterState, Purpose, Role, Stage
from models.tables import Appearance, AuditEvent, Case, Charge, ImportBatch, Person, StageChange
from tests.builders import NOW, TODAY, a_sitting, an_actor
from tests.commands.import_stories import ANA, MEI, MEI_TOO, WRONG, Desk, as_csv, count, large_row


@pytest.fixture
def desk(engine: Engine) -> Desk:
    with transaction(engine) as session:
        return Desk(session)


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
        assert first_break(session, desk.court.id) is None


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
