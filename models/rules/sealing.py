"""Which cases a sealing takes and which it leaves out, each with its reason; and when a preview of it is stale.

A case is sealed by a person on the authority of a statute or an order; nothing is sealed by itself. It knows no database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from uuid import UUID

from models.rules.lifecycle import SPOKEN
from models.rules.vocabulary import CLOSED, Stage

#: How many cases one act seals at most.
MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """The cases a sealing is about: those named, or those with a charge under one of `statutes` that ended on these days.

    Days are civil dates, both included. `every_ending` takes cases that ended otherwise than by dismissal too.
    """

    case_ids: frozenset[UUID] = frozenset()
    statutes: frozenset[str] = frozenset()
    first_on: date = date.min
    last_on: date = date.max
    every_ending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What counts of one case; `version` is the case's, `next_on` its next civil date on the calendar."""

    case_id: UUID
    version: int
    stage: Stage
    statutes: frozenset[str] = field(default=frozenset())
    vacated: bool = False
    warrant: bool = False
    next_on: date | None = None


def left_out(case: Candidate, which: Which) -> str | None:
    """Return why a sealing leaves the case out, as a sentence; None where it seals it."""
    if case.stage not in CLOSED:
        return f"The case is not over: it is {SPOKEN[case.stage]}."
    if case.stage is not Stage.DISMISSED and not case.vacated and not which.every_ending:
        return f"The case was not dismissed: it is {SPOKEN[case.stage]}, and no order vacates a conviction."
    if case.warrant:
        return "A warrant is in force. It has to be vacated first."
    if case.next_on:
        return "The case is on the calendar. It has to be taken off first."
    if which.statutes and not case.statutes <= which.statutes:
        return "The case has a charge under another statute as well, which this sealing does not name."
    return None


def stamp(cases: Iterable[Candidate], which: Which) -> str:
    """Return what a preview was made from as one short text: another one when a case came, left, or has changed."""
    facts = sorted(f"{case.case_id} {case.version} {left_out(case, which) or 'sealed'}" for case in cases)
    return sha256("\n".join(facts).encode()).hexdigest()[:32]
