"""Compliance reports: when one is due before an appearance, when to remind, and how it stands on a day.

A report is the provider's to send: none of these answers is ever the participant's failure. Whatever state is stored,
late and missing are derived here from civil dates.
"""

from dataclasses import dataclass
from datetime import date

from models.rules import words
from models.rules.court_days import CourtDays, Roll, add_court_days, court_days_between, roll, subtract_court_days
from models.rules.policy import ReportTiming
from models.rules.vocabulary import ReportStanding, ReportState

NEUTRAL = "This never counts against the participant."


@dataclass(frozen=True, kw_only=True)
class ReportDates:
    """When the report for one appearance is due, and the days to remind the provider."""

    appearance_on: date
    due_on: date
    grace_ends_on: date  # the last day that is not late; never after the court day before the appearance
    remind_on: tuple[date, ...]  # earliest first, all before `due_on`
    reasons: tuple[str, ...]
    policy_version: str
    information_on: date


@dataclass(frozen=True, kw_only=True)
class ReportInputs:
    """What is known of one expected report."""

    state: ReportState
    due_on: date
    received_on: date | None
    appearance_on: date
    release_active: bool
    grace_court_days: int


@dataclass(frozen=True, kw_only=True)
class ReportAnswer:
    """How a report stands on `information_on`, and why. `court_days_late` counts court days after the due day."""

    standing: ReportStanding
    court_days_late: int
    reasons: tuple[str, ...]
    inputs: ReportInputs
    policy_version: str
    information_on: date


def report_dates(
    appearance_on: date, timing: ReportTiming, court_days: CourtDays, *, on: date, policy_version: str
) -> ReportDates:
    """Return the due day (court days before the appearance, which is not counted), its grace and its reminders.

    Reminders are counted in court days before the due day.
    """
    due_on = subtract_court_days(appearance_on, timing.due_court_days_before, court_days)
    grace = min(
        add_court_days(due_on, timing.grace_court_days, court_days),
        max(due_on, subtract_court_days(appearance_on, 1, court_days)),
    )
    remind = {subtract_court_days(due_on, n, court_days) for n in timing.remind_court_days_before}
    before = words.count(timing.due_court_days_before, "court day")
    said = f"{before} before the appearance of {words.day(appearance_on, on)} is {words.day(due_on, on)}"
    return ReportDates(
        appearance_on=appearance_on,
        due_on=due_on,
        grace_ends_on=grace,
        remind_on=tuple(sorted(remind - {due_on})),
        reasons=(words.sentence(said),),
        policy_version=policy_version,
        information_on=on,
    )


def reminder_to_send(dates: ReportDates, last_reminded_on: date | None, on: date) -> date | None:
    """Return the reminder day to act on today, or None.

    After a standstill only the newest one passed is sent; once the due day is over, the follow-up takes its place.
    """
    passed = [day for day in dates.remind_on if day <= on]
    if not passed or on > dates.due_on:
        return None
    return passed[-1] if last_reminded_on is None or last_reminded_on < passed[-1] else None


def standing_of_report(
    state: ReportState,
    due_on: date,
    received_on: date | None,
    appearance_on: date,
    release_active: bool,
    grace: int,
    court_days: CourtDays,
    on: date,
    policy_version: str = "",
) -> ReportAnswer:
    """Return how a report stands on the civil date `on`, from what was known that day.

    `grace` is in court days. A due day on which the court turned out to be closed rolls to the next court day, but not
    past the appearance. A report received after `on` is not yet received. ValueError: received without a day.
    """
    inputs = ReportInputs(
        state=state,
        due_on=due_on,
        received_on=received_on,
        appearance_on=appearance_on,
        release_active=release_active,
        grace_court_days=grace,
    )
    due = _effective_due(inputs, court_days)
    standing, reasons = _settled(inputs, due, court_days, on) or _open(inputs, due, court_days, on)
    overdue_on = min(received_on, on) if received_on else on
    return ReportAnswer(
        standing=standing,
        court_days_late=_late_days(standing, due, overdue_on, court_days),
        reasons=reasons,
        inputs=inputs,
        policy_version=policy_version,
        information_on=on,
    )


def _effective_due(inputs: ReportInputs, court_days: CourtDays) -> date:
    """Return the due day, rolled off a closed day but never past the appearance."""
    return min(roll(inputs.due_on, Roll.FORWARD, court_days), max(inputs.due_on, inputs.appearance_on))


def _late_days(standing: ReportStanding, due: date, until: date, court_days: CourtDays) -> int:
    """Count court days after the due day for a report that is, or came, behind it."""
    behind = {ReportStanding.IN_GRACE, ReportStanding.LATE, ReportStanding.MISSING, ReportStanding.RECEIVED_LATE}
    return court_days_between(due, until, court_days) if standing in behind else 0


_Answer = tuple[ReportStanding, tuple[str, ...]]


def _settled(inputs: ReportInputs, due: date, court_days: CourtDays, on: date) -> _Answer | None:
    """Answer for a report that came, or is no longer expected; None while the court waits for it."""
    if inputs.state is ReportState.WITHDRAWN:
        return ReportStanding.WITHDRAWN, ("The report was withdrawn and is not counted.", NEUTRAL)
    if inputs.state is ReportState.EXPECTED:
        return None
    if inputs.received_on is None:
        raise ValueError("a report that was received needs the day it came")
    if inputs.received_on > on:
        return None
    came = f"The report came on {words.day(inputs.received_on, on)}"
    if inputs.state is ReportState.DISPUTED:
        return ReportStanding.DISPUTED, (f"{came} and is disputed; what it says is not counted until settled.", NEUTRAL)
    if inputs.received_on <= due:
        return ReportStanding.RECEIVED, (f"{came}; it was due on {words.day(due, on)}.",)
    late = words.count(court_days_between(due, inputs.received_on, court_days), "court day")
    if inputs.received_on <= add_court_days(due, inputs.grace_court_days, court_days):
        return ReportStanding.RECEIVED, (f"{came}, {late} after it was due and within its grace.",)
    return ReportStanding.RECEIVED_LATE, (f"{came}, {late} after it was due.", NEUTRAL)


def _open(inputs: ReportInputs, due: date, court_days: CourtDays, on: date) -> _Answer:
    """Answer for a report the court still waits for."""
    said = words.day(due, on)
    if not inputs.release_active:
        return ReportStanding.RELEASE_EXPIRED, ("There is no active release, so nobody may send a report.", NEUTRAL)
    if on < due:
        return ReportStanding.EXPECTED, (f"The report is due on {said}.",)
    if on == due:
        return ReportStanding.DUE, ("The report is due today, so it is not late.",)
    if on >= inputs.appearance_on:
        court = words.day(inputs.appearance_on, on)
        return ReportStanding.MISSING, (f"The appearance of {court} has come and there is no report.", NEUTRAL)
    grace_ends = add_court_days(due, inputs.grace_court_days, court_days)
    if on <= grace_ends:
        until = "today" if grace_ends == on else words.day(grace_ends, on)
        return ReportStanding.IN_GRACE, (f"The report was due on {said}; its grace ends {until}.", NEUTRAL)
    late = words.count(court_days_between(due, on, court_days), "court day")
    return ReportStanding.LATE, (f"The report was due on {said}, {late} ago.", NEUTRAL)
