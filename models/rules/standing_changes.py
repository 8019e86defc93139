"""When a standing changes by dates alone: since which day a case has stood as it does, and when next to look again.

`changed_on` is for a sweep that catches up after days of standstill: it takes today's facts and asks the rule of
`compliance` day by day where time alone could change the answer. Nothing here counts a fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules import words
from models.rules.compliance import StandingAnswer, standing_on
from models.rules.facts import CaseFacts
from models.rules.policy import Policy
from models.rules.vocabulary import Standing


def changed_on(
    facts: CaseFacts, policy: Policy, standing: Standing, on: date, *, looked_on: date | None, stage_since: date
) -> date:
    """Return the civil date on which the case came to `standing`, not after `on`.

    It lies after `looked_on`, the last day anybody looked (None: nobody ever did), and not before the newest fact.
    """
    day = _earliest(facts, on, looked_on, stage_since)
    while day < on:
        answer = standing_on(facts, policy, day)
        if answer.standing is standing:
            return day
        day = min(answer.can_change_on or on, on)
    return on


def because_of(policy: Policy, reason: str, on: date) -> str:
    """Return why a case stands otherwise though nothing happened in it: another policy took force, and what it says."""
    return f"Under the policy {policy.version}, in force from {words.day(policy.in_force_from, on)}: {reason}"


@dataclass(frozen=True, kw_only=True)
class ComingDays:
    """Civil dates the facts do not hold, on which an answer changes: of reports in time or grace, releases, policies."""

    reports_due: Iterable[date | None] = ()
    releases_end: Iterable[date | None] = ()  # the last days on which they hold
    releases_begin: Iterable[date | None] = ()
    releases_revoked: Iterable[date | None] = ()  # from these days on they no longer hold
    policy_from: Iterable[date | None] = ()  # from these days on another policy judges


def next_change(answer: StandingAnswer, coming: ComingDays, on: date) -> date | None:
    """Return the next civil day after `on` on which the standing or its reasons can change though nothing is recorded.

    None: time alone never changes them. A day that has come already stands for tomorrow.
    """
    days = [answer.can_change_on, *coming.releases_begin, *coming.releases_revoked, *coming.policy_from]
    days += [day + timedelta(days=1) for day in (*coming.reports_due, *coming.releases_end) if day]
    tomorrow = on + timedelta(days=1)
    return min((max(day, tomorrow) for day in days if day), default=None)


def next_standing(answer: StandingAnswer, coming: ComingDays, on: date) -> date | None:
    """Return the next civil day after `on` on which the standing itself can change though nothing is recorded.

    Words beside it may change sooner. A late report or silence counts only where the court knows nothing since court:
    not beside a failure, a condition met or a session; and a report that is late stays late. A release that begins or
    ends always counts: it opens or closes what the provider told.
    """
    known = answer.inputs
    silent = answer.standing in (Standing.ON_TRACK, Standing.NOT_ASSESSABLE)
    if silent and not known.sessions_since_court.expected and not known.reports_outstanding:
        return next_change(answer, coming, on)
    by_course = replace(answer, can_change_on=answer.course.can_change_on)
    return next_change(by_course, replace(coming, reports_due=()), on)


def _earliest(facts: CaseFacts, on: date, looked_on: date | None, stage_since: date) -> date:
    known = (
        facts.information_on,
        facts.last_response_on,
        facts.last_appearance_on,
        facts.release_ended_on,
        facts.phase_since,
        stage_since,
        looked_on + timedelta(days=1) if looked_on else None,
    )
    return max((day for day in known if day and day <= on), default=on)
