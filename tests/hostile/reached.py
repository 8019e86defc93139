"""Which commands people can reach: found by reading what the screens, the routes and the terminal's verbs name.

A new command is in this list as soon as something in front of it uses it, and is then tried by `test_commands` too.
"""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
_PACKAGE = "models.commands"

Command = Callable[..., Any]


def _front() -> Iterator[Path]:
    """Yield every file in front of the commands."""
    yield from sorted((PROJECT / "dashboard").rglob("*.py"))
    yield from sorted((PROJECT / "models").glob("*verbs.py"))


def _named(source: str) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for everything of the commands that a source file uses."""
    tree = ast.parse(source)
    called: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(_PACKAGE):
            for alias in node.names:
                if node.module == _PACKAGE:
                    called[alias.asname or alias.name] = f"{_PACKAGE}.{alias.name}"
                else:
                    yield node.module, alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            yield called[node.value.id], node.attr


def commands() -> dict[str, Command]:
    """Return every command that acts for somebody, `module.name` to itself: (session, actor, ..., *, now)."""
    named = {one for path in _front() for one in _named(path.read_text(encoding="utf-8"))}
    found: dict[str, Command] = {}
    for module, name in sorted(named):
        function = getattr(importlib.import_module(module), name, None)
        if inspect.isfunction(function) and [*inspect.signature(function).parameters][:2] == ["session", "actor"]:
            found[f"{function.__module__.removeprefix(_PACKAGE + '.')}.{name}"] = function
    return found
