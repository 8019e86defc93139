"""Expunging: identity destroyed, so that neither the database, nor a backup put back, nor a log can bring it back.

The rows are deleted, not encrypted: a key that is lost can be found again, and a name that is encrypted cannot be
searched for. Backups are outside the database's reach; the ledger, applied whenever one is put back, sees to those
until they age out. Nothing is kept of why: an order's number or reason leads to the person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session, col, select

from models import audit, database, personal
from models.commands.destroying import Destroyed, destroy, destroy_rows
from models.commands.sealing import put_away
from models.commands.sweeps.keeping import Swept
from models.commands.typed import LONGEST_NAME, needed
from models.errors import Invalid, NotFound
from models.ledger import Entry, Ledger, What
from models.rules.permissions import Action
from models.rules.sealing import MOST_AT_ONCE
from models.rules.vocabulary import CLOSED, AttendanceKind, Stage
from models.scope import Actor, keeper, own_cases, require
from models.sealing import sealed_under
from models.tables import Attendance, Case, Court, Expunging, Mandate, RemainingFact, SealedCase, Sealing


@dataclass(frozen=True, kw_only=True)
class ExpungeOrder:
    """The order to expunge one record; the docket number is typed twice, and nothing of it is kept."""

    docket_number: str
    typed_again: str
    statute: str
    judge: str
    on: date


def expunge(
    session: Session, actor: Actor, order: ExpungeOrder, *, token: UUID, now: datetime, ledger: Ledger
) -> Expunging:
    """Destroy the record with this docket number, sealed or not; the same token again returns the act of the first time.

    NotFound where the court has no such record; Invalid where the numbers typed differ, the case is not over, or the
    order is not whole or dated ahead. Call `finish` when it is committed: only then are the files clean.
    """
    require(actor, Action.EXPUNGE)
    mine = (col(Expunging.court_id) == actor.court_id, col(Expunging.token) == token)
    if made := session.exec(select(Expunging).where(*mine)).first():
        return made
    act = _act(actor, order, token, now)
    case, number, ended = _record(session, actor, order.docket_number.strip())
    if actor.policy_on(actor.today(now)).records.facts_remain:
        session.add(_remaining(session, case, ended))
    gone = destroy(session, case, number)
    session.add(act)
    detail = {"rows": gone.rows, "texts": gone.texts}
    audit.record(session, actor, "expunge", "expunging", act.id, now=now, case_id=gone.case_id, detail=detail)
    ledger.enter(session, [_entered(actor, gone)])
    return act


def finish(bind: Engine, *, now: datetime) -> bool:
    """Clean the database's files of what was destroyed, and note it; False where somebody stood in the way for too long.

    The scheduler tries again every night until it is done.
    """
    with database.reading(bind) as session:
        waiting = session.scalars(sa.select(col(Expunging.id)).where(col(Expunging.cleaned_at).is_(None))).all()
    if not waiting:
        return True
    if not clean_files(bind):
        return False
    with database.transaction(bind) as session:
        session.execute(sa.update(Expunging).where(col(Expunging.id).in_(waiting)).values(cleaned_at=now))
    return True


def finish_tonight(session: Session, actor: Actor) -> Swept:
    """Return the nightly work where an expunging of this court still waits for its files to be cleaned."""
    waits = sa.select(col(Expunging.id)).where(col(Expunging.court_id) == actor.court_id)
    if session.scalars(waits.where(col(Expunging.cleaned_at).is_(None))).first() is None:
        return Swept(0)

    def clean(bind: Engine, read_clock: Callable[[], datetime]) -> None:
        finish(bind, now=read_clock())

    return Swept(0, afterwards=clean)


def re_apply(bind: Engine, ledger: Ledger, *, now: datetime) -> dict[What, int]:
    """Seal and destroy again what a backup that is put back still shows; return how many cases of each.

    What was unsealed after the backup stays sealed in it: its order is recorded anew. In one transaction, then the
    files are cleaned. Raises SettingsError for a ledger that cannot be read.
    """
    with database.transaction(bind) as session:
        done = do_again(session, ledger, now=now)
    if done[What.EXPUNGED]:
        clean_files(bind)
    return done


def do_again(session: Session, ledger: Ledger, *, now: datetime) -> dict[What, int]:
    """Do what `re_apply` does within the caller's transaction; where a case was destroyed, `clean_files` comes after it."""
    last = {entry.case_id: entry for entry in ledger.entries()}
    done = {What.SEALED: 0, What.EXPUNGED: 0}
    for court in session.exec(select(Court).order_by(col(Court.id))).all():
        actor = keeper(session, court)
        entries = [entry for entry in last.values() if entry.court_id == court.id]
        done[What.EXPUNGED] += _destroy_again(session, actor, entries, now)
        done[What.SEALED] += _seal_again(session, actor, entries, now)
    return done


def clean_files(bind: Engine) -> bool:
    """Clean the database's files of what was destroyed; False where somebody stood in the way for too long."""
    return database.clean(bind, sorted(set(personal.classified()) - personal.KEPT))


def _act(actor: Actor, order: ExpungeOrder, token: UUID, now: datetime) -> Expunging:
    """Return the act's row; Invalid in words for an order that is not whole."""
    number = needed(order.docket_number, "Write the docket number.", LONGEST_NAME)
    if order.typed_again.strip() != number:
        raise Invalid("The two docket numbers differ. Type the number of the record again, exactly.")
    if order.on > actor.today(now):
        raise Invalid("The order is dated ahead. Write the day on which it was made.")
    judge = needed(order.judge, "Write the name of the judge who made the order.", LONGEST_NAME)
    statute = needed(order.statute, "Write the statute under which the record is expunged.", LONGEST_NAME)
    if number in judge or number in statute:
        raise Invalid("The docket number would be kept in the statute or the name of the judge. Take it out there.")
    return Expunging(
        court_id=actor.court_id,
        token=token,
        ordered_on=order.on,
        judge=judge,
        statute=statute,
        recorded_by=actor.person,
        recorded_at=now,
    )


def _record(session: Session, actor: Actor, number: str) -> tuple[Case, str, Stage]:
    """Return the case with a docket number, sealed or one the actor can see, its number, and how it ended."""
    if sealed := sealed_under(session, actor, number):
        return session.get_one(Case, sealed.case_id), sealed.docket_number, sealed.from_stage
    case = session.exec(select(Case).where(own_cases(actor), col(Case.docket_number) == number)).first()
    if case is None:
        raise NotFound
    if case.stage not in CLOSED:
        raise Invalid("This case is not over. A record is expunged after its end.")
    return case, case.docket_number, case.stage


def _remaining(session: Session, case: Case, ended: Stage) -> RemainingFact:
    """Return what the court's policy lets remain: a year and counts, under an id that leads nowhere."""
    agreed = session.execute(
        sa.select(col(Mandate.program), col(Mandate.sessions))
        .where(col(Mandate.case_id) == case.id)
        .order_by(col(Mandate.recorded_at).desc())
    ).first()
    attended = sa.select(sa.func.count()).where(
        col(Attendance.case_id) == case.id,
        col(Attendance.kind) == AttendanceKind.ATTENDED,
        col(Attendance.replaced_by_id).is_(None),
    )
    return RemainingFact(
        id=uuid4(),  # and not in the order of making, which would tell when
        court_id=case.court_id,
        opened_year=case.opened_on.year,
        ended=ended,
        program=agreed.program if agreed else None,
        sessions_agreed=agreed.sessions if agreed else None,
        sessions_attended=session.scalar(attended) or 0,
    )


def _entered(actor: Actor, gone: Destroyed) -> Entry:
    return Entry(
        what=What.EXPUNGED,
        court_id=actor.court_id,
        case_id=gone.case_id,
        participant_id=gone.participant_id,
        person_id=gone.person_id,
    )


def _destroy_again(session: Session, actor: Actor, entries: list[Entry], now: datetime) -> int:
    """Destroy what the ledger says was destroyed and the backup still has."""
    done = 0
    for entry in (entry for entry in entries if entry.what is What.EXPUNGED):
        ids: dict[str, UUID | None] = {"cases": entry.case_id}
        ids |= {"participants": entry.participant_id, "persons": entry.person_id}
        case = session.get(Case, entry.case_id)
        if case is not None:
            sealed = _number_of(session, entry.case_id)
            destroy(session, case, sealed or case.docket_number)
            done += 1
        elif not destroy_rows(session, ids):
            continue
        audit.record(session, actor, "expunge_again", "case", entry.case_id, now=now, case_id=entry.case_id)
    return done


def _number_of(session: Session, case_id: UUID) -> str | None:
    number = sa.select(col(SealedCase.docket_number)).where(col(SealedCase.case_id) == case_id)
    return session.scalars(number.order_by(col(SealedCase.id).desc())).first()


def _seal_again(session: Session, actor: Actor, entries: list[Entry], now: datetime) -> int:
    """Seal what the ledger says is sealed and the backup still shows; nobody fetches notices of it."""
    named = [entry.case_id for entry in entries if entry.what is What.SEALED]
    done = 0
    for start in range(0, len(named), MOST_AT_ONCE):
        some = named[start : start + MOST_AT_ONCE]
        shown = tuple(session.scalars(sa.select(col(Case.id)).where(own_cases(actor), col(Case.id).in_(some))))
        if not shown:
            continue
        act = Sealing(
            court_id=actor.court_id,
            token=uuid4(),
            authority="Sealed before this backup was put back; the order was recorded then.",
            notices_until=actor.today(now),
            recorded_at=now,
        )
        session.add(act)
        session.flush()
        put_away(session, actor, act, shown, now=now)
        done += len(shown)
    return done
