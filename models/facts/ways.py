"""Ways by which a participant may be reminded: safe on a day, and agreed to. Conditions for statements of many cases.

The statements they stand in take `court_id` and `on_day`.
"""

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.rules.reminders import BY_MACHINE
from models.rules.vocabulary import ChannelKind
from models.tables import ContactChannel, Participant

_COURT = sa.bindparam("court_id", type_=sa.Uuid)
_ON = sa.bindparam("on_day", type_=sa.Date)


def agreed(kind: ChannelKind | None = None) -> sa.ColumnElement[bool]:
    """Return the condition that the participant has a safe way, of one kind or any, by which she agreed to be reminded."""
    kinds = BY_MACHINE if kind is None else (kind,)
    return sa.exists().where(
        col(ContactChannel.court_id) == _COURT,
        col(ContactChannel.participant_id) == col(Participant.id),
        col(ContactChannel.kind).in_(kinds),
        usable(),
    )


def usable(on: Any = _ON) -> sa.ColumnElement[bool]:
    """Return the condition that a way is safe on a day and she agreed to be reminded by it."""
    return sa.and_(
        col(ContactChannel.safe),
        col(ContactChannel.reminders),
        sa.or_(col(ContactChannel.ended_on).is_(None), col(ContactChannel.ended_on) > on),
    )
