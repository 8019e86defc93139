"""Which restricted participants do not exist for somebody: part of knowing who acts, read afresh with every actor.

It says nothing about courts or sealed cases: `models.scope` puts the three together.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col

from models.tables import NamedStaff, Opening, Restriction, User

#: The instant (UTC) at which somebody acts: an emergency opening ends at its second. None: none is open.
AT = sa.bindparam("at", type_=Opening.metadata.tables["openings"].c.until.type)

_NAMED = (
    sa.exists()
    .where(
        col(NamedStaff.restriction_id) == col(Restriction.id),
        col(NamedStaff.user_id) == col(User.id),
        col(NamedStaff.ended_at).is_(None),
    )
    .correlate(Restriction, User)
)
_OPENED = (
    sa.exists()
    .where(
        col(Opening.user_id) == col(User.id),
        col(Opening.opened_id) == col(Restriction.participant_id),
        col(Opening.until) > AT,
    )
    .correlate(Restriction, User)
)


def hidden_from(court_id: Any) -> sa.ScalarSelect[str | None]:
    """Return, as one value of a statement on `users`, the participants of a court who are kept from that user."""
    return (
        sa.select(sa.func.aggregate_strings(sa.cast(col(Restriction.participant_id), sa.String), ","))
        .where(col(Restriction.court_id) == court_id, col(Restriction.lifted_at).is_(None), ~_NAMED, ~_OPENED)
        .correlate(User)
        .scalar_subquery()
    )


def ids_in(found: str | None) -> frozenset[UUID]:
    """Return the ids that `hidden_from` found."""
    return frozenset(map(UUID, found.split(","))) if found else frozenset()
