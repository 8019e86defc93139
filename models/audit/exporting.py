"""The audit as lines of text that anybody can keep, read and check: one JSON object a line, with the chain's hashes.

`models/stand_alone_verifier.py` reads it. A line is the court, a person who acted, a list of cases before the first event
that names it, or an event.
"""

import json
from collections.abc import Iterator
from datetime import UTC
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.tables import AuditEvent, AuditList, User
from models.tables.base import table_of

KIND = "offramp audit export 1"
AT_ONCE = 2_000
_EVENT = table_of(AuditEvent).c


def lines(session: Session, court_id: UUID, first: int, last: int, *, whole: bool = False) -> Iterator[str]:
    """Return the court's events from number `first` to `last`, and what is needed to check and to read them."""
    yield _text({"kind": KIND, "court": str(court_id), "first": first, "last": last, "whole": whole})
    people = sa.select(col(User.id), col(User.username)).where(col(User.court_id) == court_id)
    for user_id, username in session.execute(people.order_by(col(User.username))):
        yield _text({"person": str(user_id), "username": username})
    told: set[UUID] = set()
    for event in events(session, court_id, first, last):
        if event.list_id is not None and event.list_id not in told:
            told.add(event.list_id)
            yield _text({"list": str(event.list_id), "cases": _cases(session, court_id, event.list_id)})
        yield _text(_told(event))


def events(session: Session, court_id: UUID, first: int, last: int) -> Iterator[Any]:
    """Return the rows of events by number, some thousand at a time."""
    for begin in range(first, last + 1, AT_ONCE):
        some = sa.select(*_EVENT).where(
            _EVENT.court_id == court_id, _EVENT.seq.between(begin, min(begin + AT_ONCE - 1, last))
        )
        yield from session.execute(some.order_by(_EVENT.seq)).all()


def at_of(event: Any) -> str:
    """Return an event's instant as it is written in an export and in its hash."""
    return str(event.at.astimezone(UTC).isoformat(timespec="microseconds"))


def _told(event: Any) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": at_of(event),
        "actor": str(event.actor_id),
        "action": event.action,
        "subject_type": event.subject_type,
        "subject": str(event.subject_id),
        "case": str(event.case_id),
        "session": str(event.session_id),
        "list": str(event.list_id),
        "detail": event.detail,
        "previous": event.previous_hash,
        "hash": event.hash,
    }


def _cases(session: Session, court_id: UUID, list_id: UUID) -> list[str]:
    kept = sa.select(col(AuditList.case_id)).where(
        col(AuditList.court_id) == court_id, col(AuditList.list_id) == list_id
    )
    return sorted(map(str, session.scalars(kept)))


def _text(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False)
