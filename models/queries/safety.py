"""A participant's safety flags that hold, and whether she is restricted: read in one way wherever she may be hidden."""

import sqlalchemy as sa
from sqlmodel import col

from models.rules.vocabulary import FlagKind
from models.tables import Case, Participant, Restriction, SafetyFlag

#: Per participant of the enclosing statement, the kinds of the flags that hold, with commas between them.
FLAGS = (
    sa.select(sa.func.aggregate_strings(sa.cast(col(SafetyFlag.kind), sa.String), ","))
    .where(
        col(SafetyFlag.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(SafetyFlag.participant_id) == col(Participant.id),
        col(SafetyFlag.ended_on).is_(None),
    )
    .correlate(Participant)
    .scalar_subquery()
)


#: Whether the participant of the enclosing statement's case is kept to named staff.
RESTRICTED = (
    sa.exists()
    .where(
        col(Restriction.court_id) == col(Case.court_id),
        col(Restriction.participant_id) == col(Case.participant_id),
        col(Restriction.lifted_at).is_(None),
    )
    .correlate(Case)
)


def flags_of(read: str | None) -> tuple[FlagKind, ...]:
    """Return the flags that `FLAGS` read, each once and always in the same order."""
    return tuple(FlagKind(kind) for kind in sorted(set((read or "").split(","))) if kind)
