"""The court's audit: appended in the same transaction as the act, chained by hash, ids and the court's words only.

A personal value in `detail` would be a defect: the audit outlives the person's record. It never reads a case. What people
look at comes here through `audit.looks`; what was written is proved by `audit.checking` and `audit.checkpoints`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.rules.audited import changes
from models.scope import Actor
from models.tables import AuditEvent, AuditHead
from models.tables.base import new_id

_DOMAIN, _DOMAIN_2 = "offramp audit 1", "offramp audit 2"  # the second: with a sign-in or a list


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: UUID | None,
    *,
    now: datetime,
    case_id: UUID | None = None,
    list_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append one event at an instant (UTC). `detail` holds ids, counts, dates and enumeration words."""
    gathered = session.info.get(_GATHERED)
    end = gathered.end(actor.court_id) if gathered else _head(session, actor.court_id)
    event = SimpleNamespace(
        court_id=actor.court_id,
        seq=end.seq + 1,
        at=now,
        actor_id=actor.user_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case_id,
        session_id=actor.session_id,
        list_id=list_id,
        detail=json.loads(json.dumps(dict(detail or {}), default=str)),
        previous_hash=end.hash,
    )
    event.hash = chained(event)
    end.seq, end.hash = event.seq, event.hash
    end.changed_seq = event.seq if changes(action) else end.changed_seq
    if gathered:
        gathered.events.append(vars(event))
        return
    session.add(AuditEvent(**vars(event)))
    session.add(end)


_GATHERED = "audit events gathered"


@dataclass
class _Gathered:
    """Events not written yet, and the end of each court's chain with them."""

    session: Session
    events: list[dict[str, Any]] = field(default_factory=list)
    ends: dict[UUID, SimpleNamespace] = field(default_factory=dict)

    def end(self, court_id: UUID) -> SimpleNamespace:
        """Return the end of the court's chain, read and locked the first time."""
        if court_id not in self.ends:
            head = _head(self.session, court_id)
            self.ends[court_id] = SimpleNamespace(seq=head.seq, hash=head.hash, changed_seq=head.changed_seq)
        return self.ends[court_id]


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Keep the events of many acts, and write them together when the block ends without an error.

    For whoever does thousands of acts in one transaction. Nobody can read them meanwhile; no savepoint may be taken.
    """
    gathered = session.info[_GATHERED] = _Gathered(session)
    try:
        yield
    finally:
        del session.info[_GATHERED]
    for court_id, end in gathered.ends.items():
        head = _head(session, court_id)
        head.seq, head.hash, head.changed_seq = end.seq, end.hash, end.changed_seq
        session.add(head)
    if gathered.events:
        session.flush()
        rows = [{"id": new_id(), **event} for event in gathered.events]
        session.execute(sa.insert(AuditEvent), rows)


def _head(session: Session, court_id: UUID) -> AuditHead:
    """Return the end of the chain, locked until the transaction ends."""
    key = ("audit head", court_id)
    held = session.info.get(key)
    if isinstance(held, AuditHead) and held in session:
        return held
    head = session.exec(select(AuditHead).where(col(AuditHead.court_id) == court_id).with_for_update()).first()
    head = head or AuditHead(court_id=court_id)
    session.add(head)
    session.info[key] = head
    return head


_REACHED = sa.select(col(AuditHead.changed_seq)).where(
    col(AuditHead.court_id) == sa.bindparam("court_id", type_=sa.Uuid)
)


def reached(session: Session, court_id: UUID) -> int:
    """Return the number of the last event that can have changed anything of the court.

    While it stays the same, nothing of the court was written but what people looked at.
    """
    return session.execute(_REACHED, {"court_id": court_id}).scalar() or 0


def chained(event: Any) -> str:
    """Return the hash an event must carry: of its own fields and of the hash before it."""
    more = [str(event.session_id), str(event.list_id)] if event.session_id or event.list_id else []
    fields = [
        _DOMAIN_2 if more else _DOMAIN,
        str(event.court_id),
        event.seq,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        str(event.actor_id),
        event.action,
        event.subject_type,
        str(event.subject_id),
        str(event.case_id),
        event.detail,
        event.previous_hash,
        *more,
    ]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
