"""A policy's values as TOML, the one form in which it is kept, exported and imported; and a document with a change in it.

What is written reads back as the same values. Comments of a document are kept as long as no value but its name and its
day is changed.
"""

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from models.policies.lines import line_of, steps_of
from models.policies.reading import parsed

_WIDTH = 110
_BARE = re.compile(r"[A-Za-z0-9_-]+")
#: A key with one plain value, and the comment after it.
_ALONE = re.compile(r"""(\s*[\w-]+\s*=\s*)(?:"[^"]*"|'[^']*'|[\d-]+)(\s*(?:#.*)?)""")


def written(values: Mapping[str, Any]) -> str:
    """Return the values as TOML: what stands alone first, then tables, then lists of tables."""
    return "\n".join(_lines(values, "")).strip() + "\n"


def changed(text: str, changes: Mapping[str, Any]) -> str:
    """Return the TOML with values put at full names ("programs[1].phases[2].name"); None leaves the key out.

    An entry one past the end of a list is added to it; a table or list that is left empty goes too.
    """
    values = parsed(text)
    for key, value in changes.items():
        _put(values, steps_of(key), value)
    return written(values)


def without(text: str, key: str) -> str:
    """Return the TOML without one entry of a list, such as "programs[2]"."""
    values = parsed(text)
    *way, last = steps_of(key)
    entries: Any = values
    for step in way:
        entries = entries[step]
    del entries[last]
    return written(values)


def named(text: str, version: str, in_force_from: date) -> str:
    """Return the document under another name and from another civil date; all else in it stays, comments too."""
    wanted = {"version": version, "in_force_from": in_force_from}
    lines = text.split("\n")
    for key, value in wanted.items():
        at = line_of(text, key) - 1
        if alone := _ALONE.fullmatch(lines[at]):
            lines[at] = f"{alone[1]}{_value(value)}{alone[2]}"
    found = "\n".join(lines)
    return found if parsed(found) == {**parsed(text), **wanted} else changed(text, wanted)


def _put(values: Any, steps: list[str | int], value: Any) -> None:
    """Set one value, making tables and entries on the way; None takes it out."""
    step, rest = steps[0], steps[1:]
    if not rest:
        if value is None:
            values.pop(step, None)
        else:
            values[step] = deepcopy(value)
        return
    if isinstance(step, int):
        if step == len(values):
            values.append({})
    elif step not in values:
        if value is None:
            return
        values[step] = [] if isinstance(rest[0], int) else {}
    _put(values[step], rest, value)
    if isinstance(step, str) and values[step] == {}:
        del values[step]


def _lines(values: Mapping[str, Any], path: str, *, inline: bool = False) -> list[str]:
    """Return the lines of one table: its own values, then its tables, then its lists of tables."""
    alone = [f"{_key(k)} = {_value(v)}" for k, v in values.items() if (inline and not _is_list(v)) or not _has_lines(v)]
    inner: list[str] = []
    for key, value in values.items():
        name = f"{path}.{_key(key)}" if path else _key(key)
        if _is_list(value):
            for one in value:
                inner += ["", f"[[{name}]]", *_lines(one, name, inline=True)]
        elif isinstance(value, Mapping) and not inline:
            inner += ["", f"[{name}]", *_lines(value, name)]
    return alone + inner


def _has_lines(value: object) -> bool:
    return isinstance(value, Mapping) or _is_list(value)


def _is_list(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _text(key)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    """Return one value; a long list stands one entry a line."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        parts = [_value(one) for one in value]
        short = f"[{', '.join(parts)}]"
        return short if len(short) <= _WIDTH else "[\n" + "".join(f"    {part},\n" for part in parts) + "]"
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{_key(k)} = {_value(v)}' for k, v in value.items())} }}" if value else "{}"
    return value.isoformat() if isinstance(value, date) else str(value)
