"""How the small lists beside a docket name a case: its number and a short name, initials where that is asked for."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.facts.statements import Statement
from models.rules.called import short_name
from models.rules.vocabulary import FlagKind
from models.tables import Case, Participant, Person, SafetyFlag

_INITIALS_ONLY = sa.exists().where(
    col(SafetyFlag.court_id) == col(Case.court_id),
    col(SafetyFlag.participant_id) == col(Case.participant_id),
    col(SafetyFlag.kind) == FlagKind.INITIALS_ONLY,
    col(SafetyFlag.ended_on).is_(None),
)

#: What a statement selects of a case that it joins with `named`.
COLUMNS: tuple[Any, ...] = (
    col(Case.id).label("case_id"),
    col(Case.docket_number),
    col(Person.preferred_name),
    col(Person.legal_name),
    _INITIALS_ONLY.label("initials_only"),
)


def named(statement: Statement) -> Statement:
    """Return the statement, in which the case stands already, with its participant and person joined."""
    return statement.join(Participant, col(Participant.id) == col(Case.participant_id)).join(
        Person, col(Person.id) == col(Participant.person_id)
    )


def name_of(row: Mapping[Any, Any], *, faces_room: bool) -> str:
    """Return the short name of a selected row; initials where her safety or the room asks for it."""
    hidden = bool(row["initials_only"])
    return short_name(row["preferred_name"], row["legal_name"], initials_only=hidden, faces_room=faces_room)
