"""Append to the court's audit: in the same transaction as the act, chained by hash, ids and the court's words only.

A personal value in `detail` would be a defect: the audit outlives the person's record. It never reads a case.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.scope import Actor
from models.tables import AuditEvent, AuditHead

_DOMAIN = "offramp audit 1"


def record(
    session: Session,
    actor: Actor,
    action: str,
    subject_type: str,
    subject_id: UUID | None,
    *,
    now: datetime,
    case_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append one event at an instant (UTC). `detail` holds ids, counts, dates and enumeration words."""
    head = _head(session, actor.court_id)
    event = AuditEvent(
        court_id=actor.court_id,
        seq=head.seq + 1,
        at=now,
        actor_id=actor.user_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        case_id=case_id,
        detail=json.loads(json.dumps(dict(detail or {}), default=str)),
        previous_hash=head.hash,
        hash="",
    )
    event.hash = chained(event)
    head.seq, head.hash = event.seq, event.hash
    session.add(event)
    session.add(head)


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


def chained(event: AuditEvent) -> str:
    """Return the hash an event must carry: of its own fields and of the hash before it."""
    fields = [
        _DOMAIN,
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
    ]
    text = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(session: Session, court_id: UUID) -> int | None:
    """Return the number of the first event that does not fit the chain, or None when all of them do."""
    previous, expected = "", 0
    events = select(AuditEvent).where(col(AuditEvent.court_id) == court_id).order_by(col(AuditEvent.seq))
    for event in session.exec(events.execution_options(yield_per=1000)):
        expected += 1
        if event.seq != expected or event.previous_hash != previous or event.hash != chained(event):
            return expected
        previous = event.hash
    head = session.exec(select(AuditHead).where(sa.and_(col(AuditHead.court_id) == court_id))).first()
    end = (head.seq, head.hash) if head else (0, "")
    return None if end == (expected, previous) else expected + 1
