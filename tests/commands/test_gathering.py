"""Thousands of acts in one transaction: what they count and close may be written together, and comes out the same."""

from contextlib import ExitStack
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit, scope
from models.audit.checking import first_break
from models.commands import follow_ups
from models.commands.appearances import calendar_case
from models.commands.decisions import decide
from models.database import reading, transaction
from models.errors import Conflict
from models.rules.vocabulary import FollowUpKind, Move, Purpose
from models.tables import AuditEvent, Case, FollowUp
from tests.builders import NOW, TODAY, a_sitting
from tests.commands.bench_stories import NEXT_ON, Bench, a_bench, a_form

OPEN = (FollowUpKind.NO_NEXT_DATE, FollowUpKind.NO_OUTCOME)


def _ask(session: Session, bench: Bench, occurrence: str) -> None:
    for kind in OPEN:
        told = {"case_id": bench.case.id, "reason": "Asked.", "move": Move.COURT, "since": TODAY, "due_on": TODAY}
        follow_ups.write_follow_up(session, bench.clerk, kind, occurrence, now=NOW, **told)  # type: ignore[arg-type]


def _live(session: Session, bench: Bench) -> None:
    """Ask, decide, and ask again; then put the case on one more session, which settles one kind."""
    case = session.get_one(Case, bench.case.id)
    _ask(session, bench, f"{case.docket_number} before")
    decide(session, bench.judge, a_form(bench, promised="a certificate"), now=NOW)
    _ask(session, bench, f"{case.docket_number} after")
    later = a_sitting(session, bench.part, NEXT_ON + timedelta(days=7))
    calendar_case(session, bench.clerk, case.id, later.id, Purpose.REVIEW, now=NOW)


def _left(session: Session, bench: Bench) -> tuple[int, list[tuple[FollowUpKind, str, bool]], list[str]]:
    """Return the case's version, its follow-ups with which of them are closed, and what was audited."""
    rows = select(FollowUp).where(col(FollowUp.case_id) == bench.case.id).order_by(col(FollowUp.id))
    asked = [(one.kind, one.occurrence.split()[-1], one.void_on is not None) for one in session.exec(rows)]
    told = [(kind, said if kind in OPEN else "", closed) for kind, said, closed in asked]
    events = select(col(AuditEvent.action)).where(col(AuditEvent.court_id) == bench.court.id)
    actions = session.exec(events.order_by(col(AuditEvent.seq))).all()
    assert first_break(session, bench.court.id) is None
    return session.get_one(Case, bench.case.id).version, told, list(actions)


def test_gathered_acts_leave_behind_what_the_same_acts_leave_one_by_one(engine: Engine) -> None:
    with transaction(engine) as session:
        one_by_one, gathered = a_bench(session), a_bench(session, name="River County Court")
    with transaction(engine) as session:
        _live(session, one_by_one)
    with transaction(engine) as session, ExitStack() as together:
        for gathering in (audit.gathering, scope.gathering, follow_ups.gathering):
            together.enter_context(gathering(session))
        _live(session, gathered)
    with reading(engine) as session:
        left = _left(session, one_by_one)
        assert left == _left(session, gathered)
    assert left[0] == one_by_one.case.version + 2  # a decision is one change, with the next date it sets
    assert [said for _, said, closed in left[1] if closed] == ["before", "before", "after"]


def test_a_case_seen_at_an_older_version_is_a_conflict_while_changes_are_gathered(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    form = a_form(bench)
    with transaction(engine) as session, scope.gathering(session):
        scope.change_case(session, session.get_one(Case, bench.case.id))
        with pytest.raises(Conflict):
            decide(session, bench.judge, form, now=NOW)


def test_a_case_changed_by_somebody_else_while_changes_are_gathered_is_a_conflict(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
    with transaction(engine) as session:
        changes = scope.gathering(session)
        changes.__enter__()
        scope.change_case(session, session.get_one(Case, bench.case.id))
        table = Case.metadata.tables["cases"]
        session.connection().execute(sa.update(table).values(version=table.c.version + 1))
        with pytest.raises(Conflict):
            changes.__exit__(None, None, None)
        session.rollback()
    with reading(engine) as session:
        assert session.get_one(Case, bench.case.id).version == bench.case.version


def test_a_follow_up_not_written_yet_is_closed_too(engine: Engine) -> None:
    with transaction(engine) as session:
        bench = a_bench(session)
        _ask(session, bench, str(uuid4()))
        follow_ups.void(session, bench.clerk, bench.case.id, OPEN, on=NEXT_ON)
    with reading(engine) as session:
        assert set(session.exec(select(col(FollowUp.void_on)))) == {NEXT_ON}
