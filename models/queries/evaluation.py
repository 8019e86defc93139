"""The caseload in counts for an evaluator: no name, no number, no day, and nothing small. One statement."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.evaluation import Counted, CountedCase, age_at, quarter_begun, tables
from models.rules.permissions import Action
from models.rules.vocabulary import CLOSED
from models.scope import Actor, own_cases, require
from models.tables import Case, Mandate, Participant, Person


def evaluation(session: Session, viewer: Actor, *, today: date) -> tuple[Counted, ...]:
    """Return the counts of the court's cases as of the last quarter of the year that has ended by a civil date."""
    require(viewer, Action.SEE_EVALUATION)
    begun = quarter_begun(today)
    names = {program.key: program.name for program in viewer.policy_on(today).programs}
    rows = session.execute(_cases(viewer, begun))
    return tables((_case(row, begun, names) for row in rows), today)


def _cases(viewer: Actor, begun: date) -> sa.Select[*tuple[Any, ...]]:
    first = (
        sa.select(col(Mandate.program))
        .where(
            col(Mandate.court_id) == viewer.court_id,
            col(Mandate.case_id) == col(Case.id),
            col(Mandate.accepted_on) < begun,
        )
        .order_by(col(Mandate.accepted_on), col(Mandate.id))
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    return (
        sa.select(
            *(col(Case.opened_on), col(Case.stage), col(Case.stage_since)),
            *(col(Person.date_of_birth), col(Person.reported_age)),
            first.label("program"),
        )
        .join(Participant, col(Participant.id) == col(Case.participant_id))
        .join(Person, col(Person.id) == col(Participant.person_id))
        .where(own_cases(viewer), col(Case.opened_on) < begun)
    )


def _case(row: Any, begun: date, names: dict[str, str]) -> CountedCase:
    over = row.stage in CLOSED and row.stage_since < begun
    return CountedCase(
        opened_on=row.opened_on,
        age=age_at(row.date_of_birth, row.reported_age, row.opened_on),
        program=names.get(row.program, row.program),
        ended=row.stage if over else None,
    )
