"""The sessions a person means who chooses a date: the first with room, those of one day, or those of a weekday.

It narrows what is offered and says so; whether a session may go over its places stays with the person and the command.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules import words
from models.rules.court_days import CourtDays, why_closed, why_not_sitting
from models.rules.review_inputs import OpenSession, ReviewInputs


class Wish(StrEnum):
    """What a person asks for."""

    FIRST_WITH_ROOM = "first with room"
    THIS_DATE = "this date"
    THIS_WEEKDAY = "this weekday"


@dataclass(frozen=True, kw_only=True)
class Wished:
    """The sessions that answer the wish, by day, the first with room among them (None: none has), and why, in words."""

    sessions: tuple[OpenSession, ...]
    best: OpenSession | None
    reason: str


def wished(
    wish: Wish, inputs: ReviewInputs, sessions: Sequence[OpenSession], court_days: CourtDays, on: date
) -> Wished:
    """Return the coming sessions that answer a wish; `on` is the date meant, or a date of the weekday meant."""
    held = sorted(
        (one for one in sessions if one.on > inputs.today and not why_not_sitting(one.on, one.starts_at, court_days)),
        key=lambda one: (one.on, not inputs.same_part(one), one.starts_at, one.id),
    )
    if wish is Wish.THIS_DATE:
        held = [one for one in held if one.on == on]
    elif wish is Wish.THIS_WEEKDAY:
        held = [one for one in held if one.on.weekday() == on.weekday()]
    best = next((one for one in held if one.takes(inputs.purpose) and inputs.fits(one)), None)
    if wish is Wish.FIRST_WITH_ROOM:
        held = [best] if best else []
    return Wished(sessions=tuple(held), best=best, reason=_why(wish, inputs, held, best, court_days, on))


def _why(
    wish: Wish,
    inputs: ReviewInputs,
    held: Sequence[OpenSession],
    best: OpenSession | None,
    court_days: CourtDays,
    on: date,
) -> str:
    """Say what was found, or why nothing."""
    what = {
        Wish.FIRST_WITH_ROOM: "session",
        Wish.THIS_DATE: f"session of {words.day(on, inputs.today)}",
        Wish.THIS_WEEKDAY: f"session on a {words.weekday(on)}",
    }[wish]
    if best:
        return f"The first {what} with room is {best.part} on {words.day(best.on, inputs.today)} ({best.said})."
    if wish is Wish.THIS_DATE and (closed := why_closed(on, court_days)):
        return words.sentence(f"{words.day(on, inputs.today)} is {closed}")
    return f"Each {what} is full, or takes another kind of appearance." if held else f"No {what} is open."
