"""The calendar feed, read back with the reader that calendars use and as raw bytes."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

import pytest
from icalendar import Calendar

from dashboard.exports.calendar_ics import CourtEvent, feed

ZONE = "America/New_York"


def an_event(
    uid: str = "a", starts_at: datetime = datetime(2026, 12, 4, 14, 30, tzinfo=UTC), **changes: Any
) -> CourtEvent:
    given = {"uid": f"{uid}@court", "starts_at": starts_at, "minutes": 150, "words": "Court session, Part 2"}
    return CourtEvent(**{**given, **changes})


def at(*when: int) -> datetime:
    year, month, day, hour, minute = when
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def events_of(made: bytes) -> list[Any]:
    return list(Calendar.from_ical(made).walk("VEVENT"))


def test_a_session_keeps_its_wall_time_when_the_clocks_change() -> None:
    made = feed([an_event("a", at(2026, 10, 30, 13, 30)), an_event("b", at(2026, 11, 6, 14, 30))], "Court", ZONE)
    starts = [event["DTSTART"].dt for event in events_of(made)]
    assert [(start.hour, start.minute) for start in starts] == [(9, 30), (9, 30)]
    assert [start.utcoffset() for start in starts] == [timedelta(hours=-4), timedelta(hours=-5)]
    assert b"DTSTART;TZID=America/New_York:20261030T093000" in made


def test_the_hour_that_comes_twice_is_named_without_doubt() -> None:
    made = feed([an_event("a", at(2026, 11, 1, 5, 30)), an_event("b", at(2026, 11, 1, 6, 30))], "Court", ZONE)
    instants = [event["DTSTART"].dt.astimezone(UTC) for event in events_of(made)]
    assert instants == [datetime(2026, 11, 1, 5, 30, tzinfo=UTC), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)]


def test_the_feed_carries_the_rules_of_its_time_zone() -> None:
    made = feed([an_event("a", at(2026, 12, 4, 14, 30)), an_event("b", at(2027, 7, 2, 13, 30))], "Court", ZONE)
    (zone,) = Calendar.from_ical(made).walk("VTIMEZONE")
    assert zone["TZID"] == ZONE
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}
    assert b"20270314T030000" in made


def test_an_event_says_nothing_but_its_words_and_times() -> None:
    (event,) = events_of(feed([an_event()], "Court", ZONE))
    said = {"UID", "DTSTAMP", "DTSTART", "DURATION", "SUMMARY", "SEQUENCE", "STATUS", "CLASS"}
    assert set(event) == said
    assert event["CLASS"] == "PRIVATE"


def test_a_cancelled_session_is_told_as_cancelled_with_the_same_uid_and_a_higher_sequence() -> None:
    changed = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    (before,) = events_of(feed([an_event()], "Court", ZONE))
    (after,) = events_of(feed([an_event(sequence=1, cancelled=True, changed_at=changed)], "Court", ZONE))
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert after["DTSTAMP"].dt == changed


def test_lines_end_and_fold_as_the_standard_says() -> None:
    words = "Court session, Part 2; réunion 陈美 " * 8
    made = feed([an_event(words=words)], "Calendario del juzgado", ZONE)
    assert made.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    (event,) = events_of(made)
    assert event["SUMMARY"] == words.strip()


def test_words_cannot_smuggle_in_a_line_of_their_own() -> None:
    made = feed([an_event(words="Session\r\nATTENDEE:mailto:x\nDESCRIPTION:y")], "Court\r\nX-EVIL:1", ZONE)
    assert not any(line.startswith((b"ATTENDEE", b"DESCRIPTION", b"X-EVIL")) for line in made.split(b"\r\n"))


def test_the_same_events_in_any_order_give_the_same_bytes() -> None:
    events = [an_event("a"), an_event("b", at(2027, 1, 8, 14, 30)), an_event("c")]
    assert feed(events, "Court", ZONE) == feed(reversed(events), "Court", ZONE)


def test_a_feed_without_events_is_still_a_calendar() -> None:
    assert Calendar.from_ical(feed([], "Court", ZONE))["X-WR-CALNAME"] == "Court"


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="the time has no zone"):
        an_event(starts_at=datetime(2026, 12, 4, 9, 30))  # noqa: DTZ001  # the very mistake


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        feed([an_event()], "Court", "America/Nowhere")
