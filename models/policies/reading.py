"""Strict reading of one TOML table: each key once, of the right kind, and none that nobody asked for.

Every refusal is a `PolicyError` that names the key in full and says what it should be. Knows nothing of courts.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NoReturn

from models.errors import PolicyError


class Table:
    """One table of the file with the path to it; `finish` refuses keys that were not read."""

    def __init__(self, values: Mapping[str, object], path: str = "") -> None:
        """Take the table's values and its path in the file ("" for the whole file)."""
        self._values = dict(values)
        self._path = path
        self._read: set[str] = set()

    def key(self, key: str) -> str:
        """Return the full name of `key`, as "programs[1].phases[2].name"."""
        return f"{self._path}.{key}" if self._path else key

    def refuse(self, key: str, should: str) -> NoReturn:
        """Raise PolicyError: `key` should be something else."""
        raise PolicyError(f"{self.key(key)} should be {should}.")

    def has(self, key: str) -> bool:
        """Tell whether the optional `key` is given."""
        return key in self._values

    def _take(self, key: str, should: str) -> object:
        """Return the raw value and mark it as read; PolicyError when it is missing."""
        self._read.add(key)
        if key not in self._values:
            raise PolicyError(f"{self.key(key)} is missing; it should be {should}.")
        return self._values[key]

    def text(self, key: str) -> str:
        """Return a text that is not empty."""
        should = "a text in quotes"
        value = self._take(key, should)
        if not isinstance(value, str) or not value.strip():
            self.refuse(key, should)
        return value.strip()

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

    def day(self, key: str) -> date:
        """Return a civil date, written without quotes."""
        should = "a date without quotes, such as 2026-01-31"
        value = self._take(key, should)
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(key, should)
        return value

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
        return Table(value, self.key(key))

    def tables(self, key: str) -> "tuple[Table, ...]":
        """Return the list of tables under `key`, at least one; counted from 1 in refusals."""
        should = f"at least one table, [[{self.key(key)}]]"
        value = self._take(key, should)
        if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
            self.refuse(key, should)
        return tuple(Table(item, f"{self.key(key)}[{n}]") for n, item in enumerate(value, start=1))

    def finish(self) -> None:
        """Refuse keys that were never read: a misspelt number must not pass in silence."""
        left = sorted(set(self._values) - self._read)
        if left:
            known = ", ".join(sorted(self._read))
            raise PolicyError(f"{self.key(left[0])} is not a key of a policy; here it should be one of {known}.")
