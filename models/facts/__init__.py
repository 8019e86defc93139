"""Count what the rules look at, for many cases at once and in one statement, however many cases there are.

The cases come as a SELECT of their ids, so that no batch meets a database's limit of bound variables. It counts what is
stored and judges nothing: what a count means is for the rules.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.errors import NotFound
from models.facts.released import reader
from models.facts.statements import Chosen, statement
from models.rules.court_days import CourtDays, court_days_between, subtract_court_days
from models.rules.facts import CaseFacts, Failures, Sessions, without_content
from models.rules.policy import Policy
from models.scope import Actor, asking
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
    known_by: datetime | None = None,
    **values: UUID | datetime,
) -> dict[UUID, CaseFacts]:
    """Return the facts, on the civil date `on`, of those of the `chosen` cases that exist for the actor.

    With `known_by`, an instant (UTC), only what the court had entered before it, in the version that stood then.
    `chosen` is best a constant of its module, with `sa.bindparam` where `values` go: its statements are built once.
    """
    given = {
        **asking(actor),
        "on_day": on,
        "window_from": policy.ladder.window_from(on, None),
        "since_phase": policy.ladder.since_phase,
        "grace_over": subtract_court_days(on, policy.reports.grace_court_days, court_days),
        **reader(actor),
        **values,
    }
    if known_by:
        given["known_by"] = known_by
    rows = session.execute(statement(chosen, past=known_by is not None), given)
    return {row.case_id: _facts(row._asdict(), on, court_days) for row in rows}


def counts_alike(one: Policy, other: Policy) -> bool:
    """Tell whether `facts_of` counts the same under both policies: of a policy it takes these and nothing else."""
    return (one.ladder.window_days, one.ladder.since_phase, one.reports.grace_court_days) == (
        other.ladder.window_days,
        other.ladder.since_phase,
        other.reports.grace_court_days,
    )


def facts_of_case(
    session: Session,
    actor: Actor,
    case_id: UUID,
    *,
    on: date,
    policy: Policy,
    court_days: CourtDays,
    known_by: datetime | None = None,
) -> CaseFacts:
    """Return the facts of one case, as `facts_of` does; NotFound when it does not exist for the actor."""
    asked: dict[str, Any] = {"on": on, "policy": policy, "court_days": court_days, "known_by": known_by}
    found = facts_of(session, actor, _ONE, **asked, one_case=case_id)
    if case_id not in found:
        raise NotFound
    return found[case_id]


def _facts(row: Mapping[Any, Any], on: date, court_days: CourtDays) -> CaseFacts:
    active, unreleased = bool(row["releases_active"]), bool(row["unreleased"])
    oldest = row["oldest_report_due_on"] if active else None
    known = [day for day in (row["last_appearance_on"], row["last_report_on"]) if day]
    last_session = [row["last_session_on"]] if row["last_session_on"] else []
    facts = CaseFacts(
        stage=row["stage"],
        program=row["program"],
        phase=row["position"] or 0,
        phase_since=row["entered_on"],
        mandate_since=row["counts_from"],
        sessions=_sessions(row, ""),
        sessions_since_court=_sessions(row, "court_"),
        absences=_failures(row, "absences_"),
        missed_appearances=_failures(row, ""),
        open_responses=row["open_responses"],
        distal_goals=row["distal_goals"],
        last_response_on=row["answered_on"],
        reports_outstanding=row["reports_outstanding"] if active else 0,
        report_days_late=court_days_between(oldest, on, court_days) if oldest else 0,
        release_active=active,
        release_ended_on=None if active else row["release_ended_on"],
        unheld=row["unheld"],
        last_appearance_on=row["last_appearance_on"],
        next_appearance_on=row["next_appearance_on"],
        warrant=row["warrant"],
        warrant_on=row["warrant_on"],
        arrests=row["arrests"],
        arrests_since_court=row["arrests_since_court"],
        last_arrest_on=row["last_arrest_on"],
        information_on=max([*known, *last_session], default=None),
    )
    return without_content(facts, max(known, default=None)) if unreleased else facts


def _sessions(row: Mapping[Any, Any], prefix: str) -> Sessions:
    return Sessions(
        attended=row[f"{prefix}attended"],
        excused=row[f"{prefix}excused"],
        missed=row[f"{prefix}missed"],
        cancelled=row[f"{prefix}cancelled"],
        unverified=row[f"{prefix}unverified"],
    )


def _failures(row: Mapping[Any, Any], prefix: str) -> Failures:
    return Failures(
        in_window=row[f"{prefix}in_window"],
        unanswered=row[f"{prefix}unanswered"],
        first_unanswered_on=row[f"{prefix}first_unanswered_on"],
        last_on=row[f"{prefix}last_on"],
    )
