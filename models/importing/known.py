"""What the database holds about the cases and persons of one export, read in chunks. Reads only."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.importing.docket import ImportedCase, Problem
from models.rules.names import fold
from models.rules.vocabulary import SessionState, Stage
from models.scope import Actor, own_cases
from models.sealing import sealed_numbers
from models.sitting import TAKES_A_PLACE
from models.tables import Appearance, Case, Charge, CourtSession, Part, Participant, Person

T = TypeVar("T")
CHUNK = 500  # of ids in one statement: far below any database's limit of bound variables
PersonKey = tuple[tuple[str, ...], date]


class KnownCase(NamedTuple):
    """A case that is here already."""

    id: UUID
    docket_number: str
    stage: Stage
    part_id: UUID
    imported_as: str | None
    legal_name: str


@dataclass(slots=True)
class Known:
    """What the database holds about the cases and persons of one export."""

    parts: dict[str, UUID]
    default_part: UUID | None
    cases: dict[str, KnownCase]
    charges: dict[UUID, list[tuple[int, str, str]]]
    on_calendar: set[UUID]
    people: dict[PersonKey, UUID]
    sessions: dict[tuple[UUID, date], UUID]
    problems: list[Problem] = field(default_factory=list)
    first_rows: dict[PersonKey, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)  # docket numbers
    passed_over: frozenset[str] = frozenset()  # numbers of sealed cases: counted as here, and nothing is said of them

    def remark(self, case: ImportedCase, text: str) -> None:
        """Note something about a case, at its first row, that does not stop it."""
        self.problems.append(Problem(row=case.rows[0], text=text, stops=False, docket_number=case.docket_number))

    def refuse(self, case: ImportedCase, text: str) -> None:
        """Note, at its first row, why a case cannot be loaded."""
        self.problems.append(Problem(row=case.rows[0], text=text, stops=True, docket_number=case.docket_number))
        self.refused.add(case.docket_number)


def person_key(legal_name: str, born_on: date | None) -> PersonKey | None:
    """Return what makes two entries one person: the same words of the name and the same date of birth."""
    return (tuple(sorted(fold(legal_name).split())), born_on) if born_on else None


def chunks(items: Collection[T]) -> Iterator[list[T]]:
    """Yield the items in lists of at most CHUNK."""
    ordered = list(items)
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))


def read_known(
    session: Session, actor: Actor, cases: Sequence[ImportedCase], default_part: UUID | None, today: date
) -> Known:
    """Read what the database holds about these cases, in chunks."""
    parts = session.execute(sa.select(col(Part.name), col(Part.id)).where(col(Part.court_id) == actor.court_id)).all()
    only = parts[0].id if len(parts) == 1 else None
    numbers = [case.docket_number for case in cases]
    found = _cases(session, actor, numbers)
    ids = [row.id for row in found.values()]
    return Known(
        parts={fold(part.name): part.id for part in parts},
        default_part=default_part or only,
        cases=found,
        charges=_charges(session, actor, ids),
        on_calendar=_on_calendar(session, actor, ids, today),
        people=_people(session, actor, cases),
        passed_over=frozenset(_passed_over(session, actor, numbers)),
        sessions=_sessions(session, actor, [case.next_on for case in cases if case.next_on], today),
    )


def _passed_over(session: Session, actor: Actor, numbers: Sequence[str]) -> Iterator[str]:
    """Yield the numbers of cases that are sealed or kept from the actor: of these an import says and changes nothing."""
    kept = sa.select(col(Case.docket_number)).where(col(Case.court_id) == actor.court_id, sa.not_(own_cases(actor)))
    for some in chunks(numbers):
        yield from sealed_numbers(session, actor, some)
        yield from session.scalars(kept.where(col(Case.docket_number).in_(some)))


def _cases(session: Session, actor: Actor, numbers: Sequence[str]) -> dict[str, KnownCase]:
    """Return the court's cases by docket number."""
    statement = (
        sa.select(
            *(col(Case.id), col(Case.docket_number), col(Case.stage), col(Case.part_id), col(Case.imported_as)),
            col(Person.legal_name),
        )
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(own_cases(actor))
    )
    return {
        row.docket_number: KnownCase(*row)
        for some in chunks(numbers)
        for row in session.execute(statement.where(col(Case.docket_number).in_(some)))
    }


def _charges(session: Session, actor: Actor, case_ids: Sequence[UUID]) -> dict[UUID, list[tuple[int, str, str]]]:
    found: dict[UUID, list[tuple[int, str, str]]] = {}
    columns = (col(Charge.case_id), col(Charge.count_number), col(Charge.statute), col(Charge.description))
    statement = sa.select(*columns).where(col(Charge.court_id) == actor.court_id)
    for some in chunks(case_ids):
        for case_id, *charge in session.execute(statement.where(col(Charge.case_id).in_(some))):
            found.setdefault(case_id, []).append((charge[0], charge[1], charge[2]))
    return found


def _on_calendar(session: Session, actor: Actor, case_ids: Sequence[UUID], today: date) -> set[UUID]:
    """Return the cases that have a coming date."""
    statement = (
        sa.select(col(Appearance.case_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(
            col(Appearance.court_id) == actor.court_id,
            col(Appearance.state).in_(TAKES_A_PLACE),
            col(CourtSession.held_on) >= today,
        )
    )
    return {
        case_id
        for some in chunks(case_ids)
        for case_id in session.execute(statement.where(col(Appearance.case_id).in_(some))).scalars()
    }


def _people(session: Session, actor: Actor, cases: Sequence[ImportedCase]) -> dict[PersonKey, UUID]:
    """Return the participants the actor may see who share a date of birth with the export, by name and date."""
    statement = (
        sa.select(col(Person.legal_name), col(Person.date_of_birth), col(Participant.id))
        .join(Participant, col(Participant.person_id) == col(Person.id))
        .where(
            col(Person.court_id) == actor.court_id,
            sa.exists().where(own_cases(actor), col(Case.participant_id) == col(Participant.id)),
        )
    )
    days = {case.date_of_birth for case in cases if case.date_of_birth}
    return {
        key: row.id
        for some in chunks(days)
        for row in session.execute(statement.where(col(Person.date_of_birth).in_(some)))
        if (key := person_key(row.legal_name, row.date_of_birth))
    }


def _sessions(session: Session, actor: Actor, days: Sequence[date], today: date) -> dict[tuple[UUID, date], UUID]:
    """Return the open sessions of these days by part and day; of several the first of the day."""
    if not days:
        return {}
    statement = (
        sa.select(col(CourtSession.part_id), col(CourtSession.held_on), col(CourtSession.id))
        .where(
            col(CourtSession.court_id) == actor.court_id,
            col(CourtSession.held_on).between(max(min(days), today), max(days)),
            col(CourtSession.state) == SessionState.OPEN,
        )
        .order_by(col(CourtSession.starts_at).desc())
    )
    return {(part_id, held_on): session_id for part_id, held_on, session_id in session.execute(statement)}
