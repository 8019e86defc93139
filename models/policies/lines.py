"""On which line of a TOML file a key stands: the parser does not tell, so it is asked again with ever more of the file."""

import re
import tomllib
from typing import Any

_Steps = list[str | int]


def steps_of(key: str) -> _Steps:
    """Return the steps of a full name, "programs[1].name": names of keys, and places in a list from 0."""
    return [int(number) - 1 if number else name for name, number in re.findall(r"([^.\[\]]+)|\[(\d+)\]", key)]


def line_of(text: str, key: str) -> int:
    """Return the line, from 1, on which `key` ("programs[1].phases[2].name") stands, or what should hold it.

    `text` must be TOML. A list over several lines is looked into, so that its entries are found.
    """
    lines = text.split("\n")
    steps = steps_of(key)
    while steps and not _has(tomllib.loads(text), steps):
        steps.pop()
    if not steps:
        return 1
    before, until = 0, len(lines)  # the key is missing in the first `before` lines, and there in the first `until`
    while until - before > 1:
        middle = (before + until) // 2
        end, found = _readable(lines, before, middle)
        before, until = (before, end) if found is not None and _has(found, steps) else (middle, until)
    return _begins(lines, until)


def _readable(lines: list[str], least: int, most: int) -> tuple[int, dict[str, object] | None]:
    """Return the longest beginning of the file, of at most `most` and more than `least` lines, that can be read."""
    for end in range(most, least, -1):
        if (found := _read(lines[:end])) is not None:
            return end, found
    return least, None


def _read(lines: list[str]) -> dict[str, object] | None:
    """Read the lines, with a list that is still open closed after them."""
    for closing in ("", "\n]"):
        try:
            return tomllib.loads("\n".join(lines) + closing)
        except tomllib.TOMLDecodeError:
            continue
    return None


def _begins(lines: list[str], end: int) -> int:
    """Return the first line of the statement, or the entry of a list, whose last line is `end`."""
    begins = end
    while begins > 1 and _read(lines[: begins - 1]) is None:
        begins -= 1
    return begins


def _has(values: Any, steps: _Steps) -> bool:
    """Tell whether a value stands at the end of these steps: names of keys, and places in a list from 0."""
    try:
        for step in steps:
            values = values[step]
    except (KeyError, IndexError, TypeError):
        return False
    return True
