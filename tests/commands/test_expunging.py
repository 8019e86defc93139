"""An expunged record is gone: its rows, who she is with her last case, and what others wrote of her by name."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, SQLModel, col, select

from models import court_policies, personal
from models.audit.checking import first_break
from models.commands.expunging import expunge, finish, re_apply
from models.commands.notes import write_note
from models.commands.unsealing import unseal
from models.database import reading, transaction
from models.errors import Invalid, NotFound, NotPermitted, SettingsError
from models.ledger import Ledger, What
from models.rules.policy import Policy
from models.rules.vocabulary import NoteVisibility, Stage
from models.scope import Actor
from models.tables import Case, Expunging, NameKey, Note, Participant, Person, RemainingFact, Sealing
from tests.builders import NOW, TODAY, a_case, a_policy_version
from tests.commands.sealing_stories import ORDER, Records, expunging, the_records

REMAIN = ("expunged_facts_remain = false", "expunged_facts_remain = true")


def _left(session: Session, case_id: object) -> set[str]:
    """Return the tables that still hold a row that leads to a case."""
    return {
        table.name
        for table, column, whose in personal.links()
        if whose == "cases" and session.scalar(sa.select(sa.func.count()).select_from(table).where(column == case_id))
    }


def _wrote(session: Session, records: Records, case: Case, text: str) -> None:
    write_note(session, records.clerk, case.id, text, NoteVisibility.TEAM, now=NOW, token=uuid4())


def test_an_expunged_record_leaves_no_row_and_no_name_and_the_chain_holds(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1", name="Mei Sentinel")
        _wrote(session, records, case, "Hers.")
        other = a_case(session, records.part, number="CR-2", name="Rosa Vargas")
        _wrote(session, records, other, "Came with Mei Sentinel; see CR-1.")
        case_id, participant_id = case.id, case.participant_id
        records.seal(session, case_id)
    token = uuid4()
    for _ in range(2):
        with transaction(engine) as session:
            expunge(session, records.judge, expunging("CR-1"), token=token, now=NOW, ledger=records.ledger)
    with reading(engine) as session:
        assert _left(session, case_id) == set()
        assert [person.legal_name for person in session.exec(select(Person))] == ["Rosa Vargas"]
        assert {key.word for key in session.exec(select(NameKey))} == {"rosa", "vargas"}
        text = "Came with [removed by order]; see [removed by order]."
        assert [note.text for note in session.exec(select(Note))] == [text]
        assert session.exec(select(Sealing)).all() == []
        assert session.exec(select(RemainingFact)).all() == []
        assert first_break(session, records.court.id) is None
        assert len(session.exec(select(Expunging)).all()) == 1
    entry = records.ledger.entries()[-1]
    assert (entry.what, entry.case_id, entry.participant_id) == (What.EXPUNGED, case_id, participant_id)


def test_a_person_with_another_case_keeps_her_name_there(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        other = a_case(session, records.part, number="CR-2", name="Somebody")
        other.participant_id = case.participant_id
        session.flush()
        expunge(session, records.judge, expunging("CR-1"), token=uuid4(), now=NOW, ledger=records.ledger)
        left = session.exec(select(Case)).one()
        person = session.get_one(Person, session.get_one(Participant, left.participant_id).person_id)
        assert (left.docket_number, person.legal_name) == ("CR-2", "Mei Chen")


def test_a_name_that_somebody_else_bears_is_left_in_what_others_wrote(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-1", name="Mei Chen")
        namesake = a_case(session, records.part, number="CR-2", name="Mei Chen")
        _wrote(session, records, namesake, "Mei Chen asks for Fridays.")
        expunge(session, records.judge, expunging("CR-1"), token=uuid4(), now=NOW, ledger=records.ledger)
        assert session.exec(select(Note)).one().text == "Mei Chen asks for Fridays."


def test_what_remains_for_evaluation_is_a_year_and_counts_and_only_where_the_policy_says_so(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        a_policy_version(session, records.court, "remain", TODAY - timedelta(days=90), REMAIN)
        records.dismissed(session, "CR-1")
        judge = Actor(**{**vars(records.judge), "policies": _policies(session, records)})
        expunge(session, judge, expunging("CR-1"), token=uuid4(), now=NOW, ledger=records.ledger)
        fact = session.exec(select(RemainingFact)).one()
        assert (fact.opened_year, fact.ended, fact.sessions_attended) == (2026, Stage.DISMISSED, 0)
        assert fact.id.version == 4
        assert {column.name for column in SQLModel.metadata.tables["remaining_facts"].columns} == {
            *("id", "court_id", "opened_year", "ended", "program", "sessions_agreed", "sessions_attended")
        }


def _policies(session: Session, records: Records) -> tuple[Policy, ...]:
    return court_policies.of_court(session, records.court.id)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"typed_again": "CR-2"}, "differ"),
        ({"on": TODAY + timedelta(days=1)}, "ahead"),
        ({"judge": ""}, "name of the judge"),
        ({"statute": " "}, "statute"),
        ({"statute": "order in CR-1"}, "would be kept"),
    ],
)
def test_without_a_whole_order_nothing_is_destroyed(
    sqlite_engine: Engine, tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-1")
        order = type(expunging("CR-1"))(**{**vars(expunging("CR-1")), **changed})
        with pytest.raises(Invalid, match=said):
            expunge(session, records.judge, order, token=uuid4(), now=NOW, ledger=records.ledger)
        assert session.exec(select(Case)).one().docket_number == "CR-1"


def test_only_the_judge_expunges_and_only_what_is_there_and_over(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        told: dict[str, Any] = {"token": uuid4(), "now": NOW, "ledger": records.ledger}
        a_case(session, records.part, number="CR-runs")
        with pytest.raises(NotPermitted):
            expunge(session, records.clerk, expunging("CR-runs"), **told)
        with pytest.raises(NotFound):
            expunge(session, records.judge, expunging("CR-never"), **told)
        with pytest.raises(Invalid, match="not over"):
            expunge(session, records.judge, expunging("CR-runs"), **told)


def test_the_files_are_cleaned_once_and_it_is_noted(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-1")
        act = expunge(session, records.judge, expunging("CR-1"), token=uuid4(), now=NOW, ledger=records.ledger)
    assert finish(engine, now=NOW)
    with reading(engine) as session:
        assert session.get_one(Expunging, act.id).cleaned_at == NOW


def test_a_reader_who_stays_keeps_the_files_from_being_cleaned_and_the_night_tries_again(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-1")
    with reading(sqlite_engine) as reader:
        reader.exec(select(Case)).all()
        with transaction(sqlite_engine) as session:
            expunge(session, records.judge, expunging("CR-1"), token=uuid4(), now=NOW, ledger=records.ledger)
        with sqlite_engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout=50")
        assert not finish(sqlite_engine, now=NOW)
    assert finish(sqlite_engine, now=NOW)


def test_a_backup_put_back_is_sealed_and_destroyed_again_by_the_ledger(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:  # the backup: nothing is sealed or expunged in it
        records = the_records(session, tmp_path)
        gone, hidden, back = (records.dismissed(session, f"CR-{n}", name=f"Mei {n}") for n in range(3))
        stays = records.dismissed(session, "CR-stays", name="Rosa Vargas")
    elsewhere = Ledger(tmp_path / "live")
    with transaction(engine) as session:  # what the ledger was told while the court went on
        live = Records(**{**vars(records), "ledger": elsewhere})
        live.seal(session, hidden.id, back.id)
        unseal(session, records.judge, "CR-2", ORDER, now=NOW, ledger=elsewhere)
        expunge(session, records.judge, expunging("CR-0"), token=uuid4(), now=NOW, ledger=elsewhere)
        session.rollback()
    told = elsewhere.path.read_text().splitlines()
    elsewhere.path.write_text("\n".join(line for line in told if "withdrawn" not in line) + "\n")
    assert re_apply(engine, elsewhere, now=NOW) == {What.SEALED: 1, What.EXPUNGED: 1}
    assert re_apply(engine, elsewhere, now=NOW) == {What.SEALED: 0, What.EXPUNGED: 0}
    with reading(engine) as session:
        assert _left(session, gone.id) == set()
        stages = {case.id: case.stage for case in session.exec(select(Case))}
        assert stages == {hidden.id: Stage.SEALED, back.id: Stage.DISMISSED, stays.id: Stage.DISMISSED}
        assert session.exec(select(Person).where(col(Person.legal_name) == "Mei 0")).all() == []
        assert first_break(session, records.court.id) is None


def test_a_ledger_that_cannot_be_read_stops_a_backup_from_being_put_back(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    assert ledger.entries() == ()
    ledger.path.touch(mode=0o600)
    ledger.path.write_text('{"act": "1", "entr\n')
    with pytest.raises(SettingsError, match="Line 1"):
        ledger.entries()
    ledger.path.chmod(0o644)
    with pytest.raises(SettingsError, match="read by others"):
        ledger.entries()
