"""Sealing: one case or many in one act, from a fresh preview, once; a fault in the middle seals none.

From its commit on a sealed case exists for nobody (`models.scope`). It keeps its rows and gives up its docket number,
which is kept with the act, so that whoever enters that number again learns nothing and revives nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models import audit
from models.commands.outbox import UNSENT
from models.commands.typed import LONGEST_NAME, line, needed
from models.errors import Conflict, Invalid
from models.ledger import Entry, Ledger, What
from models.rules import words
from models.rules.permissions import Action
from models.rules.sealing import MOST_AT_ONCE, Which
from models.rules.vocabulary import FollowUpKind, ReminderState, Stage, WhyDropped
from models.scope import Actor, require
from models.sealing import candidates
from models.tables import Case, FollowUp, Reminder, SealedCase, Sealing, SetAside
from models.tables.base import new_id, table_of


@dataclass(frozen=True, kw_only=True)
class Authority:
    """What a sealing rests on: a statute or an order in words; number, civil date and judge where there is an order."""

    words: str
    order_number: str | None = None
    ordered_on: date | None = None
    judge: str | None = None


def seal(
    session: Session,
    actor: Actor,
    which: Which,
    authority: Authority,
    *,
    token: UUID,
    stamp: str,
    now: datetime,
    ledger: Ledger,
) -> Sealing:
    """Seal the cases a person approved from a preview; the same token again returns the sealing of the first time.

    Conflict when one of the cases changed, came or left since the preview that bore `stamp`; Invalid where there is
    nothing to seal, or more than MOST_AT_ONCE.
    """
    require(actor, Action.SEAL)
    if made := _made_before(session, actor, token):
        return made
    sealing = _sealing(actor, which, authority, token, now)
    found = candidates(session, actor, which, lock=True)
    if made := _made_before(session, actor, token):  # by a second click that held the locks first
        return made
    if found.stamp != stamp:
        raise Conflict("One of these cases changed meanwhile. Look at the preview again, then seal.")
    if not found.sealed:
        raise Invalid("No case would be sealed. The preview says why each is left out.")
    if len(found.sealed) > MOST_AT_ONCE:
        count = words.count(len(found.sealed), "case")
        raise Invalid(f"{count} would be sealed; one act takes {MOST_AT_ONCE:,} at most. Choose fewer days.")
    session.add(sealing)
    session.flush()
    put_away(session, actor, sealing, found.sealed, now=now)
    ledger.enter(session, [_entered(actor, case_id) for case_id in found.sealed])
    return sealing


def put_away(session: Session, actor: Actor, sealing: Sealing, case_ids: tuple[UUID, ...], *, now: datetime) -> None:
    """Take cases off every surface as part of `sealing`: their stage, what was open in them, what waits to be sent.

    For `seal` and for a backup that is put back; both have asked whether it may be.
    """
    day = actor.today(now)
    rows = session.execute(
        sa.select(*(col(one) for one in (Case.id, Case.docket_number, Case.stage, Case.stage_since))).where(
            col(Case.court_id) == actor.court_id, col(Case.id).in_(case_ids)
        )
    ).all()
    session.connection().execute(sa.insert(table_of(SealedCase)), [_kept(sealing, row, day) for row in rows])
    _close(session, actor, sealing, day, now)
    session.connection().execute(_HIDE, [{"row_id": row.id, "day": day, "number": f"sealed {row.id}"} for row in rows])
    for known in [one for one in session if isinstance(one, Case | FollowUp | Reminder | SetAside)]:
        session.expire(known)
    with audit.gathering(session):
        audit.record(session, actor, "seal", "sealing", sealing.id, now=now, detail={"cases": len(rows)})
        for row in rows:
            detail = {"sealing": sealing.id}
            audit.record(session, actor, "seal", "case", row.id, now=now, case_id=row.id, detail=detail)


_CASES = table_of(Case)
_HIDE = (
    sa.update(_CASES)
    .where(_CASES.c.id == sa.bindparam("row_id"))
    .values(
        stage=Stage.SEALED,
        stage_since=sa.bindparam("day"),
        docket_number=sa.bindparam("number"),
        version=_CASES.c.version + 1,
        look_on=None,
    )
)


def _made_before(session: Session, actor: Actor, token: UUID) -> Sealing | None:
    mine = (col(Sealing.court_id) == actor.court_id, col(Sealing.token) == token)
    return session.exec(select(Sealing).where(*mine)).first()


def _sealing(actor: Actor, which: Which, authority: Authority, token: UUID, now: datetime) -> Sealing:
    """Return the act's row; Invalid in words for an authority that is missing or an order of a day to come."""
    today = actor.today(now)
    if which.statutes and which.last_on < which.first_on:
        raise Invalid("The last day is before the first. Put the days right.")
    if authority.ordered_on and authority.ordered_on > today:
        raise Invalid("The order is dated ahead. Write the day on which it was made.")
    return Sealing(
        court_id=actor.court_id,
        token=token,
        authority=needed(authority.words, "Write the statute or order the sealing rests on.", LONGEST_NAME),
        order_number=line(authority.order_number, LONGEST_NAME),
        ordered_on=authority.ordered_on,
        judge=line(authority.judge, LONGEST_NAME),
        statutes=sorted(which.statutes),
        first_on=which.first_on if which.statutes else None,
        last_on=which.last_on if which.statutes else None,
        notices_until=today + timedelta(days=actor.policy_on(today).records.notices_days),
        recorded_by=actor.person,
        recorded_at=now,
    )


def _kept(sealing: Sealing, row: Any, day: date) -> dict[str, Any]:
    """Return what is kept of a case with its sealing, so that an unsealing brings back exactly what it had."""
    return {
        "id": new_id(),
        "court_id": sealing.court_id,
        "sealing_id": sealing.id,
        "case_id": row.id,
        "docket_number": row.docket_number,
        "from_stage": row.stage,
        "from_since": row.stage_since,
        "sealed_on": day,
    }


def _close(session: Session, actor: Actor, sealing: Sealing, day: date, now: datetime) -> None:
    """End what was open in the cases: their sealing is done, other follow-ups are void, no reminder goes out."""
    cases = sa.select(col(SealedCase.case_id)).where(col(SealedCase.sealing_id) == sealing.id)
    mine = (col(FollowUp.court_id) == actor.court_id, col(FollowUp.case_id).in_(cases))
    still = (*mine, col(FollowUp.done_on).is_(None), col(FollowUp.void_on).is_(None))
    is_sealing = col(FollowUp.kind) == FollowUpKind.SEALING
    connection = session.connection()
    settled = {"done_on": day, "settled_by": actor.user_id}
    connection.execute(sa.update(FollowUp).where(*still, is_sealing).values(**settled))
    connection.execute(sa.update(FollowUp).where(*still, ~is_sealing).values(void_on=day))
    connection.execute(
        sa.update(Reminder)
        .where(col(Reminder.court_id) == actor.court_id, col(Reminder.case_id).in_(cases))
        .where(col(Reminder.state).in_(UNSENT))
        .values(state=ReminderState.DROPPED, dropped=WhyDropped.CASE_LEFT, changed_at=now)
    )
    connection.execute(
        sa.update(SetAside)
        .where(col(SetAside.court_id) == actor.court_id, col(SetAside.subject_id).in_(cases))
        .where(col(SetAside.settled_at).is_(None))
        .values(settled_at=now)
    )


def _entered(actor: Actor, case_id: UUID) -> Entry:
    return Entry(what=What.SEALED, court_id=actor.court_id, case_id=case_id)
