"""How a follow-up stands on a civil date, how old it is, and when an ACD runs out.

States are derived from dates each time they are asked for, never stored; due today is not late. The sentences shown to
staff are in `models.rules.follow_up_reasons`.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from models.rules import words
from models.rules.court_days import CourtDays, Roll, add_months, roll
from models.rules.vocabulary import FollowUpKind, FollowUpState

#: Settled states: nobody has to move.
SETTLED = frozenset({FollowUpState.DONE, FollowUpState.WAIVED, FollowUpState.VOID})
#: Kinds that are good news: when their day passes, nobody is late.
NEVER_LATE = frozenset({FollowUpKind.READY})


@dataclass(frozen=True, kw_only=True)
class FollowUpInputs:
    """The dates stored with a follow-up. `grace_days` are calendar days; `held_until` is the day it comes back."""

    due_on: date
    grace_days: int = 0
    held_until: date | None = None
    done_on: date | None = None
    waived: bool = False
    void: bool = False
    never_late: bool = False  # of a kind in NEVER_LATE


@dataclass(frozen=True, kw_only=True)
class FollowUpAnswer:
    """How a follow-up stands on `information_on`, and why. `age_days` is 0 until the due day has passed."""

    state: FollowUpState
    age_days: int
    reasons: tuple[str, ...]
    inputs: FollowUpInputs
    information_on: date

    @property
    def open(self) -> bool:
        """Tell whether somebody still has to move."""
        return self.state not in SETTLED


@dataclass(frozen=True, kw_only=True)
class AcdExpiry:
    """When an adjournment in contemplation of dismissal runs out, and why."""

    granted_on: date
    months: int
    expires_on: date  # the last civil date on which the case can be restored
    dismissed_from: date  # the civil date from which it is deemed dismissed
    reasons: tuple[str, ...]


def standing_of_follow_up(inputs: FollowUpInputs, on: date) -> FollowUpAnswer:
    """Return how a follow-up stands on the civil date `on`; a day of doing after `on` has not come yet."""
    state, said = _settled(inputs, on) or _open(inputs, on)
    return FollowUpAnswer(
        state=state,
        age_days=age_days(inputs, on),
        reasons=(words.sentence(said),),
        inputs=inputs,
        information_on=on,
    )


def follow_up_state(inputs: FollowUpInputs, on: date) -> FollowUpState:
    """Return only the state, for lists of many follow-ups."""
    return (_settled(inputs, on) or _open(inputs, on))[0]


def age_days(inputs: FollowUpInputs, on: date) -> int:
    """Return the calendar days since the due day, up to `on` or the day it was done; 0 before, and for what is never late.

    A hold stops nothing.
    """
    if inputs.never_late:
        return 0
    until = min(inputs.done_on, on) if inputs.done_on else on
    return max((until - inputs.due_on).days, 0)


def _settled(inputs: FollowUpInputs, on: date) -> tuple[FollowUpState, str] | None:
    """Answer for a follow-up that nobody has to act on any more; None for an open one."""
    if inputs.void:
        return FollowUpState.VOID, "the matter is settled or the case has left"
    if inputs.waived:
        return FollowUpState.WAIVED, "it was closed without being done, with a reason"
    if inputs.done_on is not None and inputs.done_on <= on:
        past = age_days(inputs, on)
        after = f", {words.count(past, 'day')} after it was due" if past > inputs.grace_days else ""
        return FollowUpState.DONE, f"done on {words.day(inputs.done_on, on)}{after}"
    return None


def _open(inputs: FollowUpInputs, on: date) -> tuple[FollowUpState, str]:
    """Answer for an open follow-up: held, not due yet, open with nobody late, due today, in its grace, or late."""
    due = words.day(inputs.due_on, on)
    if inputs.held_until is not None and on < inputs.held_until:
        return FollowUpState.HELD, f"held until {words.day(inputs.held_until, on)}; it was due on {due}"
    if on < inputs.due_on:
        return FollowUpState.EXPECTED, f"due on {due}"
    if inputs.never_late:
        return FollowUpState.OPEN, f"open since {due}; nobody is late"
    if on == inputs.due_on:
        return FollowUpState.DUE, "due today, so it is not late"
    grace_ends = inputs.due_on + timedelta(days=inputs.grace_days)
    if on <= grace_ends:
        until = "today" if on == grace_ends else words.day(grace_ends, on)
        return FollowUpState.IN_GRACE, f"due on {due}; its grace ends {until}"
    return FollowUpState.LATE, f"due on {due}, {words.count((on - inputs.due_on).days, 'day')} ago"


def acd_expiry(granted_on: date, months: int) -> AcdExpiry:
    """Return when an ACD granted on the civil date `granted_on` runs out, `months` calendar months later.

    The day is not rolled off a weekend: the dismissal needs no sitting [NY CPL 170.55]. ValueError below one month.
    """
    if months < 1:
        raise ValueError("an ACD can be restored for at least one month")
    expires_on = add_months(granted_on, months)
    clamped = expires_on.day != granted_on.day
    said = f"{words.count(months, 'calendar month')} from {words.day(granted_on, granted_on)} {granted_on.year}"
    said += f" is {words.day(expires_on, granted_on)}" + (", the last day of that month" if clamped else "")
    return AcdExpiry(
        granted_on=granted_on,
        months=months,
        expires_on=expires_on,
        dismissed_from=expires_on + timedelta(days=1),
        reasons=(
            words.sentence(said),
            "The case can be restored up to and including that day; after it, it is deemed dismissed.",
        ),
    )


def acd_worklist_on(expiry: AcdExpiry, court_days: CourtDays) -> date:
    """Return the first court day on which the clerk can confirm the dismissal."""
    return roll(expiry.dismissed_from, Roll.FORWARD, court_days)
