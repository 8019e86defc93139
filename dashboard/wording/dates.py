"""Dates and times as they stand on every screen: "Fri 4 December", "4 Dec", "9:30".

Civil dates are shown as they are; an instant (UTC) is shown in the court's zone, which the caller hands in. English
names are written here, so that the machine's locale changes nothing.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_words(day: date | None, *, year: bool = False) -> str:
    """Return "Fri 4 December", with `year` "Fri 4 December 2026"; a dash for no date."""
    if day is None:
        return "—"
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def day_short(day: date | None, *, today: date | None = None) -> str:
    """Return "4 Dec"; with `today` also the year when it is more than six months away; a dash for no date."""
    if day is None:
        return "—"
    far = today is not None and abs((day - today).days) > 183
    return f"{day.day} {_SHORT[day.month - 1]}" + (f" {day.year}" if far else "")


def day_year(day: date | None) -> str:
    """Return "4 Dec 2026"; a dash for no date."""
    return "—" if day is None else f"{day.day} {_SHORT[day.month - 1]} {day.year}"


def clock_time(at: time) -> str:
    """Return a civil time of day as "9:30" or "14:05"."""
    return f"{at.hour}:{at.minute:02d}"


def instant_words(instant: datetime | None, zone: ZoneInfo) -> str:
    """Return an instant (UTC) in the court's zone as "4 Dec 2026, 9:30"; "never" for None."""
    if instant is None:
        return "never"
    local = instant.astimezone(zone)
    return f"{day_year(local.date())}, {clock_time(local.time())}"


def span_words(days: int) -> str:
    """Return a whole number of civil days against today: "today", "in 5 days", "1 day ago"."""
    if days == 0:
        return "today"
    size = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {size}" if days > 0 else f"{size} ago"


def day_long(day: date) -> str:
    """Return "Friday 4 December", as a heading has it."""
    return f"{_LONG_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
