"""What has happened in the case, as a situation tells it.

What is dated after the day asked about is refused: on that day nobody could know it. What the court came to know only
after it (`known_on`) is told and not seen.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise

from models.policies.reading import Table
from models.rules.court_days import CourtDays
from models.rules.events import (
    CaseEvents,
    ExpectedReport,
    GivenResponse,
    MandateAccepted,
    NewArrest,
    OnCalendar,
    ReleaseAnswered,
    ServiceSession,
    WarrantOrdered,
)
from models.rules.policy import Policy
from models.rules.reports import report_dates
from models.rules.vocabulary import (
    AttendanceKind,
    Behaviour,
    Outcome,
    ReleaseAnswer,
    ReportState,
    ResponseKind,
    ResponseState,
    Stage,
    WarrantState,
)
from models.situations.values import a_day, a_word, past_day, past_day_or_none, phase_called, program_called, rows

#: The keys of a situation that tell what has happened.
KEYS = ("stage", "mandate", "appearances", "sessions", "responses", "releases", "warrants", "arrests")
_NOT_AS_EXPECTED = {state.value: state for state in (ReportState.DISPUTED, ReportState.WITHDRAWN)}


def events_of(table: Table, policy: Policy, court_days: CourtDays, on: date) -> CaseEvents:
    """Read what has happened in the case."""
    mandate = _mandate(table.table("mandate"), policy, on) if table.has("mandate") else None
    return CaseEvents(
        stage=a_word(table, "stage", Stage) if table.has("stage") else _stage(table, mandate),
        mandate=mandate,
        appearances=tuple(_appearance(row, on) for row in rows(table, "appearances")),
        sessions=tuple(_session(row, on) for row in rows(table, "sessions")),
        reports=reports_of(table, policy, court_days, on),
        responses=tuple(_response(row, on) for row in rows(table, "responses")),
        releases=tuple(_release(row, on) for row in rows(table, "releases")),
        warrants=_warrants(table, on),
        arrests=tuple(_arrest(row, on) for row in rows(table, "arrests")),
    )


def _stage(table: Table, mandate: MandateAccepted | None) -> Stage:
    """Say the stage that what happened leads to, where the situation does not say another."""
    if table.has("acd_granted_on"):
        return Stage.ACD
    if mandate is None:
        return Stage.IDENTIFIED
    return Stage.COMPLETED if mandate.ended_on else Stage.ACTIVE


def _mandate(table: Table, policy: Policy, on: date) -> MandateAccepted:
    """Read the mandate; it is in its first phase since it was accepted unless it says another."""
    program, accepted_on = program_called(table, "program", policy), past_day(table, "accepted_on", on)
    moved = table.has("phase") or table.has("phase_since")
    mandate = MandateAccepted(
        program=program.key,
        accepted_on=accepted_on,
        phase=phase_called(table, program),
        phase_since=past_day(table, "phase_since", on) if moved else accepted_on,
        ended_on=past_day_or_none(table, "completed_on", on),
    )
    table.finish()
    return mandate


def _appearance(table: Table, on: date) -> OnCalendar:
    outcome = a_word(table, "outcome", Outcome) if table.has("outcome") else None
    appearance = OnCalendar(on=past_day(table, "on", on) if outcome else a_day(table, "on"), outcome=outcome)
    table.finish()
    return appearance


def _session(table: Table, on: date) -> ServiceSession:
    day = past_day(table, "on", on)
    session = ServiceSession(
        on=day,
        entered_at=_known(table, day),
        kind=a_word(table, "kind", AttendanceKind),
        disputed=table.has("disputed") and table.flag("disputed"),
    )
    table.finish()
    return session


def reports_of(table: Table, policy: Policy, court_days: CourtDays, on: date) -> tuple[ExpectedReport, ...]:
    """Read the expected reports; one without a due day is due when the policy says."""
    return tuple(_report(row, policy, court_days, on) for row in rows(table, "reports"))


def _report(table: Table, policy: Policy, court_days: CourtDays, on: date) -> ExpectedReport:
    appearance_on, received_on = a_day(table, "appearance_on"), past_day_or_none(table, "received_on", on)
    dates = report_dates(appearance_on, policy.reports, court_days, on=on, policy_version=policy.version)
    state = ReportState.RECEIVED if received_on else ReportState.EXPECTED
    if table.has("state"):
        state = _NOT_AS_EXPECTED[table.one_of("state", _NOT_AS_EXPECTED)]
    if state is ReportState.DISPUTED and received_on is None:
        table.refuse("received_on", "the day the report came: it is disputed, so it did come")
    report = ExpectedReport(
        provider=table.text("provider") if table.has("provider") else "the provider",
        appearance_on=appearance_on,
        due_on=a_day(table, "due_on") if table.has("due_on") else dates.due_on,
        state=state,
        received_on=received_on,
    )
    table.finish()
    return report


def _response(table: Table, on: date) -> GivenResponse:
    day = past_day(table, "on", on)
    response = GivenResponse(
        on=day,
        entered_at=_known(table, day),
        kind=a_word(table, "kind", ResponseKind),
        behaviour=a_word(table, "behaviour", Behaviour),
        state=a_word(table, "state", ResponseState) if table.has("state") else ResponseState.ORDERED,
    )
    table.finish()
    return response


def _release(table: Table, on: date) -> ReleaseAnswered:
    """Read a release, or that it was declined: then it has no days."""
    declined = table.has("declined") and table.flag("declined")
    release = ReleaseAnswered(
        answer=ReleaseAnswer.DECLINED if declined else ReleaseAnswer.GIVEN,
        starts_on=on if declined else a_day(table, "starts_on"),
        ends_on=on if declined else a_day(table, "ends_on"),
        revoked_on=past_day_or_none(table, "revoked_on", on),
        provider=table.text("provider") if table.has("provider") else None,
    )
    table.finish()
    return release


def _warrants(table: Table, on: date) -> tuple[WarrantOrdered, ...]:
    """Read the orders about a warrant, each in force until the next."""
    told = sorted((_warrant(row, on) for row in rows(table, "warrants")), key=lambda one: one.on)
    replaced = [replace(one, replaced_at=following.entered_at) for one, following in pairwise(told)]
    return (*replaced, *told[-1:])


def _warrant(table: Table, on: date) -> WarrantOrdered:
    day = past_day(table, "on", on)
    order = WarrantOrdered(on=day, state=a_word(table, "state", WarrantState), entered_at=_known(table, day))
    table.finish()
    return order


def _arrest(table: Table, on: date) -> NewArrest:
    day = past_day(table, "on", on)
    told_on = past_day(table, "told_on", on) if table.has("told_on") else day
    arrest = NewArrest(on=day, told_on=told_on, entered_at=_known(table, told_on))
    table.finish()
    return arrest


def _known(table: Table, day: date) -> datetime:
    """Read since when the court has known a fact: its own day, unless it was entered on a later one."""
    known_on = a_day(table, "known_on") if table.has("known_on") else day
    if known_on < day:
        table.refuse("known_on", f"no earlier than {day}, the day it is about")
    return datetime.combine(known_on, time(), UTC)
