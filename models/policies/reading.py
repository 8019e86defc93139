"""Strict reading of one TOML table: each key once, of the right kind, and none that nobody asked for.

Every refusal is a `WrongKey` that names the key in full and says what it should be. Knows nothing of courts.
"""

import re
import tomllib
from collections.abc import Collection, Mapping
from datetime import date, datetime
from string import Formatter
from typing import NoReturn

from models.errors import PolicyError
from models.policies.lines import line_of

_DAY = "a date without quotes, such as 2026-01-31"
_CHECK = "Check quotes, brackets and commas there; { } stand on one line; a date is a day there is, as 2026-01-31."


class WrongKey(PolicyError):
    """One key of the file is missing, is not known, or has a value that cannot be right."""

    def __init__(self, key: str, message: str) -> None:
        """Take the full name of the key, and the sentence about it."""
        super().__init__(message)
        self.key = key


def parsed(text: str) -> dict[str, object]:
    """Return the TOML as plain values. PolicyError says the line that cannot be read."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise PolicyError(f"The file cannot be read as TOML: {error}{_key_at(text, str(error))}. {_CHECK}") from error


def _key_at(text: str, said: str) -> str:
    """Name the key of the line that the parser names, where there is one; the parser names only the line."""
    line = re.search(r"at line (\d+)", said)
    key = re.match(r"\s*([\w.-]+)\s*=", text.split("\n")[int(line[1]) - 1]) if line else None
    return f', at the key "{key[1]}"' if key else ""


def in_file(file: str, text: str, error: PolicyError) -> str:
    """Return a refusal with the file and, where it is about a key, the line: "harbor.toml, line 12: ..."."""
    return f"{file}, line {line_of(text, error.key)}: {error}" if isinstance(error, WrongKey) else f"{file}: {error}"


def filled_in(text: str) -> set[str]:
    """Return the names that are filled into a text, as {day}; where its brackets do not fit, one that nobody gives."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return {"{"}


class Table:
    """One table of the file with the path to it; `finish` refuses keys that were not read."""

    def __init__(self, values: Mapping[str, object], path: str = "", file: str = "a policy") -> None:
        """Take the table's values, its path in the file ("" for the whole file) and what kind of file that is."""
        self._values = dict(values)
        self._path = path
        self._file = file
        self._read: set[str] = set()
        self._asked: set[str] = set()

    def key(self, key: str) -> str:
        """Return the full name of `key`, as "programs[1].phases[2].name"."""
        return f"{self._path}.{key}" if self._path else key

    def refuse(self, key: str, should: str) -> NoReturn:
        """Raise WrongKey: `key` should be something else."""
        raise WrongKey(self.key(key), f"{self.key(key)} should be {should}.")

    def has(self, key: str) -> bool:
        """Tell whether the optional `key` is given."""
        self._asked.add(key)
        return key in self._values

    def _take(self, key: str, should: str) -> object:
        """Return the raw value and mark it as read; WrongKey when it is missing."""
        self._read.add(key)
        if key not in self._values:
            raise WrongKey(self.key(key), f"{self.key(key)} is missing; it should be {should}.")
        return self._values[key]

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        should = "a text in quotes"
        value = self._take(key, should)
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, should)
        return value.strip()

    def sentence(self, key: str, places: Collection[str]) -> str:
        """Return a text into which each of `places` is filled, as {day}, and nothing else is."""
        text = self.text(key)
        if filled_in(text) != set(places):
            named = ", ".join(f"{{{place}}}" for place in sorted(places))
            self.refuse(key, f"a text into which {named} are filled, each at least once, and nothing else")
        return text

    def whole(self, key: str, *, least: int = 0) -> int:
        """Return a whole number of at least `least`."""
        should = f"a whole number, {least} or more"
        value = self._take(key, should)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            self.refuse(key, should)
        return value

    def whole_or_none(self, key: str, *, least: int = 0) -> int | None:
        """Return a whole number, or None when the key is left out."""
        return self.whole(key, least=least) if self.has(key) else None

    def flag(self, key: str) -> bool:
        """Return true or false."""
        value = self._take(key, "true or false")
        if not isinstance(value, bool):
            self.refuse(key, "true or false")
        return value

    def day(self, key: str, should: str = _DAY) -> date:
        """Return a civil date, written without quotes."""
        value = self._take(key, should)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(key, should)
        return value

    def day_or(self, key: str, word: str) -> date | None:
        """Return a civil date, or None where `word` stands for having none."""
        should = f'{_DAY}, or "{word}"'
        return None if self._take(key, should) == word else self.day(key, should)

    def one_of(self, key: str, choices: Mapping[str, object]) -> str:
        """Return one of the words in `choices`."""
        should = f"one of {', '.join(sorted(choices))}"
        value = self._take(key, should)
        if not isinstance(value, str) or value not in choices:
            self.refuse(key, should)
        return value

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers from 0 up."""
        should = "a list of whole numbers, such as [5, 1]"
        value = self._take(key, should)
        if not isinstance(value, list):
            self.refuse(key, should)
        numbers = [n for n in value if isinstance(n, int) and not isinstance(n, bool) and n >= 0]
        if len(numbers) != len(value):
            self.refuse(key, should)
        return tuple(numbers)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of at least one text, none of them empty or twice."""
        should = "a list of different texts in quotes, at least one"
        value = self._take(key, should)
        if not isinstance(value, list) or not value:
            self.refuse(key, should)
        texts = [text.strip() for text in value if isinstance(text, str) and text.strip()]
        if len(texts) != len(value) or len(set(texts)) != len(texts):
            self.refuse(key, should)
        return tuple(texts)

    def table(self, key: str) -> "Table":
        """Return the table under `key`."""
        should = f"a table, [{self.key(key)}]"
        value = self._take(key, should)
        if not isinstance(value, dict):
            self.refuse(key, should)
        return Table(value, self.key(key), self._file)

    def tables(self, key: str, *, least: int = 1) -> "tuple[Table, ...]":
        """Return the list of tables under `key`, at least one unless told otherwise; counted from 1 in refusals."""
        should = f"at least one table, [[{self.key(key)}]]" if least else "a list of tables, such as [{ ... }, { ... }]"
        value = self._take(key, should)
        if not isinstance(value, list) or len(value) < least or not all(isinstance(item, dict) for item in value):
            self.refuse(key, should)
        return tuple(Table(item, f"{self.key(key)}[{n}]", self._file) for n, item in enumerate(value, start=1))

    def finish(self) -> None:
        """Refuse keys that were never read: a misspelt number must not pass in silence."""
        left = sorted(set(self._values) - self._read)
        if left:
            known = ", ".join(sorted(self._read | self._asked))
            name = self.key(left[0])
            raise WrongKey(name, f"{name} is not a key of {self._file}; here it should be one of {known}.")
