"""A participant's safety flags that hold, read in one way wherever a name may have to be hidden."""

import sqlalchemy as sa
from sqlmodel import col

from models.rules.vocabulary import FlagKind
from models.tables import Participant, SafetyFlag

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


def flags_of(read: str | None) -> tuple[FlagKind, ...]:
    """Return the flags that `FLAGS` read, each once and always in the same order."""
    return tuple(FlagKind(kind) for kind in sorted(set((read or "").split(","))) if kind)
