"""The steps of an import: which column is what, what loading would do with every problem by row, and what it did.

Each function draws one step and returns what was chosen; the file and the database are the view's business.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from uuid import UUID

import streamlit as st

from dashboard import wording
from dashboard.components import html
from dashboard.components.card import tile
from dashboard.components.heading import show_heading, show_note
from dashboard.wording import Tone, Word
from models.importing.plan import ImportPlan
from models.queries.imports import LoadedFile, PartChoice
from models.rules.importing.docket import Problem, SourceTable
from models.rules.importing.fields import TITLES, Column
from models.scope import Actor

PAGE = 200  # problems shown at once
_RANGES = 12
_STOPS = Word("cannot be loaded", "■", Tone.BAD)
_REMARK = Word("to know", "▲", Tone.WARN)
_NOT_HERE = "not in this file"


def show_mapping(table: SourceTable, mapping: Mapping[Column, str], key: str) -> dict[Column, str] | None:
    """Draw a select for each of our columns; return the mapping when it was confirmed, else None."""
    show_note("Beside each heading stands what its first row holds.")
    first = dict(zip(table.headings, table.rows[0][1], strict=True))
    chosen: dict[Column, str] = {}
    with st.form(f"{key}-mapping", border=False):
        for some in _thirds(list(Column)):
            for place, column in zip(st.columns(3), some, strict=False):
                choices = ["", *table.headings]
                heading = place.selectbox(
                    TITLES[column],
                    choices,
                    index=choices.index(mapping.get(column, "")),
                    format_func=lambda one: _with_example(one, first[one]) if one else _NOT_HERE,
                    key=f"{key}-{column}",
                )
                if heading:
                    chosen[column] = heading
        confirmed = st.form_submit_button("Read the file with these columns", type="primary")
    return chosen if confirmed else None


def show_plan(plan: ImportPlan) -> None:
    """Draw the counts, and every problem by row."""
    left_out = cases_left_out(plan.stopping)
    tiles = (
        tile("New cases", f"{len(plan.arrivals):,}"),
        tile("Cases here that are added to", f"{len(plan.additions):,}"),
        tile("Here already, unchanged", f"{plan.unchanged:,}"),
        tile("Cannot be loaded", f"{left_out:,}", wording.count(len({p.row for p in plan.stopping}), "row")),
    )
    for place, content in zip(st.columns(4), tiles, strict=True):
        with place:
            html.show(content)
    show_problems(plan.problems)


def show_problems(problems: Sequence[Problem]) -> None:
    """Draw the problems by what they are, and row by row below."""
    if not problems:
        show_note("Every row can be loaded as it is.")
        return
    html.show(
        html.table(
            "Problems by kind",
            ("What", html.Column("Effect", narrow=True), "Rows"),
            _by_kind(problems),
            heading_column=0,
        )
    )
    with st.expander(f"Row by row ({len(problems):,})"):
        pages = range(0, len(problems), PAGE)
        start = 0
        if len(pages) > 1:
            start = st.selectbox("Problems", pages, format_func=lambda one: f"{one + 1:,} to {one + PAGE:,}")
        columns = (
            html.Column("Row", narrow=True, right=True),
            html.Column("Docket number", narrow=True),
            "What",
            html.Column("Effect", narrow=True),
        )
        rows = [[one.row, one.docket_number or None, one.text, _word(one)] for one in problems[start : start + PAGE]]
        html.show(html.table("Problems row by row", columns, rows))


def show_part(parts: Sequence[PartChoice], key: str) -> UUID | None:
    """Draw the part for cases that name none; a court with one part is not asked."""
    if len(parts) == 1:
        return parts[0].part_id
    names = {part.part_id: part.name for part in parts}
    return st.selectbox(
        "Part for cases that name none",
        [*names, None],
        index=len(names),
        format_func=lambda one: "choose a part" if one is None else names[one],
        key=f"{key}-part",
    )


def show_loaded(files: Sequence[LoadedFile], who: Actor) -> None:
    """Draw what was loaded before."""
    if not files:
        return
    show_heading("Loaded before", level=2)
    columns = (
        "When",
        "By",
        html.Column("Rows", right=True),
        html.Column("New cases", right=True),
        html.Column("Cases added to", right=True),
    )
    rows: list[list[html.Cell]] = [
        [wording.instant_words(one.loaded_at, who.zone), one.loaded_by, one.rows, one.added, one.changed]
        for one in files
    ]
    html.show(html.table("Files loaded before", columns, rows))


def cases_left_out(problems: Iterable[Problem]) -> int:
    """Count the cases these problems stop; a row without a docket number counts as one."""
    return len({problem.docket_number or str(problem.row) for problem in problems})


def ranges(rows: Iterable[int], at_most: int = _RANGES) -> str:
    """Return row numbers as "2, 4 to 9, 12"; beyond `at_most` ranges the number of the other rows."""
    ordered = sorted(set(rows))
    runs = [
        [row for _, row in run]
        for _, run in groupby(enumerate(ordered), key=lambda numbered: numbered[1] - numbered[0])
    ]
    said = [str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs[:at_most]]
    others = sum(len(run) for run in runs[at_most:])
    return ", ".join(said) + (f" and {wording.count(others, 'other row')}" if others else "")


def _by_kind(problems: Sequence[Problem]) -> list[list[html.Cell]]:
    kinds: dict[tuple[bool, str], list[int]] = {}
    for problem in problems:
        kinds.setdefault((problem.stops, problem.text), []).append(problem.row)
    ordered = sorted(kinds.items(), key=lambda kind: (not kind[0][0], kind[1][0]))
    shown: list[list[html.Cell]] = [
        [text, _STOPS if stops else _REMARK, ranges(rows)] for (stops, text), rows in ordered[:PAGE]
    ]
    if len(ordered) > PAGE:
        shown.append([f"and {len(ordered) - PAGE:,} more kinds, row by row below", None, None])
    return shown


def _word(problem: Problem) -> Word:
    return _STOPS if problem.stops else _REMARK


def _thirds(columns: Sequence[Column]) -> list[Sequence[Column]]:
    return [columns[start : start + 3] for start in range(0, len(columns), 3)]


def _with_example(heading: str, example: str) -> str:
    short = " ".join(example.split())[:24]
    return f"{heading} ({short})" if short else heading
