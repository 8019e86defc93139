"""Words for one follow-up of the worklist: what is open, its state, and how old or near it is. On the screen and in files."""

from datetime import date

from dashboard.wording import Word, count, day_short, span_words, text, word
from models.queries.follow_up import OpenFollowUp
from models.rules.vocabulary import FollowUpKind, FollowUpState


def what_is_open(row: OpenFollowUp, *, faces_room: bool = False) -> str:
    """Return why it is on the list; somebody's own words and the kind of service that is needed are not for the room."""
    if faces_room and row.kind is FollowUpKind.MANUAL:
        return "Written by hand: hidden while the screen faces the room."
    if row.need is None or faces_room:
        return row.reason
    return f"{row.reason.removesuffix('.')}: {text(row.need)}."


def mark(row: OpenFollowUp) -> Word:
    """Return the shape, word and tone of a follow-up: its kind's, but quiet while it rests or is still to come."""
    if row.state in (FollowUpState.HELD, FollowUpState.EXPECTED):
        return word(row.state)
    return word(row.kind)


def when_words(row: OpenFollowUp, today: date) -> str:
    """Return how old or how near it is: "11 days", "since 2 Dec", "due today", "in 5 days", "due 18 Dec", "held to 9 Dec"."""
    if row.state is FollowUpState.HELD:
        return f"held to {day_short(row.held_until, today=today)}"
    if row.state is FollowUpState.OPEN:
        return f"since {day_short(row.due_on, today=today)}"
    if row.age_days:
        return count(row.age_days, "day")
    ahead = (row.due_on - today).days
    if ahead == 0:
        return "due today"
    return span_words(ahead) if ahead <= 7 else f"due {day_short(row.due_on, today=today)}"
