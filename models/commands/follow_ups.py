"""Follow-ups: written once each with their true date, held for a time, settled, or void when the matter is gone.

What kind is due when, and in which words, is said by `rules.follow_up` and `rules.follow_up_reasons`.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, NotRequired, TypedDict, Unpack
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from models import audit
from models.commands.free_words import check_words
from models.commands.typed import line, needed
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import FollowUpKind, Move
from models.scope import Actor, load, load_case, require
from models.tables import FollowUp

LONGEST_HOLD_DAYS = 120

#: What nobody can call done: the calendar itself shows whether a date or an outcome is there.
CLOSES_BY_ITSELF = frozenset({FollowUpKind.NO_NEXT_DATE, FollowUpKind.APPROVE_DATE, FollowUpKind.NO_OUTCOME})


class Told(TypedDict):
    """What a follow-up says. `since` is the true day it came about; days are civil dates, grace in calendar days."""

    case_id: UUID | None
    reason: str  # no personal values
    move: Move
    since: date
    due_on: date
    grace_days: NotRequired[int]
    provider_id: NotRequired[UUID | None]
    assigned_to: NotRequired[UUID | None]


def write_follow_up(
    session: Session, actor: Actor, kind: FollowUpKind, occurrence: str, *, now: datetime, **told: Unpack[Told]
) -> bool:
    """Write one follow-up unless this occurrence of this kind is there already; tell whether it was written."""
    _close_gathered(session)
    _write(session)
    given = {"of_court": actor.court_id, "of_kind": kind, "of_occurrence": occurrence}
    if session.connection().execute(_THERE, given).first() is not None:
        return False
    session.add(FollowUp(court_id=actor.court_id, kind=kind, occurrence=occurrence, written_at=now, **told))
    return True


def add_follow_up(
    session: Session,
    actor: Actor,
    case_id: UUID | None,
    reason: str,
    due_on: date,
    move: Move,
    *,
    token: UUID,
    now: datetime,
) -> bool:
    """Write a follow-up of one's own, about a case or none; the same form sent twice writes it once."""
    require(actor, Action.MANAGE_FOLLOW_UP)
    if case_id is not None:
        load_case(session, actor, case_id)
    what = needed(reason, "Write what is to be done.")
    check_words(session, actor, what, now=now, case_id=case_id)
    if due_on < actor.today(now):
        raise Invalid("The due day is past. Choose today or a later day.")
    written = write_follow_up(
        session,
        actor,
        FollowUpKind.MANUAL,
        str(token),
        case_id=case_id,
        reason=what,
        move=move,
        since=actor.today(now),
        due_on=due_on,
        now=now,
        assigned_to=actor.person,
    )
    if written:
        audit.record(session, actor, "add_follow_up", "case", case_id, now=now, case_id=case_id)
    return written


def hold(session: Session, actor: Actor, follow_up_id: UUID, until: date, reason: str, *, now: datetime) -> None:
    """Let a follow-up rest until a day (1 to 120 days ahead), with a reason; replaces an earlier hold."""
    require(actor, Action.MANAGE_FOLLOW_UP)
    today = actor.today(now)
    if not today < until <= today + timedelta(days=LONGEST_HOLD_DAYS):
        raise Invalid(f"A hold lasts from 1 to {LONGEST_HOLD_DAYS} days. Choose a day in that time.")
    why = needed(reason, "Write why it can wait; whoever opens the case will read it.")
    follow_up = _open(session, actor, follow_up_id)
    check_words(session, actor, why, now=now, case_id=follow_up.case_id)
    follow_up.held_until, follow_up.hold_reason = until, why
    session.add(follow_up)
    _audit(session, actor, "hold_follow_up", follow_up, now)


def settle(
    session: Session, actor: Actor, follow_up_id: UUID, *, now: datetime, waived_reason: str | None = None
) -> None:
    """Record that a follow-up is done; or, with a reason, that it need not be done."""
    require(actor, Action.MANAGE_FOLLOW_UP)
    follow_up = _open(session, actor, follow_up_id)
    waived = line(waived_reason)
    check_words(session, actor, waived, now=now, case_id=follow_up.case_id)
    if follow_up.kind is FollowUpKind.RESPONSE_DUE and ":" not in follow_up.occurrence and not waived:
        raise Invalid("Record of this response whether it was done or not done; that closes it.")
    if follow_up.kind in CLOSES_BY_ITSELF and not waived:
        raise Invalid("This closes by itself once it has come about. If it need not come about, write why.")
    follow_up.done_on, follow_up.settled_by = actor.today(now), actor.person
    follow_up.waived_reason = waived
    session.add(follow_up)
    _audit(session, actor, "settle_follow_up", follow_up, now)


def void(session: Session, actor: Actor, case_id: UUID, kinds: Collection[FollowUpKind], *, on: date) -> None:
    """Close the open follow-ups of these kinds in a case because what they asked for has come about."""
    given = {"of_court": actor.court_id, "of_case": case_id, "on_day": on}
    _close(session, _VOID_OF_CASE, [given | {"of_kind": kind} for kind in kinds])


def void_about(
    session: Session, actor: Actor, case_id: UUID, kinds: Collection[FollowUpKind], subject_id: UUID, *, on: date
) -> None:
    """Close those that are about one report, referral or appearance, or that wait for one provider.

    What was closed too early is opened again by the next sweep.
    """
    given = {"of_court": actor.court_id, "of_case": case_id, "on_day": on}
    about = {"of_subject": f"{subject_id}%", "of_provider": subject_id}
    _close(session, _VOID_ABOUT, [given | about | {"of_kind": kind} for kind in kinds])


def void_one(session: Session, actor: Actor, kind: FollowUpKind, occurrence: str, *, on: date) -> None:
    """Close one occurrence, if it is open, because what it asked for has come about."""
    given = {"of_court": actor.court_id, "of_kind": kind, "of_occurrence": occurrence, "on_day": on}
    _close(session, _VOID_ONE, [given])


@contextmanager
def gathering(session: Session) -> Iterator[None]:
    """Close follow-ups later than asked: before the next one is written, and when the block ends without an error.

    For whoever does thousands of acts in one transaction, in which nobody reads follow-ups.
    """
    session.info[_GATHERED] = []
    try:
        yield
        _close_gathered(session)
    finally:
        del session.info[_GATHERED]


def _close(session: Session, which: sa.Update, given: list[dict[str, Any]]) -> None:
    """Close follow-ups by a statement past the session, now or with others that are gathered."""
    gathered: list[tuple[sa.Update, list[dict[str, Any]]]] | None = session.info.get(_GATHERED)
    if gathered is None:
        _write(session)
        session.connection().execute(which, given)
    elif gathered and gathered[-1][0] is which:
        gathered[-1][1].extend(given)
    else:
        gathered.append((which, given))


def _close_gathered(session: Session) -> None:
    if gathered := session.info.get(_GATHERED):
        _write(session)
        for which, given in gathered:
            session.connection().execute(which, given)
        gathered.clear()


def _write(session: Session) -> None:
    """Write the follow-ups that wait to be written, so that a statement past the session meets them."""
    if any(isinstance(row, FollowUp) for row in (*session.new, *session.dirty)):
        session.flush()


_GATHERED = "closings of follow-ups gathered"
_ROWS = FollowUp.metadata.tables["follow_ups"]
_OWN = sa.and_(_ROWS.c.court_id == sa.bindparam("of_court"), _ROWS.c.kind == sa.bindparam("of_kind"))
_OCCURRENCE = _ROWS.c.occurrence == sa.bindparam("of_occurrence")
_THERE = sa.select(_ROWS.c.id).where(_OWN, _OCCURRENCE)
_VOID = (
    sa.update(_ROWS)
    .where(_OWN, _ROWS.c.done_on.is_(None), _ROWS.c.void_on.is_(None))
    .values(void_on=sa.bindparam("on_day"))
)
_VOID_ONE = _VOID.where(_OCCURRENCE)
_VOID_OF_CASE = _VOID.where(_ROWS.c.case_id == sa.bindparam("of_case"))
_VOID_ABOUT = _VOID_OF_CASE.where(
    sa.or_(_ROWS.c.occurrence.like(sa.bindparam("of_subject")), _ROWS.c.provider_id == sa.bindparam("of_provider"))
)


def _open(session: Session, actor: Actor, follow_up_id: UUID) -> FollowUp:
    follow_up = load(session, actor, FollowUp, follow_up_id)
    if follow_up.done_on is not None or follow_up.void_on is not None:
        raise Conflict("This follow-up was settled meanwhile. There is nothing left to do for it.")
    return follow_up


def _audit(session: Session, actor: Actor, action: str, follow_up: FollowUp, now: datetime) -> None:
    detail = {"kind": follow_up.kind}
    audit.record(session, actor, action, "follow_up", follow_up.id, now=now, case_id=follow_up.case_id, detail=detail)
