"""Dates as US court systems write them, read strictly: month before day, and an impossible date is never bent.

Known forms: 1/2/26, 01-02-2026, 1.2.2026, 2026-01-02, 20260102, Jan 2 2026, 2-Jan-26, Friday, January 2nd, 2026, and
Excel's day numbers (46024); a time of day after the date is left aside. Everything is a civil date.
"""

import re
from datetime import date, timedelta

#: What stands in a cell that says nothing.
EMPTY = frozenset({"", "-", "--", "n/a", "na", "none", "null", "unknown", "unk", "tbd", "nil", "not known", "?"})

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_TIME = re.compile(r"[t ,]+\d{1,2}:\d{2}(:\d{2}([.]\d+)?)? ?([ap][.]?m[.]?)? ?(z|utc|e[sd]?t|[+-]\d{2}:?\d{2})?$")
_WEEKDAY = re.compile(r"^(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(day)?[., ]+")
_ISO = re.compile(r"^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$")
_PLAIN = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_US = re.compile(r"^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$")
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})[. -]*(\d{1,2})(?:st|nd|rd|th)?[, -]+'?(\d{4}|\d{2})$")
_DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[. -]*([a-z]{3,9})[.,]?[ -]*'?(\d{4}|\d{2})$")
_SERIAL = re.compile(r"^(\d{5})([.]\d+)?$")
_EXCEL_BEGINS = date(1899, 12, 30)  # its day 60 is 29 February 1900, which never was; later days count from here
_EARLIEST = date(1900, 1, 1)


class NotADate(ValueError):
    """A date that cannot be read; its text says why in words, without repeating what was written."""


def read_date(text: str, latest: date) -> date | None:
    """Return the civil date written in `text`; None for an empty cell. NotADate says why it cannot be.

    A year of two figures is the last one whose date is not after `latest`.
    """
    plain = " ".join(text.split()).casefold()
    if plain in EMPTY:
        return None
    plain = _WEEKDAY.sub("", _TIME.sub("", plain))
    if match := _SERIAL.match(plain):
        return _EXCEL_BEGINS + timedelta(days=int(match[1]))
    year, month, day = _parts(plain)
    found = _day(year, month, day, latest) if len(year) == 2 else _civil(int(year), month, day)
    if found < _EARLIEST:
        raise NotADate("the year is before 1900")
    return found


def _parts(plain: str) -> tuple[str, int, int]:
    """Return (year as written, month, day) of a known form."""
    if match := _ISO.match(plain):
        return match[1], int(match[3]), int(match[4])
    if match := _PLAIN.match(plain):
        return match[1], int(match[2]), int(match[3])
    if match := _US.match(plain):
        return match[4], int(match[1]), int(match[3])
    if match := _MONTH_FIRST.match(plain):
        return match[3], _month(match[1]), int(match[2])
    if match := _DAY_FIRST.match(plain):
        return match[3], _month(match[2]), int(match[1])
    raise NotADate("this is not a date in a form that is known here, such as 1/31/2026 or Jan 31 2026")


def _month(word: str) -> int:
    """Return the number of a month's name or its first letters ("sept")."""
    if word[:3] not in _MONTHS or not _FULL[_MONTHS.index(word[:3])].startswith(word):
        raise NotADate("there is no month of this name")
    return _MONTHS.index(word[:3]) + 1


def _day(year: str, month: int, day: int, latest: date) -> date:
    """Return the last date with these two figures that is not after `latest`."""
    this_century = latest.year - latest.year % 100
    found = _civil(this_century + int(year), month, day)
    return found if found <= latest else _civil(this_century - 100 + int(year), month, day)


def _civil(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise NotADate(f"there is no month {month} (dates are read as month/day/year)")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADate("there is no such day in this month and year") from None
