"""Second factors: one's own, and one that is being set up."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.permissions import Action
from models.rules.sign_ins import HALF
from models.scope import Actor, require
from models.tables import HalfSignIn, RecoveryCode, SecondFactor, User


@dataclass(frozen=True, slots=True)
class OwnSecondFactor:
    """Since when (UTC) somebody's second factor is set up, and how many recovery codes are left."""

    since: datetime
    codes_left: int


@dataclass(frozen=True, slots=True)
class ToSetUp:
    """A second factor that is being set up: whose it is, and the sealed secret of its codes."""

    user_id: UUID
    username: str
    sealed_secret: str


def own_second_factor(session: Session, viewer: Actor) -> OwnSecondFactor | None:
    """Return the viewer's own second factor, in one statement; None when it is not set up."""
    require(viewer, Action.OWN_ACCOUNT)
    left = (
        sa.select(sa.func.count())
        .select_from(RecoveryCode)
        .where(col(RecoveryCode.user_id) == viewer.user_id, col(RecoveryCode.used_at).is_(None))
        .scalar_subquery()
    )
    row = session.execute(
        sa.select(col(SecondFactor.since), left).where(col(SecondFactor.user_id) == viewer.user_id)
    ).first()
    return OwnSecondFactor(*row) if row else None


def to_set_up(session: Session, token_hash: str, *, now: datetime) -> ToSetUp | None:
    """Return what is being set up under a sign-in that was begun; None when it is over after five minutes."""
    row = session.execute(
        sa.select(col(User.id), col(User.username), col(HalfSignIn.sealed_secret))
        .join(HalfSignIn, col(HalfSignIn.user_id) == col(User.id))
        .where(
            col(HalfSignIn.token_hash) == token_hash,
            col(HalfSignIn.ended_at).is_(None),
            col(HalfSignIn.started_at) > now - HALF,
            col(HalfSignIn.sealed_secret).is_not(None),
        )
    ).first()
    return ToSetUp(*row) if row else None
