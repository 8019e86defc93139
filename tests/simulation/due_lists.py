"""What is due on a day by the demonstration's written rules, worked out a second time from plain rows.

Nothing here calls the sweeps or the rules under test: the numbers of the policy are written out, days are counted anew.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.rules.vocabulary import FollowUpKind
from models.tables import (
    Acd,
    Appearance,
    Case,
    Closure,
    CourtSession,
    Referral,
    Release,
    Reminder,
    Report,
    Response,
    Service,
    StageChange,
)
from tests.simulation import policy
from tests.simulation.world import World

_K = FollowUpKind
IN_PROGRAM = ("identified", "screened", "offered", "active", "completed")
CLOSED = ("dismissed", "sealed", "declined", "transferred", "terminated")
ANSWER_DAYS, RELEASE_WARNING, ACD_WARNING, INTERPRETER_AHEAD = 7, 14, 14, 14


@dataclass(frozen=True)
class Due:
    """One thing that must be on the list: about which row. Settled by a person it counts from `settled_from` on."""

    kind: FollowUpKind
    subject: UUID
    case_id: UUID
    settled_from: date | None = None


@dataclass(frozen=True)
class Days:
    """The days the court sits."""

    closed: Collection[date]

    def sits(self, day: date) -> bool:
        """Tell whether it sits on a day."""
        return day.weekday() < 5 and day not in self.closed

    def forward(self, day: date) -> date:
        """Return the day, or the first one after it on which the court sits."""
        while not self.sits(day):
            day += timedelta(days=1)
        return day


def days_of(world: World) -> Days:
    """Return the court's days by its confirmed closures."""
    whole = sa.select(col(Closure.closed_on)).where(
        col(Closure.confirmed_at).is_not(None), col(Closure.closed_from).is_(None)
    )
    return Days(frozenset(row[0] for row in world.ask(whole)))


def due(world: World) -> Iterator[Due]:
    """Yield what must be on the list on the world's day, but for what `matters` says of whole cases."""
    days = days_of(world)
    yield from _appearances(world)
    yield from _referrals(world, days)
    yield from _releases(world)
    yield from _late_reports(world, days)
    yield from _acds(world)
    yield from _responses(world)
    yield from _reminders(world)


def _appearances(world: World) -> Iterator[Due]:
    today = world.today
    rows = world.ask(
        sa.select(
            col(Appearance.id),
            col(Appearance.case_id),
            col(Appearance.state),
            col(Appearance.interpreter),
            col(CourtSession.held_on),
            col(Case.stage),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Appearance.case_id))
        .where(col(Appearance.state).in_(("scheduled", "proposed")), col(Case.stage).not_in(CLOSED))
    )
    for row in rows:
        running = row.stage in IN_PROGRAM
        if row.state == "scheduled" and row.held_on < today:
            yield Due(_K.NO_OUTCOME, row.id, row.case_id)
        elif row.state == "proposed":
            if row.held_on >= today and running:
                yield Due(_K.APPROVE_DATE, row.id, row.case_id)
        elif row.interpreter == "needed" and running and row.held_on <= today + timedelta(days=INTERPRETER_AHEAD):
            yield Due(_K.INTERPRETER, row.id, row.case_id)


def _referrals(world: World, days: Days) -> Iterator[Due]:
    rows = world.ask(
        sa.select(col(Referral.id), col(Referral.case_id), col(Referral.state), col(Referral.state_since))
        .join(Case, col(Case.id) == col(Referral.case_id))
        .where(col(Referral.state).in_(("referred", "needed")), col(Case.stage).in_(IN_PROGRAM))
    )
    for row in rows:
        if row.state == "needed":
            yield Due(_K.NEED_WITHOUT_PLACE, row.id, row.case_id)
        elif days.forward(row.state_since + timedelta(days=ANSWER_DAYS)) < world.today:
            yield Due(_K.REFERRAL_UNANSWERED, row.id, row.case_id)


def _releases(world: World) -> Iterator[Due]:
    """The last answer for a provider who works with her, where it ends within the warning or has ended."""
    works = {
        (row.case_id, row.provider_id)
        for row in world.ask(
            sa.select(col(Referral.case_id), col(Service.provider_id))
            .join(Service, col(Service.id) == col(Referral.service_id))
            .where(col(Referral.state).in_(("referred", "accepted", "waitlisted", "enrolled")))
        )
    }
    answers: dict[tuple[UUID, UUID], list[Any]] = {}
    columns = (Release.id, Release.case_id, Release.provider_id, Release.answer, Release.starts_on, Release.ends_on)
    rows = (
        sa.select(*map(col, columns), col(Release.revoked_on), col(Release.recorded_at))
        .join(Case, col(Case.id) == col(Release.case_id))
        .where(col(Case.stage).in_(IN_PROGRAM))
    )
    for row in world.ask(rows):
        answers.setdefault((row.case_id, row.provider_id), []).append(row)
    for key, told in answers.items():
        for row in told if key in works else ():
            since = any(
                one.ends_on > row.ends_on or one.recorded_at > row.recorded_at for one in told if one is not row
            )
            if row.answer != "given" or row.revoked_on or since or row.starts_on > world.today:
                continue
            if row.ends_on < world.today:
                yield Due(_K.RELEASE_EXPIRED, row.id, row.case_id)
            elif row.ends_on <= world.today + timedelta(days=RELEASE_WARNING):
                yield Due(_K.RELEASE_EXPIRING, row.id, row.case_id)


def _late_reports(world: World, days: Days) -> Iterator[Due]:
    """Of each provider the newest report that is past its due day and its court days of grace, or past its day in court."""
    newest: dict[tuple[UUID, UUID], Any] = {}
    for row in _waited_for(world):
        after_due = days.forward(row.due_on)
        if after_due > max(row.due_on, row.held_on):
            after_due = max(row.due_on, row.held_on)
        grace = after_due
        for _ in range(policy.numbers(world).report_grace):
            grace = days.forward(grace + timedelta(days=1))
        if world.today > grace or (world.today >= row.held_on and world.today > after_due):
            key = (row.case_id, row.provider_id)
            if key not in newest or newest[key].due_on < row.due_on:
                newest[key] = row
    for row in newest.values():
        yield Due(_K.REPORT_LATE, row.id, row.case_id)


def _waited_for(world: World) -> Sequence[Any]:
    """Expected reports past their due day, under a release that holds, and not overtaken by a later one."""
    later = sa.alias(Report.metadata.tables["reports"], "later")
    held = sa.exists().where(
        col(Release.case_id) == col(Report.case_id),
        col(Release.provider_id) == col(Report.provider_id),
        col(Release.answer) == "given",
        col(Release.starts_on) <= world.today,
        col(Release.ends_on) >= world.today,
        sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > world.today),
    )
    overtaken = sa.exists().where(
        later.c.case_id == col(Report.case_id),
        later.c.provider_id == col(Report.provider_id),
        later.c.state.in_(("received", "disputed")),
        later.c.period_to >= col(Report.period_to),
    )
    columns = (Report.id, Report.case_id, Report.provider_id, Report.due_on, CourtSession.held_on)
    return world.ask(
        sa.select(*map(col, columns))
        .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .join(Case, col(Case.id) == col(Report.case_id))
        .where(col(Report.state) == "expected", col(Report.due_on) < world.today, held, ~overtaken)
        .where(col(Case.stage).in_(IN_PROGRAM))
    )


def _acds(world: World) -> Iterator[Due]:
    running = sa.select(col(Acd.id), col(Acd.case_id)).where(
        col(Acd.restored_on).is_(None),
        col(Acd.confirmed_on).is_(None),
        col(Acd.expires_on) <= world.today + timedelta(days=ACD_WARNING),
    )
    dismissed = (
        sa.select(col(StageChange.id), col(StageChange.case_id))
        .join(Case, col(Case.id) == col(StageChange.case_id))
        .where(col(StageChange.to_stage) == "dismissed", col(Case.stage) == "dismissed")
    )
    yield from (Due(_K.ACD_EXPIRY, *row) for row in world.ask(running))
    yield from (Due(_K.SEALING, *row) for row in world.ask(dismissed))


def _responses(world: World) -> Iterator[Due]:
    ordered = (
        sa.select(col(Response.id), col(Response.case_id))
        .join(Case, col(Case.id) == col(Response.case_id))
        .where(col(Response.state).in_(("ordered", "not_done")), col(Case.stage).not_in(CLOSED))
    )
    yield from (Due(_K.RESPONSE_DUE, *row) for row in world.ask(ordered))


def _reminders(world: World) -> Iterator[Due]:
    """Reminders that did not go out, or of which nobody knows, of a day still to come, and none was sent since."""
    later = sa.alias(Reminder.metadata.tables["reminders"], "later")
    since = sa.exists().where(
        later.c.appearance_id == col(Reminder.appearance_id),
        later.c.due_on > col(Reminder.due_on),
        later.c.state == "sent",
    )
    lost = (
        sa.select(col(Reminder.id), col(Reminder.case_id))
        .join(Appearance, col(Appearance.id) == col(Reminder.appearance_id))
        .join(Case, col(Case.id) == col(Reminder.case_id))
        .where(col(Reminder.state).in_(("failed", "not_known")), col(Reminder.held_on) >= world.today, ~since)
        .where(col(Appearance.state) == "scheduled", col(Case.stage).not_in(CLOSED))
    )
    yield from (Due(_K.REMINDER_NOT_SENT, *row) for row in world.ask(lost))
