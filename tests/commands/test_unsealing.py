"""Unsealing brings back exactly what was there, by a whole order; a vacated conviction leads to sealing."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models.commands.sweeps.sealing import find_cases_to_seal
from models.commands.unsealing import CourtOrder, unseal
from models.commands.vacating import VacatingOrder, vacate
from models.database import transaction
from models.errors import Invalid, NotFound, NotPermitted
from models.ledger import What
from models.rules.vocabulary import (
    FollowUpKind,
    Stage,
)
from models.scope import keeper, load_case
from models.tables import AuditEvent, Case, FollowUp, SealedCase
from tests.builders import NOW, TODAY
from tests.commands.sealing_stories import ORDER, a_sealed_case, the_records


def test_unsealing_by_order_brings_back_exactly_the_case_that_was_there(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        before = (case.stage, case.stage_since, case.docket_number)
        records.seal(session, case.id)
        with pytest.raises(NotFound):
            load_case(session, records.judge, case.id)
        assert "CR-1" not in {one.docket_number for one in session.exec(select(Case))}
        back = unseal(session, records.judge, " CR-1 ", ORDER, now=NOW, ledger=records.ledger)
        assert (back.stage, back.stage_since, back.docket_number) == before
        assert load_case(session, records.clerk, case.id) is back
        event = session.exec(select(AuditEvent).where(AuditEvent.action == "unseal")).one()
        assert (event.case_id, event.actor_id) == (case.id, records.judge.user_id)
        find_cases_to_seal(session, keeper(session, records.court), now=NOW)
        assert session.exec(select(FollowUp).where(col(FollowUp.done_on).is_(None))).all() == []
    assert [entry.what for entry in records.ledger.entries()] == [What.SEALED, What.UNSEALED]


def test_what_is_not_sealed_here_cannot_be_told_from_what_never_was(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        records.dismissed(session, "CR-open")
        records.seal(session, records.dismissed(session, "CR-sealed").id)
        for number in ("CR-open", "CR-never", "CR-seale%"):
            with pytest.raises(NotFound) as refused:
                unseal(session, records.judge, number, ORDER, now=NOW, ledger=records.ledger)
            assert str(refused.value) == NotFound.__doc__
        with pytest.raises(NotPermitted):
            unseal(session, records.clerk, "CR-sealed", ORDER, now=NOW, ledger=records.ledger)


@pytest.mark.parametrize(
    "wrong",
    [{"number": " "}, {"judge": ""}, {"reason": ""}, {"on": TODAY + timedelta(days=1)}, {"on": TODAY - timedelta(1)}],
)
def test_without_a_whole_order_nothing_is_unsealed(
    sqlite_engine: Engine, tmp_path: Path, wrong: dict[str, Any]
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        records.seal(session, records.dismissed(session, "CR-1").id)
        order = CourtOrder(**{**vars(ORDER), **wrong})
        with pytest.raises(Invalid):
            unseal(session, records.judge, "CR-1", order, now=NOW, ledger=records.ledger)


def test_a_number_that_was_used_again_meanwhile_stays_with_the_newer_case(
    sqlite_engine: Engine, tmp_path: Path
) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        case = a_sealed_case(session, records.part, tmp_path, number="CR-1")
        records.dismissed(session, "CR-1")
        back = unseal(session, records.judge, "CR-1", ORDER, now=NOW, ledger=records.ledger)
        assert (back.id, back.docket_number) == (case.id, "CR-1 (unsealed)")


def test_a_vacated_conviction_waits_to_be_sealed_and_can_be(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        case.stage = Stage.TERMINATED
        session.flush()
        with pytest.raises(Invalid, match="No case"):
            records.seal(session, case.id)
        order = VacatingOrder(token=uuid4(), on=TODAY, judge="Hon. A. Stone", statute="CPL 440.10")
        for _ in range(2):
            vacate(session, records.clerk, case.id, order, seen_version=case.version, now=NOW)
        find_cases_to_seal(session, keeper(session, records.court), now=NOW)
        waiting = session.exec(select(FollowUp)).one()
        assert (waiting.kind, waiting.since) == (FollowUpKind.SEALING, TODAY)
        assert waiting.reason == "The conviction was vacated on 4 December; its record waits to be sealed."
        records.seal(session, case.id)
        assert session.exec(select(SealedCase)).one().from_stage is Stage.TERMINATED
        session.refresh(waiting)
        assert (waiting.done_on, waiting.void_on) == (TODAY, None)


def test_only_a_case_that_is_over_can_be_vacated(sqlite_engine: Engine, tmp_path: Path) -> None:
    with transaction(sqlite_engine) as session:
        records = the_records(session, tmp_path)
        case = records.dismissed(session, "CR-1")
        told: dict[str, Any] = {"seen_version": case.version, "now": NOW}
        for on in (case.stage_since - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(Invalid, match="day of the order"):
                vacate(session, records.clerk, case.id, _order(on), **told)
        case.stage = Stage.ACTIVE
        with pytest.raises(Invalid, match="not over"):
            vacate(session, records.clerk, case.id, _order(TODAY), **told)


def _order(on: date) -> VacatingOrder:
    return VacatingOrder(token=uuid4(), on=on, judge="J", statute="S")
