"""How the versions of a court's policy follow one another, and what a new one must be before it is put in force.

A version in force is never edited, and the past never gets another policy. It knows no document and no database.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules import words
from models.rules.policy import Policy


class VersionState(StrEnum):
    """How a version stands on a day."""

    DRAFT = "draft"
    PLANNED = "planned"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How a version stands, and the last civil date on which it was or will be in force (None: no end is known)."""

    state: VersionState
    until: date | None = None


def term_on(in_force_from: date | None, others: Iterable[date], on: date) -> Term:
    """Return how a version stands on the civil date `on`, beside the days on which the `others` take force."""
    if in_force_from is None:
        return Term(state=VersionState.DRAFT)
    following = min((day for day in others if day > in_force_from), default=None)
    until = following and date.fromordinal(following.toordinal() - 1)
    if in_force_from > on:
        return Term(state=VersionState.PLANNED, until=until)
    return Term(state=VersionState.REPLACED if until and until < on else VersionState.IN_FORCE, until=until)


def why_not_from(from_day: date, others: Iterable[date], today: date) -> str | None:
    """Return why no version can be put in force from a civil date, in words; None when one can."""
    if from_day < today:
        return (
            f"A policy is in force from today or a later day, never from a day that is over: "
            f"{words.day(from_day, today)} stays explained by the policy of that day. Choose another day."
        )
    if from_day in others:
        return f"A version takes force on {words.day(from_day, today)} already. Choose another day, or take that back."
    return None


def programs_lost(running: Mapping[str, int], policy: Policy) -> str | None:
    """Return which programs of running mandates (by key, with their number) a policy lacks, in words; None for none."""
    kept = {program.key for program in policy.programs}
    lost = [f"{key} ({words.count(n, 'case')})" for key, n in sorted(running.items()) if key not in kept]
    if not lost:
        return None
    return (
        f"Cases are in a program that this policy no longer has: {words.joined(lost)}. Nobody could say what is "
        "expected of them. Keep the program in the policy until these cases have ended or have changed program."
    )
