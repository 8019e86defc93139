"""The mapping of an export's columns: as this court used it before, or guessed from the headings. Reads only."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.importing.fields import Column, fitting, guessed, headings_key
from models.scope import Actor
from models.tables import ImportMapping


def remembered(session: Session, actor: Actor, headings: Sequence[str]) -> tuple[dict[Column, str], bool]:
    """Return the mapping for these headings, and whether it is the one this court used before or a guess."""
    stored = session.execute(
        sa.select(col(ImportMapping.columns)).where(
            col(ImportMapping.court_id) == actor.court_id, col(ImportMapping.headings_key) == headings_key(headings)
        )
    ).scalar()
    return (fitting(stored, headings), True) if stored else (guessed(headings), False)
