"""The audit of a simulated court: each change has its event, the chain has no gap, and reading leaves nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import database
from models.audit.checking import first_break
from models.queries.bench import bench
from models.queries.calendar import calendar
from models.queries.case_file import case_file
from models.queries.docket import docket
from models.queries.follow_up import worklist
from models.rules.vocabulary import FollowUpKind, FollowUpState
from models.tables import (
    Appearance,
    Arrest,
    Attendance,
    AuditEvent,
    AuditHead,
    CourtSession,
    Decision,
    FollowUp,
    LeftUnanswered,
    PhasePeriod,
    ReferralStep,
    Release,
    ReportVersion,
    Response,
    StageChange,
    Warrant,
)
from models.tables.base import CourtRow
from tests.simulation.world import Broken, Statement, World

#: Which events stand for a new row of a table: by case, and recorded at the same instant.
_EVENTS: dict[type[CourtRow], tuple[str, frozenset[str]]] = {
    StageChange: ("recorded_at", frozenset({"change_stage", "open_case"})),
    Decision: ("recorded_at", frozenset({"decide", "correct_decision"})),
    Response: ("recorded_at", frozenset({"decide", "correct_decision"})),
    Warrant: ("recorded_at", frozenset({"order_warrant"})),
    Arrest: ("recorded_at", frozenset({"tell_arrest"})),
    LeftUnanswered: ("recorded_at", frozenset({"decide"})),
    PhasePeriod: ("recorded_at", frozenset({"advance_phase", "change_stage", "change_program"})),
    Appearance: ("added_at", frozenset({"calendar_case", "move_appearance"})),
    ReferralStep: ("recorded_at", frozenset({"step_referral"})),
    Release: ("recorded_at", frozenset({"record_release"})),
    ReportVersion: ("recorded_at", frozenset({"receive_report", "correct_report"})),
    Attendance: (
        "recorded_at",
        frozenset(
            f"{act}_{what}"
            for what in ("attendance", "report")
            for act in ("record", "receive", "correct", "dispute", "settle")
        ),
    ),
}


def every_change_has_its_event(world: World, since: datetime) -> None:
    """Every row written since an instant has an event of its case at its instant; what the night wrote has its sweep's."""
    columns = (AuditEvent.case_id, AuditEvent.action, AuditEvent.at)
    found = world.ask(sa.select(*map(col, columns)).where(col(AuditEvent.at) >= since))
    events = {(row.case_id, row.action, row.at) for row in found}
    for table, (name, actions) in _EVENTS.items():
        at = getattr(table, name)
        for row in world.ask(sa.select(table.case_id, at.label("at")).where(col(at) >= since)):  # type: ignore[attr-defined]
            if not any((row.case_id, action, row.at) in events for action in actions):
                raise Broken(world.today, row.case_id, f"an event for what was written in {table.__name__}")
    sweeps = {row.at for row in found if row.action == "sweep"}
    instants = {at for _, _, at in events}
    lines = sa.select(col(FollowUp.case_id), col(FollowUp.written_at)).where(col(FollowUp.written_at) >= since)
    for case_id, at in world.ask(lines):
        if at not in sweeps and at not in instants:
            raise Broken(world.today, case_id, "an event for a follow-up that was written")


def chain_goes_on(world: World, after: int) -> int:
    """The events after a number follow without a gap, each holding the hash before it; return the last number."""
    columns = (AuditEvent.seq, AuditEvent.hash, AuditEvent.previous_hash)
    rows = world.ask(sa.select(*map(col, columns)).where(col(AuditEvent.seq) >= after).order_by(col(AuditEvent.seq)))
    head = world.ask(sa.select(col(AuditHead.seq), col(AuditHead.hash)))[0]
    for before, row in pairwise(rows):
        if row.seq != before.seq + 1 or row.previous_hash != before.hash:
            raise Broken(world.today, None, f"event {before.seq + 1} to follow {before.seq}")
    if (head.seq, head.hash) != (rows[-1].seq, rows[-1].hash):
        raise Broken(world.today, None, f"the chain to end with event {head.seq}")
    return int(head.seq)


def chain_verifies(world: World) -> None:
    """Every event fits the chain, from the first one on."""
    with database.reading(world.bind) as session:
        broken = first_break(session, world.clerk.court_id)
    if broken is not None:
        raise Broken(world.today, None, f"a whole chain, broken at event {broken}")


def reading_writes_nothing(world: World) -> None:
    """Whoever looks at the lists, the bench, the calendar and a case leaves the database as it was, though she could write."""
    with _statements(world) as said, database.transaction(world.bind) as session:
        _look(world, session)
        if session.new or session.dirty or session.deleted:
            raise Broken(world.today, None, "no row changed by reading")
    writes = [text for text in said if not text.lstrip(" (").upper().startswith(("SELECT", "WITH", "BEGIN"))]
    if writes or not said:
        raise Broken(world.today, None, f"only reads while reading, not {writes[:1]}")
    world.counts["read through"] += 1


def _look(world: World, session: Session) -> None:
    today, clerk = world.today, world.clerk
    calendar(session, clerk, today - timedelta(days=7), today + timedelta(days=60))
    worklist(session, world.coordinator, today=today)
    coming: Statement = (
        sa.select(col(Appearance.id), col(Appearance.case_id), col(CourtSession.id).label("session_id"))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.state) == "scheduled", col(CourtSession.held_on) >= today)
        .order_by(col(CourtSession.held_on), col(Appearance.id))
    )
    for row in session.execute(coming.limit(3)).all():
        docket(session, clerk, row.session_id, today=today)
        bench(session, clerk, row.id, today=today)
        case_file(session, clerk, row.case_id, today=today)


@contextmanager
def _statements(world: World) -> Iterator[list[str]]:
    said: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_more: Any) -> None:
        said.append(statement)

    sa.event.listen(world.bind, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        sa.event.remove(world.bind, "before_cursor_execute", hear)


def due_today_is_not_late(world: World) -> None:
    """On the worklist nothing is late on its due day or within its grace, and everything after that is, unless it rests."""
    with database.reading(world.bind) as session:
        lines = worklist(session, world.coordinator, today=world.today).rows
    grace = {row.id: row.grace_days for row in world.ask(sa.select(col(FollowUp.id), col(FollowUp.grace_days)))}
    for line in lines:
        past = line.due_on + timedelta(days=grace[line.id]) < world.today
        rests = line.held_until is not None and line.held_until > world.today
        late = past and not rests and line.kind is not FollowUpKind.READY
        if (line.state is FollowUpState.LATE) != late:
            said = "late" if late else "not late"
            raise Broken(world.today, line.case_id, f"{line.kind}, due on {line.due_on}, to be {said}")
