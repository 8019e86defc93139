"""The rows an import adds, as plain values for inserting many at once. It decides nothing: the plan has.

Nobody is asked twice: whoever comes up again under the same name and date of birth is one participant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from models.commands.name_keys import keys_of
from models.importing.known import PersonKey, person_key
from models.importing.plan import Addition, Arrival
from models.rules.ages import minor_on
from models.rules.importing.docket import ImportedCase, ImportedCharge
from models.rules.names import search_key
from models.rules.vocabulary import AppearanceState, InterpreterState, Purpose, Stage
from models.scope import Actor
from models.tables import Appearance, Case, Charge, NameKey, Participant, Person, StageChange
from models.tables.base import new_id

REASON = "Taken over from the court's docket."
Values = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Place:
    """A session that takes imported cases: the end of its call order, and the purpose it takes."""

    last: int
    purpose: Purpose
    minutes: int


@dataclass(slots=True, kw_only=True)
class Rows:
    """Values for inserting, by table, in the order in which tables are filled."""

    actor: Actor
    today: date
    now: datetime  # an instant, UTC
    places: dict[UUID, Place]
    people: dict[PersonKey, UUID] = field(default_factory=dict)  # taken over so far: participant by key
    values: dict[type[SQLModel], list[Values]] = field(default_factory=dict)

    def arrive(self, arrival: Arrival) -> UUID:
        """Add a new case with its person, charges, first stage and next date; return its id."""
        case = arrival.case
        participant_id = arrival.participant_id or self._participant(case)
        opened = case.opened_on or self.today
        row = {
            "id": new_id(),
            "participant_id": participant_id,
            "docket_number": case.docket_number,
            "part_id": arrival.part_id,
            "stage": Stage.IDENTIFIED,
            "stage_since": opened,
            "incident_on": case.incident_on,
            "opened_on": opened,
            "minor_at_offence": self._minor(case),
            "version": 1,
            "look_on": None,
            "imported_as": case.fingerprint,
        }
        self._add(Case, row)
        self._add(StageChange, self._identified(row["id"], opened))
        for number, charge in enumerate(case.charges, start=1):
            self._add(Charge, _charge(row["id"], number, charge, case.incident_on))
        if arrival.session_id:
            self._add(Appearance, self._appearance(row["id"], arrival.session_id, case))
        return UUID(str(row["id"]))

    def complement(self, addition: Addition) -> None:
        """Add the charges and the next date that a case here lacks."""
        for number, charge in enumerate(addition.charges, start=addition.last_count + 1):
            self._add(Charge, _charge(addition.case_id, number, charge, addition.case.incident_on))
        if addition.session_id:
            self._add(Appearance, self._appearance(addition.case_id, addition.session_id, addition.case))

    def insert(self, session: Session) -> None:
        """Insert everything that was added since the last time."""
        for table, rows in self.values.items():
            # the table and not its class: rows go straight to the database, without objects
            session.connection().execute(sa.insert(SQLModel.metadata.tables[str(table.__tablename__)]), rows)
        self.values.clear()

    def _add(self, table: type[SQLModel], values: Values) -> None:
        values.setdefault("id", new_id())
        values["court_id"] = self.actor.court_id
        self.values.setdefault(table, []).append(values)

    def _participant(self, case: ImportedCase) -> UUID:
        key = person_key(case.legal_name, case.date_of_birth)
        if key and key in self.people:
            return self.people[key]
        person_id, participant_id = new_id(), new_id()
        person = {
            "id": person_id,
            "legal_name": case.legal_name,
            "preferred_name": case.preferred_name,
            "date_of_birth": case.date_of_birth,
            "reported_age": case.reported_age,
            "search_key": search_key(case.legal_name, case.preferred_name),
        }
        self._add(Person, person)
        for found_by in keys_of(self.actor.court_id, person_id, str(person["search_key"])):
            self._add(NameKey, found_by)
        languages, interpreter = list(case.languages), case.interpreter_language
        self._add(
            Participant,
            {
                "id": participant_id,
                "person_id": person_id,
                "languages": languages,
                "interpreter_language": interpreter,
            },
        )
        if key:
            self.people[key] = participant_id
        return participant_id

    def _minor(self, case: ImportedCase) -> bool | None:
        """Tell from the export whether she was a minor at the offence; an age is taken as of today."""
        offences = [day for day in (case.incident_on, *(charge.offence_on for charge in case.charges)) if day]
        first = min(offences, default=None)
        return minor_on(first, born_on=case.date_of_birth, reported_age=case.reported_age, reported_on=self.today)

    def _identified(self, case_id: Any, on: date) -> Values:
        return {
            "case_id": case_id,
            "from_stage": None,
            "to_stage": Stage.IDENTIFIED,
            "changed_on": on,
            "reason": REASON,
            "recorded_by": self.actor.person,
            "recorded_at": self.now,
        }

    def _appearance(self, case_id: Any, session_id: UUID, case: ImportedCase) -> Values:
        place = self.places[session_id]
        place.last += 1
        needed = InterpreterState.NEEDED if case.interpreter_language else InterpreterState.NOT_NEEDED
        return {
            "case_id": case_id,
            "court_session_id": session_id,
            "purpose": place.purpose,
            "position": place.last,
            "minutes": place.minutes,
            "state": AppearanceState.SCHEDULED,
            "interpreter": needed,
            "reason": REASON,
            "added_by": self.actor.person,
            "added_at": self.now,
            "changed_at": self.now,
        }


def fingerprints(additions: Sequence[Addition]) -> list[Values]:
    """Return the fingerprint each case that was added to has from now on."""
    return [{"row_id": addition.case_id, "fingerprint": addition.case.fingerprint} for addition in additions]


def _charge(case_id: Any, number: int, charge: ImportedCharge, incident_on: date | None) -> Values:
    return {
        "case_id": case_id,
        "count_number": number,
        "statute": charge.statute,
        "description": charge.description,
        "severity": charge.severity,
        "offence_on": charge.offence_on or incident_on,
        "disposition": charge.disposition,
        "disposed_on": charge.disposed_on,
    }
