"""Promises of reading a file: every usual encoding and separator is a table, and what is none is refused in words."""

import csv
import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from models import tabular
from models.errors import Invalid
from models.tabular import read_table

TEXT = 'Case No.,Name,DOB\nCR-1,"Muñoz, José",1/2/98\n\nCR-2,Ødegård,3/4/99\n'


def workbook(*rows: tuple[Any, ...], title_sheet: bool = False) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    if title_sheet:
        sheet.append(["Report of 20 November"])
        sheet = book.create_sheet("Docket")
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.headings == ("Case No.", "Name", "DOB")
    assert table.rows == ((2, ("CR-1", "Muñoz, José", "1/2/98")), (4, ("CR-2", "Ødegård", "3/4/99")))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_usual_separator_is_found(separator: str) -> None:
    held = io.StringIO()
    csv.writer(held, delimiter=separator).writerows([["Case No.", "Name"], ["CR-1", "Chen, Mei; x"], ["CR-2", "Kim"]])
    assert read_table(held.getvalue().encode()).rows == ((2, ("CR-1", "Chen, Mei; x")), (3, ("CR-2", "Kim")))


def test_the_separator_that_excel_names_is_obeyed_and_rows_keep_their_numbers() -> None:
    table = read_table(b"sep=;\nCase No.;Name\nCR-1;Chen, Mei\n")
    assert table.rows == ((3, ("CR-1", "Chen, Mei")),)


def test_titles_above_the_headings_are_passed_over() -> None:
    table = read_table(b"Harbor County,,\nRun 11/20/2026,,\nCase No.,Name,DOB\nCR-1,Kim,\n")
    assert table.headings == ("Case No.", "Name", "DOB")
    assert table.remarks == ("The headings were found in row 3.",)


def test_repeated_and_empty_headings_are_told_apart() -> None:
    table = read_table(b"Case No.,Charge,Charge,,\nCR-1,a,b,c,\n")
    assert table.headings == ("Case No.", "Charge", "Charge (column C)", "Column D")


def test_short_and_long_rows_are_made_even() -> None:
    table = read_table(b"Case No.,Name\nCR-1\nCR-2,Kim,extra\n")
    assert table.rows == ((2, ("CR-1", "", "")), (3, ("CR-2", "Kim", "extra")))


def test_a_workbook_gives_its_dates_numbers_and_formulas_as_text() -> None:
    rows = (
        ("Case No.", "DOB", "Seen", "Age", "Charge", "Flag"),
        (26001, date(1998, 1, 2), datetime(2026, 1, 2, 9, 30), 28.0, "=1+1", True),  # noqa: DTZ001 - a cell has no zone
        (None, None, None, None, None, None),
        ("CR-2", 46024, None, 2.5, "<b>x</b>", False),
    )
    table = read_table(workbook(*rows))
    assert table.rows == (
        (2, ("26001", "1998-01-02", "2026-01-02", "28", "=1+1", "yes")),
        (4, ("CR-2", "46024", "", "2.5", "<b>x</b>", "no")),
    )


def test_a_sheet_without_rows_is_passed_over() -> None:
    table = read_table(workbook(("Case No.", "Name"), ("CR-1", "Kim"), title_sheet=True))
    assert table.rows == ((2, ("CR-1", "Kim")),)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", tabular.EMPTY),
        (b"Case No.,Name\n", tabular.EMPTY),
        (b"just a letter\nto the court\n", tabular.NO_TABLE),
        (b"a,b\x00\x01\n1,2", tabular.NO_TABLE),
        (b"%PDF-1.7\nx", tabular.NO_TABLE),
        (b"PK\x03\x04 not a workbook", tabular.NO_TABLE),
        (b"<html><table><tr><td>Case</td></tr></table>", tabular.WEB_PAGE),
        (b"\xd0\xcf\x11\xe0 old", tabular.OLD_EXCEL),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), tabular.PROTECTED),
        (b"a,b\n" + b"x" * tabular.MAX_BYTES, tabular.TOO_LARGE),
        (b"a,b\n" + b"1,2\n" * (tabular.MAX_ROWS + 1), tabular.TOO_MANY),
        (b'a,b\n1,"' + b"x,y\n" * 2000, tabular.BROKEN_QUOTES.format(row=2)),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "file",
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_table(content)
    assert str(refused.value) == sentence


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "_MAX_UNPACKED", 100)
    with pytest.raises(Invalid, match="larger than"):
        read_table(workbook(("Case No.", "Name"), ("CR-1", "Kim")))


@pytest.mark.parametrize(
    "rows", ['<row r="99999999999999"><c r="A9"><v>1</v></c></row>', '<row><c r="ZZY1"><v>1</v></c></row>']
)
def test_a_small_workbook_cannot_ask_for_endless_rows_or_width(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "_LAST_ROW", 5_000)
    made, held = workbook(("Case No.", "Name"), ("CR-1", "Kim")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as before, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"</sheetData>", (rows * 20_000).encode() + b"</sheetData>")
            after.writestr(name, content)
    with pytest.raises(Invalid) as refused:
        read_table(held.getvalue())
    assert str(refused.value) == tabular.TOO_MANY


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused_in_words(content: bytes) -> None:
    try:
        table = read_table(content)
    except Invalid:
        return
    assert len(set(table.headings)) == len(table.headings)
    assert all(len(row) == len(table.headings) for _, row in table.rows)


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_comes_back_cell_by_cell(rows: list[tuple[str, str]]) -> None:
    held = io.StringIO(newline="")
    csv.writer(held).writerows([("Case No.", "Name", "Charge"), *((*row, "x") for row in rows)])
    table = read_table(held.getvalue().encode())
    assert [row for _, row in table.rows] == [(*row, "x") for row in rows]
