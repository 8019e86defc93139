"""A sheet as a file for spreadsheets: CSV and Excel.

Every cell leaves as text. A cell that a spreadsheet would take for a formula is marked as text, never run.
"""

import io
import re

from defusedcsv import csv  # type: ignore[import-untyped]  # the package says nothing of its types
from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from dashboard.exports.sheet import Align, Sheet, plain

#: What `defusedcsv` lets through and a spreadsheet still reads as a formula: full-width signs, and a sign after blanks.
_DISGUISED = re.compile(r"^(?:[\uff0b\uff0d\uff1d\uff20]|\s+[=+\-@|%\uff0b\uff0d\uff1d\uff20])")
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_CHARACTERS_OF_A_PAGE = 130
_CELL_LIMIT = 32_767


def sheet_csv(sheet: Sheet) -> bytes:
    """The heads and rows as CSV: UTF-8 with a byte order mark (Excel reads it right), CRLF, formulas made text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in (_heads(sheet), *_rows(sheet)):
        writer.writerow([_defused(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def sheet_xlsx(sheet: Sheet) -> bytes:
    """The heads and rows as an Excel workbook: all cells text, the head row frozen, widths as the sheet says."""
    book = Workbook(write_only=True)
    page = book.create_sheet(_sheet_name(sheet.title))
    book.properties.title = plain(sheet.title)
    page.freeze_panes = "A2"
    for number, width in enumerate(_widths(sheet), 1):
        page.column_dimensions[get_column_letter(number)].width = width
    aligns = _aligns(sheet)
    page.append(_filled([_text_cell(page, Align.START, bold=True) for _ in aligns], _heads(sheet)))
    cells = [_text_cell(page, align) for align in aligns]  # one a column: a style for every cell is ten times slower
    for row in _rows(sheet):
        page.append(_filled(cells, row))
    page.auto_filter.ref = f"A1:{get_column_letter(len(aligns))}{len(sheet.rows) + 1}"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heads(sheet: Sheet) -> tuple[str, ...]:
    names = tuple(plain(column.name) for column in sheet.columns)
    return (plain(sheet.grouped_by), *names) if sheet.groups else names


def _rows(sheet: Sheet) -> list[tuple[str, ...]]:
    rows = [tuple(plain(cell) for cell in row) for row in sheet.rows]
    if sheet.groups:
        rows = [(plain(sheet.group_of(number)), *row) for number, row in enumerate(rows)]
    beside = ("",) * (len(_heads(sheet)) - 1)
    return rows + [(plain(words), *beside) for words in sheet.notice]


def _aligns(sheet: Sheet) -> tuple[Align, ...]:
    aligns = tuple(column.align for column in sheet.columns)
    return (Align.START, *aligns) if sheet.groups else aligns


def _widths(sheet: Sheet) -> tuple[float, ...]:
    """Column widths in characters, from the columns' shares of a printed page."""
    whole = sum(column.width for column in sheet.columns)
    widths = tuple(max(6.0, _CHARACTERS_OF_A_PAGE * column.width / whole) for column in sheet.columns)
    return (18.0, *widths) if sheet.groups else widths


def _defused(cell: str) -> str:
    return "'" + cell if _DISGUISED.match(cell) else cell


def _text_cell(page: WriteOnlyWorksheet, align: Align, *, bold: bool = False) -> Cell:
    cell = WriteOnlyCell(page)
    cell.number_format = "@"
    cell.quotePrefix = True  # stays text when somebody edits the cell
    side = {Align.START: "general", Align.CENTER: "center", Align.END: "right"}[align]
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=True)
    cell.font = Font(bold=bold)
    return cell


def _filled(cells: list[Cell], row: tuple[str, ...]) -> list[Cell]:
    """The cells with the row's words; a row is written as soon as it is appended, so the cells can serve again."""
    for cell, words in zip(cells, row, strict=True):
        cell.value = words[:_CELL_LIMIT]
        cell.data_type = "s"  # after the value: openpyxl takes a leading "=" for a formula otherwise
    return cells


def _sheet_name(title: str) -> str:
    """A name that Excel takes: no reserved characters, at most 31 of them."""
    return _NOT_IN_A_SHEET_NAME.sub(" ", plain(title)).replace("\n", " ").strip()[:31] or "List"
