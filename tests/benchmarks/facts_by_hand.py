"""The facts of one docket in SQL written by hand and read as plain tuples: the floor the product is held against."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from models.rules.facts import CaseFacts

_EVER = "'0001-01-01'"


def _of(table: str, what: str, where: str, case: str = "known.id") -> str:
    return f"(SELECT {what} FROM {table} WHERE t.court_id = :court AND t.case_id = {case} AND {where})"


def _attended(what: str, where: str) -> str:
    return _of("attendances AS t", what, f"{where} AND t.replaced_by_id IS NULL AND t.held_on <= :today")


def _appeared(what: str, where: str, case: str = "known.id") -> str:
    return _of("appearances AS t JOIN court_sessions AS s ON s.id = t.court_session_id", what, where, case)


def _by_kind(since: str) -> list[str]:
    of_kind = [
        _attended("count(*)", f"t.kind = '{kind}' AND t.disputed = 0 AND t.held_on {since}")
        for kind in ("attended", "excused", "missed", "cancelled")
    ]
    settled = "t.kind IN ('attended', 'excused', 'missed', 'cancelled') AND t.disputed = 1"
    apart = [_attended("count(*)", f"{where} AND t.held_on {since}") for where in ("t.kind = 'unverified'", settled)]
    return [*of_kind, " + ".join(apart)]


def _failing(ask: Callable[[str, str], str], missed: str, day: str) -> list[str]:
    unanswered = f"{missed} AND {day} > known.answered_on"
    return [
        ask("count(*)", f"{missed} AND {day} > :window"),
        ask("count(*)", unanswered),
        ask(f"min({day})", unanswered),
        ask(f"max({day})", missed),
    ]


_HELD = "t.state = 'held' AND s.held_on <= :today"
_KNOWN = f"""
    SELECT c.id, c.stage, m.program, p.position, p.entered_on, coalesce(m.accepted_on, {_EVER}) AS accepted_on,
           coalesce({
    _of(
        "responses AS t",
        "max(t.decided_on)",
        "t.behaviour IN ('unacceptable_absence', 'missed_appearance', 'other') AND t.state <> 'withdrawn'"
        " AND t.decided_on <= :today",
        "c.id",
    )
}, {_EVER}) AS answered_on,
           coalesce({_appeared("max(s.held_on)", f"{_HELD} AND t.outcome <> 'adjourned'", "c.id")}, {_EVER}) AS seen_on
    FROM cases AS c
    LEFT JOIN mandates AS m ON m.case_id = c.id AND m.ended_on IS NULL
    LEFT JOIN phase_periods AS p ON p.case_id = c.id AND p.left_on IS NULL
    WHERE c.court_id = :court AND c.stage <> 'sealed' AND c.id IN (
        SELECT case_id FROM appearances WHERE court_id = :court AND court_session_id = :session
        AND state IN ('scheduled', 'held', 'proposed'))
"""
_WAITING = "t.state = 'expected' AND t.due_on < :grace"
_GIVEN = "t.answer = 'given' AND t.starts_on <= :today"
_COLUMNS = [
    "known.*",
    *_by_kind(">= known.accepted_on"),
    *_by_kind("> known.seen_on"),
    *_failing(_attended, "t.kind = 'missed' AND t.disputed = 0", "t.held_on"),
    _attended("max(t.held_on)", "1"),
    *_failing(_appeared, f"{_HELD} AND t.outcome = 'did_not_appear'", "s.held_on"),
    _appeared("min(s.held_on)", "t.state = 'scheduled' AND s.held_on >= :today"),
    _appeared("count(*)", "t.state = 'scheduled' AND s.held_on < :today"),
    _of("responses AS t", "count(*)", "t.state = 'ordered' AND t.kind <> 'incentive' AND t.decided_on <= :today"),
    _of("releases AS t", "max(t.ends_on >= :today AND coalesce(t.revoked_on > :today, 1))", _GIVEN),
    _of("releases AS t", "max(coalesce(t.revoked_on, t.ends_on))", _GIVEN),
    _of("reports AS t", "count(*)", _WAITING),
    _of("reports AS t", "min(t.due_on)", _WAITING),
    _of("reports AS t", "max(t.received_on)", "t.received_on <= :today"),
]
FACTS = f"WITH known AS MATERIALIZED ({_KNOWN}) SELECT {', '.join(_COLUMNS)} FROM known"


def given(court_id: UUID, session_id: UUID, today: date) -> dict[str, str]:
    """Return the statement's parameters for a policy with a window of 90 days and a grace of one court day."""
    window, grace = today - timedelta(days=90), today - timedelta(days=1)
    days = {"today": str(today), "window": str(window), "grace": str(grace)}
    return {"court": court_id.hex, "session": session_id.hex, **days}


def counts(row: tuple[object, ...]) -> list[object]:
    """Return the attendance counts of one row as `counts_of` gives them from the product's facts."""
    return list(row[8:18])


def counts_of(facts: CaseFacts) -> list[object]:
    """Return the same counts from the product's facts."""
    both = (facts.sessions, facts.sessions_since_court)
    return [n for one in both for n in (one.attended, one.excused, one.missed, one.cancelled, one.unverified)]
