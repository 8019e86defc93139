"""Restricted participants: how long an emergency opening lasts, and who of those named must stay."""

from collections.abc import Collection
from datetime import datetime, timedelta

from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role

#: An emergency opening ends by itself, at the second.
OPEN_FOR = timedelta(minutes=60)


def opened_until(at: datetime) -> datetime:
    """Return the instant (UTC) from which an opening made at an instant shows nothing any more."""
    return at + OPEN_FOR


def may_be_named(roles: Collection[Role]) -> bool:
    """Tell whether somebody with these roles may be named for a restricted participant: whoever reads cases."""
    return allowed(roles, Action.SEE_CASE)


def somebody_can_lift(named: Collection[Collection[Role]]) -> bool:
    """Tell whether one of those who stay named can lift the restriction; `named` has the roles of each."""
    return any(allowed(roles, Action.RESTRICT) and may_be_named(roles) for roles in named)
