"""The values of a situation file: civil dates, the court's words, and what may be left out."""

from datetime import date, time
from enum import StrEnum
from typing import TypeVar

from models.policies.reading import Table
from models.rules.policy import Policy, Program

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_Word = TypeVar("_Word", bound=StrEnum)


def a_day(table: Table, key: str) -> date:
    """Return a civil date that dates can be counted from."""
    day = table.day(key)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        table.refuse(key, f"a date from {_FIRST_YEAR} to {_LAST_YEAR}")
    return day


def past_day(table: Table, key: str, on: date) -> date:
    """Return the civil date of something that has happened by `on`."""
    day = a_day(table, key)
    if day > on:
        table.refuse(key, f"no later than {on}, the day asked about: what comes later is not known yet")
    return day


def past_day_or_none(table: Table, key: str, on: date) -> date | None:
    """Return the same, or None when the key is left out."""
    return past_day(table, key, on) if table.has(key) else None


def a_word(table: Table, key: str, words: type[_Word]) -> _Word:
    """Return one of the court's words."""
    return words(table.one_of(key, {word.value: word for word in words}))


def words_in(table: Table, key: str, words: type[_Word]) -> frozenset[_Word]:
    """Return a list of the court's words; none when it is left out."""
    texts = table.texts(key) if table.has(key) else ()
    if not set(texts) <= set(words):
        table.refuse(key, f"a list of words among {', '.join(sorted(words))}")
    return frozenset(map(words, texts))


def a_time(table: Table, key: str) -> time:
    """Return a wall time, written in quotes: "13:00"."""
    written = table.text(key)
    try:
        return time.fromisoformat(written)
    except ValueError:
        table.refuse(key, 'a time in quotes, such as "13:00"')


def rows(table: Table, key: str) -> tuple[Table, ...]:
    """Return the tables under `key`; none when it is left out."""
    return table.tables(key, least=0) if table.has(key) else ()


def program_called(table: Table, key: str, policy: Policy) -> Program:
    """Return the program template that `key` names."""
    return policy.program(table.one_of(key, {program.key: program for program in policy.programs}))


def phase_called(table: Table, program: Program) -> int:
    """Return the place of the phase by its name, from 0; the first when none is named."""
    names = [phase.name for phase in program.phases]
    return names.index(table.one_of("phase", dict.fromkeys(names))) if table.has("phase") else 0
