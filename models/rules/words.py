"""Small words for the reasons that rules give: dates, counts and lists as a judge would read them aloud.

Only plain English from values: no names of people, no clock, no court's policy.
"""

from collections.abc import Sequence
from datetime import date, time

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WEEKDAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
_ORDINALS = (
    "",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)
_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)


def day(d: date, on: date) -> str:
    """Return the civil date `d` as "8 January", with its year when that is not the year of `on` (the day asked about)."""
    plain = f"{d.day} {_MONTHS[d.month - 1]}"
    return plain if d.year == on.year else f"{plain} {d.year}"


def short_day(d: date) -> str:
    """Return the civil date `d` as a list's column has it, "8 Jan"."""
    return f"{d.day} {_MONTHS[d.month - 1][:3]}"


def weekday(d: date) -> str:
    """Return the weekday of the civil date `d`, "Friday"."""
    return _WEEKDAYS[d.weekday()]


def clock(at: time) -> str:
    """Return a wall time as "9:30" or "14:05"."""
    return f"{at.hour}:{at.minute:02d}"


def count(n: int, noun: str, plural: str | None = None) -> str:
    """Return `n` with its noun: "1 session", "4 sessions". Give `plural` where adding an s is wrong."""
    return f"{n} {noun if n == 1 else plural or noun + 's'}"


def small(n: int) -> str:
    """Return a count up to ten in words ("no", "one", ... "ten"), larger ones in figures."""
    return _SMALL[n] if 0 <= n < len(_SMALL) else str(n)


def ordinal_word(n: int) -> str:
    """Return "first" for 1 up to "tenth"; "11th", "22nd" beyond. ValueError below 1."""
    if n < 1:
        raise ValueError(f"no ordinal for {n}")
    if n < len(_ORDINALS):
        return _ORDINALS[n]
    suffix = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{suffix}"


def joined(parts: Sequence[str], last: str = "and") -> str:
    """Return parts as one phrase: "a", "a and b", "a, b and c"; empty for none."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def sentence(text: str) -> str:
    """Return `text` with a capital first letter and a full stop."""
    text = text.strip()
    if not text:
        return ""
    text = text[0].upper() + text[1:]
    return text if text[-1] in ".?!" else f"{text}."
