"""What people type about a case in their own words: it must not tell where somebody lives or shelters.

Words that look like an address, or name a confidential place, are refused until the person has looked again and says
that they are none. That is said for one act (`looked_at`), and the audit keeps that it was, never the words.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models import audit
from models.errors import PlaceInWords
from models.rules import whereabouts
from models.scope import Actor
from models.tables import Provider

_LOOKED_AT, _KNOWN = "no confidential place in these words", "confidential places"


@contextmanager
def looked_at(session: Session, *, confirmed: bool) -> Iterator[None]:
    """Within the block, take it that the person has `confirmed` that no confidential place is in what they typed."""
    session.info[_LOOKED_AT] = confirmed
    try:
        yield
    finally:
        del session.info[_LOOKED_AT]


def check_words(session: Session, actor: Actor, *texts: str | None, now: datetime, case_id: UUID | None = None) -> None:
    """Raise PlaceInWords where one of the texts tells a place and nobody has looked again; keep in the audit that one did."""
    typed = [text for text in texts if text and text.strip()]
    if not typed:
        return
    places = _confidential(session, actor)
    what = next((found for text in typed if (found := whereabouts.seen(text, places))), None)
    if what is None:
        return
    if not session.info.get(_LOOKED_AT, False):
        raise PlaceInWords(whereabouts.warning(what))
    detail = {"looked_like": what}
    audit.record(session, actor, "confirm_no_place", "case", case_id, now=now, case_id=case_id, detail=detail)


def typed_in(form: Any) -> Iterator[str]:
    """Yield every text of a form, those in its parts too, so that no field of it can be forgotten."""
    for one in fields(form):
        value = getattr(form, one.name)
        if type(value) is str:  # a word of the vocabulary is no text
            yield value
        elif isinstance(value, tuple):
            for part in value:
                if is_dataclass(part):
                    yield from typed_in(part)


def _confidential(session: Session, actor: Actor) -> tuple[str | None, ...]:
    """Return the names and addresses of the court's confidential providers, read once in a transaction."""
    known: dict[UUID, tuple[str | None, ...]] = session.info.setdefault(_KNOWN, {})
    if actor.court_id not in known:
        rows = session.execute(
            sa.select(col(Provider.name), col(Provider.address)).where(
                col(Provider.court_id) == actor.court_id, col(Provider.confidential)
            )
        )
        known[actor.court_id] = tuple(words for row in rows for words in row)
    return known[actor.court_id]


def forget_places(session: Session) -> None:
    """Read the confidential places anew: one has just been changed in this transaction."""
    session.info.pop(_KNOWN, None)
