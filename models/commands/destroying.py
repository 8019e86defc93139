"""Destroying a case's rows, and the person's with her last case: generated from the tables, so that none is forgotten.

For `expunging`, which has asked whether it may be. It deletes and overwrites; `database.clean` sees to the files.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import personal
from models.tables import Case, Participant, Person, SealedCase, Sealing

#: What stands where a name was taken out of a text.
REMOVED = "[removed by order]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Destroyed:
    """What was destroyed: the ids for the ledger, how many rows, and in how many other texts a name stood."""

    case_id: UUID
    participant_id: UUID | None
    person_id: UUID | None
    rows: int
    texts: int


def destroy(session: Session, case: Case, docket_number: str) -> Destroyed:
    """Destroy a case, and who she is where no other case of hers is left; take her names and number out of other texts."""
    participant = session.get_one(Participant, case.participant_id)
    person = session.get_one(Person, participant.person_id)
    last = not _others(session, case)
    said = [docket_number, *(_told_apart(session, person) if last else ())]
    ids = {"cases": case.id, "participants": participant.id if last else None, "persons": person.id if last else None}
    session.flush()
    session.expunge_all()
    rows = destroy_rows(session, ids)
    return Destroyed(
        case_id=ids["cases"] or case.id,
        participant_id=ids["participants"],
        person_id=ids["persons"],
        rows=rows,
        texts=_take_out(session, case.court_id, said),
    )


def destroy_rows(session: Session, ids: dict[str, UUID | None]) -> int:
    """Delete every row that belongs to these ids ("cases", "participants", "persons"); return how many."""
    connection = session.connection()
    act = sa.select(col(SealedCase.sealing_id)).where(col(SealedCase.case_id) == ids["cases"])
    acts = list(session.scalars(act))
    linked = [(table, column == ids[whose]) for table, column, whose in personal.links() if ids[whose] is not None]
    gone = sum(connection.execute(statement).rowcount for statement in _beyond(linked))
    for table, hers in reversed(linked):
        gone += connection.execute(sa.delete(table).where(hers)).rowcount
    kept = sa.exists().where(col(SealedCase.sealing_id) == col(Sealing.id))
    gone += connection.execute(sa.delete(Sealing).where(col(Sealing.id).in_(acts), ~kept)).rowcount
    return gone


def _beyond(linked: Collection[tuple[sa.Table, sa.ColumnElement[bool]]]) -> Iterator[sa.Delete | sa.Update]:
    """Yield what sees to rows that only point at hers: deleted with them, or without that pointer where they may be."""
    for column, target in personal.beyond():
        for table, hers in linked:
            if table is target:
                pointing = column.in_(sa.select(target.c.id).where(hers))
                of = column.table
                emptied = sa.update(of).where(pointing).values({column.name: None})
                yield emptied if column.nullable else sa.delete(of).where(pointing)


def _others(session: Session, case: Case) -> bool:
    """Tell whether the person has another case, here or as a participant elsewhere; sealed ones count."""
    person = sa.select(col(Participant.person_id)).where(col(Participant.id) == case.participant_id).scalar_subquery()
    hers = select(Case.id).join(Participant, col(Participant.id) == col(Case.participant_id))
    return session.exec(hers.where(col(Participant.person_id) == person, col(Case.id) != case.id)).first() is not None


def _told_apart(session: Session, person: Person) -> list[str]:
    """Return the names that can only mean her: of two words or more, and borne by nobody else in the court."""
    names = {name for name in (person.legal_name, person.preferred_name, person.preferred_script) if name}
    same = (col(Person.court_id) == person.court_id, col(Person.id) != person.id)
    found = []
    for name in sorted(name for name in names if len(name.split()) > 1):
        borne = sa.or_(col(Person.legal_name) == name, col(Person.preferred_name) == name)
        if session.exec(select(Person.id).where(*same, borne)).first() is None:
            found.append(name)
    return found


def _take_out(session: Session, court_id: UUID, said: Collection[str]) -> int:
    """Overwrite what was said wherever else the court's people wrote it; return in how many texts."""
    connection, changed = session.connection(), 0
    for table, column in personal.in_words():
        for words in said:
            where = (table.c.court_id == court_id, column.contains(words, autoescape=True))
            without = sa.func.replace(column, words, REMOVED)
            changed += connection.execute(sa.update(table).where(*where).values({column.name: without})).rowcount
    return changed
