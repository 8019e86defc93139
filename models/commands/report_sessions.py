"""The sessions a report tells of, entered in one go.

A session already known for the same service and day is the same session: told alike it stays, told otherwise the new
row replaces it. Used by `reports`, which authorises; never on its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session, col

from models.commands.attendance import check_session, new_attendance, replace, same_entry
from models.errors import Invalid
from models.rules.vocabulary import REFERRAL_OPEN, AttendanceKind, ReportState
from models.scope import Actor
from models.tables import Attendance, Referral, Report, Service


@dataclass(frozen=True, kw_only=True)
class SessionEntry:
    """One session as a report tells it: its civil date, what became of it, and the reason of an absence.

    `referral_id` says for which service, where the provider has several for the participant; without it the mandated
    one is meant. `replaces` is an entry of another day or service that this one puts right.
    """

    held_on: date
    kind: AttendanceKind
    reason: str | None = None
    disputed: bool = False
    referral_id: UUID | None = None
    replaces: UUID | None = None


def enter_sessions(
    session: Session, actor: Actor, report: Report, entries: Iterable[SessionEntry], *, now: datetime
) -> int:
    """Add the sessions of a report and return how many were new or different. Raises Invalid."""
    entries = tuple(entries)
    if not entries:
        return 0
    referrals = _referrals(session, actor, report)
    chosen = [(entry, _referral(referrals, entry)) for entry in entries]
    if len({(referral.id, entry.held_on) for entry, referral in chosen}) < len(chosen):
        raise Invalid("Two rows are for the same service and day. Keep the one that is right.")
    known = _known(session, actor, report, chosen)
    return sum(_enter(session, actor, report, entry, referral, known, now) for entry, referral in chosen)


def _enter(
    session: Session,
    actor: Actor,
    report: Report,
    entry: SessionEntry,
    referral: Referral,
    known: dict[UUID, Attendance],
    now: datetime,
) -> bool:
    """Add one row and let those it replaces point to it; False where it is there already, word for word."""
    check_session(actor, referral, entry.held_on, now)
    same_day = [row for row in known.values() if (row.referral_id, row.held_on) == (referral.id, entry.held_on)]
    old = same_day + [row for row in known.values() if row.id == entry.replaces and row not in same_day]
    if entry.replaces and entry.replaces not in known:
        raise Invalid("A session to be put right has been corrected meanwhile. Look at the newer one first.")
    disputed = entry.disputed or report.state is ReportState.DISPUTED  # then what it says counts once it is settled
    if len(old) == 1 and same_entry(old[0], entry.held_on, entry.kind, entry.reason, disputed):
        old[0].report_id = old[0].report_id or report.id
        session.add(old[0])
        return False
    row = new_attendance(
        actor,
        referral,
        entry.held_on,
        entry.kind,
        now=now,
        reason=entry.reason,
        disputed=disputed,
        report_id=report.id,
    )
    session.add(row)
    for replaced in old:
        replace(session, replaced, row)
    return True


def _referrals(session: Session, actor: Actor, report: Report) -> list[Referral]:
    """Return the case's referrals to the report's provider: mandated first, then open ones, the newest first."""
    given = {"court_id": actor.court_id, "case_id": report.case_id, "provider_id": report.provider_id}
    return list(session.scalars(_to_provider(), given))


@cache
def _to_provider() -> sa.Select[Referral]:
    return (
        sa.select(Referral)
        .join(Service, col(Service.id) == col(Referral.service_id))
        .where(
            col(Referral.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
            col(Referral.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
            col(Service.provider_id) == sa.bindparam("provider_id", type_=sa.Uuid),
        )
        .order_by(
            col(Referral.mandated).desc(),
            sa.case((col(Referral.state).in_(REFERRAL_OPEN), 0), else_=1),
            col(Referral.state_since).desc(),
        )
    )


def _referral(referrals: list[Referral], entry: SessionEntry) -> Referral:
    fitting = [one for one in referrals if entry.referral_id in (None, one.id)]
    if not fitting:
        raise Invalid(
            "The participant has not been referred to this service of the provider. Record the referral first."
        )
    return fitting[0]


def _known(
    session: Session, actor: Actor, report: Report, chosen: list[tuple[SessionEntry, Referral]]
) -> dict[UUID, Attendance]:
    """Return the entries in force that these rows may tell again or replace."""
    given = {
        "court_id": actor.court_id,
        "case_id": report.case_id,
        "days": list({entry.held_on for entry, _ in chosen}),
        "replaced": list({entry.replaces for entry, _ in chosen if entry.replaces}),
    }
    return {row.id: row for row in session.scalars(_in_force(), given)}


@cache
def _in_force() -> sa.Select[Attendance]:
    days = sa.bindparam("days", type_=sa.Date, expanding=True)
    replaced = sa.bindparam("replaced", type_=sa.Uuid, expanding=True)
    return sa.select(Attendance).where(
        col(Attendance.court_id) == sa.bindparam("court_id", type_=sa.Uuid),
        col(Attendance.case_id) == sa.bindparam("case_id", type_=sa.Uuid),
        sa.or_(col(Attendance.held_on).in_(days), col(Attendance.id).in_(replaced)),
        col(Attendance.replaced_by_id).is_(None),
    )
