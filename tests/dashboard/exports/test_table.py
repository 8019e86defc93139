"""Lists as CSV and Excel files, read back."""

import csv
import io

import pytest
from openpyxl import load_workbook

from dashboard.exports.sheet import Align, Column, Group, Sheet, plain
from dashboard.exports.table import sheet_csv, sheet_xlsx

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd",
    "-1+cmd",
    "@SUM(1)",
    "|calc",
    "%0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "＋1",
    "－1+1",
    "＠SUM(1)",
    '=HYPERLINK("x")',
    "\x00=1+1",
    "\u202e=1+1",
]


def a_sheet(*rows: tuple[str, ...], groups: tuple[Group, ...] = ()) -> Sheet:
    columns = (Column("Participant", 3), Column("Count", 1, Align.END))
    return Sheet("Follow-up: what is open [all]/today", columns, rows, groups=groups, grouped_by="Part")


def read_csv(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sheet_csv(sheet).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_leaves_csv_as_text(cell: str) -> None:
    written = read_csv(a_sheet((cell, "1")))[1][0]
    assert written.startswith("'")


@pytest.mark.parametrize("cell", FORMULAS)
def test_a_formula_leaves_excel_as_text(cell: str) -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet((cell, "1"))))).active
    assert page is not None
    assert page["A2"].data_type in {"s", "n"}
    assert page["A2"].value == plain(cell)


def test_a_formula_in_a_head_or_group_is_text_too() -> None:
    sheet = Sheet("x", (Column("=1+1"),), (("a",),), groups=(Group("=2+2", 0),), grouped_by="=3+3")
    assert read_csv(sheet) == [["'=3+3", "'=1+1"], ["'=2+2", "a"]]
    page = load_workbook(io.BytesIO(sheet_xlsx(sheet))).active
    assert page is not None
    assert {cell.data_type for row in page.iter_rows() for cell in row} == {"s"}


def test_csv_has_a_byte_order_mark_and_keeps_every_script() -> None:
    made = sheet_csv(a_sheet(("Mei 陈美, محمد", "1"), ('say "hi"\nthere', "-12.5")))
    assert made.startswith(b"\xef\xbb\xbf")
    assert read_csv(a_sheet(("Mei 陈美, محمد", "1"), ('say "hi"\nthere', "-12.5")))[1:] == [
        ["Mei 陈美, محمد", "1"],
        ['say "hi"\nthere', "-12.5"],
    ]


def test_excel_keeps_numbers_and_dates_as_the_text_they_were() -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet(("2026-12-04", "007"))))).active
    assert page is not None
    assert [(cell.value, cell.data_type, cell.number_format) for cell in page[2]] == [
        ("2026-12-04", "s", "@"),
        ("007", "s", "@"),
    ]


def test_excel_freezes_its_head_and_gives_columns_their_width() -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet(("A", "1"))))).active
    assert page is not None
    assert page.freeze_panes == "A2"
    assert page["A1"].font.bold
    assert page.column_dimensions["A"].width > 2 * page.column_dimensions["B"].width
    assert page.title == "Follow-up  what is open  all  t"


def test_groups_become_a_first_column_in_files() -> None:
    sheet = a_sheet(("A", "1"), ("B", "2"), ("C", "3"), groups=(Group("Part 2", 1),))
    assert read_csv(sheet) == [
        ["Part", "Participant", "Count"],
        ["", "A", "1"],
        ["Part 2", "B", "2"],
        ["Part 2", "C", "3"],
    ]


def test_a_cell_longer_than_excel_takes_is_cut_and_the_file_still_opens() -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet(("x" * 40_000, "1"))))).active
    assert page is not None
    assert len(str(page["A2"].value)) == 32_767


def test_every_row_of_a_long_list_keeps_its_own_words() -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet(*((f"Person {n}", str(n)) for n in range(500)))))).active
    assert page is not None
    assert list(page.iter_rows(min_row=2, values_only=True)) == [(f"Person {n}", str(n)) for n in range(500)]


def test_a_cell_of_excel_stays_text_when_somebody_edits_it() -> None:
    page = load_workbook(io.BytesIO(sheet_xlsx(a_sheet(("=1+1", "1"))))).active
    assert page is not None
    assert page["A2"].quotePrefix
