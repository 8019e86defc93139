"""Is the audit what was recorded? Every event of a court's chain against its hash, its place, and what was signed of it.

It says in words what does not fit and from which event on. What anybody can read who has neither this program nor its
database is in `models/stand_alone_verifier.py`, written apart from this on purpose.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.audit import chained
from models.audit.looks import list_id_of
from models.tables import AuditEvent, AuditHead, AuditList
from models.tables.base import table_of

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What was signed of a court's chain at an instant (UTC): its last event's number and hash.

    `restored` says that the chain was put back to this end from a backup, knowingly.
    """

    court_id: UUID
    seq: int
    hash: str
    at: datetime
    restored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found in one court's chain: how many events, the first that does not fit, and what is wrong, in words."""

    events: int
    first_wrong: int | None
    wrong: str | None


def check(session: Session, court_id: UUID, signed: Sequence[Checkpoint] = ()) -> Checked:
    """Check one court's chain, its end, its lists, and what was signed of it."""
    points = _standing(signed, court_id)
    seen, events = _chain(session, court_id, {point.seq for point in points})
    if seen.wrong is None:
        wrong, first = _end(session, court_id, seen.events, seen.last_hash) or _rewritten(points, events, seen.events)
    else:
        wrong, first = seen.wrong, seen.events + 1
    if wrong is None:
        wrong, first = _lists(session, court_id)
    return Checked(events=seen.events, first_wrong=first, wrong=wrong)


def first_break(session: Session, court_id: UUID) -> int | None:
    """Return the number of the first event that does not fit the chain, or None when all of them do."""
    return check(session, court_id).first_wrong


@dataclass(slots=True)
class _Seen:
    """How far a chain fits: the events that do, the last one's hash, and why the next does not."""

    events: int = 0
    last_hash: str = ""
    wrong: str | None = None


def _chain(session: Session, court_id: UUID, at: set[int]) -> tuple[_Seen, Mapping[int, str]]:
    """Follow the chain to its first event that does not fit; return the hashes at some numbers too."""
    seen, hashes = _Seen(), dict[int, str]()
    chain = sa.select(table_of(AuditEvent)).where(col(AuditEvent.court_id) == court_id).order_by(col(AuditEvent.seq))
    with session.execute(chain.execution_options(yield_per=AT_ONCE)) as events:  # rows: a chain has a million of them
        for event in events:
            seen.wrong = _misfit(event, seen)
            if seen.wrong:
                break
            seen.events, seen.last_hash = event.seq, event.hash
            if event.seq in at:
                hashes[event.seq] = event.hash
    return seen, hashes


def _misfit(event: Any, seen: _Seen) -> str | None:
    """Return why an event does not fit what came before it; None when it does."""
    expected = seen.events + 1
    if event.seq != expected:
        missing = f"events {expected} to {event.seq - 1} are" if event.seq - expected > 1 else f"event {expected} is"
        return f"{missing} missing"
    if event.hash != chained(event):
        return f"event {expected} is not what was recorded: it was changed or put in afterwards"
    if event.previous_hash != seen.last_hash:
        return f"event {expected} does not follow the event before it: one of the two was replaced"
    return None


_Wrong = tuple[str | None, int | None]


def _end(session: Session, court_id: UUID, events: int, last_hash: str) -> _Wrong | None:
    """Compare where the chain ends with where its end is noted."""
    head = session.exec(select(AuditHead).where(col(AuditHead.court_id) == court_id)).first()
    seq, noted = (head.seq, head.hash) if head else (0, "")
    if seq > events:
        return (
            f"the chain ends with event {events}, but its noted end is event {seq}: the last ones are missing",
            events + 1,
        )
    if seq < events:
        return f"the chain's noted end is event {seq}, but there are {events}: the last ones were put in", seq + 1
    return None if noted == last_hash else (f"event {seq}, the last one, was replaced", seq)


def _standing(signed: Sequence[Checkpoint], court_id: UUID) -> list[Checkpoint]:
    """Return a court's checkpoints by number, without those of events that a recorded restore gave up."""
    standing: list[Checkpoint] = []
    for point in sorted((one for one in signed if one.court_id == court_id), key=lambda one: one.at):
        if point.restored:
            standing = [one for one in standing if one.seq < point.seq]
        standing.append(point)
    return sorted(standing, key=lambda one: (one.seq, one.at))


def _rewritten(points: Sequence[Checkpoint], hashes: Mapping[int, str], events: int) -> _Wrong:
    """Compare what was signed with what is there: a tail written anew fits itself, but not what was signed of it."""
    agreed = 0
    for point in points:
        when = f"{point.at:%Y-%m-%d %H:%M} UTC"
        if point.seq > events:
            return (
                f"on {when} there were {point.seq} events, now there are {events}: the last ones were removed",
                events + 1,
            )
        if point.seq and hashes[point.seq] != point.hash:
            return (
                f"events {agreed + 1} to {point.seq} are not those that were signed on {when}: they were rewritten",
                agreed + 1,
            )
        agreed = point.seq
    return None, None


def _lists(session: Session, court_id: UUID) -> _Wrong:
    """Compare the lists of cases with their ids, and the events with the lists."""
    kept = sa.select(col(AuditList.list_id), col(AuditList.case_id)).where(col(AuditList.court_id) == court_id)
    rows = session.execute(kept.order_by(col(AuditList.list_id)).execution_options(yield_per=AT_ONCE))
    whole = {list_id for list_id, cases in _by_list(rows) if list_id_of(cases) == list_id}
    named = sa.select(col(AuditEvent.list_id), sa.func.min(col(AuditEvent.seq)).label("first")).where(
        col(AuditEvent.court_id) == court_id, col(AuditEvent.list_id).is_not(None)
    )
    first = {row.list_id: row.first for row in session.execute(named.group_by(col(AuditEvent.list_id)))}
    broken = min((seq for list_id, seq in first.items() if list_id not in whole), default=None)
    if broken is None:
        return None, None
    return f"the cases on the list of event {broken} are not those that were shown", broken


def _by_list(rows: Any) -> Iterator[tuple[UUID, list[UUID]]]:
    for list_id, some in groupby(rows, key=lambda row: row[0]):
        yield list_id, [row[1] for row in some]
