"""What the forecast of the coming weeks rests on: the program's cases, recent intakes, and the sessions ahead. Counts only.

Eight statements, however many cases there are. For every role that sees the calendar: no case is told.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models import sitting
from models.rules.capacity import Load
from models.rules.forecast import forecast
from models.rules.permissions import Action
from models.rules.sitting_patterns import sitting_days
from models.rules.vocabulary import IN_PROGRAM, AppearanceState, AttendanceKind, CapacityBy, Stage
from models.rules.weeks_ahead import RECENT_WEEKS, WEEKS, CaseAhead, Forecast, Intake, Pace, SittingAhead
from models.scope import Actor, own_cases, require
from models.tables import Appearance, Attendance, Case, CourtSession, Mandate, Part, PhasePeriod, SittingPattern


def load_ahead(session: Session, viewer: Actor, *, today: date) -> Forecast:
    """Return the forecast of the coming weeks of every part."""
    require(viewer, Action.SEE_CALENDAR)
    rows = session.execute(_cases(viewer, today)).all()
    running = [row for row in rows if row.counts_from and row.stage is Stage.ACTIVE]
    pace = Pace(
        attended=sum(row.attended for row in running),
        days=sum((today - row.counts_from).days for row in running),
    )
    return forecast(
        [_case(row) for row in rows],
        _intakes(session, viewer, today),
        _sittings(session, viewer, today),
        viewer.policy_on(today),
        pace,
        today=today,
    )


def _cases(viewer: Actor, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Select the cases that the court owes a next date, each with its course and the day the next interval counts from."""

    def day(which: Any, *where: sa.ColumnElement[bool]) -> sa.ScalarSelect[date]:
        own = (col(Appearance.court_id) == viewer.court_id, col(Appearance.case_id) == col(Case.id))
        on_session = sa.join(Appearance, CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        return sa.select(which(col(CourtSession.held_on))).select_from(on_session).where(*own, *where).scalar_subquery()

    coming = day(
        sa.func.max,
        col(Appearance.state).in_((AppearanceState.SCHEDULED, AppearanceState.PROPOSED)),
        col(CourtSession.held_on) >= today,
    )
    held = day(sa.func.max, col(Appearance.state) == AppearanceState.HELD)
    return (
        sa.select(
            col(Part.name).label("part"),
            col(Case.stage),
            col(Mandate.program),
            _COUNTS_FROM.label("counts_from"),
            col(PhasePeriod.position),
            col(PhasePeriod.entered_on),
            _attended(viewer).label("attended"),
            sa.func.coalesce(coming, held, col(Case.opened_on)).label("from_on"),
        )
        .join(Part, col(Part.id) == col(Case.part_id))
        .outerjoin(Mandate, sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)))
        .outerjoin(PhasePeriod, sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.left_on).is_(None)))
        .where(own_cases(viewer), col(Case.stage).in_(IN_PROGRAM))
    )


_COUNTS_FROM = sa.func.coalesce(col(Mandate.carried_from), col(Mandate.accepted_on))


def _attended(viewer: Actor) -> sa.ScalarSelect[int]:
    """Count the sessions attended since the case's mandate began."""
    return (
        sa.select(sa.func.count())
        .select_from(Attendance)
        .where(
            col(Attendance.court_id) == viewer.court_id,
            col(Attendance.case_id) == col(Case.id),
            col(Attendance.kind) == AttendanceKind.ATTENDED,
            sa.not_(col(Attendance.disputed)),
            col(Attendance.replaced_by_id).is_(None),
            col(Attendance.held_on) >= _COUNTS_FROM,
        )
        .correlate(Case, Mandate)
        .scalar_subquery()
    )


def _case(row: Any) -> CaseAhead:
    return CaseAhead(
        part=row.part,
        program=row.program,
        phase=row.position or 0,
        phase_since=row.entered_on,
        attended=row.attended,
        from_on=row.from_on,
        ends_next=row.stage is Stage.COMPLETED,
    )


def _intakes(session: Session, viewer: Actor, today: date) -> list[Intake]:
    """Return the new cases and accepted mandates of each part in the last RECENT_WEEKS, in two statements."""
    since = today - timedelta(weeks=RECENT_WEEKS)
    counted = (
        sa.select(col(Part.name), sa.func.count())
        .select_from(Case)
        .join(Part, col(Part.id) == col(Case.part_id))
        .where(own_cases(viewer))
        .group_by(col(Part.name))
    )
    opened = counted.where(col(Case.opened_on) >= since)
    accepted = counted.join(Mandate, col(Mandate.case_id) == col(Case.id)).where(
        col(Mandate.accepted_on) >= since, col(Mandate.carried_from).is_(None)
    )
    new, begun = (dict(_pairs(session.execute(one))) for one in (opened, accepted))
    return [Intake(part=part, opened=new.get(part, 0), accepted=begun.get(part, 0)) for part in {*new, *begun}]


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[str, int]]:
    return ((row[0], row[1]) for row in rows)


def _sittings(session: Session, viewer: Actor, today: date) -> list[SittingAhead]:
    """Return the open sessions ahead, and the days that patterns ask for beyond what has been opened or closed."""
    last = today + timedelta(weeks=WEEKS)
    opened = [
        SittingAhead(part=one.part, on=one.on, load=one) for one in sitting.open_sessions(session, viewer, today, last)
    ]
    return opened + _asked_for(session, viewer, today, last)


def _asked_for(session: Session, viewer: Actor, today: date, last: date) -> list[SittingAhead]:
    """Return the days of the parts' patterns on which no session is there yet, in four statements."""
    patterns = session.execute(
        sa.select(SittingPattern, col(Part.name))
        .join(Part, col(Part.id) == col(SittingPattern.part_id))
        .where(col(SittingPattern.court_id) == viewer.court_id, col(SittingPattern.from_on) <= last)
    ).all()
    there = session.execute(
        sa.select(col(CourtSession.part_id), col(CourtSession.held_on), col(CourtSession.starts_at)).where(
            col(CourtSession.court_id) == viewer.court_id, col(CourtSession.held_on).between(today, last)
        )
    )
    known = {(row[0], row[1], row[2]) for row in there}
    terms, days = sitting.terms(session, viewer), sitting.court_days(session, viewer)
    return [
        SittingAhead(part=part, on=day.on, load=_empty(pattern), opened=False)
        for pattern, part in patterns
        for day in sitting_days(sitting.as_pattern(pattern), terms, days, today, last)
        if day.left_out is None and (pattern.part_id, day.on, pattern.starts_at) not in known
    ]


def _empty(pattern: SittingPattern) -> Load:
    return Load(
        booked_cases=0,
        capacity_cases=pattern.capacity_cases,
        booked_minutes=0,
        capacity_minutes=pattern.capacity_minutes,
        capacity_by=CapacityBy(pattern.capacity_by),
        kept_for_new=pattern.kept_for_new,
    )
