"""What closing a session or a day would do: where each case could go and why, and what that does to its reports.

A preview: nothing is changed, and the plan is checked again when it is carried out. Without the right to see dockets
the cases are only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import scope, sitting
from models.errors import NotFound
from models.queries.move_statements import TO_MOVE, Which, also_on, appearances, closures, reports
from models.rules.court_days import CourtDays
from models.rules.moves import Move, ToMove, plan_moves
from models.rules.permissions import Action
from models.rules.privacy import short_name
from models.rules.reports import report_dates
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, InterpreterState, Purpose
from models.scope import Actor
from models.tables import CourtSession

#: How far after the closed day sessions are looked for, in days.
BEYOND_DAYS = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """One case to move; number and name only for who sees dockets. `due_on` is today's due day, then the new one."""

    appearance_id: UUID
    docket_number: str | None
    name: str | None
    part: str
    starts_at: time
    purpose: Purpose
    minutes: int
    target: OpenSession | None
    reason: str
    interpreter_booked: bool
    also_on: frozenset[UUID]
    report_due_on: date | None = None
    new_due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovePreview:
    """The whole of it: what closes, what moves, and every open session a case could be put on instead."""

    day: date
    closing: tuple[UUID, ...]
    rows: tuple[MoveRow, ...]
    sessions: tuple[OpenSession, ...]
    court_days: CourtDays
    proposed: tuple[date, ...]  # days proposed as holidays among the sessions: nothing is sent there unasked
    name: str | None  # of the day, where a list has proposed it as a holiday
    with_outcome: int  # appearances already held that day: they stay
    other_reports_due: int  # reports of other days due on the closed day: they are due on the next court day

    @property
    def plan(self) -> tuple[tuple[UUID, UUID], ...]:
        """The moves proposed, as the commands take them; shorter than the rows when some have no place."""
        return tuple((row.appearance_id, row.target.id) for row in self.rows if row.target)

    @property
    def unplaced(self) -> tuple[MoveRow, ...]:
        """The cases no session has room for."""
        return tuple(row for row in self.rows if row.target is None)


def preview_day(
    session: Session,
    viewer: Actor,
    day: date,
    *,
    today: date,
    closed_from: time | None = None,
    faces_room: bool = False,
) -> MovePreview:
    """Return what closing a civil day would do, or the day from a wall time on, in five statements; initials only where the room can see."""
    which = col(CourtSession.held_on) == day
    if closed_from is not None:
        which = sa.and_(which, col(CourtSession.starts_at) >= closed_from)
    return _preview(session, viewer, which, day, today, whole_day=closed_from is None, faces_room=faces_room)


def preview_session(
    session: Session, viewer: Actor, session_id: UUID, *, today: date, faces_room: bool = False
) -> MovePreview:
    """Return what closing one session would do, in six statements; NotFound. Initials only where the room can see."""
    scope.require(viewer, Action.SEE_CALENDAR)
    day = session.scalar(
        sa.select(col(CourtSession.held_on)).where(
            col(CourtSession.court_id) == viewer.court_id, col(CourtSession.id) == session_id
        )
    )
    if day is None:
        raise NotFound
    which = col(CourtSession.id) == session_id
    return _preview(session, viewer, which, day, today, whole_day=False, faces_room=faces_room)


def _preview(
    session: Session,
    viewer: Actor,
    which: Which,
    day: date,
    today: date,
    *,
    whole_day: bool,
    faces_room: bool,
) -> MovePreview:
    scope.require(viewer, Action.SEE_CALENDAR)
    found = session.execute(appearances(viewer, which)).mappings().all()
    closing = tuple(dict.fromkeys(row["session_id"] for row in found))
    court_days, proposed = closures(session, viewer)
    if whole_day:
        court_days = replace(court_days, closed=court_days.closed | {day})
    first = max(day, today)
    open_now = sitting.open_sessions(session, viewer, first, first + timedelta(days=BEYOND_DAYS))
    sessions = tuple(one for one in open_now if one.id not in closing and not (whole_day and one.on == day))
    also = also_on(session, viewer, which)
    due, other = reports(session, viewer, which, day)
    free = [one for one in sessions if one.on not in proposed]
    rows = _planned(viewer, found, also, free, court_days, today, faces_room)
    return MovePreview(
        day=day,
        closing=closing,
        rows=tuple(_with_due(viewer, row, due.get(row.appearance_id), court_days, today) for row in rows),
        sessions=sessions,
        court_days=court_days,
        proposed=tuple(sorted({one.on for one in sessions} & set(proposed))),
        name=proposed.get(day),
        with_outcome=sum(row["state"] == AppearanceState.HELD for row in found),
        other_reports_due=other if whole_day else 0,
    )


def _planned(
    viewer: Actor,
    found: Sequence[Any],
    also: Mapping[UUID, frozenset[UUID]],
    sessions: Sequence[OpenSession],
    court_days: CourtDays,
    today: date,
    faces_room: bool,
) -> list[MoveRow]:
    """Return a row for each appearance still to come, with the session the rule proposes."""
    to_move = [(row, also.get(row["case_id"], frozenset())) for row in found if row["state"] in TO_MOVE]
    usual = viewer.policy_on(today).sessions
    planned = plan_moves([_to_move(*one) for one in to_move], sessions, court_days, today=today, usual=usual)
    return [
        _row(viewer, row, move, elsewhere, faces_room) for (row, elsewhere), move in zip(to_move, planned, strict=True)
    ]


def new_due_on(viewer: Actor, target: OpenSession, court_days: CourtDays, *, today: date) -> date:
    """Return the civil date a report would be due on if its appearance moved to `target`."""
    policy = viewer.policy_on(today)
    dates = report_dates(target.on, policy.reports, court_days, on=today, policy_version=policy.version)
    return min(max(dates.due_on, today), target.on)


def _with_due(viewer: Actor, row: MoveRow, due_on: date | None, court_days: CourtDays, today: date) -> MoveRow:
    if due_on is None or row.target is None:
        return replace(row, report_due_on=due_on)
    return replace(row, report_due_on=due_on, new_due_on=new_due_on(viewer, row.target, court_days, today=today))


def _to_move(row: Any, also_on: frozenset[UUID]) -> ToMove:
    return ToMove(
        id=row["appearance_id"],
        on=row["on"],
        part=row["part"],
        judge=row["judge"],
        purpose=row["purpose"],
        minutes=row["minutes"],
        also_on=also_on,
    )


def _row(viewer: Actor, row: Any, move: Move, also_on: frozenset[UUID], faces_room: bool) -> MoveRow:
    named = scope.may(viewer, Action.SEE_DOCKET)
    name = short_name(row["preferred_name"], row["legal_name"], bool(row["initials_only"]), faces_room)
    return MoveRow(
        appearance_id=row["appearance_id"],
        docket_number=row["docket_number"] if named else None,
        name=name if named else None,
        part=row["part"],
        starts_at=row["starts_at"],
        purpose=row["purpose"],
        minutes=row["minutes"],
        target=move.session,
        reason=move.reason,
        interpreter_booked=row["interpreter"] == InterpreterState.BOOKED,
        also_on=also_on,
    )
