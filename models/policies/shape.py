"""What a policy is made of, as its own reader reads it: every setting with its kind, its limits and its value.

The reader of `building` is run over a table that notes what it is asked for, so that a new setting is known here, and
stands in the administrator's forms, as soon as it is read there. Nothing is checked: that is what reading is for.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.policies import building
from models.policies.reading import Table


class Kind(StrEnum):
    """What a setting's value is."""

    TEXT = "text"
    SENTENCE = "sentence"  # with places to fill in
    WHOLE = "whole number"
    FLAG = "yes or no"
    DAY = "day"
    CHOICE = "choice"
    WHOLES = "whole numbers"
    TEXTS = "texts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting: its full name, as "programs[1].phases[2].name", and its value; None where it is left out."""

    key: str
    kind: Kind
    value: object | None
    optional: bool = False
    least: int = 0  # of a whole number
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """All settings in the order they are read, and how many entries each list of tables has, by its full name."""

    settings: tuple[Setting, ...]
    lists: Mapping[str, int]

    def under(self, key: str) -> tuple[Setting, ...]:
        """Return the settings of one table, those of the tables inside it included; "" for the file's own."""
        if not key:
            return tuple(one for one in self.settings if "." not in one.key)
        return tuple(one for one in self.settings if one.key.startswith(f"{key}."))


def shape_of(values: Mapping[str, object]) -> Shape:
    """Return the shape of a policy's values; an entry that is empty, such as a new program, has all its settings."""
    noted = _Noted()
    building.policy(_Noting(values, noted=noted))
    return Shape(tuple(noted.settings.values()), noted.lists)


@dataclass(slots=True)
class _Noted:
    settings: dict[str, Setting] = field(default_factory=dict)
    lists: dict[str, int] = field(default_factory=dict)


class _Noting(Table):
    """A table that answers everything, with a stand-in where there is nothing, and notes what it was asked."""

    def __init__(self, values: Mapping[str, object], path: str = "", *, noted: _Noted) -> None:
        """Take what a table takes, and where to note."""
        super().__init__(values, path)
        self._noted = noted

    def has(self, key: str) -> bool:
        """Answer that it is there, so that what may be left out is asked for too."""
        self._asked.add(key)
        return True

    def refuse(self, key: str, should: str) -> None:  # type: ignore[override]  # a new entry is not whole yet
        """Refuse nothing."""

    def finish(self) -> None:
        """Refuse nothing."""

    def _note(self, key: str, kind: Kind, *, least: int = 0, choices: tuple[str, ...] = ()) -> object | None:
        value, name = self._values.get(key), self.key(key)
        optional = key in self._asked
        self._noted.settings[name] = Setting(
            key=name, kind=kind, value=value, optional=optional, least=least, choices=choices
        )
        return value

    def text(self, key: str) -> str:
        """Note a text."""
        return str(self._note(key, Kind.TEXT) or "-")

    def sentence(self, key: str, places: Collection[str]) -> str:  # noqa: ARG002 - as the table it stands in for
        """Note a text into which something is filled."""
        return str(self._note(key, Kind.SENTENCE) or "-")

    def whole(self, key: str, *, least: int = 0) -> int:
        """Note a whole number."""
        value = self._note(key, Kind.WHOLE, least=least)
        return value if isinstance(value, int) else least

    def flag(self, key: str) -> bool:
        """Note a yes or no."""
        return bool(self._note(key, Kind.FLAG))

    def day(self, key: str, should: str = "") -> date:  # noqa: ARG002 - as the table it stands in for
        """Note a civil date."""
        value = self._note(key, Kind.DAY)
        return value if isinstance(value, date) else date.max

    def day_or(self, key: str, word: str) -> date | None:  # noqa: ARG002 - as the table it stands in for
        """Note a civil date that may be none."""
        return self.day(key)

    def one_of(self, key: str, choices: Mapping[str, object]) -> str:
        """Note a choice."""
        value = self._note(key, Kind.CHOICE, choices=tuple(choices))
        return str(value) if value in choices else next(iter(choices))

    def wholes(self, key: str) -> tuple[int, ...]:
        """Note a list of whole numbers."""
        value = self._note(key, Kind.WHOLES)
        return tuple(value) if isinstance(value, list) else ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Note a list of texts."""
        value = self._note(key, Kind.TEXTS)
        return tuple(value) if isinstance(value, list) else ()

    def table(self, key: str) -> Table:
        """Return the table under the key, empty where there is none."""
        value = self._values.get(key)
        return _Noting(value if isinstance(value, dict) else {}, self.key(key), noted=self._noted)

    def tables(self, key: str, *, least: int = 1) -> tuple[Table, ...]:
        """Note a list of tables; where one needs an entry and has none, an empty one stands in."""
        value = self._values.get(key)
        items = value if isinstance(value, list) else []
        if not items and least and key not in self._asked:
            items = [{}]
        self._noted.lists[self.key(key)] = len(items)
        return tuple(_Noting(one, f"{self.key(key)}[{n}]", noted=self._noted) for n, one in enumerate(items, start=1))
