"""What loading an export would do: which of its cases are new, which add something, which are known already.

For the preview and for the load alike, so that what was shown is what is done. Changes nothing; what the court has
entered itself is never overwritten.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from models.importing.known import Known, KnownCase, person_key, read_known
from models.rules import whereabouts, words
from models.rules.importing.docket import ImportedCase, ImportedCharge, ImportedDocket, Problem
from models.rules.names import fold
from models.rules.vocabulary import IN_PROGRAM
from models.scope import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A case that is new here. `participant_id` is set when the court knows the person."""

    case: ImportedCase
    part_id: UUID
    participant_id: UUID | None = None
    session_id: UUID | None = None  # of its next court date


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A case that is here already and to which the export adds something."""

    case: ImportedCase
    case_id: UUID
    charges: tuple[ImportedCharge, ...]
    last_count: int
    session_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What loading would do, with every problem by row."""

    arrivals: tuple[Arrival, ...] = ()
    additions: tuple[Addition, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    file_hash: str = ""

    @property
    def stopping(self) -> tuple[Problem, ...]:
        """The problems with which a case cannot be loaded."""
        return tuple(problem for problem in self.problems if problem.stops)


def plan_import(
    session: Session, actor: Actor, docket: ImportedDocket, *, default_part: UUID | None, today: date
) -> ImportPlan:
    """Return what loading would do on the civil date `today`; cases that name no part go to `default_part`."""
    known = read_known(session, actor, docket.cases, default_part, today)
    arrivals: list[Arrival] = []
    additions: list[Addition] = []
    unchanged = 0
    for case in docket.cases:
        row = known.cases.get(case.docket_number)
        if case.docket_number in known.passed_over:
            unchanged += 1
        elif row is None:
            arrivals.extend(_arrival(known, case))
        elif row.imported_as == case.fingerprint:
            unchanged += 1
        else:
            found = _addition(known, case, row)
            additions.extend(found)
            unchanged += not found and case.docket_number not in known.refused
    for case in docket.cases:
        if any(whereabouts.seen(typed) for charge in case.charges for typed in (charge.statute, charge.description)):
            known.remark(case, "The charge's words hold what looks like a street address. Look at it before you load.")
    problems = sorted([*docket.problems, *known.problems], key=lambda problem: (problem.row, not problem.stops))
    return ImportPlan(
        arrivals=tuple(arrivals),
        additions=tuple(additions),
        unchanged=unchanged,
        problems=tuple(problems),
        rows=docket.rows,
        file_hash=docket.file_hash,
    )


def _arrival(known: Known, case: ImportedCase) -> list[Arrival]:
    """Return the new case, or nothing when its part is not known; remark on persons who come up twice."""
    part_id = known.parts.get(fold(case.part)) if case.part else known.default_part
    if part_id is None:
        said = (
            "This court has no part of this name." if case.part else "The part is missing. Choose one for such cases."
        )
        known.refuse(case, said)
        return []
    key = person_key(case.legal_name, case.date_of_birth)
    participant_id = known.people.get(key) if key else None
    if participant_id:
        known.remark(case, "Same name and date of birth as a participant here: taken as the same person.")
    elif key and key in known.first_rows:
        said = f"Same name and date of birth as in row {known.first_rows[key]}: taken as the same person."
        known.remark(case, said)
    elif key:
        known.first_rows[key] = case.rows[0]
    session_id = _session(known, case, part_id)
    return [Arrival(case=case, part_id=part_id, participant_id=participant_id, session_id=session_id)]


def _addition(known: Known, case: ImportedCase, row: KnownCase) -> list[Addition]:
    """Return what the export adds to a case that is here, or nothing."""
    case_id, _, stage, part_id, _, legal_name = row
    if sorted(fold(legal_name).split()) != sorted(fold(case.legal_name).split()):
        known.refuse(case, "This docket number is here already under another name. Check the number.")
        return []
    present = known.charges.get(case_id, [])
    left = Counter((statute.casefold(), description.casefold()) for _, statute, description in present)
    fresh = []
    for charge in case.charges:
        if left[charge.key]:
            left[charge.key] -= 1
        else:
            fresh.append(charge)
    wants_date = stage in IN_PROGRAM and case_id not in known.on_calendar
    session_id = _session(known, case, part_id) if wants_date else None
    if not fresh and session_id is None:
        return []
    added = [words.count(len(fresh), "charge")] if fresh else []
    added += ["its next court date"] if session_id else []
    known.remark(case, f"This case is here already: {words.joined(added)} will be added, nothing else changes.")
    last = max((count for count, _, _ in present), default=0)
    return [Addition(case=case, case_id=case_id, charges=tuple(fresh), last_count=last, session_id=session_id)]


def _session(known: Known, case: ImportedCase, part_id: UUID) -> UUID | None:
    """Return the court session of the case's next date, with a remark when there is none."""
    if case.next_on is None:
        return None
    session_id = known.sessions.get((part_id, case.next_on))
    if session_id is None:
        day = f"{words.weekday(case.next_on)[:3]} {words.day(case.next_on, case.next_on)} {case.next_on.year}"
        known.remark(case, f"The part has no open session on {day}: the case has no next date until one is set.")
    return session_id
