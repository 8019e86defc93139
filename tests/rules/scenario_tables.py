"""Reads the scenario tables in `scenarios/`: situations in plain English with the answer the court expects."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tomllib import loads
from typing import Any

import pytest

from models.rules.court_days import CourtDays

Row = dict[str, Any]


def _file(name: str) -> Row:
    return loads((Path(__file__).parent / "scenarios" / f"{name}.toml").read_text("utf-8"))


def situations(name: str, table: str) -> list[Any]:
    """Return the rows of one table as parameters named after their situation; the file's defaults filled in."""
    content = _file(name)
    defaults = content.get("defaults", {}).get(table, {})
    rows: list[Row] = [{**defaults, **row} for row in content[table]]
    names = [row["situation"] for row in rows]
    assert len(set(names)) == len(names), f"{name}.toml: two rows of {table} have one name"
    return [pytest.param(row, id=row["situation"]) for row in rows]


def calendar(name: str) -> CourtDays:
    """Return the court days of a scenario file, from its [calendar] of dates and what they are."""
    closed: Mapping[date, str] = {date.fromisoformat(on): called for on, called in _file(name)["calendar"].items()}
    return CourtDays(closed=frozenset(closed), named=closed)
