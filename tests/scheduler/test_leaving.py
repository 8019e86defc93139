"""What is open when a case leaves the court is void; what belongs to a closed case stays."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import col, select

from models import database
from models.rules.vocabulary import CLOSED, FollowUpKind, Move, Stage
from models.tables import Case, FollowUp
from tests.builders import NOW, TODAY, a_case, a_court, a_part
from tests.scheduler.sweeping import found, sweep


def _told(engine: Engine, stage: Stage, kind: FollowUpKind, since: date, closed_on: date) -> None:
    with database.transaction(engine) as session:
        part = a_part(session, a_court(session))
        case = a_case(session, part, stage=Stage.ACTIVE)
        session.add(
            FollowUp(
                court_id=case.court_id,
                case_id=case.id,
                kind=kind,
                occurrence="one",
                reason="Call the clinic.",
                move=Move.COORDINATOR,
                since=since,
                due_on=TODAY,
                written_at=NOW,
            )
        )
        session.execute(sa.update(Case).values(stage=stage, stage_since=closed_on))


@pytest.mark.parametrize("kind", [FollowUpKind.MANUAL, FollowUpKind.PROMISE, FollowUpKind.RESPONSE_DUE])
@pytest.mark.parametrize("stage", sorted(CLOSED))
def test_what_was_open_when_the_case_was_closed_is_void(
    sqlite_engine: Engine, stage: Stage, kind: FollowUpKind
) -> None:
    _told(sqlite_engine, stage, kind, since=TODAY - timedelta(days=9), closed_on=TODAY)
    sweep(sqlite_engine)
    assert kind not in found(sqlite_engine)


def test_what_staff_write_down_for_a_closed_case_stays_theirs_to_do(engine: Engine) -> None:
    _told(engine, Stage.DISMISSED, FollowUpKind.MANUAL, since=TODAY, closed_on=TODAY - timedelta(days=9))
    sweep(engine)
    assert FollowUpKind.MANUAL in found(engine)


def test_nothing_of_a_sealed_case_stays_open(engine: Engine) -> None:
    _told(engine, Stage.SEALED, FollowUpKind.MANUAL, since=TODAY, closed_on=TODAY - timedelta(days=9))
    sweep(engine)
    with database.reading(engine) as session:
        assert session.exec(select(FollowUp).where(col(FollowUp.kind) == FollowUpKind.MANUAL)).one().void_on == TODAY
