"""The parts of a policy that are edited at once: its tables, and each entry of its lists, with those inside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.policies.differences import name_of
from models.policies.lines import steps_of
from models.policies.shape import Setting, Shape

#: Set when a version is named, begun and put in force, not by a form.
_SET_ELSEWHERE = frozenset({"court", "in_force_from"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part: its full name ("reports", "programs[2]"; "" for the file's own), and what it is called in its list."""

    key: str
    table: str  # the name of the table or of the list it is an entry of, without what it stands in
    entry: str | None  # what the entry is called; None for a table
    settings: tuple[Setting, ...]
    in_list: str | None = None  # the full name of the list it is an entry of

    @property
    def parts(self) -> Mapping[str, Sequence[Setting]]:
        """The settings by the entry of a list inside the section they belong to; "" for the section's own."""
        found: dict[str, list[Setting]] = {}
        for one in self.settings:
            inside = one.key.removeprefix(self.key).lstrip(".")
            entry, closes, _ = inside.rpartition("]")
            found.setdefault(f"{self.key}.{entry}]" if closes else "", []).append(one)
        return found


def sections(values: Mapping[str, Any], shape: Shape) -> tuple[Section, ...]:
    """Return the sections of a policy's values in the order of its settings; each entry of a list is one of its own."""
    found: dict[str, list[Setting]] = {}
    for one in shape.settings:
        if one.key not in _SET_ELSEWHERE:
            found.setdefault(_home(one.key, shape), []).append(one)
    return tuple(_section(key, tuple(settings), values) for key, settings in found.items())


def value_at(values: Any, key: str) -> Any:
    """Return the value at a full name; None where there is none."""
    for step in steps_of(key):
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _home(key: str, shape: Shape) -> str:
    """Return the section a setting belongs to: the entry of the outermost list it stands in, or its table."""
    outermost = (name for name in shape.lists if "[" not in name and key.startswith(f"{name}["))
    if name := next(outermost, None):
        return key[: key.index("]", len(name)) + 1]
    return key.split(".", maxsplit=1)[0] if "." in key else ""


def _section(key: str, settings: tuple[Setting, ...], values: Mapping[str, Any]) -> Section:
    if not key.endswith("]"):
        return Section(key=key, table=key, entry=None, settings=settings)
    in_list, _, place = key[:-1].rpartition("[")
    entry = value_at(values, key) or {}
    name = entry.get("name") or (name_of(entry, int(place)) if entry else "")
    return Section(key=key, table=in_list.rpartition(".")[2], entry=name, settings=settings, in_list=in_list)
