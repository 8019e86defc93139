"""The auditor's questions: who saw a case, what somebody did, what is unlike the rest; answered without its content."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit, database
from models.audit import looks
from models.errors import NotPermitted
from models.queries.audit_hints import unusual_access
from models.queries.audit_log import PAGE, acts_of, case_called, span, staff, who_saw
from models.queries.case_file import case_file
from models.queries.docket import docket
from models.rules.audited import Look
from models.rules.permissions import MATRIX, Action
from models.rules.unusual_access import Unusual
from models.rules.vocabulary import Role, Stage
from models.scope import Actor
from models.tables import AuditEvent, Case, CourtSession, User
from models.tables.base import new_id
from tests.builders import NOW, TODAY, a_case, a_court, a_part, a_sitting, an_actor, an_appearance
from tests.statements import counted


class Log:
    """A court with two cases on a docket, a clerk who looks, and an auditor."""

    def __init__(self, session: Session, engine: Engine) -> None:
        self.session, self.engine = session, engine
        self.court = a_court(session)
        self.part = a_part(session, self.court)
        self.sitting: CourtSession = a_sitting(session, self.part)
        self.case: Case = a_case(session, self.part, name="Mei Chen")
        self.other: Case = a_case(session, self.part, name="Rosa Vega", number="2026-QN-00002")
        for one in (self.case, self.other):
            an_appearance(session, one, self.sitting)
        self.clerk = an_actor(session, self.court, Role.CLERK, username="clerk")
        self.auditor = an_actor(session, self.court, Role.AUDITOR, username="auditor")

    def look(self, query: Any, *args: Any, by: Actor | None = None, days_ago: int = 0, hours: int = 0) -> None:
        """Let somebody ask a query through the door that writes down what it shows."""
        at = NOW - timedelta(days=days_ago) + timedelta(hours=hours)
        with looks.noting(self.session) as noted:
            query(self.session, by or self.clerk, *args, today=TODAY)
        looks.record(self.session, noted.shown, now=at)
        self.session.flush()


@pytest.fixture
def log(engine: Engine) -> Iterator[Log]:
    with database.transaction(engine) as session:
        yield Log(session, engine)


def test_who_saw_a_case_is_everybody_who_opened_it_or_saw_a_list_it_stood_on(log: Log) -> None:
    log.look(docket, log.sitting.id)
    log.look(case_file, log.case.id, by=replace(log.clerk, session_id=new_id()))
    log.look(case_file, log.other.id)
    rows = who_saw(log.session, log.auditor, log.case.id).rows
    assert [(row.action, row.who, row.on_a_list) for row in rows] == [
        (Look.CASE_FILE, "Somebody", None),
        (Look.DOCKET, "Somebody", 2),
    ]
    assert rows[0].session_id is not None
    assert who_saw(log.session, log.auditor, new_id()).rows == ()


def test_a_refused_attempt_on_a_case_is_in_its_answer(log: Log) -> None:
    with looks.noting(log.session) as noted, pytest.raises(NotPermitted):
        case_file(log.session, log.auditor, log.case.id, today=TODAY)
    for refusal in noted.refused:
        looks.record_refusal(log.session, refusal, now=NOW)
    (row,) = who_saw(log.session, log.auditor, log.case.id).rows
    assert (row.action, row.answer) == ("refused", "NotPermitted")


def test_what_somebody_did_is_told_by_the_courts_own_days_and_page_by_page(log: Log) -> None:
    for step in range(PAGE + 3):
        audit.record(log.session, log.clerk, "write_note", "note", None, now=NOW + timedelta(seconds=step))
    audit.record(log.session, log.clerk, "sign_in", "user_session", None, now=NOW - timedelta(days=1))
    log.session.flush()
    with counted(log.engine) as asked:
        first = acts_of(log.session, log.auditor, log.clerk.person, TODAY, TODAY)
    assert len(asked) == 1
    assert len(first.rows) == PAGE
    rest = acts_of(log.session, log.auditor, log.clerk.person, TODAY, TODAY, before=first.older)
    assert [row.seq for row in (*first.rows, *rest.rows)] == list(range(PAGE + 3, 0, -1))
    assert rest.older is None
    before = TODAY - timedelta(days=1)
    assert [row.action for row in acts_of(log.session, log.auditor, log.clerk.person, before, before).rows] == [
        "sign_in"
    ]


def test_a_case_is_found_by_number_or_id_and_a_sealed_one_only_by_its_id(log: Log) -> None:
    assert case_called(log.session, log.auditor, " 2026-qn-00001 ") == log.case.id
    assert case_called(log.session, log.auditor, "2026-QN-99999") is None
    log.case.stage = Stage.SEALED
    log.session.flush()
    assert case_called(log.session, log.auditor, "2026-QN-00001") is None
    assert case_called(log.session, log.auditor, str(log.case.id)) == log.case.id


def test_only_who_may_read_the_audit_is_answered(log: Log) -> None:
    others = {role for role in Role if Action.SEE_AUDIT not in MATRIX[role]}
    who = an_actor(log.session, log.court, *others, username="all others")
    for ask in (
        lambda: who_saw(log.session, who, log.case.id),
        lambda: acts_of(log.session, who, log.clerk.person, TODAY, TODAY),
        lambda: case_called(log.session, who, "2026-QN-00001"),
        lambda: staff(log.session, who),
        lambda: span(log.session, who, TODAY, TODAY),
        lambda: unusual_access(log.session, who, today=TODAY),
    ):
        with pytest.raises(NotPermitted):
            ask()


def test_nothing_of_another_court_is_in_any_answer(log: Log) -> None:
    log.look(case_file, log.case.id)
    elsewhere = a_court(log.session, name="Elsewhere")
    stranger = an_actor(log.session, elsewhere, Role.AUDITOR, username="stranger")
    assert who_saw(log.session, stranger, log.case.id).rows == ()
    assert acts_of(log.session, stranger, log.clerk.person, TODAY, TODAY).rows == ()
    assert case_called(log.session, stranger, "2026-QN-00001") is None
    assert [one.username for one in staff(log.session, stranger)] == ["stranger"]
    assert span(log.session, stranger, TODAY, TODAY) == (1, 0)
    assert unusual_access(log.session, stranger, today=TODAY).hints == ()


def test_unusual_access_is_counted_from_what_was_opened(log: Log) -> None:
    log.session.get_one(User, log.clerk.person).display_name = "Dana CHEN"
    log.session.flush()
    log.look(case_file, log.other.id)
    log.look(case_file, log.case.id, hours=10)
    log.look(case_file, log.case.id, days_ago=30, hours=10)
    with counted(log.engine) as asked:
        found = unusual_access(log.session, log.auditor, today=TODAY)
    assert len(asked) <= 3
    assert [(hint.kind, hint.user_id, set(hint.cases)) for hint in found.hints] == [
        (Unusual.HOURS, log.clerk.user_id, {log.case.id, log.other.id}),
        (Unusual.FAMILY_NAME, log.clerk.user_id, {log.case.id}),
    ]
    assert found.names[log.clerk.person] == "Dana CHEN"


def test_looking_into_the_audit_is_in_the_audit(log: Log) -> None:
    with looks.noting(log.session) as noted:
        who_saw(log.session, log.auditor, log.case.id)
        acts_of(log.session, log.auditor, log.clerk.person, TODAY, TODAY)
        unusual_access(log.session, log.auditor, today=TODAY)
    looks.record(log.session, noted.shown, now=NOW)
    log.session.flush()
    told = select(AuditEvent).where(col(AuditEvent.action) == Look.AUDIT).order_by(col(AuditEvent.seq))
    assert [(one.subject_type, one.subject_id) for one in log.session.exec(told)] == [
        ("case", log.case.id),
        ("user", log.clerk.user_id),
        ("court", log.court.id),
    ]


def test_days_too_full_for_one_file_are_refused_in_words(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    from models.errors import Invalid
    from models.queries import audit_log

    for _ in range(3):
        audit.record(log.session, log.clerk, "write_note", "note", None, now=NOW)
    log.session.flush()
    assert span(log.session, log.auditor, TODAY, TODAY) == (1, 3)
    monkeypatch.setattr(audit_log, "MOST_EXPORTED", 2)
    with pytest.raises(Invalid, match="3 events, and a file holds 2"):
        span(log.session, log.auditor, TODAY, TODAY)
    assert log.session.scalar(sa.select(sa.func.count()).select_from(AuditEvent)) == 3
