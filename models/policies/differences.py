"""What one version of a policy says otherwise than another, setting by setting; which of them is right it does not say.

Entries of a list are told apart by their names, not by their places, so that a program that only moved has not changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.policies.reading import parsed

#: What tells the entries of a list apart, the first that an entry has.
_NAMES = (("key",), ("name",), ("response",), ("behaviour", "kind", "phases"))
#: What belongs to a version as such.
_OWN = frozenset({"court", "version", "in_force_from"})

Way = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One setting, or a whole entry of a list; `before` or `after` is None where there is none."""

    way: Way  # the names on the way to it: ("programs", "six-sessions", "phases", "Welcome", "min_days")
    before: Any
    after: Any


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """Return what the TOML `after` says otherwise than `before`, in the order of a policy's settings."""
    left = {key: value for key, value in parsed(before).items() if key not in _OWN}
    right = {key: value for key, value in parsed(after).items() if key not in _OWN}
    return tuple(_between((), left, right))


def _between(way: Way, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    left, right = _parts(before), _parts(after)
    if left is None or right is None:
        yield Difference(way=way, before=before, after=after)
        return
    for name in dict.fromkeys([*left, *right]):
        yield from _between((*way, name), left.get(name), right.get(name))


def _parts(value: Any) -> Mapping[str, Any] | None:
    """Return what can be compared part by part: a table, or a list of tables by their names."""
    if isinstance(value, Mapping):
        return value
    if isinstance(value, Sequence) and value and all(isinstance(one, Mapping) for one in value):
        return {name_of(one, n): one for n, one in enumerate(value, start=1)}
    return None


def name_of(entry: Mapping[str, Any], place: int) -> str:
    """Return what an entry of a list is called; its place, from 1, where nothing names it."""
    for names in _NAMES:
        if names[0] in entry:
            said = (entry[name] for name in names if name in entry)
            return ", ".join(", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in said)
    return str(place)
