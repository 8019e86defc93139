"""Undoing a move of many cases: which of them can go back to the day they were on, and why another one cannot.

What the court has decided or arranged since is never undone with it. Pure: facts and a date in, words out.
"""

from dataclasses import dataclass
from datetime import date

from models.rules import words
from models.rules.reviews import OpenSession
from models.rules.vocabulary import CLOSED, AppearanceState, Purpose, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedThen:
    """One moved case as it stands now: its appearance on the new day, and the session it was on before."""

    state: AppearanceState
    stage: Stage
    now_on: date  # the day it was moved to
    was_on: date
    was: OpenSession | None  # the old session with what is booked on it now; None: it does not take place
    on_it_again: bool  # the case has another appearance on the old session
    purpose: Purpose
    minutes: int
    new_minutes: int = 0  # court time that each place kept for a new case keeps


_DONE_SINCE = {
    AppearanceState.HELD: "Its outcome is recorded at the new date, so it stays there.",
    AppearanceState.MOVED: "It was moved again since, so its present date stays.",
    AppearanceState.REMOVED: "It was taken off the calendar since, so it stays off.",
}


def why_not_back(moved: MovedThen, today: date) -> str | None:
    """Return why a case stays where it is, as a sentence to be read aloud; None when it can go back."""
    if moved.stage in CLOSED:
        return "The case has been decided since, so nothing is calendared for it."
    if moved.state in _DONE_SINCE:
        return _DONE_SINCE[moved.state]
    was_on = words.day(moved.was_on, today)
    if moved.was_on < today:
        return f"Its old day, {was_on}, has passed."
    if moved.now_on < today:
        return f"Its new day, {words.day(moved.now_on, today)}, has passed. Record the outcome there."
    if moved.on_it_again:
        return f"It is on the session of {was_on} again already."
    if moved.was is None:
        return f"The session of {was_on} does not take place."
    if not moved.was.takes(moved.purpose):
        return f"The session of {was_on} no longer takes this kind of appearance."
    full = moved.was.why_full(moved.minutes, moved.purpose, new_minutes=moved.new_minutes)
    return f"The session of {was_on} {full}." if full else None
