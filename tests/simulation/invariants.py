"""What holds on every day of a court, asked by statements of the simulation's own.

Each names the day, the case by its id, and what was expected.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from models.rules.vocabulary import FollowUpKind, RunState
from models.tables import (
    Appearance,
    Attendance,
    AuditEvent,
    CourtSession,
    FollowUp,
    Release,
    Report,
    Response,
    Run,
    SetAside,
)
from tests.simulation.case_lists import matters
from tests.simulation.due_lists import Due, days_of, due
from tests.simulation.world import Broken, Statement, World

_K = FollowUpKind
#: Kinds whose open lines must be exactly what is due; the others rest on more than plain rows say.
_EXACT = frozenset(
    {
        _K.NO_NEXT_DATE,
        _K.APPROVE_DATE,
        _K.NO_OUTCOME,
        _K.NOTHING_DONE,
        _K.REPORT_LATE,
        _K.REFERRAL_UNANSWERED,
        _K.NEED_WITHOUT_PLACE,
        _K.NO_CONTACT,
        _K.RELEASE_EXPIRING,
        _K.RELEASE_EXPIRED,
        _K.ACD_EXPIRY,
        _K.SEALING,
        _K.INTERPRETER,
        _K.RESPONSE_DUE,
        _K.REMINDER_NOT_SENT,
    }
)
_TAKES_A_PLACE = ("scheduled", "proposed", "held")


def list_is_what_is_due(world: World) -> None:
    """No follow-up is lost, none is doubled, none is left from what is over; each case has a date or a reason."""
    lines: dict[tuple[str, str], list[Any]] = {}
    open_lines: Counter[tuple[str, str]] = Counter()
    names = ("kind", "occurrence", "case_id", "done_on", "void_on", "since", "due_on")
    for row in world.ask(
        sa.select(*(getattr(FollowUp, name) for name in names)).where(col(FollowUp.void_on).is_(None))
    ):
        key = (row.kind, row.occurrence.split(":")[0])
        lines.setdefault(key, []).append(row)
        open_lines[key] += row.done_on is None
        if row.since > world.today and row.done_on is None:
            raise Broken(world.today, row.case_id, f"{row.kind} no earlier than it came about, {row.since}")
        if open_lines[key] > 1:
            raise Broken(world.today, row.case_id, f"one open {row.kind}, not {open_lines[key]}")
    wanted: dict[tuple[str, str], Due] = {}
    for one in (*due(world), *matters(world)):
        key = (one.kind, str(one.subject))
        wanted[key] = one
        if not open_lines[key] and not _settled(one, lines.get(key, [])):
            raise Broken(world.today, one.case_id, f"a follow-up {one.kind}, and there is none")
    for (kind, subject), count in open_lines.items():
        if count and kind in _EXACT and (kind, subject) not in wanted:
            raise Broken(world.today, lines[kind, subject][0].case_id, f"no open {kind} any more")


def _settled(one: Due, lines: list[Any]) -> bool:
    """Tell whether a person has settled it since it came about."""
    return any(row.done_on and (one.settled_from is None or row.done_on >= one.settled_from) for row in lines)


def nothing_went_wrong_by_night(world: World) -> None:
    """Every job of the scheduler came to its end, and no case was set aside."""
    failed = world.ask(sa.select(col(Run.job), col(Run.problem)).where(col(Run.state) != RunState.SUCCEEDED))
    if failed:
        raise Broken(world.today, None, f"every job to end well, not {failed[0]}")
    for job, case_id, problem in world.ask(sa.select(SetAside.job, SetAside.subject_id, SetAside.problem)):  # type: ignore[call-overload]
        raise Broken(world.today, case_id, f"no case set aside by {job}: {problem}")


def reports_wait_for_a_coming_day(world: World) -> None:
    """What is expected of a provider is expected for an appearance that is on the calendar, however often it was moved."""
    gone = (
        sa.select(col(Report.case_id))
        .join(Appearance, col(Appearance.id) == col(Report.appearance_id))
        .where(col(Report.state) == "expected", col(Appearance.state).in_(("moved", "removed")))
    )
    for (case_id,) in world.ask(gone.limit(1)):
        raise Broken(world.today, case_id, "no report expected for a day it was taken off")


def capacity_is_kept(world: World) -> None:
    """No coming session holds more than its places without a recorded override; none is on a closed day or session."""
    sits = (CourtSession.held_on, CourtSession.capacity_cases, CourtSession.capacity_minutes)
    rows = world.ask(
        sa.select(
            col(CourtSession.id),
            col(CourtSession.state).label("sits"),
            *map(col, sits),
            col(Appearance.id).label("appearance_id"),
            col(Appearance.case_id),
            col(Appearance.minutes),
            col(Appearance.state),
        )
        .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
        .where(col(CourtSession.held_on) >= world.today, col(Appearance.state).in_(_TAKES_A_PLACE))
    )
    days = days_of(world)
    on_session: dict[Any, list[Any]] = {}
    for row in rows:
        on_session.setdefault(row.id, []).append(row)
        if (row.sits != "open" or not days.sits(row.held_on)) and row.state != "held":
            raise Broken(world.today, row.case_id, f"no date on {row.held_on}, when the court does not sit")
    for there in on_session.values():
        cases, minutes = len(there) - there[0].capacity_cases, sum(row.minutes for row in there)
        if cases > 0 or minutes > there[0].capacity_minutes:
            _overridden(world, there, cases, minutes - there[0].capacity_minutes)


def _overridden(world: World, there: list[Any], cases: int, minutes: int) -> None:
    actions = ("calendar_case", "move_appearance")
    events = world.ask(
        sa.select(col(AuditEvent.subject_id), col(AuditEvent.detail))
        .where(col(AuditEvent.action).in_(actions))
        .where(col(AuditEvent.case_id).in_([row.case_id for row in there]))
    )
    over = {str(event.detail.get("to", event.subject_id)) for event in events if event.detail["over"]}
    excused = [row for row in there if str(row.appearance_id) in over]
    if len(excused) < cases or sum(row.minutes for row in excused) < minutes:
        raise Broken(world.today, there[-1].case_id, f"room on {there[0].held_on}, or a recorded override")


def sanctions_rest_on_verified_facts(world: World) -> None:
    """Every sanction recorded today answers a verified, undisputed absence told under a release, or a missed appearance."""
    columns = (Response.case_id, Response.behaviour, Response.behaviour_on, Response.decided_on)
    today = sa.select(*map(col, columns)).where(
        col(Response.kind) == "sanction",
        col(Response.state) != "withdrawn",
        col(Response.recorded_at) > world.now - timedelta(hours=18),
    )
    for row in world.ask(today):
        if row.behaviour == "unacceptable_absence":
            if not world.ask(_verified(row)):
                said = f"a verified unacceptable absence on {row.behaviour_on} under a sanction"
                raise Broken(world.today, row.case_id, said)
        elif row.behaviour != "missed_appearance":
            raise Broken(world.today, row.case_id, f"no sanction for {row.behaviour}")
        elif not world.ask(_not_there(row)):
            raise Broken(
                world.today, row.case_id, f"a missed appearance on {row.decided_on} or before, under a sanction"
            )


def _verified(row: Any) -> Statement:
    """The absence a sanction rests on: as it stands now, disputed by nobody, and told under a release where by report."""
    released = sa.exists().where(
        col(Release.case_id) == col(Report.case_id),
        col(Release.provider_id) == col(Report.provider_id),
        col(Release.answer) == "given",
        col(Report.received_on).between(col(Release.starts_on), col(Release.ends_on)),
        sa.or_(col(Release.revoked_on).is_(None), col(Release.revoked_on) > col(Report.received_on)),
    )
    return (
        sa.select(col(Attendance.id))
        .outerjoin(Report, col(Report.id) == col(Attendance.report_id))
        .where(
            col(Attendance.case_id) == row.case_id,
            col(Attendance.held_on) == row.behaviour_on,
            col(Attendance.kind) == "missed",
            col(Attendance.replaced_by_id).is_(None),
            ~col(Attendance.disputed),
            sa.or_(col(Attendance.report_id).is_(None), sa.and_(col(Report.state) == "received", released)),
        )
    )


def _not_there(row: Any) -> Statement:
    return (
        sa.select(col(Appearance.id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.case_id) == row.case_id, col(Appearance.outcome) == "did_not_appear")
        .where(col(CourtSession.held_on) <= row.decided_on)
    )
