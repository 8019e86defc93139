"""Count what the rules look at, for many cases at once and in two statements, however many cases there are.

The cases come as a SELECT of their ids, so that no batch meets a database's limit of bound variables. It counts what is
stored and judges nothing: what a count means is for the rules.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.errors import NotFound
from models.facts.statements import Chosen, statements
from models.rules.court_days import CourtDays, court_days_between, subtract_court_days
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.policy import Policy
from models.scope import Actor
from models.tables import Case

_ONE: Chosen = sa.select(col(Case.id)).where(col(Case.id) == sa.bindparam("one_case", type_=sa.Uuid))


def facts_of(
    session: Session,
    actor: Actor,
    chosen: Chosen,
    *,
    on: date,
    policy: Policy,
    court_days: CourtDays,
    **values: UUID | datetime,
) -> dict[UUID, CaseFacts]:
    """Return the facts, as known on the civil date `on`, of those of the `chosen` cases that exist for the actor.

    `chosen` is best a constant of its module, with `sa.bindparam` where `values` go: its statements are built once.
    """
    given = {
        "court_id": actor.court_id,
        "on_day": on,
        "window_begins": on - timedelta(days=policy.ladder.window_days),
        "grace_over": subtract_court_days(on, policy.reports.grace_court_days, court_days),
        **values,
    }
    attendance, course = statements(chosen)
    counted = {row["case_id"]: row for row in session.execute(attendance, given).mappings()}
    lines = session.execute(course, given).mappings()
    return {row["case_id"]: _facts(row, counted.get(row["case_id"], {}), on, court_days) for row in lines}


def facts_of_case(
    session: Session, actor: Actor, case_id: UUID, *, on: date, policy: Policy, court_days: CourtDays
) -> CaseFacts:
    """Return the facts of one case, as known on the civil date `on`; NotFound when it does not exist for the actor."""
    found = facts_of(session, actor, _ONE, on=on, policy=policy, court_days=court_days, one_case=case_id)
    if case_id not in found:
        raise NotFound
    return found[case_id]


def _facts(row: Mapping[Any, Any], counted: Mapping[Any, Any], on: date, court_days: CourtDays) -> CaseFacts:
    oldest = row["oldest_report_due_on"] if row["release_active"] else None
    known = [row["last_appearance_on"], row["last_report_on"], counted.get("last_session_on")]
    return CaseFacts(
        stage=row["stage"],
        program=row["program"],
        phase=row["position"] or 0,
        phase_since=row["entered_on"],
        mandate_since=row["accepted_on"],
        sessions=_sessions(counted, ""),
        sessions_since_court=_sessions(counted, "court_"),
        absences=_failures(counted),
        missed_appearances=_failures(row),
        open_responses=row["open_responses"] or 0,
        last_response_on=row["answered_on"],
        reports_outstanding=row["reports_outstanding"] if row["release_active"] else 0,
        report_days_late=court_days_between(oldest, on, court_days) if oldest else 0,
        release_active=bool(row["release_active"]),
        release_ended_on=None if row["release_active"] else row["release_ended_on"],
        unheld=row["unheld"] or 0,
        last_appearance_on=row["last_appearance_on"],
        next_appearance_on=row["next_appearance_on"],
        information_on=max((day for day in known if day), default=None),
    )


def _sessions(counted: Mapping[Any, Any], prefix: str) -> Sessions:
    return Sessions(
        attended=counted.get(f"{prefix}attended", 0),
        excused=counted.get(f"{prefix}excused", 0),
        missed=counted.get(f"{prefix}missed", 0),
        cancelled=counted.get(f"{prefix}cancelled", 0),
        unverified=counted.get(f"{prefix}unverified", 0),
    )


def _failures(row: Mapping[Any, Any]) -> Failures:
    return Failures(
        in_window=row.get("in_window") or 0,
        unanswered=row.get("unanswered") or 0,
        first_unanswered_on=row.get("first_unanswered_on"),
        last_on=row.get("last_on"),
    )
