"""The facts of the case, where a situation gives them counted already."""

from datetime import date
from typing import Any

from models.policies.reading import Table
from models.rules.facts import CaseFacts, Failures, Sessions
from models.rules.policy import Policy
from models.rules.vocabulary import AttendanceKind, Stage, WarrantState
from models.situations.values import a_day, a_word, past_day, phase_called, program_called

_KINDS = tuple(kind.value for kind in AttendanceKind)
_NUMBERS = (
    *("open_responses", "distal_goals", "reports_outstanding", "report_days_late", "unheld"),
    *("arrests", "arrests_since_court"),
)
_DAYS = (
    *("phase_since", "mandate_since", "last_response_on", "release_ended_on", "last_appearance_on"),
    *("information_on", "warrant_on", "last_arrest_on"),
)


def counted_facts(table: Table, policy: Policy, on: date) -> CaseFacts:
    """Read facts that somebody has counted already; what is left out is none, and the release holds."""
    program = program_called(table, "program", policy) if table.has("program") else None
    stage = Stage.ACTIVE if program else Stage.IDENTIFIED
    facts = CaseFacts(
        stage=a_word(table, "stage", Stage) if table.has("stage") else stage,
        program=program.key if program else None,
        phase=phase_called(table, program) if program else 0,
        release_active=table.flag("release_active") if table.has("release_active") else True,
        warrant=a_word(table, "warrant", WarrantState) if table.has("warrant") else None,
        next_appearance_on=a_day(table, "next_appearance_on") if table.has("next_appearance_on") else None,
        sessions=_counts(table, "sessions"),
        sessions_since_court=_counts(table, "sessions_since_court"),
        absences=_failures(table, "absences", on),
        missed_appearances=_failures(table, "missed_appearances", on),
        **_numbers(table, _NUMBERS),
        **_days(table, _DAYS, on),
    )
    table.finish()
    return facts


def _days(table: Table, names: tuple[str, ...], on: date) -> dict[str, Any]:
    """Read the days that are given, each under its own name."""
    return {name: past_day(table, name, on) for name in names if table.has(name)}


def _numbers(table: Table, names: tuple[str, ...]) -> dict[str, Any]:
    """Read the numbers that are given, each under its own name."""
    return {name: table.whole(name) for name in names if table.has(name)}


def _counts(table: Table, key: str) -> Sessions:
    """Read sessions counted by kind."""
    if not table.has(key):
        return Sessions()
    counts = table.table(key)
    sessions = Sessions(**_numbers(counts, _KINDS))
    counts.finish()
    return sessions


def _failures(table: Table, key: str, on: date) -> Failures:
    """Read one counted behaviour."""
    if not table.has(key):
        return Failures()
    counts = table.table(key)
    days = _days(counts, ("first_unanswered_on", "last_on"), on)
    failures = Failures(**_numbers(counts, ("in_window", "unanswered")), **days)
    counts.finish()
    return failures
