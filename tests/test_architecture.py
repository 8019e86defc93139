"""The house's rules that a machine can check: who may import whom, where nothing may stand, how long is too long."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("dashboard", "models", "scheduler", "seed_data", "tests")
LONGEST_FILE = 250
LONGEST_FUNCTION = 40


def sources() -> Iterator[Path]:
    """Yield our Python files, but for the migrations: what was released is never edited, however long."""
    for package in PACKAGES:
        for path in sorted((PROJECT / package).rglob("*.py")):
            if "versions" not in path.parts:
                yield path


def test_the_direction_of_imports_holds() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_screen_stands_where_streamlit_would_serve_it_around_the_sign_in() -> None:
    assert not (PROJECT / "dashboard" / "pages").exists()


def test_no_second_module_is_called_models() -> None:
    assert not (PROJECT / "dashboard" / "models.py").exists()


def test_nothing_is_called_utils() -> None:
    assert [path for path in sources() if path.stem in ("utils", "helpers", "common", "misc")] == []


def test_annotations_are_evaluated() -> None:
    """Tables read their columns from them, and one rule for every file is easier to keep."""
    future = [path for path in sources() if "\nfrom __future__ import annotations" in path.read_text(encoding="utf-8")]
    assert future == []


def test_every_module_says_what_it_is_for() -> None:
    bare = [
        str(path.relative_to(PROJECT))
        for path in sources()
        if path.stat().st_size and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert bare == []


def test_no_file_is_too_long_to_read_in_one_sitting() -> None:
    lengths = {str(path.relative_to(PROJECT)): len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_see_at_once() -> None:
    long: dict[str, int] = {}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long[f"{path.relative_to(PROJECT)}: {node.name}"] = length
    assert long == {}
