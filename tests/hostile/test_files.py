"""Promise: whatever file is handed to the import, it is refused in words or its cells are kept as text; nothing half.

Each column of a docket in turn with everything `values.py` knows, as CSV; and files that are no docket at all: bombs,
macros, wrong encodings, endless lines, entities, links, paths out of the archive.
"""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlmodel import Session, select

from models import database
from models.commands.imports import CannotLoad, import_file
from models.errors import Refused
from models.tables import Case, Court
from tests.builders import NOW, a_court
from tests.commands.import_stories import HEADINGS, MEI, Desk
from tests.databases import SqliteFiles
from tests.hostile.values import MARK, TEXTS
from tests.hostile.world import World, opened

SHEET = "xl/worksheets/sheet1.xml"
MEGABYTE = 1_000_000
_SPREADSHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


@pytest.fixture(scope="module")
def world(sqlite_files: SqliteFiles) -> Iterator[World]:
    with sqlite_files.fresh() as url:
        engine = database.engine(url)
        with database.transaction(engine) as session:
            own = Desk(session).court.id
            other = a_court(session, name="Another Court").id
        with opened(engine, own, other) as found:
            yield found
        engine.dispose()


def as_csv(*rows: tuple[str, ...]) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written).writerows((HEADINGS, *rows))
    return written.getvalue().encode("utf-8", "surrogatepass")


def workbook(**parts: bytes) -> bytes:
    """Return a good workbook in which some parts of the archive are replaced or added; `__` stands for `/`."""
    book, made = Workbook(), io.BytesIO()
    for row in (HEADINGS, MEI):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(made)
    changed = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    whole = io.BytesIO()
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as after:
        for item in before.namelist():
            after.writestr(item, changed.pop(item, before.read(item)))
        for item, content in changed.items():
            after.writestr(item, content)
    return whole.getvalue()


def sheet(body: str, head: str = "") -> bytes:
    """Return a workbook whose only sheet is this markup."""
    text = f'<?xml version="1.0"?>{head}<worksheet {_SPREADSHEET}><sheetData>{body}</sheetData></worksheet>'
    return workbook(xl__worksheets__sheet1_dot_xml=text.encode())


def cells(text: str) -> str:
    return "".join(
        f'<row r="{row}">' + "".join(f'<c t="inlineStr"><is><t>{one}</t></is></c>' for one in said) + "</row>"
        for row, said in ((1, HEADINGS), (2, (text, *MEI[1:])))
    )


LAUGHS = (
    "<!DOCTYPE l ["
    '<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
STOLEN = '<!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

FILES: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\x00",
    "an archive that is none": lambda: b"PK\x03\x04" + b"\x00" * 200,
    "an archive cut short": lambda: workbook()[:-400],
    "an archive of nothing": lambda: zipped({}),
    "an archive within an archive": lambda: zipped({"a.xlsx": workbook()}),
    "a bomb": lambda: zipped({SHEET: b" " * 160 * MEGABYTE}),
    "a bomb among good parts": lambda: workbook(xl__media__picture_dot_png=b"\x00" * 160 * MEGABYTE),
    "ten thousand parts": lambda: zipped({f"part{number}.xml": b"" for number in range(10_000)}),
    "a path out of the archive": lambda: zipped({"../../../../tmp/offramp-was-here": b"x", SHEET: b"<x/>"}),
    "an absolute path": lambda: zipped({"/etc/offramp-was-here": b"x"}),
    "macros": lambda: workbook(xl__vbaProject_dot_bin=b"\xd0\xcf\x11\xe0" * 50),
    "links to other workbooks": lambda: workbook(xl__externalLinks__externalLink1_dot_xml=b"<externalLink/>"),
    "a link out of a cell": lambda: sheet(
        cells(MARK) + '<row r="3"><c t="str"><f>WEBSERVICE("http://evil.example")</f></c></row>'
    ),
    "a formula": lambda: sheet(
        '<row r="1"><c><f>1+1</f></c><c><f>cmd|\' /C calc\'!A0</f></c></row><row r="2"><c/></row>'
    ),
    "entities without end": lambda: sheet(cells("&i;"), LAUGHS),
    "an entity from outside": lambda: sheet(cells("&x;"), STOLEN),
    "markup that never ends": lambda: sheet("<row>" * 100_000),
    "a cell beyond every column": lambda: sheet('<row r="1"><c r="ZZZZZZ1" t="inlineStr"><is><t>x</t></is></c></row>'),
    "a number beyond every number": lambda: sheet(
        f'<row r="1"><c><v>1e{"9" * 400}</v></c><c><v>{"9" * 5000}</v></c></row>'
    ),
    "an old workbook": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "a page of the web": lambda: b"<html><table><tr><td>Case No.</td></tr></table></html>",
    "a program": lambda: b"\x7fELF" + bytes(range(256)) * 20,
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "one line of ten megabytes": lambda: b"Case No.,Defendant\n" + b"x" * 9_900_000,
    "one quote that never closes": lambda: as_csv(MEI) + b'"' + b"a,b\n" * 100_000,
    "more than is taken": lambda: b"a,b\n" * 2_600_000,
    "a line of commas": lambda: as_csv(MEI) + b"," * 200_000,
    "ten thousand headings": lambda: ",".join(f"h{n}" for n in range(10_000)).encode() + b"\n1,2\n",
    "half of two bytes": lambda: "Case No.,Defendant\nCR-1,Mei".encode("utf-16")[:-1],
    "a mark and nothing": lambda: b"\xff\xfe",
    "letters of no alphabet": lambda: b"Case No.,Defendant\n\x81\x8d\x8f\x90\x9d,\xc3\x28\n",
    "nulls among letters": lambda: as_csv(MEI).replace(b"CR-1", b"CR\x00-1"),
    "only line ends": lambda: b"\r\n\r\r\n" * 1_000,
    "a separator that is a letter": lambda: b"sep=e\nCase No.eDefendant\n1e2\n",
}


def zipped(parts: dict[str, bytes]) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def wrong_with(world: World, folder: Path, content: bytes) -> str | None:
    """Load the file and say what went wrong."""
    file = folder / "docket"
    file.write_bytes(content)
    with world.undone():
        try:
            with world.acting() as session:
                result = import_file(session, world.actor, file, now=NOW, part="Part 12", leave_out=True)
            said = [problem.text for problem in result.problems]
        except Refused as refusal:
            said = [str(refusal), *(problem.text for problem in getattr(refusal, "problems", ()))]
            if world.state() != world.before:
                return "something of a refused file was kept"
        except Exception as error:  # noqa: BLE001 - what this test is looking for
            return f"{type(error).__module__}.{type(error).__name__}: {str(error)[:160]}"
        if any(MARK in one or "root:" in one for one in said):
            return f"what stood in the file is repeated: {said}"
        kept = world.content()
        return "a sign is kept that not every database can keep" if f"{MARK}\0".encode() in kept else None


@pytest.mark.parametrize("called", FILES)
def test_a_file_that_is_no_docket_is_refused_or_harmless(world: World, tmp_path: Path, called: str) -> None:
    assert wrong_with(world, tmp_path, FILES[called]()) is None
    assert not Path("/tmp/offramp-was-here").exists()


def test_a_cell_with_anything_in_it_is_text_or_stops_its_row(world: World, tmp_path: Path) -> None:
    wrong = {}
    for place, heading in enumerate(HEADINGS):
        for text in (*TEXTS, "31/31/2026", "9999-12-31", "-0", "1e400", "NaN", "٣/٤/٩٨", "0001-01-01"):
            row = (*MEI[:place], text, *MEI[place + 1 :])
            if problem := wrong_with(world, tmp_path, as_csv(row)):
                wrong[f"{heading}: {text[:40]!r}"] = problem
    assert wrong == {}


def test_a_formula_is_kept_as_it_is_written_and_an_entity_from_outside_brings_nothing(
    world: World, tmp_path: Path
) -> None:
    row = ("=1+1", *MEI[1:])
    (tmp_path / "docket.csv").write_bytes(as_csv(row))
    with world.undone():
        with world.acting() as session:
            import_file(session, world.actor, tmp_path / "docket.csv", now=NOW)
        with Session(world.connection) as session:
            assert session.exec(select(Case.docket_number)).all() == ["=1+1"]
            assert session.exec(select(Court.id)).all()
        assert b"root:" not in world.content()


def test_problems_name_rows_and_never_what_stands_in_them(world: World, tmp_path: Path) -> None:
    (tmp_path / "docket.csv").write_bytes(as_csv((*MEI[:2], f"99/99/{MARK}", *MEI[3:])))
    with world.undone(), pytest.raises(CannotLoad) as refusal, world.acting() as session:
        import_file(session, world.actor, tmp_path / "docket.csv", now=NOW)
    assert "row 2" in str(refusal.value)
    assert MARK not in " ".join([str(refusal.value), *(problem.text for problem in refusal.value.problems)])
