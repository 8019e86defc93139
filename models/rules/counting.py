"""From what has happened in one case to the facts the rules look at: the same count as `models.facts`, without a database.

It counts and judges nothing. `models.facts` counts by SQL, for many cases at once; a test feeds both the same events.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from models.rules.court_days import CourtDays, court_days_between, subtract_court_days
from models.rules.events import (
    CaseEvents,
    ExpectedReport,
    GivenResponse,
    OnCalendar,
    ServiceSession,
)
from models.rules.facts import CaseFacts, Failures, Sessions, without_content
from models.rules.policy import Policy
from models.rules.releases import holds
from models.rules.seen import seen_by
from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
)

#: A response to one of these answers the absences and missed appearances before it, unless it is an incentive.
ANSWERS_FAILURE = (Behaviour.ABSENCE, Behaviour.MISSED_APPEARANCE, Behaviour.OTHER)

_Failure = OnCalendar | ServiceSession


def facts_from(
    events: CaseEvents, policy: Policy, court_days: CourtDays, on: date, *, known_by: datetime | None = None
) -> CaseFacts:
    """Return the facts of the case on the civil date `on`; what is dated later has not happened yet.

    With `known_by`, an instant, only what the court had entered before it, in the version that stood then.
    """
    seen = seen_by(events, known_by, on)
    return _counted(seen, policy, court_days, on)


def _counted(events: CaseEvents, policy: Policy, court_days: CourtDays, on: date) -> CaseFacts:
    mandate = events.mandate
    accepted_on = mandate.accepted_on if mandate else None
    seen_on = _last(a.on for a in events.appearances if a.outcome not in (None, Outcome.ADJOURNED) and a.on <= on)
    answers = _answers(events, on)
    sessions = [one for one in events.sessions if one.on <= on]
    absences = [one for one in sessions if one.kind is AttendanceKind.MISSED and not one.disputed]
    missed = [a for a in events.appearances if a.outcome is Outcome.DID_NOT_APPEAR and a.on <= on]
    window_from = policy.ladder.window_from(on, mandate.phase_since if mandate else None)
    scheduled = [appearance.on for appearance in events.appearances if appearance.outcome is None]
    active = released(events, on)
    unreleased = any(not released(events, on, one.provider) for one in sessions)
    waiting = _outstanding(events.reports, policy, court_days, on) if active else []
    received = (report.received_on for report in events.reports if report.received_on and report.received_on <= on)
    known = [day for day in (seen_on, _last(received)) if day]
    facts = CaseFacts(
        stage=events.stage,
        program=mandate.program if mandate else None,
        phase=mandate.phase if mandate else 0,
        phase_since=mandate.phase_since if mandate else None,
        mandate_since=accepted_on,
        sessions=_by_kind(one for one in sessions if accepted_on is None or one.on >= accepted_on),
        sessions_since_court=_by_kind(one for one in sessions if seen_on is None or one.on > seen_on),
        absences=_failures(absences, window_from, answers),
        missed_appearances=_failures(missed, window_from, answers),
        open_responses=_open_responses(events, on),
        distal_goals=_distal_goals(events, accepted_on, on),
        last_response_on=_last(one.on for one in answers),
        reports_outstanding=len(waiting),
        report_days_late=court_days_between(min(r.due_on for r in waiting), on, court_days) if waiting else 0,
        release_active=active,
        release_ended_on=None if active else _release_ended_on(events, on),
        unheld=sum(day < on for day in scheduled),
        last_appearance_on=seen_on,
        next_appearance_on=min((day for day in scheduled if day >= on), default=None),
        **_told(events, accepted_on, seen_on, on),
        information_on=_last([*known, *(one.on for one in sessions)]),
    )
    return without_content(facts, _last(known)) if unreleased else facts


def released(events: CaseEvents, on: date, provider: str | None = None) -> bool:
    """Tell whether a release holds on the civil date `on`: to this provider, or to any."""
    return any(
        holds(one.answer, one.starts_on, one.ends_on, one.revoked_on, on)
        for one in events.releases
        if provider is None or one.provider in (None, provider)
    )


def _last(days: Iterable[date]) -> date | None:
    return max(days, default=None)


def _answers(events: CaseEvents, on: date) -> list[GivenResponse]:
    """Return the court's answers to failures that it has not withdrawn."""
    return [
        response
        for response in events.responses
        if response.kind is not ResponseKind.INCENTIVE
        and response.behaviour in ANSWERS_FAILURE
        and response.state is not ResponseState.WITHDRAWN
        and response.on <= on
    ]


def _open_responses(events: CaseEvents, on: date) -> int:
    """Count what the court ordered and nobody has done yet; an incentive asks for nothing."""
    return sum(
        response.state is ResponseState.ORDERED and response.kind is not ResponseKind.INCENTIVE and response.on <= on
        for response in events.responses
    )


def _by_kind(sessions: Iterable[ServiceSession]) -> Sessions:
    """Count sessions by kind. A disputed one is not verified, whatever was recorded."""
    kinds = Counter(AttendanceKind.UNVERIFIED if one.disputed else one.kind for one in sessions)
    return Sessions(**{kind.value: kinds[kind] for kind in AttendanceKind})


def _distal_goals(events: CaseEvents, accepted_on: date | None, on: date) -> int:
    """Count the court's findings of a goal out of reach since the mandate began."""
    return sum(
        one.behaviour is Behaviour.DISTAL_GOAL
        and one.state is not ResponseState.WITHDRAWN
        and (accepted_on or date.min) <= one.on <= on
        for one in events.responses
    )


def _failures(failures: Sequence[_Failure], window_from: date, answers: list[GivenResponse]) -> Failures:
    """Count one behaviour in the ladder's window, and what the court has not answered of it."""
    unanswered = [one.on for one in failures if not any(_answered(one, answer) for answer in answers)]
    return Failures(
        in_window=sum(one.on >= window_from for one in failures),
        unanswered=len(unanswered),
        first_unanswered_on=min(unanswered, default=None),
        last_on=_last(one.on for one in failures),
    )


def _answered(failure: _Failure, answer: GivenResponse) -> bool:
    """Tell whether a response answers a failure: it came no earlier, and the court knew of the failure by then."""
    known_at = failure.known_at or failure.entered_at
    knew = known_at is None or answer.entered_at is None or known_at <= answer.entered_at
    return failure.on <= answer.on and knew


def _told(events: CaseEvents, accepted_on: date | None, seen_on: date | None, on: date) -> dict[str, Any]:
    """Return what is known of warrants and new arrests: facts beside the counts, which change none of them."""
    warrants = [one for one in events.warrants if one.on <= on]
    told = [one for one in events.arrests if one.told_on <= on and one.told_on >= (accepted_on or date.min)]
    return {
        "warrant": warrants[0].state if warrants else None,
        "warrant_on": warrants[0].on if warrants else None,
        "arrests": len(told),
        "arrests_since_court": sum(one.told_on > (seen_on or date.min) for one in told),
        "last_arrest_on": _last(one.on for one in told),
    }


def _outstanding(
    reports: tuple[ExpectedReport, ...], policy: Policy, court_days: CourtDays, on: date
) -> list[ExpectedReport]:
    """Return the reports past their grace; once a later one of the provider has come, nobody waits for the older."""
    grace_over = subtract_court_days(on, policy.reports.grace_court_days, court_days)
    overdue = [one for one in reports if one.state is ReportState.EXPECTED and one.due_on < grace_over]
    came = [one for one in reports if one.received_on and one.received_on <= on]
    return [one for one in overdue if not any(one.provider == new.provider and new.due_on > one.due_on for new in came)]


def _release_ended_on(events: CaseEvents, on: date) -> date | None:
    begun = [one for one in events.releases if one.answer is ReleaseAnswer.GIVEN and one.starts_on <= on]
    return _last(one.revoked_on or one.ends_on for one in begun)
