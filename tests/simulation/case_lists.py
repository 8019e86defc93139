"""What is due about a whole case on a day: no next date, nobody heard of her, absences the court has not answered."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models import clock
from models.rules.vocabulary import FollowUpKind
from models.tables import Appearance, Attendance, Case, Contact, CourtSession, Mandate, Response
from tests.simulation import policy
from tests.simulation.due_lists import IN_PROGRAM, Due
from tests.simulation.world import ZONE, World

_K = FollowUpKind


def matters(world: World) -> Iterator[Due]:
    """Yield what must be on the list about whole cases."""
    yield from without_date(world)
    active = _active(world)
    yield from _silent(world, active)
    yield from _unanswered(world, active)


def without_date(world: World) -> Iterator[Due]:
    """Yield every case in the program that has no appearance to come or waiting, since its last one was held or taken off.

    A decision that is corrected later begins no new matter.
    """
    live = sa.exists().where(
        col(Appearance.case_id) == col(Case.id), col(Appearance.state).in_(("scheduled", "proposed"))
    )
    changed = (
        sa.select(sa.func.max(col(Appearance.changed_at)))
        .where(col(Appearance.case_id) == col(Case.id), col(Appearance.state) != "held")
        .scalar_subquery()
    )
    held = (
        sa.select(sa.func.max(col(CourtSession.held_on)))
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(col(Appearance.case_id) == col(Case.id), col(Appearance.state) == "held")
        .scalar_subquery()
    )
    rows = sa.select(col(Case.id), col(Case.stage_since), changed.label("changed"), held.label("held")).where(
        col(Case.stage).in_(IN_PROGRAM), ~live
    )
    for row in world.ask(rows):
        taken_off = clock.court_day(row.changed, ZONE) if row.changed else row.stage_since
        since = max(taken_off, row.held or row.stage_since, row.stage_since)
        yield Due(_K.NO_NEXT_DATE, row.id, row.id, settled_from=since)


def _active(world: World) -> dict[UUID, Any]:
    """Return the mandates that run, by case."""
    columns = (Mandate.accepted_on, Mandate.carried_from, Mandate.sessions)
    rows = (
        sa.select(col(Case.id), *map(col, columns))
        .join(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .where(col(Case.stage) == "active")
    )
    return {row.id: row for row in world.ask(rows)}


def _silent(world: World, active: dict[UUID, Any]) -> Iterator[Due]:
    days = policy.numbers(world).no_contact_days
    running = sa.select(col(Mandate.case_id)).where(col(Mandate.ended_on).is_(None))
    heard: dict[UUID, date] = {}
    ways = (
        sa.select(col(Contact.case_id), sa.func.max(col(Contact.made_on)))
        .where(col(Contact.reached), col(Contact.case_id).in_(running))
        .group_by(col(Contact.case_id)),
        sa.select(col(Attendance.case_id), sa.func.max(col(Attendance.held_on)))
        .where(col(Attendance.kind) == "attended", col(Attendance.replaced_by_id).is_(None))
        .where(col(Attendance.case_id).in_(running))
        .group_by(col(Attendance.case_id)),
        sa.select(col(Appearance.case_id), sa.func.max(col(CourtSession.held_on)))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.outcome) == "appeared", col(Appearance.case_id).in_(running))
        .group_by(col(Appearance.case_id)),
    )
    for way in ways:
        for case_id, on in world.ask(way):
            heard[case_id] = max(on, heard.get(case_id, on))
    for case_id, mandate in active.items():
        limit = max(heard.get(case_id, mandate.accepted_on), mandate.accepted_on) + timedelta(days=days)
        if limit <= world.today:
            yield Due(_K.NO_CONTACT, case_id, case_id, settled_from=limit)


def _unanswered(world: World, active: dict[UUID, Any]) -> Iterator[Due]:
    """Verified absences that no later response answers which the court gave knowing of them; not once the mandate is done."""
    several, answers = policy.numbers(world).several, dict[UUID, list[Any]]()
    waiting: set[UUID] = set()
    columns = (Response.case_id, Response.behaviour, Response.decided_on, Response.recorded_at)
    responses = (
        sa.select(*map(col, columns), col(Response.state), col(Response.kind))
        .join(Case, sa.and_(col(Case.id) == col(Response.case_id), col(Case.stage) == "active"))
        .where(col(Response.state) != "withdrawn")
    )
    for row in world.ask(responses):
        if row.behaviour in ("unacceptable_absence", "missed_appearance", "other"):
            answers.setdefault(row.case_id, []).append(row)
        if row.state == "ordered" and row.kind != "incentive":
            waiting.add(row.case_id)
    for case_id, counted in _sessions(world).items():
        if case_id not in active:
            continue
        mandate = active[case_id]
        since = mandate.carried_from or mandate.accepted_on
        attended = sum(row.kind == "attended" and row.held_on >= since for row in counted)
        open_since = sorted(
            max(row.held_on, clock.court_day(_known(row), ZONE))
            for row in counted
            if row.kind == "missed" and not any(_answers(one, row) for one in answers.get(case_id, ()))
        )
        done = attended >= mandate.sessions and case_id not in waiting
        if len(open_since) >= several and not done:
            yield Due(_K.NOTHING_DONE, case_id, case_id, settled_from=open_since[several - 1])


def _sessions(world: World) -> dict[UUID, list[Any]]:
    """Return the sessions attended and missed, as they stand and disputed by nobody, by case."""
    columns = (Attendance.case_id, Attendance.kind, Attendance.held_on, Attendance.recorded_at, Attendance.known_at)
    sessions: dict[UUID, list[Any]] = {}
    told = (
        sa.select(*map(col, columns))
        .join(Case, sa.and_(col(Case.id) == col(Attendance.case_id), col(Case.stage) == "active"))
        .where(col(Attendance.replaced_by_id).is_(None), ~col(Attendance.disputed))
        .where(col(Attendance.kind).in_(("missed", "attended")))
    )
    for row in world.ask(told):
        sessions.setdefault(row.case_id, []).append(row)
    return sessions


def _known(absence: Any) -> datetime:
    at: datetime = absence.known_at or absence.recorded_at
    return at


def _answers(response: Any, absence: Any) -> bool:
    return bool(response.decided_on >= absence.held_on and response.recorded_at >= _known(absence))
