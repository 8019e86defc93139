"""The strip of court days as direct links with their loads, and the sessions of one day where several sit."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from dashboard import wording
from dashboard.components import html
from models.queries.court_days import StripDay
from models.queries.sittings import Sitting
from models.rules.vocabulary import SessionState

_FURTHER = timedelta(days=14)
Item = tuple[str, dict[str, object], bool]


def day_strip(days: Sequence[StripDay], on: date, today: date) -> html.Html:
    """Return the strip around `on` (civil dates), with ways to earlier and later days and back to today."""
    return html.strip("Court days", _items(days, on, today), "/docket")


def _items(days: Sequence[StripDay], on: date, today: date) -> Iterator[Item]:
    yield "‹ Earlier", {"on": on - _FURTHER}, False
    month = None
    for day in days:
        yield day_text(day, month_shown=day.on.month != month), {"on": day.on}, day.on == on
        month = day.on.month
    yield "Later ›", {"on": on + _FURTHER}, False
    if today not in {day.on for day in days}:
        yield "Today", {"on": today}, False


def day_text(day: StripDay, *, month_shown: bool = False) -> str:
    """Return "Fri 4 · 22", with the month "Tue 1 Dec · 12", and "Thu 26 · closed" for a day the court does not sit."""
    weekday = wording.day_words(day.on)[:3]
    named = wording.day_short(day.on) if month_shown else str(day.on.day)
    shut = day.closed or (day.sittings and all(one.state is SessionState.CLOSED for one in day.sittings))
    return f"{weekday} {named} · {'closed' if shut else day.booked}"


def session_strip(sittings: Sequence[Sitting], in_front: UUID | None) -> html.Html | None:
    """Return links to the sessions of one day; None where there is only the one in front."""
    if len(sittings) < 2 and in_front is not None:
        return None
    items = (
        (session_text(one), {"on": one.on, "session": one.session_id}, one.session_id == in_front) for one in sittings
    )
    return html.strip("Sessions of the day", items, "/docket")


def session_text(one: Sitting) -> str:
    """Return "DIV-2 · 9:30 · 22", or that the session is closed."""
    load = "closed" if one.state is SessionState.CLOSED else str(one.booked)
    return f"{one.part} · {wording.clock_time(one.starts_at)} · {load}"
