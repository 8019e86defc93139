"""Reminders of appearances: which is due on a day, whether one may go out at an hour, and whether it still holds.

Days are civil dates of the court, hours its own clock's. A reminder names the date, so it stays true however late it
is sent; of several that are due only the newest is, so that nobody gets two after a standstill.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules import words
from models.rules.policy import ReminderTiming
from models.rules.vocabulary import CLOSED, AppearanceState, ChannelKind, SessionState, Stage, WhyDropped

#: Ways by which a machine can send; the others are people's.
BY_MACHINE = (ChannelKind.TEXT, ChannelKind.EMAIL)

#: Stages in which nobody is reminded. After an absconding a word from the court is a person's to choose.
NOT_REMINDED = CLOSED | {Stage.ABSCONDED}

#: The language of the text for whoever has none of her own here.
FALLBACK = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderAnswer:
    """The reminder of an appearance that is due on a day, if any, and why."""

    days_before: int | None  # None: none is due
    due_on: date | None  # the civil date it was due; before the day asked about after a standstill
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsItStands:
    """What is known when a reminder is about to be sent. `written_for` is the day in court it was written for."""

    stage: Stage
    appearance: AppearanceState
    session: SessionState
    held_on: date
    written_for: date
    told_on: date  # the civil date the appearance came on the calendar
    due_on: date  # of the reminder
    stopped: bool  # the participant asked for none
    ways: Sequence[ChannelKind]  # safe now, and agreed to for reminders


def reminder_due(held_on: date, told_on: date, timing: ReminderTiming, on: date) -> ReminderAnswer:
    """Return the reminder of an appearance on `held_on` that is due on `on`: the newest whose day has come.

    None for a day that was past when the participant was told of the date (`told_on`), and none on the day itself.
    """
    if not timing.days_before:
        return _none("The court's policy has no reminders.")
    if on >= held_on:
        return _none("The day in court has come.")
    come = [days for days in timing.days_before if held_on - timedelta(days=days) <= on]
    if not come:
        first = held_on - timedelta(days=max(timing.days_before))
        return _none(f"The first reminder is due on {words.day(first, on)}.")
    days = min(come)
    due_on = held_on - timedelta(days=days)
    if due_on <= told_on:
        return _none(f"The participant was told of the date on {words.day(told_on, on)}.")
    told = f"{words.count(days, 'day')} before {words.day(held_on, on)}"
    late = "" if due_on == on else f"; it was due on {words.day(due_on, on)}, and the date it tells still holds"
    return ReminderAnswer(days_before=days, due_on=due_on, reason=words.sentence(told + late))


def coming_reminders(
    held_on: date, told_on: date, timing: ReminderTiming, first: date, last: date
) -> tuple[tuple[date, int], ...]:
    """Return when an appearance will be reminded of from `first` to `last`, both included: (civil date, days before)."""
    found = ((held_on - timedelta(days=days), days) for days in timing.days_before)
    return tuple(sorted((due_on, days) for due_on, days in found if first <= due_on <= last and due_on > told_on))


def may_send_at(hour: int, timing: ReminderTiming) -> bool:
    """Tell whether a reminder may go out in an hour (0 to 23) of the court's own clock."""
    return timing.from_hour <= hour < timing.until_hour


def why_not_send(known: AsItStands, timing: ReminderTiming, on: date) -> WhyDropped | None:
    """Return why a reminder must not be sent on a civil date; None when everything it says and rests on still holds."""
    if known.stage in NOT_REMINDED:
        return WhyDropped.CASE_LEFT
    if known.appearance is not AppearanceState.SCHEDULED or known.held_on != known.written_for:
        return WhyDropped.MOVED
    if known.session is not SessionState.OPEN:
        return WhyDropped.SESSION_CLOSED
    if known.stopped:
        return WhyDropped.STOPPED
    if not any(way in BY_MACHINE for way in known.ways):
        return WhyDropped.NO_SAFE_WAY
    if known.held_on <= on:
        return WhyDropped.TOO_LATE
    if reminder_due(known.held_on, known.told_on, timing, on).due_on != known.due_on:
        return WhyDropped.NO_LONGER_DUE
    return None


def language_for(interpreter: str | None, spoken: Iterable[str], texts: Mapping[str, str]) -> str | None:
    """Return the code of the first of her languages that has a text, the interpreter's before the others; None: none has.

    `texts` gives the code of each text by the names of its language in small letters, as {"spanish": "es"}.
    """
    wanted = (language.strip().casefold() for language in (interpreter, *spoken) if language)
    return next((texts[language] for language in wanted if language in texts), None)


def _none(reason: str) -> ReminderAnswer:
    return ReminderAnswer(days_before=None, due_on=None, reason=reason)
