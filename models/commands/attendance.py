"""What became of a service session: entered, corrected, disputed and settled.

A correction is a new row that the old one points to; nothing is overwritten. One service holds one session a day for a
participant, so that the same session told twice (by telephone, then in a report) is counted once.
"""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from models import audit
from models.commands.free_words import check_words
from models.commands.notes import add_note
from models.commands.typed import line, needed
from models.errors import Conflict, Invalid
from models.rules.permissions import Action
from models.rules.vocabulary import AttendanceKind, NoteVisibility, ReportState
from models.scope import Actor, change_case, load, load_case, require
from models.tables import Attendance, Referral, Report


def record_attendance(
    session: Session,
    actor: Actor,
    referral_id: UUID,
    held_on: date,
    kind: AttendanceKind,
    *,
    now: datetime,
    reason: str | None = None,
    disputed: bool = False,
) -> Attendance:
    """Record one session of a service on a civil date; the same entry twice is one.

    Raises Invalid for a day still to come or a need without a service, Conflict where that day says something else.
    """
    require(actor, Action.ENTER_ATTENDANCE)
    referral = load(session, actor, Referral, referral_id)
    check_words(session, actor, reason, now=now, case_id=referral.case_id)
    check_session(actor, referral, held_on, now)
    known = session.exec(
        select(Attendance).where(
            col(Attendance.court_id) == actor.court_id,
            col(Attendance.case_id) == referral.case_id,
            col(Attendance.referral_id) == referral.id,
            col(Attendance.held_on) == held_on,
            col(Attendance.replaced_by_id).is_(None),
        )
    ).first()
    if known is not None:
        if same_entry(known, held_on, kind, reason, disputed):
            return known
        raise Conflict("Another entry for this service on that day is there already. Correct that one instead.")
    row = new_attendance(actor, referral, held_on, kind, now=now, reason=reason, disputed=disputed)
    session.add(row)
    _changed(session, actor, "record_attendance", row, now)
    return row


def correct_attendance(
    session: Session,
    actor: Actor,
    attendance_id: UUID,
    kind: AttendanceKind,
    *,
    now: datetime,
    reason: str | None = None,
    held_on: date | None = None,
) -> Attendance:
    """Replace what is recorded of a session by a new entry and return that; it is disputed only while its report is.

    The old entry stays and points to the new one. Raises Conflict where it has been corrected already.
    """
    require(actor, Action.ENTER_ATTENDANCE)
    old = load(session, actor, Attendance, attendance_id)
    check_words(session, actor, reason, now=now, case_id=old.case_id)
    day, disputed = held_on or old.held_on, _with_its_report(session, old)
    if old.replaced_by_id is not None:
        newer = load(session, actor, Attendance, old.replaced_by_id)
        if same_entry(newer, day, kind, reason, disputed):
            return newer
        raise Conflict("This entry has been corrected meanwhile. Look at the newer one, then decide again.")
    referral = load(session, actor, Referral, old.referral_id)
    check_session(actor, referral, day, now)
    row = new_attendance(actor, referral, day, kind, now=now, reason=reason, disputed=disputed, report_id=old.report_id)
    replace(session, old, row)
    _changed(session, actor, "correct_attendance", row, now)
    return row


def dispute_attendance(
    session: Session, actor: Actor, attendance_id: UUID, reason: str, *, now: datetime
) -> Attendance:
    """Record that the participant disputes an entry: it counts as unverified until it is settled or corrected.

    Returns the entry in force, a new one. The reason is kept as a note of the team. Twice is once. Raises Invalid
    without a reason.
    """
    return _set_disputed(session, actor, attendance_id, True, reason, now)


def settle_attendance(session: Session, actor: Actor, attendance_id: UUID, reason: str, *, now: datetime) -> Attendance:
    """Record that a disputed entry stands as it is, and why, and return the entry in force.

    Where it was wrong, correct it instead. Conflict while the report that told of it is disputed as a whole.
    """
    return _set_disputed(session, actor, attendance_id, False, reason, now)


def restated(session: Session, actor: Actor, old: Attendance, disputed: bool, *, now: datetime) -> Attendance:
    """Replace an entry by one that says the same, disputed or no longer; for commands that have authorised."""
    referral = session.get_one(Referral, old.referral_id)
    row = new_attendance(
        actor, referral, old.held_on, old.kind, now=now, reason=old.reason, disputed=disputed, report_id=old.report_id
    )
    replace(session, old, row)
    return row


def replace(session: Session, old: Attendance, row: Attendance) -> None:
    """Let a new entry take the place of an old one, which stays and points to it.

    What the old one said as well, undisputed, the court has known since then: a response given meanwhile answers it.
    """
    if row.kind == old.kind:
        row.known_at = old.known_at or (None if old.disputed else old.recorded_at)
    session.add(row)
    old.replaced_by_id = row.id
    session.add(old)


def new_attendance(
    actor: Actor,
    referral: Referral,
    held_on: date,
    kind: AttendanceKind,
    *,
    now: datetime,
    reason: str | None = None,
    disputed: bool = False,
    report_id: UUID | None = None,
) -> Attendance:
    """Return the row of one session, not yet added; for commands that have authorised and checked."""
    return Attendance(
        court_id=actor.court_id,
        case_id=referral.case_id,
        referral_id=referral.id,
        report_id=report_id,
        held_on=held_on,
        kind=kind,
        reason=plain(reason),
        disputed=disputed,
        recorded_by=actor.person,
        recorded_at=now,
    )


def check_session(actor: Actor, referral: Referral, held_on: date, now: datetime) -> None:
    """Raise Invalid where no session of this referral can have been held on a civil date."""
    if referral.service_id is None:
        raise Invalid("This need has no service yet, so there is no session to record. Find a place first.")
    if held_on > actor.today(now):
        raise Invalid("This day is still to come. A session is recorded once its day has come.")


def same_entry(row: Attendance, held_on: date, kind: AttendanceKind, reason: str | None, disputed: bool) -> bool:
    """Tell whether a row says exactly this."""
    return (row.held_on, row.kind, row.reason, row.disputed) == (held_on, kind, plain(reason), disputed)


def plain(reason: str | None) -> str | None:
    """Return a reason without blank ends, or None where there is none."""
    return line(reason)


def _set_disputed(
    session: Session, actor: Actor, attendance_id: UUID, disputed: bool, reason: str, now: datetime
) -> Attendance:
    require(actor, Action.ENTER_ATTENDANCE)
    row = load(session, actor, Attendance, attendance_id)
    said = needed(reason, "Say in a few words what is disputed, or how it was settled.")
    check_words(session, actor, said, now=now, case_id=row.case_id)
    if row.replaced_by_id is not None:
        newer = load(session, actor, Attendance, row.replaced_by_id)
        if (newer.kind, newer.held_on, newer.disputed) == (row.kind, row.held_on, disputed):
            return newer
        raise Conflict("This entry has been corrected meanwhile. Look at the newer one, then decide again.")
    if row.disputed == disputed:
        return row
    if not disputed and _with_its_report(session, row):
        raise Conflict("The report that told of this session is disputed as a whole. Settle the report instead.")
    row = restated(session, actor, row, disputed, now=now)
    add_note(session, actor, row.case_id, said, NoteVisibility.TEAM, now=now, token=uuid4())
    _changed(session, actor, "dispute_attendance" if disputed else "settle_attendance", row, now)
    return row


def _with_its_report(session: Session, row: Attendance) -> bool:
    """Tell whether an entry is disputed because the report that told of it is: then nothing it says counts yet."""
    report = session.get_one(Report, row.report_id) if row.report_id else None
    return report is not None and report.state is ReportState.DISPUTED


def _changed(session: Session, actor: Actor, action: str, row: Attendance, now: datetime) -> None:
    change_case(session, load_case(session, actor, row.case_id))
    detail = {"referral_id": row.referral_id, "held_on": row.held_on, "kind": row.kind, "disputed": row.disputed}
    audit.record(session, actor, action, "attendance", row.id, now=now, case_id=row.case_id, detail=detail)
