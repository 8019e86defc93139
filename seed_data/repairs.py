"""Things put right or changed in a story: corrections, disputes, moves and proposals, by those who do them in a court."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import col, select

from models.commands.appearances import calendar_case, move_appearance, remove_appearance
from models.commands.attendance import correct_attendance, dispute_attendance
from models.commands.corrections import Correction, correct_decision
from models.commands.reports import ReportEntry, SessionEntry, correct_report, dispute_report
from models.rules.vocabulary import AppearanceState, AttendanceKind, Purpose, ReportState, ResponseKind, ResponseState
from models.tables import Appearance, Attendance, Decision, Report, Response
from seed_data import calendaring
from seed_data.life import Life


def _last_report(life: Life) -> Report | None:
    life.session.flush()
    came = select(Report).where(col(Report.case_id) == life.case.id, col(Report.state) == ReportState.RECEIVED)
    return life.session.exec(came.order_by(col(Report.due_on).desc())).first()


def _absence(life: Life) -> Attendance | None:
    life.session.flush()
    rows = select(Attendance).where(
        col(Attendance.case_id) == life.case.id,
        col(Attendance.kind) == AttendanceKind.MISSED,
        col(Attendance.replaced_by_id).is_(None),
        ~col(Attendance.disputed),
    )
    return life.session.exec(rows.order_by(col(Attendance.held_on).desc())).first()


def _report_corrected(life: Life, now: datetime) -> None:
    """Let the provider correct its last report: an absence had been an acceptable one."""
    report, absence = _last_report(life), _absence(life)
    if report is None or absence is None or absence.report_id != report.id:
        return
    put_right = SessionEntry(held_on=absence.held_on, kind=AttendanceKind.EXCUSED, reason="medical")
    correct_report(
        life.session,
        life.coordinator,
        report.id,
        ReportEntry(received_on=life.clerk.today(now), sessions=(put_right,), summary="A doctor's note has come."),
        reason="The doctor's note came after the report.",
        now=now,
        token=life.token(),
    )
    life.ledger.sessions[absence.held_on] = AttendanceKind.EXCUSED


def _report_disputed(life: Life, now: datetime) -> None:
    report = _last_report(life)
    if report is None:
        return
    why = "She says she was there on both days; the sign-in sheets are to be looked at."
    dispute_report(life.session, life.coordinator, report.id, why, now=now)
    rows = select(col(Attendance.held_on)).where(col(Attendance.report_id) == report.id)
    for day in life.session.exec(rows):
        life.ledger.sessions[day] = AttendanceKind.UNVERIFIED


def _absence_disputed(life: Life, now: datetime) -> None:
    absence = _absence(life)
    if absence is not None:
        why = "She says the door was locked when she came."
        dispute_attendance(life.session, life.coordinator, absence.id, why, now=now)
        life.ledger.sessions[absence.held_on] = AttendanceKind.UNVERIFIED


def _absence_corrected(life: Life, now: datetime) -> None:
    absence = _absence(life)
    if absence is not None:
        correct_attendance(
            life.session, life.coordinator, absence.id, AttendanceKind.CANCELLED, now=now, reason="room closed"
        )
        life.ledger.sessions[absence.held_on] = AttendanceKind.CANCELLED


def _response_withdrawn(life: Life, now: datetime) -> None:
    """Correct the last decision with a sanction: the absence it answered was none."""
    life.session.flush()
    given = (
        select(Response, Decision)
        .join(Decision, col(Decision.id) == col(Response.decision_id))
        .where(
            col(Response.case_id) == life.case.id,
            col(Response.kind) == ResponseKind.SANCTION,
            col(Response.state) != ResponseState.WITHDRAWN,
        )
    )
    found = life.session.exec(given.order_by(col(Response.decided_on).desc())).first()
    if found is None:
        return
    response, decision = found
    open_before = response.state is ResponseState.ORDERED
    correct_decision(
        life.session,
        life.clerk,
        Correction(
            appearance_id=decision.appearance_id,
            token=life.token(),
            seen_version=life.case.version,
            outcome=decision.outcome,
            missed=decision.missed,
            promised=decision.promised,
            reason="The absence was the provider's cancellation; the response is withdrawn.",
            withdraw=(response.id,),
        ),
        now=now,
    )
    life.ledger.open_responses -= open_before
    life.ledger.answered.remove(decision.decided_on)
    _absence_corrected(life, now)


def _moved(life: Life, now: datetime) -> None:
    """Move the next appearance to the session after it, at counsel's wish."""
    one, diary = life.appearance, life.house.diary
    if one is None or life.court_on is None or one.state is not AppearanceState.SCHEDULED:
        return
    later = diary.between(life.court_on + timedelta(days=1), life.court_on + timedelta(days=40))
    target = next((s for s in later if s.part == life.story.part and s.has_room(one.minutes)), None)
    if target is None:
        return
    life.appearance = move_appearance(life.session, life.clerk, one.id, target.id, "Counsel is on trial.", now=now)
    diary.book(one.court_session_id, -one.minutes, -1)
    calendaring.calendared(life, target.id, now)


def _removed(life: Life, now: datetime) -> None:
    """Take the next appearance off the calendar until a date suits; the case then has none."""
    one: Appearance | None = life.appearance
    if one is None or one.state is not AppearanceState.SCHEDULED:
        return
    remove_appearance(life.session, life.clerk, one.id, "In hospital; a date is set when she is home.", now=now)
    life.house.diary.book(one.court_session_id, -one.minutes, -1)
    life.appearance = life.court_on = None


def _proposed(life: Life, now: datetime) -> None:
    """Propose a next date for a case that has none; it waits for the clerk."""
    _calendar(life, now, Purpose.REVIEW, AppearanceState.PROPOSED, "The next session with room.")


def _other_date(life: Life, now: datetime) -> None:
    """Calendar a date for something else than a review."""
    _calendar(life, now, Purpose.OTHER, AppearanceState.SCHEDULED, "To hear counsel on the older warrant.")


def _short_notice(life: Life, now: datetime) -> None:
    """Calendar a case on the next session of any part, so soon that its report is due at once."""
    _calendar(
        life, now, Purpose.REVIEW, AppearanceState.SCHEDULED, "Counsel asks for the next day in court.", soon=True
    )


def _calendar(
    life: Life, now: datetime, purpose: Purpose, state: AppearanceState, reason: str, soon: bool = False
) -> None:
    """Put a case without a date on the part's next session with room from a week after the anchor on, or any `soon`."""
    on, diary = life.clerk.today(now), life.house.diary
    if life.appearance is not None:
        return
    coming = diary.between(life.house.anchor + timedelta(days=7), on + timedelta(days=60))
    sitting = next(one for one in coming if one.part == life.story.part and one.has_room(5))
    if soon:
        sitting = calendaring.session_after(life.house)
        diary.free(sitting.id, 5)
    calendar_case(
        life.session,
        life.clerk,
        life.case.id,
        sitting.id,
        purpose,
        now=now,
        reason=reason,
        state=state,
    )
    diary.book(sitting.id, 5)


DEEDS: dict[str, Callable[[Life, datetime], None]] = {
    "report_corrected": _report_corrected,
    "report_disputed": _report_disputed,
    "absence_disputed": _absence_disputed,
    "absence_corrected": _absence_corrected,
    "response_withdrawn": _response_withdrawn,
    "moved": _moved,
    "removed": _removed,
    "proposed": _proposed,
    "other_date": _other_date,
    "short_notice": _short_notice,
}
