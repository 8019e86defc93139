"""What a change of the calendar would do: where each case could go and why, and what that does to reports and releases.

A preview: nothing is changed, and the plan is checked again when it is carried out. Without the right to see dockets
the cases are only counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import scope, sitting
from models.audit.looks import shows_list
from models.errors import NotFound
from models.queries.move_rows import MovePreview, MoveRow, ReleaseEnd
from models.queries.move_statements import TO_MOVE, also_on, appearances, closures, releases, reports
from models.rules.audited import Look
from models.rules.calendar_changes import CalendarChange, OnSession, last_called
from models.rules.called import short_name
from models.rules.court_days import CourtDays
from models.rules.moves import Move, ToMove, plan_moves
from models.rules.permissions import Action
from models.rules.reports import report_dates
from models.rules.reviews import OpenSession
from models.rules.vocabulary import AppearanceState, InterpreterState, MoveCause
from models.scope import Actor
from models.tables import CourtSession

#: How far after the closed day sessions are looked for, in days.
BEYOND_DAYS = 180


def preview_day(
    session: Session,
    viewer: Actor,
    day: date,
    *,
    today: date,
    closed_from: time | None = None,
    faces_room: bool = False,
) -> MovePreview:
    """Return what closing a civil day would do, or the day from a wall time on, in six statements; initials only where the room can see."""
    change = CalendarChange(cause=MoveCause.DAY_CLOSED, first_on=day, last_on=day, closed_from=closed_from)
    return preview(session, viewer, change, today=today, faces_room=faces_room)


def preview_session(
    session: Session, viewer: Actor, session_id: UUID, *, today: date, faces_room: bool = False
) -> MovePreview:
    """Return what closing one session would do, in seven statements; NotFound. Initials only where the room can see."""
    change = change_of_session(session, viewer, session_id)
    return preview(session, viewer, change, today=today, faces_room=faces_room)


def change_of_session(
    session: Session, viewer: Actor, session_id: UUID, places: tuple[int, int] | None = None
) -> CalendarChange:
    """Return the change that closes a session, or leaves it `places` (cases, court minutes); NotFound."""
    scope.require(viewer, Action.SEE_CALENDAR)
    day = session.scalar(
        sa.select(col(CourtSession.held_on)).where(
            col(CourtSession.court_id) == viewer.court_id, col(CourtSession.id) == session_id
        )
    )
    if day is None:
        raise NotFound
    cases, minutes = places or (0, 0)
    return CalendarChange(
        cause=MoveCause.FEWER_PLACES if places else MoveCause.SESSION_CLOSED,
        first_on=day,
        last_on=day,
        session_id=session_id,
        capacity_cases=cases,
        capacity_minutes=minutes,
    )


@shows_list(Look.MOVE_PREVIEW, lambda shown: (row.case_id for row in shown.rows if row.docket_number))
def preview(
    session: Session, viewer: Actor, change: CalendarChange, *, today: date, faces_room: bool = False
) -> MovePreview:
    """Return what a change of the calendar would do, in six statements; initials only where the room can see."""
    scope.require(viewer, Action.SEE_CALENDAR)
    which, first = sitting.touched_by(change), max(change.first_on, today)
    whole_day = change.cause is MoveCause.DAY_CLOSED and change.closed_from is None
    found = session.execute(appearances(viewer, which)).mappings().all()
    closing = tuple(dict.fromkeys(row["session_id"] for row in found))
    court_days, proposed = closures(session, viewer)
    if whole_day:
        court_days = replace(court_days, closed=court_days.closed | {change.first_on})
    open_now = sitting.open_sessions(session, viewer, first, first + timedelta(days=BEYOND_DAYS))
    sessions = tuple(one for one in open_now if one.id not in closing and not (whole_day and one.on == change.first_on))
    also = also_on(session, viewer, which)
    due, other = reports(session, viewer, which, change.first_on)
    released = releases(session, viewer, which, change.first_on)
    live = [row for row in found if row["state"] in TO_MOVE]
    leaving = live if change.closes else _leaving(change, found)
    to_move = [(row, also.get(row["case_id"], frozenset())) for row in leaving]
    free = [one for one in sessions if one.on not in proposed]
    rows = _planned(viewer, to_move, released, free, court_days, today, faces_room)
    return MovePreview(
        change=change,
        closing=closing,
        rows=tuple(_with_due(viewer, row, due.get(row.appearance_id), court_days, today) for row in rows),
        sessions=sessions,
        court_days=court_days,
        proposed=tuple(sorted({one.on for one in sessions} & set(proposed))),
        name=proposed.get(change.first_on) if whole_day else None,
        with_outcome=sum(row["state"] == AppearanceState.HELD for row in found),
        staying=len(live) - len(leaving),
        other_reports_due=other if whole_day else 0,
        versions=tuple((row["appearance_id"], row["version"]) for row in live),
    )


def _leaving(change: CalendarChange, found: Sequence[Any]) -> list[Any]:
    """Return the rows of those who no longer fit on a session with fewer places."""
    on_it = [
        OnSession(id=row["appearance_id"], minutes=row["minutes"], fixed=row["state"] == AppearanceState.HELD)
        for row in found
        if row["appearance_id"]
    ]
    leave = last_called(on_it, change.capacity_cases, change.capacity_minutes)
    return [row for row in found if row["appearance_id"] in leave]


def _planned(
    viewer: Actor,
    to_move: Sequence[tuple[Any, frozenset[UUID]]],
    released: Mapping[UUID, Sequence[tuple[str, date, date]]],
    sessions: Sequence[OpenSession],
    court_days: CourtDays,
    today: date,
    faces_room: bool,
) -> list[MoveRow]:
    """Return a row for each appearance to move, with the session the rule proposes."""
    usual = viewer.policy_on(today).sessions
    planned = plan_moves([_to_move(*one) for one in to_move], sessions, court_days, today=today, usual=usual)
    return [
        _row(viewer, row, move, elsewhere, released.get(row["case_id"], ()), faces_room)
        for (row, elsewhere), move in zip(to_move, planned, strict=True)
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
        language=row["language"],
        also_on=also_on,
    )


def _row(
    viewer: Actor,
    row: Any,
    move: Move,
    also_on: frozenset[UUID],
    released: Sequence[tuple[str, date, date]],
    faces_room: bool,
) -> MoveRow:
    named = scope.may(viewer, Action.SEE_DOCKET)
    held = [(provider, last_on) for provider, first_on, last_on in released if first_on <= row["on"] <= last_on]
    name = short_name(row["preferred_name"], row["legal_name"], bool(row["initials_only"]), faces_room)
    return MoveRow(
        appearance_id=row["appearance_id"],
        case_id=row["case_id"],
        docket_number=row["docket_number"] if named else None,
        name=name if named else None,
        on=row["on"],
        part=row["part"],
        starts_at=row["starts_at"],
        purpose=row["purpose"],
        minutes=row["minutes"],
        target=move.session,
        reason=move.reason,
        interpreter_booked=row["interpreter"] == InterpreterState.BOOKED,
        also_on=also_on,
        releases=tuple(ReleaseEnd(provider=one if named else None, last_on=last_on) for one, last_on in held),
    )
