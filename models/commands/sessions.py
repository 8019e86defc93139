"""Court sessions: open one or a row of them, change one, close one with a plan for the cases on it.

Times are wall time in the court's zone, capacity is in cases and in minutes of sitting time. A session's past is not
rewritten.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit, sitting
from models.commands import clearing, places
from models.commands.clearing import Plan
from models.commands.judge_absences import seat
from models.commands.opening import AS_USUAL, THERE, Opened, Usual, checked_kept, languages, open_on, taken_days
from models.commands.typed import line
from models.errors import Conflict, CourtClosed, Invalid, NoRoom
from models.rules import words
from models.rules.capacity import within
from models.rules.court_days import why_not_sitting
from models.rules.permissions import Action
from models.rules.vocabulary import CapacityBy, Purpose, SessionState
from models.scope import Actor, load, require
from models.tables import Appearance, CourtSession, Judge

__all__ = [
    "Opened",
    "Usual",
    "change_session",
    "close_session",
    "open_session",
    "open_sessions_weekly",
    "reopen_session",
]

_LONGEST_ROW = timedelta(days=2 * 366)


def open_session(
    session: Session, actor: Actor, part_id: UUID, held_on: date, *, now: datetime, as_usual: Usual = AS_USUAL
) -> CourtSession:
    """Open one session of a part on a civil date. CourtClosed on a closed day, Conflict when there is one already."""
    opened = open_on(session, actor, part_id, [held_on], as_usual, now=now)
    if opened.skipped:
        why = opened.skipped[0][1]
        refusal = Conflict if why == THERE else CourtClosed
        raise refusal(f"{words.day(held_on, held_on)}: {why}. Choose another day.")
    return opened.sessions[0]


def open_sessions_weekly(
    session: Session,
    actor: Actor,
    part_id: UUID,
    weekday: int,
    every_weeks: int,
    first: date,
    last: date,
    *,
    now: datetime,
    as_usual: Usual = AS_USUAL,
) -> Opened:
    """Open sessions of a part on a weekday (Monday is 0), every so many weeks, from `first` to `last` (both included).

    Closed days and days that have one already are left out and named. Invalid for a span that is empty or too long.
    """
    if every_weeks < 1 or not 0 <= weekday <= 6:
        raise Invalid("Choose a weekday, and a number of weeks from 1 up.")
    if last < first or last - first > _LONGEST_ROW:
        raise Invalid("The last day comes after the first, at most two years later.")
    begin = first + timedelta(days=(weekday - first.weekday()) % 7)
    step = timedelta(weeks=every_weeks)
    days = [begin + n * step for n in range((last - begin) // step + 1)] if begin <= last else []
    return open_on(session, actor, part_id, days, as_usual, now=now)


def change_session(
    session: Session,
    actor: Actor,
    session_id: UUID,
    *,
    now: datetime,
    judge_id: UUID | None = None,
    starts_at: time | None = None,
    capacity_cases: int | None = None,
    capacity_minutes: int | None = None,
    purposes: Collection[Purpose] | None = None,
    capacity_by: CapacityBy | None = None,
    kept_for_new: int | None = None,
    interpreter_languages: Collection[str] | None = None,
    reason: str | None = None,
) -> CourtSession:
    """Change a coming session; None leaves a value as it is.

    NoRoom when the capacity falls below what is booked, unless `reason` says why; Conflict for a start that is taken.
    """
    require(actor, Action.MANAGE_CALENDAR)
    changed = places.lock(session, actor, session_id)
    places.check_open(changed, actor.today(now))
    if judge_id not in (None, changed.judge_id):
        changed.judge_id, changed.substitute_for = load(session, actor, Judge, judge_id).id, None
    if starts_at is not None and starts_at != changed.starts_at:
        _begin_at(session, actor, changed, starts_at)
    cases = changed.capacity_cases if capacity_cases is None else capacity_cases
    minutes = changed.capacity_minutes if capacity_minutes is None else capacity_minutes
    why = line(reason)
    changed.capacity_by = changed.capacity_by if capacity_by is None else capacity_by
    changed.kept_for_new = checked_kept(changed.kept_for_new if kept_for_new is None else kept_for_new, cases)
    _check_capacity(session, actor, changed, cases, minutes, why)
    changed.capacity_cases, changed.capacity_minutes = cases, minutes
    _take_only(changed, purposes, interpreter_languages)
    changed.note = why or changed.note
    session.add(changed)
    detail = {"on": changed.held_on, "cases": cases, "minutes": minutes, "purposes": changed.purposes}
    audit.record(session, actor, "change_session", "court_session", changed.id, now=now, detail=detail)
    return changed


def close_session(
    session: Session,
    actor: Actor,
    session_id: UUID,
    reason: str,
    plan: Plan,
    *,
    now: datetime,
    over_reason: str | None = None,
) -> tuple[Appearance, ...]:
    """Close a coming session and move every case on it as the plan says, in one piece; return the new appearances.

    Conflict when the plan does not name exactly the cases on it now; NoRoom and CourtClosed as for any move.
    """
    require(actor, Action.MANAGE_CALENDAR)
    why = clearing.words_for(reason, "The reason")
    (closed,), targets = clearing.locked_with_targets(session, actor, [session_id], plan)
    places.check_open(closed, actor.today(now))
    moved = clearing.clear(session, actor, [closed], targets, plan, why, now=now, over_reason=over_reason)
    detail = {"on": closed.held_on, "moved": len(moved)}
    audit.record(session, actor, "close_session", "court_session", closed.id, now=now, detail=detail)
    return moved


def reopen_session(session: Session, actor: Actor, session_id: UUID, *, now: datetime) -> CourtSession:
    """Let a closed coming session take place after all; what was moved off it stays where it is."""
    require(actor, Action.MANAGE_CALENDAR)
    reopened = places.lock(session, actor, session_id)
    if reopened.held_on < actor.today(now):
        raise Invalid("This session's day has passed. Open a coming one instead.")
    if closed := why_not_sitting(reopened.held_on, reopened.starts_at, sitting.court_days(session, actor)):
        raise CourtClosed(f"{words.day(reopened.held_on, reopened.held_on)} is {closed}. Remove the closure first.")
    reopened.state, reopened.closed_reason = SessionState.OPEN, None
    seat(session, actor, [reopened])
    detail = {"on": reopened.held_on}
    audit.record(session, actor, "reopen_session", "court_session", reopened.id, now=now, detail=detail)
    return reopened


def _take_only(changed: CourtSession, purposes: Collection[Purpose] | None, spoken: Collection[str] | None) -> None:
    """Say which appearances the session takes, and for which languages an interpreter is there; None leaves it."""
    if purposes is not None:
        changed.purposes = sorted(purposes)
    if spoken is not None:
        changed.interpreter_languages = languages(spoken)


def _begin_at(session: Session, actor: Actor, changed: CourtSession, starts_at: time) -> None:
    """Let the session begin at another wall time; Conflict where one does already, CourtClosed in closed hours."""
    if changed.held_on in taken_days(session, actor, changed.part_id, starts_at):
        raise Conflict("The part has a session at that time already. Choose another time.")
    if closed := why_not_sitting(changed.held_on, starts_at, sitting.court_days(session, actor)):
        raise CourtClosed(f"{words.day(changed.held_on, changed.held_on)} is {closed}. Choose an earlier time.")
    changed.starts_at = starts_at


def _check_capacity(
    session: Session, actor: Actor, changed: CourtSession, cases: int, minutes: int, reason: str | None
) -> None:
    """Refuse a capacity below what is booked, unless a reason is given; and one of nothing."""
    if cases < 1 or minutes < 1:
        raise Invalid("A session has room for at least one case and one minute. Close it if it takes none.")
    booked_cases, booked_minutes = session.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(col(Appearance.minutes)), 0)).where(
            col(Appearance.court_id) == actor.court_id,
            col(Appearance.court_session_id) == changed.id,
            col(Appearance.state).in_(sitting.TAKES_A_PLACE),
        )
    ).one()
    if not within(CapacityBy(changed.capacity_by), cases - booked_cases, minutes - booked_minutes) and not reason:
        booked = f"{words.count(booked_cases, 'case')} and {words.count(booked_minutes, 'minute')}"
        raise NoRoom(f"{booked} are booked on this session. Move some first, or record why it may hold fewer places.")
