"""A file of CSV or Excel as a table of texts: bytes in, headings and numbered rows out.

Every cell is text: a formula is shown as it is written and never computed, markup stays markup. What is no table is
refused with a sentence that says what to do. No database, and nothing here knows what a column means but its heading.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time

from models.errors import Invalid
from models.rules.importing.docket import SourceTable
from models.rules.importing.fields import recognised

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
LONGEST_CELL = 5_000
_MAX_UNPACKED = 150_000_000
_LAST_ROW = 1_048_576  # of any sheet that Excel writes; a forged one may name a row without end
_LOOK_FOR_HEADINGS = 20  # rows at the top of a file, above which a title may stand

_SAVE_AS = "Open it in the program it came from, save it as CSV or as an Excel workbook (.xlsx), and choose that file."
TOO_LARGE = f"This file is larger than {MAX_BYTES // 1_000_000} MB. Export a shorter period, or fewer columns."
TOO_MANY = f"This file has more than {MAX_ROWS:,} rows. Export a shorter period and load the files one after the other."
NO_TABLE = f"This file is not a table that can be read here. {_SAVE_AS}"
EMPTY = "This file has no rows below its headings. Export it again with its rows."
PROTECTED = "This workbook is protected with a password. Open it, save it without the password, and choose that file."
OLD_EXCEL = f"This is a workbook of an older Excel (.xls). {_SAVE_AS}"
WEB_PAGE = f"This is a web page with the name of a workbook. {_SAVE_AS}"
BROKEN_QUOTES = (
    "One cell of this file is far too long: a quotation mark is probably missing. Row {row} is where it begins."
)

Rows = Iterable[tuple[int, list[str]]]


def read_table(content: bytes) -> SourceTable:
    """Return the table in a file's bytes; Invalid says in words why there is none."""
    if len(content) > MAX_BYTES:
        raise Invalid(TOO_LARGE)
    if not content.strip():
        raise Invalid(EMPTY)
    rows = _workbook(content) if content.startswith(b"PK\x03\x04") else _separated(_decoded(content))
    return _table(rows, hashlib.sha256(content).hexdigest())


def _decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 or Windows' western encoding."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(PROTECTED if "EncryptedPackage".encode("utf-16-le") in content else OLD_EXCEL)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _in("utf-16", content)
    head = content[:2000]
    if head.count(0) > len(head) // 4:
        return _in("utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be", content)
    if 0 in content:
        raise Invalid(NO_TABLE)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _in("cp1252", content)


def _in(encoding: str, content: bytes) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise Invalid(NO_TABLE) from None


def _separated(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbered rows of separated text; a first line "sep=;" is Excel's own and is obeyed."""
    if text.lstrip()[:300].casefold().startswith(("<!doctype html", "<html", "<table", "<?xml")):
        raise Invalid(WEB_PAGE)
    first, _, rest = text.partition("\n")
    told = first.strip().casefold()
    start = 1
    if told.startswith("sep=") and len(told) == 5:
        separator, text, start = told[4], rest, 2
    else:
        separator = _separator(text)
    csv.field_size_limit(MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(reader, start=start):
            if any(len(cell) > LONGEST_CELL for cell in row):
                raise Invalid(BROKEN_QUOTES.format(row=number))
            yield number, row
    except csv.Error:
        raise Invalid(NO_TABLE) from None


def _separator(text: str) -> str:
    """Return the separator that gives the most columns on most of the first rows."""
    sample = "\n".join(text[:40_000].splitlines()[:40])

    def columns(separator: str) -> int:
        rows = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if any(row)]
        return sorted(rows)[len(rows) // 2] if rows else 0

    best = max(",;\t|", key=columns)
    if columns(best) < 2:
        raise Invalid(NO_TABLE)
    return best


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Yield the numbered rows of a workbook's sheet: the one that was open when it was saved, or the first with rows."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MAX_UNPACKED:
                raise Invalid(TOO_LARGE)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = sorted(book.worksheets, key=lambda sheet: sheet is not book.active)
        for sheet in sheets:
            sheet.reset_dimensions()  # exports often say a wrong size
            rows = _cells(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True))
            if len(rows) > 1:
                yield from rows
                return
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - a damaged workbook fails in every way its parts can
        raise Invalid(NO_TABLE) from None


def _cells(rows: Iterable[Sequence[object]]) -> list[tuple[int, list[str]]]:
    """Return the rows of a sheet that hold anything, as texts."""
    found = []
    for number, row in enumerate(rows, start=1):
        if row.count(None) < len(row):
            texts = [_text(value) for value in _filled(row)]
            if any(texts):
                found.append((number, texts))
        if number > _LAST_ROW or len(found) > MAX_ROWS + _LOOK_FOR_HEADINGS:
            raise Invalid(TOO_MANY)
    return found


def _filled(row: Sequence[object]) -> Sequence[object]:
    """Return a row up to its last cell with a value: every row is read as wide as a table may be."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _text(value: object) -> str:
    """Return a cell as text: a date as 2026-01-02, a whole number without a fraction."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(getattr(value, "text", value))[: LONGEST_CELL + 1]


def _table(rows: Rows, file_hash: str) -> SourceTable:
    """Find the headings among the first rows and keep the filled rows below them."""
    filled = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if len(filled) < 2:
        raise Invalid(EMPTY)
    place = _heading_place([row for _, row in filled[:_LOOK_FOR_HEADINGS]])
    body = filled[place + 1 :]
    if len(body) > MAX_ROWS:
        raise Invalid(TOO_MANY)
    if not body:
        raise Invalid(EMPTY)
    width = min(max(_width(row) for _, row in filled[place:]), MAX_COLUMNS)
    headings = _headings(filled[place][1], width)
    remarks = (f"The headings were found in row {filled[place][0]}.",) if filled[place][0] > 1 else ()
    padded = tuple((number, (*row[:width], *[""] * (width - len(row)))) for number, row in body)
    return SourceTable(headings=headings, rows=padded, file_hash=file_hash, remarks=remarks)


def _width(row: Sequence[str]) -> int:
    """Return the number of cells up to the last filled one."""
    return max((place for place, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _heading_place(rows: Sequence[Sequence[str]]) -> int:
    """Return the row with the most headings that are known; the first with two cells when none is."""
    known = [sum(1 for cell in row if recognised(cell)) for row in rows]
    if max(known) > 1:
        return known.index(max(known))
    return next((place for place, row in enumerate(rows) if sum(1 for cell in row if cell.strip()) > 1), 0)


def _headings(row: Sequence[str], width: int) -> tuple[str, ...]:
    """Return one heading for each column, all different: a repeated or empty one is told apart by its column's letter."""
    texts = [" ".join(cell.split())[:80] for cell in row[:width]] + [""] * (width - len(row))
    taken: set[str] = set()
    found = []
    for place, text in enumerate(texts):
        name = text or f"Column {_letter(place)}"
        if name in taken:
            name = f"{name} (column {_letter(place)})"
        taken.add(name)
        found.append(name)
    return tuple(found)


def _letter(place: int) -> str:
    """Return a column's letters as a spreadsheet has them: A, B, ... Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
