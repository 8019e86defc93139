"""What the court writes to participants: neutral texts by language, as dated TOML files beside this one.

A text knows the court's public name, a day and a time, and nothing else: there is no way to put a name, a charge or the
kind of court into it. A changed text is a new file with a later `in_force_from`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from importlib.resources import files

from models.errors import PolicyError
from models.policies.reading import Table, filled_in, in_file, parsed
from models.rules.neutral import TOLD_IN_A_REMINDER


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The texts of one language from a civil date on, and how it writes days and times."""

    language: str  # ISO 639-1, with the script where it has several
    name: str  # in English, for staff
    called: tuple[str, ...]  # the names under which a participant's language may be recorded
    in_force_from: date
    verified_on: date | None  # the day somebody who speaks it checked it; None: nobody has yet
    subject: str
    reminder: str
    day: str
    clock: str
    halves: tuple[str, str]  # before noon, after noon
    weekdays: tuple[str, ...]
    months: tuple[str, ...]

    def reminder_of(self, place: str, held_on: date, starts_at: time) -> str:
        """Return the reminder of an appearance on a civil date at a wall time; `place` is the court's public name."""
        day = self.day.format(
            weekday=self.weekdays[held_on.weekday()], day=held_on.day, month=self.months[held_on.month - 1]
        )
        at = self.clock.format(
            hour=starts_at.hour,
            hour12=(starts_at.hour - 1) % 12 + 1,
            minute=f"{starts_at.minute:02}",
            half=self.halves[starts_at.hour >= 12],
        )
        return self.reminder.format(place=place, day=day, time=at)


def texts_in_force(on: date, own: Iterable[tuple[str, str]] = ()) -> Mapping[str, Text]:
    """Return each language's text in force on a civil date, by its code; `own` are a court's words for its reminders."""
    begun = sorted((text for text in _all() if text.in_force_from <= on), key=lambda text: text.in_force_from)
    texts = {text.language: text for text in begun}
    return texts | {language: replace(texts[language], reminder=words) for language, words in own if language in texts}


def codes_by_name(texts: Mapping[str, Text]) -> Mapping[str, str]:
    """Return the code of each text by every name its language may be recorded under, in small letters."""
    return {name.casefold(): text.language for text in texts.values() for name in (text.name, *text.called)}


def load(content: str) -> Text:
    """Return the text written in TOML. PolicyError names the key and what it should be."""
    table = Table(parsed(content), file="a text")
    text = Text(
        language=table.text("language"),
        name=table.text("name"),
        called=table.texts("called"),
        in_force_from=table.day("in_force_from"),
        verified_on=table.day("verified_on") if table.has("verified_on") else None,
        subject=_with(table, "subject", set()),
        reminder=table.sentence("reminder", TOLD_IN_A_REMINDER),
        day=_with(table, "day", {"weekday", "day", "month"}),
        clock=_with(table, "clock", {"hour", "hour12", "minute", "half"}),
        halves=_pair(table),
        weekdays=_names(table, "weekdays", 7),
        months=_names(table, "months", 12),
    )
    table.finish()
    return text


@cache
def _all() -> tuple[Text, ...]:
    found = []
    for file in sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        content = file.read_text(encoding="utf-8")
        try:
            found.append(load(content))
        except PolicyError as error:
            raise PolicyError(in_file(file.name, content, error)) from error
    return tuple(found)


def _with(table: Table, key: str, may_stand: set[str]) -> str:
    """Return a text in which nothing but `may_stand` is filled in."""
    text = table.text(key)
    if not filled_in(text) <= may_stand:
        known = ", ".join(f"{{{name}}}" for name in sorted(may_stand))
        table.refuse(key, f"a text in which {f'only {known}' if known else 'nothing'} is filled in")
    return text


def _names(table: Table, key: str, number: int) -> tuple[str, ...]:
    names = table.texts(key)
    if len(names) != number:
        table.refuse(key, f"a list of {number} names")
    return names


def _pair(table: Table) -> tuple[str, str]:
    before, after = _names(table, "halves", 2)
    return before, after
