"""A sealing takes what was previewed, whole or not at all and once; unsealing brings back exactly what was there."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.audit.checking import first_break
from models.commands.follow_ups import add_follow_up
from models.commands.notes import write_note
from models.database import reading, transaction
from models.errors import Conflict, Invalid, NotPermitted
from models.ledger import What
from models.rules.sealing import Which
from models.rules.vocabulary import (
    AppearanceState,
    Move,
    NoteVisibility,
    ReminderState,
    Role,
    Stage,
    WhyDropped,
)
from models.scope import load_case
from models.tables import AuditEvent, Case, FollowUp, Reminder, SealedCase, Sealing
from tests.builders import NOW, TODAY, a_sitting, an_actor, an_appearance
from tests.commands.sealing_stories import LOITERING, of_statute, the_records
from tests.statements import counted


def test_one_act_seals_seven_hundred_by_charge_and_days_and_nobody_else(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        meant = records.many_dismissed(session, 700)
        records.dismissed(session, "CR-other", "PL 220.03")
        records.dismissed(session, "CR-both", LOITERING, "PL 220.03")
        long_ago = records.dismissed(session, "CR-old")
        long_ago.stage_since = TODAY - timedelta(days=400)
        runs = records.dismissed(session, "CR-runs")
        runs.stage = Stage.ACTIVE
        session.flush()
    with transaction(engine) as session, counted(engine) as statements:
        sealing = records.seal(session, which=of_statute())
    assert len(statements) < 40
    with reading(engine) as session:
        sealed = session.exec(select(Case.id).where(col(Case.stage) == Stage.SEALED)).all()
        assert sorted(sealed) == sorted(meant)
        told = session.exec(select(AuditEvent).where(AuditEvent.action == "seal", AuditEvent.subject_type == "case"))
        assert {event.case_id for event in told} == set(meant)
        assert first_break(session, records.court.id) is None
        assert session.get_one(Sealing, sealing.id).statutes == [LOITERING]
    assert [entry.what for entry in records.ledger.entries()] == [What.SEALED] * 700


def test_a_fault_in_the_middle_seals_none(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        cases = [records.dismissed(session, f"CR-{n}").id for n in range(3)]

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("INSERT INTO audit_events"):
            raise OSError("the disk is full")

    sa.event.listen(engine, "before_cursor_execute", fail)
    with pytest.raises(OSError, match="full"), transaction(engine) as session:
        records.seal(session, *cases)
    sa.event.remove(engine, "before_cursor_execute", fail)
    with reading(engine) as session:
        assert {case.stage for case in session.exec(select(Case))} == {Stage.DISMISSED}
        assert session.exec(select(SealedCase)).all() == []
    assert records.ledger.entries() == ()


def test_what_the_ledger_was_told_of_a_commit_that_failed_is_withdrawn(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")

    def told_then_failed() -> None:
        with transaction(sqlite_engine) as session:
            records.seal(session, case.id)
            assert len(records.ledger.entries()) == 1
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        told_then_failed()
    assert records.ledger.entries() == ()
    assert records.ledger.path.stat().st_mode & 0o777 == 0o600


def test_a_changed_picture_is_refused_and_the_same_approval_counts_once(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        with pytest.raises(Conflict, match="preview"):
            records.seal(session, case.id, stamp="older")
        token = uuid4()
        first = records.seal(session, case.id, token=token)
        assert records.seal(session, case.id, token=token, stamp="older").id == first.id
        with pytest.raises(Invalid, match="No case"):
            records.seal(session, case.id)
        assert len(session.exec(select(Sealing)).all()) == 1


def test_what_was_open_in_the_case_ends_with_its_sealing(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        add_follow_up(session, records.clerk, case.id, "Call her.", TODAY, Move.CLERK, token=uuid4(), now=NOW)
        appearance = an_appearance(session, case, a_sitting(session, records.part))
        appearance.state = AppearanceState.REMOVED
        session.add(_reminder(case, appearance.id))
        session.flush()
        records.seal(session, case.id)
        session.flush()
    with reading(engine) as session:
        reminder = session.exec(select(Reminder)).one()
        assert (reminder.state, reminder.dropped) == (ReminderState.DROPPED, WhyDropped.CASE_LEFT)
        ended = session.exec(select(FollowUp)).one()
        assert (ended.done_on, ended.void_on) == (None, TODAY)


def _reminder(case: Case, appearance_id: UUID) -> Reminder:
    return Reminder(
        court_id=case.court_id,
        case_id=case.id,
        appearance_id=appearance_id,
        occurrence="x",
        days_before=1,
        due_on=TODAY,
        held_on=TODAY,
        state=ReminderState.READY,
        written_at=NOW,
        changed_at=NOW,
    )


def test_an_import_or_a_form_that_names_a_sealed_number_reveals_and_revives_nothing(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        write_note(session, records.clerk, case.id, "kept", NoteVisibility.TEAM, now=NOW, token=uuid4())
        records.seal(session, case.id)
        again = records.dismissed(session, "CR-1", name="Somebody Else")
        assert load_case(session, records.clerk, again.id).docket_number == "CR-1"
        assert session.get_one(Case, case.id).stage is Stage.SEALED


def test_who_may_not_seal_is_told_so_and_another_courts_case_is_not_there(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        coordinator = an_actor(session, records.court, Role.COORDINATOR, username="coordinator")
        with pytest.raises(NotPermitted):
            type(records)(**{**vars(records), "clerk": coordinator}).seal(session, case.id)
        with pytest.raises(Invalid, match="No case"):
            records.seal(session, uuid4(), which=Which(case_ids=frozenset({uuid4()})))
