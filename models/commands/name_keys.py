"""The keys by which a person is found by name: one for each word of her names, written anew whenever these change.

They are as personal as the names and are destroyed with them.
"""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.rules.sounds import sound
from models.tables import NameKey, Person
from models.tables.base import new_id


def keys_of(court_id: UUID, person_id: UUID, search_key: str) -> list[dict[str, Any]]:
    """Return the keys of a person's folded names as values for inserting."""
    return [
        {"id": new_id(), "court_id": court_id, "person_id": person_id, "word": word, "sound": sound(word)}
        for word in search_key.split()
    ]


def write_keys(session: Session, person: Person) -> None:
    """Write a person's keys anew where her names have changed."""
    if not sa.inspect(person).attrs.search_key.history.has_changes():
        return
    session.flush()
    session.execute(sa.delete(NameKey).where(col(NameKey.person_id) == person.id))
    session.add_all(NameKey(**values) for values in keys_of(person.court_id, person.id, person.search_key))
