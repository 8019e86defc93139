"""The calendar feed of one user, as iCalendar (RFC 5545).

A calendar is read on phones and by companies outside the court: an event carries the words given to it and times,
and nothing else. The caller's words hold no name, no charge and no kind of court.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

from dashboard.exports.sheet import plain

_PRODUCT = "-//Offramp//Court calendar//EN"


@dataclass(frozen=True, slots=True)
class CourtEvent:
    """One court session or appearance as a calendar shows it.

    `uid` never changes once given; `sequence` grows by one with every change; `starts_at` is a UTC instant,
    `minutes` how long it lasts; `changed_at` (UTC) is when it was last changed, if that is known.
    """

    uid: str
    starts_at: datetime
    minutes: int
    words: str
    sequence: int = 0
    cancelled: bool = False
    changed_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or (self.changed_at is not None and self.changed_at.tzinfo is None):
            raise ValueError("an event starts at an instant: the time has no zone")
        if self.minutes <= 0 or self.sequence < 0 or not self.uid:
            raise ValueError("an event needs a uid, lasts some minutes, and its sequence starts at 0")


def feed(events: Iterable[CourtEvent], name: str, zone: str) -> bytes:
    """The events as one calendar called `name`, in the wall time of `zone` (an IANA name) with its VTIMEZONE.

    Deterministic: the same events give the same bytes. Raises `ZoneInfoNotFoundError` for an unknown zone.
    """
    place = ZoneInfo(zone)
    ordered = sorted(events, key=lambda event: (event.starts_at, event.uid))
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _one_line(name))
    calendar.add("x-wr-timezone", zone)
    if ordered:
        years = (ordered[0].starts_at.year, ordered[-1].starts_at.year)
        calendar.add_component(_rules_of(zone, *years))
    for event in ordered:
        calendar.add_component(_component(event, place))
    written: bytes = calendar.to_ical()
    return written


def _component(event: CourtEvent, place: ZoneInfo) -> Event:
    starts_at = event.starts_at.astimezone(UTC)
    entry = Event()
    entry.add("uid", event.uid)
    entry.add("dtstamp", (event.changed_at or starts_at).astimezone(UTC))
    entry.add("dtstart", _written(starts_at, place))
    entry.add("duration", timedelta(minutes=event.minutes))
    entry.add("summary", _one_line(event.words))
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("class", "PRIVATE")
    return entry


def _one_line(words: str) -> str:
    return " ".join(plain(words).split())


def _written(starts_at: datetime, place: ZoneInfo) -> datetime:
    """The start in wall time; in UTC for the hour that comes twice, whose second round no wall time can name."""
    local = starts_at.astimezone(place)
    return starts_at if local.fold else local


@lru_cache(maxsize=64)
def _rules_of(zone: str, first_year: int, last_year: int) -> Timezone:
    """The zone's changes of clock over the years of the events; costly to work out, so remembered."""
    return Timezone.from_tzid(zone, first_date=date(first_year - 1, 1, 1), last_date=date(last_year + 2, 1, 1))
