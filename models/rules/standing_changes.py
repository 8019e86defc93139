"""Since which day a case has stood as it does, when nobody looked on that day: found by dates alone.

For a sweep that catches up after days of standstill. It takes today's facts and asks the rule of `compliance` day by day
where time alone could change the answer; it counts no fact itself.
"""

from datetime import date, timedelta

from models.rules import words
from models.rules.compliance import standing_on
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
