"""Where the counts read from: the rows as they stand now, or as the court saw them at the end of a past day.

A past view leaves out what was entered later and takes each fact in the version that stood then, as `rules.seen` does
without a database. It is for one case or a few: it is not read off an index alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm
from sqlmodel import col

from models.rules.vocabulary import AppearanceState, ReportState, ResponseState
from models.tables import (
    Appearance,
    Arrest,
    Attendance,
    Case,
    CourtSession,
    Decision,
    Mandate,
    PhasePeriod,
    Release,
    Report,
    ReportVersion,
    Response,
    StageChange,
    Warrant,
)

Condition = sa.ColumnElement[bool]
ON = sa.bindparam("on_day", type_=sa.Date)
KNOWN_BY: Any = sa.bindparam("known_by", type_=Case.metadata.tables["warrants"].c.recorded_at.type)


@dataclass(frozen=True)
class Source:
    """Rows to read from, their columns by name, and the condition that they count."""

    rows: Any
    columns: Mapping[str, Any]
    counts: tuple[Condition, ...] = ()

    def __getitem__(self, name: str) -> Any:
        """Return a column by its name."""
        return self.columns[name]


@dataclass(frozen=True)
class Sources:
    """Everything the facts are counted from; `stage`, `mandate` and `period` go with the case itself."""

    stage: Any
    mandate: Condition  # joins the mandate that runs
    period: Condition  # joins the phase it is in
    appearances: Source
    attendances: Source
    reports: Source
    responses: Source
    releases: Source
    warrants: Source
    arrests: Source


def as_it_stands() -> Sources:
    """Return the rows as they stand now."""
    attendances, warrants, arrests = _table(Attendance), _table(Warrant), _table(Arrest)
    return Sources(
        stage=col(Case.stage),
        mandate=sa.and_(col(Mandate.case_id) == col(Case.id), col(Mandate.ended_on).is_(None)),
        period=sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.left_on).is_(None)),
        appearances=_on_calendar(),
        attendances=Source(attendances, attendances.c, (attendances.c.replaced_by_id.is_(None),)),
        reports=Source(_table(Report), _table(Report).c),
        responses=Source(_table(Response), _table(Response).c),
        releases=Source(_table(Release), _table(Release).c),
        warrants=Source(warrants, warrants.c, (warrants.c.replaced_at.is_(None),)),
        arrests=Source(arrests, arrests.c, (arrests.c.struck_at.is_(None),)),
    )


def as_seen(chosen: Any) -> Sources:
    """Return the rows of the chosen cases as the court saw them before the instant `known_by`."""
    period = sa.or_(
        col(PhasePeriod.left_on).is_(None),
        sa.case(
            (col(PhasePeriod.left_at).is_not(None), col(PhasePeriod.left_at) >= KNOWN_BY),
            else_=col(PhasePeriod.left_on) > ON,
        ),
    )
    return Sources(
        stage=sa.func.coalesce(_stage_before_the_next_change(), col(Case.stage)),
        mandate=col(Mandate.id) == col(PhasePeriod.mandate_id),
        period=sa.and_(col(PhasePeriod.case_id) == col(Case.id), col(PhasePeriod.recorded_at) < KNOWN_BY, period),
        appearances=_seen(_appearances_then(chosen), "appearances_then"),
        attendances=_seen(_attendances_then(chosen), "attendances_then"),
        reports=_seen(_reports_then(chosen), "reports_then"),
        responses=_seen(_responses_then(chosen), "responses_then"),
        releases=_seen(_releases_then(chosen), "releases_then"),
        warrants=_seen(_entered(Warrant, chosen, replaced_at=col(Warrant.replaced_at)), "warrants_then"),
        arrests=_seen(_entered(Arrest, chosen, replaced_at=col(Arrest.struck_at)), "arrests_then"),
    )


def _table(row: Any) -> Any:
    return row.__table__


def _on_calendar() -> Source:
    """Return the appearances with their sessions' days."""
    appearances, sessions = _table(Appearance), _table(CourtSession)
    joined = sa.join(appearances, sessions, sessions.c.id == appearances.c.court_session_id)
    return Source(joined, {**dict(appearances.c.items()), "held_on": sessions.c.held_on})


def _seen(rows: Any, name: str) -> Source:
    seen = rows.cte(name)
    return Source(seen, seen.c)


def _entered(row: Any, chosen: Any, *, replaced_at: Any = None, **instead: Any) -> Any:
    """Select the chosen cases' rows of a table that had been entered and stood; `instead` are columns as of then."""
    columns = [instead[one.name].label(one.name) if one.name in instead else one for one in _table(row).c]
    entered = sa.select(*columns).where(row.case_id.in_(chosen), row.recorded_at < KNOWN_BY)
    return entered if replaced_at is None else entered.where(_not_by_then(replaced_at))


def _not_by_then(instant: Any) -> Condition:
    return sa.or_(instant.is_(None), instant >= KNOWN_BY)


def _stage_before_the_next_change() -> Any:
    return (
        sa.select(col(StageChange.from_stage))
        .where(col(StageChange.case_id) == col(Case.id), col(StageChange.recorded_at) >= KNOWN_BY)
        .order_by(col(StageChange.recorded_at), col(StageChange.id))
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def _attendances_then(chosen: Any) -> Any:
    newer = orm.aliased(Attendance)
    return _entered(Attendance, chosen, replaced_at=col(newer.recorded_at)).outerjoin(
        newer, col(newer.id) == col(Attendance.replaced_by_id)
    )


def _appearances_then(chosen: Any) -> Any:
    """Select the appearances on the calendar then, with the outcome of the decision that stood, and since when it was known."""
    decided = (col(Decision.appearance_id) == col(Appearance.id), col(Decision.recorded_at) < KNOWN_BY)
    last = sa.select(col(Decision.outcome)).where(*decided).order_by(col(Decision.version).desc()).limit(1)
    outcome = last.correlate(Appearance).scalar_subquery()
    first = sa.select(sa.func.min(col(Decision.recorded_at))).where(*decided, col(Decision.outcome) == outcome)
    state = sa.case(
        (outcome.is_not(None), AppearanceState.HELD.value),
        (col(Appearance.changed_at) >= KNOWN_BY, AppearanceState.SCHEDULED.value),
        else_=sa.cast(col(Appearance.state), sa.String),
    )
    return (
        sa.select(
            col(Appearance.court_id),
            col(Appearance.case_id),
            col(CourtSession.held_on),
            outcome.label("outcome"),
            sa.type_coerce(state, _table(Appearance).c.state.type).label("state"),
            first.correlate(Appearance).scalar_subquery().label("known_at"),
        )
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.case_id).in_(chosen), col(Appearance.added_at) < KNOWN_BY)
    )


def _reports_then(chosen: Any) -> Any:
    """Select the reports as they stood: received once its first version had been entered."""
    came = sa.exists().where(col(ReportVersion.report_id) == col(Report.id), col(ReportVersion.recorded_at) < KNOWN_BY)
    withdrawn = sa.and_(
        col(Report.state) == ReportState.WITHDRAWN,
        sa.or_(col(Report.withdrawn_at).is_(None), col(Report.withdrawn_at) < KNOWN_BY),
    )
    state = sa.case((sa.or_(came, withdrawn), col(Report.state)), else_=_word(Report, ReportState.EXPECTED))
    received_on = sa.case((came, col(Report.received_on)), else_=sa.null())
    instead = {"state": state, "received_on": received_on}
    columns = [instead[one.name].label(one.name) if one.name in instead else one for one in _table(Report).c]
    return sa.select(*columns).where(col(Report.case_id).in_(chosen))


def _responses_then(chosen: Any) -> Any:
    ordered = _word(Response, ResponseState.ORDERED)
    state = sa.case((col(Response.settled_on) > ON, ordered), else_=col(Response.state))
    return _entered(Response, chosen, state=state)


def _releases_then(chosen: Any) -> Any:
    revoked_on = sa.case((col(Release.revoked_at) >= KNOWN_BY, sa.null()), else_=col(Release.revoked_on))
    return _entered(Release, chosen, revoked_on=revoked_on)


def _word(row: Any, state: Any) -> Any:
    return sa.literal(state, _table(row).c.state.type)
