"""The one statement behind `facts_of`, built once for each way of choosing cases.

One row a case, whose counts are ranges of an index: a case of years costs little more than one of weeks, and nothing is
fetched row by row. SQLite and PostgreSQL read the same text.
"""

from functools import cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.facts.asking import COURT, answers, failing, last_answer_recorded, of_case, or_ever, window_from
from models.facts.released import matching, unreleased
from models.facts.sources import ON, Condition, Source, Sources, as_it_stands, as_seen
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
)
from models.scope import cases_of
from models.tables import Case, Mandate, PhasePeriod

Chosen = sa.Select[UUID]
Statement = sa.Select[*tuple[Any, ...]]
_Columns = list[sa.Label[Any]]

_SETTLED = (AttendanceKind.ATTENDED, AttendanceKind.EXCUSED, AttendanceKind.MISSED, AttendanceKind.CANCELLED)


@cache
def statement(chosen: Chosen, *, past: bool = False) -> Statement:
    """Build the statement for one way of choosing cases: as they stand, or as the court saw them on a `past` day."""
    sources = as_seen(chosen) if past else as_it_stands()
    known = _known(chosen, sources)
    return sa.select(
        *known.c,
        *_court(known, sources),
        *_responses(known, sources.responses),
        *_releases(known, sources),
        *_reports(known, sources.reports),
        *_attendance(known, sources),
        *_told(known, sources),
    )


def _known(chosen: Chosen, sources: Sources) -> sa.CTE:
    """Per case: its course, and the days from which the counts run. Materialised, or each count would look them up."""
    responses, appearances = sources.responses, sources.appearances
    answered_on = of_case(responses, sa.func.max(responses["decided_on"]), col(Case.id), *answers(responses))
    seen_on = of_case(
        appearances,
        sa.func.max(appearances["held_on"]),
        col(Case.id),
        appearances["state"] == AppearanceState.HELD,
        appearances["outcome"] != Outcome.ADJOURNED,
        appearances["held_on"] <= ON,
    )
    return (
        sa.select(
            col(Case.id).label("case_id"),
            sources.stage.label("stage"),
            col(Mandate.program),
            sa.func.coalesce(col(Mandate.carried_from), col(Mandate.accepted_on)).label("counts_from"),
            col(PhasePeriod.position),
            col(PhasePeriod.entered_on),
            window_from(col(PhasePeriod.entered_on)).label("window_from"),
            answered_on.label("answered_on"),
            last_answer_recorded(responses).label("answered_at"),
            seen_on.label("last_appearance_on"),
        )
        .select_from(Case)
        .outerjoin(PhasePeriod, sources.period)
        .outerjoin(Mandate, sources.mandate)
        .where(cases_of(COURT), col(Case.id).in_(chosen))
        .cte("known")
        .prefix_with("MATERIALIZED")
    )


def _court(known: sa.CTE, sources: Sources) -> _Columns:
    """What the calendar says, and which appearances were missed."""
    calendar = sources.appearances
    day, scheduled = calendar["held_on"], calendar["state"] == AppearanceState.SCHEDULED
    missed = (
        calendar["state"] == AppearanceState.HELD,
        calendar["outcome"] == Outcome.DID_NOT_APPEAR,
        day <= ON,
    )
    failed = {
        name: of_case(calendar, what, known.c.case_id, *missed, *where)
        for name, what, *where in failing(day, calendar["known_at"], known, sources.responses)
    }
    found = {
        "next_appearance_on": of_case(calendar, sa.func.min(day), known.c.case_id, scheduled, day >= ON),
        "unheld": of_case(calendar, sa.func.count(), known.c.case_id, scheduled, day < ON),
        **failed,
    }
    return [value.label(name) for name, value in found.items()]


def _responses(known: sa.CTE, responses: Source) -> _Columns:
    """How many responses are still open, and how often the court found a goal out of reach."""
    open_ = (responses["state"] == ResponseState.ORDERED, responses["kind"] != ResponseKind.INCENTIVE)
    distal = (
        responses["behaviour"] == Behaviour.DISTAL_GOAL,
        responses["state"] != ResponseState.WITHDRAWN,
        responses["decided_on"] >= or_ever(known.c.counts_from),
    )
    by_now = responses["decided_on"] <= ON
    return [
        of_case(responses, sa.func.count(), known.c.case_id, *open_, by_now).label("open_responses"),
        of_case(responses, sa.func.count(), known.c.case_id, *distal, by_now).label("distal_goals"),
    ]


def _releases(known: sa.CTE, sources: Sources) -> _Columns:
    """Whether a release of the case holds on the day, when the last one ended, and whether a session has none."""
    releases = sources.releases
    given = (releases["answer"] == ReleaseAnswer.GIVEN, releases["starts_on"] <= ON)
    active = of_case(releases, sa.func.count(), known.c.case_id, *matching(releases))
    ended_on = sa.func.max(sa.func.coalesce(releases["revoked_on"], releases["ends_on"]))
    return [
        active.label("releases_active"),
        of_case(releases, ended_on, known.c.case_id, *given).label("release_ended_on"),
        unreleased(known.c.case_id, sources.attendances, releases).label("unreleased"),
    ]


def _reports(known: sa.CTE, reports: Source) -> _Columns:
    """How many reports are past their grace, since when, and when the last one came.

    Once a later report of the same provider has come, nobody waits for the older one any more.
    """
    later = reports.rows.alias()
    overtaken = sa.exists().where(
        later.c.court_id == COURT,
        later.c.case_id == reports["case_id"],
        later.c.due_on > reports["due_on"],
        later.c.provider_id == reports["provider_id"],
        later.c.received_on <= ON,
    )
    past_grace = reports["due_on"] < sa.bindparam("grace_over", type_=sa.Date)
    waiting = (reports["state"] == ReportState.EXPECTED, past_grace, ~overtaken)
    last, came = sa.func.max(reports["received_on"]), reports["received_on"] <= ON
    return [
        of_case(reports, sa.func.count(), known.c.case_id, *waiting).label("reports_outstanding"),
        of_case(reports, sa.func.min(reports["due_on"]), known.c.case_id, *waiting).label("oldest_report_due_on"),
        of_case(reports, last, known.c.case_id, came).label("last_report_on"),
    ]


def _attendance(known: sa.CTE, sources: Sources) -> _Columns:
    """Service sessions by kind, since the mandate began and since the last appearance; and the absences."""
    sessions = sources.attendances
    day, known_at = sessions["held_on"], sa.func.coalesce(sessions["known_at"], sessions["recorded_at"])
    absent = _is_settled(sessions, AttendanceKind.MISSED)
    counts = {
        **_by_kind(known, sessions, "", day >= or_ever(known.c.counts_from)),
        **_by_kind(known, sessions, "court_", day > or_ever(known.c.last_appearance_on)),
        **{
            f"absences_{name}": _of_sessions(known, sessions, what, absent, *where)
            for name, what, *where in failing(day, known_at, known, sources.responses)
        },
        "last_session_on": _of_sessions(known, sessions, sa.func.max(day)),
    }
    return [value.label(name) for name, value in counts.items()]


def _by_kind(known: sa.CTE, sessions: Source, prefix: str, since: Condition) -> dict[str, sa.ColumnElement[Any]]:
    """Count the sessions `since` a day by kind. A disputed one is not verified, whatever was recorded."""
    counts: dict[str, sa.ColumnElement[Any]] = {
        f"{prefix}{kind}": _of_sessions(known, sessions, sa.func.count(), _is_settled(sessions, kind), since)
        for kind in _SETTLED
    }
    unverified = sessions["kind"] == AttendanceKind.UNVERIFIED
    disputed = sa.and_(sessions["kind"].in_(_SETTLED), sessions["disputed"])
    counts[f"{prefix}unverified"] = _of_sessions(known, sessions, sa.func.count(), unverified, since) + _of_sessions(
        known, sessions, sa.func.count(), disputed, since
    )
    return counts


def _is_settled(sessions: Source, kind: AttendanceKind) -> Condition:
    return sa.and_(sessions["kind"] == kind, ~sessions["disputed"])


def _of_sessions(known: sa.CTE, sessions: Source, what: Any, *where: Condition) -> sa.ScalarSelect[Any]:
    """Select one value of a case's service sessions up to the day."""
    return of_case(sessions, what, known.c.case_id, *where, sessions["held_on"] <= ON)


def _told(known: sa.CTE, sources: Sources) -> _Columns:
    """What is known of warrants and new arrests: facts beside the counts."""
    warrants, arrests = sources.warrants, sources.arrests
    ordered, told = warrants["ordered_on"] <= ON, arrests["told_on"] <= ON
    since_mandate = arrests["told_on"] >= or_ever(known.c.counts_from)
    since_court = arrests["told_on"] > or_ever(known.c.last_appearance_on)
    found = {
        "warrant": of_case(warrants, warrants["state"], known.c.case_id, ordered),
        "warrant_on": of_case(warrants, warrants["ordered_on"], known.c.case_id, ordered),
        "arrests": of_case(arrests, sa.func.count(), known.c.case_id, told, since_mandate),
        "arrests_since_court": of_case(arrests, sa.func.count(), known.c.case_id, told, since_mandate, since_court),
        "last_arrest_on": of_case(arrests, sa.func.max(arrests["arrested_on"]), known.c.case_id, told, since_mandate),
    }
    return [value.label(name) for name, value in found.items()]
