"""The printed list and the printed case summary, read back from their bytes."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject
from typst import TypstError

from dashboard.exports import typesetting
from dashboard.exports.case_summary import CaseSummary, Section, case_summary_pdf
from dashboard.exports.glyphs import FONTS, missing_glyphs, printable
from dashboard.exports.pdf import sheet_pdf
from dashboard.exports.sheet import Align, Column, Emphasis, Group, Sheet

PRINTED = "Thu 3 December 2026, 16:05"
COLUMNS = (
    Column("#", 0.4, Align.END),
    Column("Participant", 2, emphasis=Emphasis.STRONG),
    Column("Docket number", 1.4, emphasis=Emphasis.QUIET),
    Column("Report and compliance", 2.4),
)
NAMES = {
    "Latin": "Zoë Đặng-Łukasz İnönü",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Cyrillic": "Людмила Іваненко",
    "Greek": "Ελένη Παπαδοπούλου",
    "Devanagari": "सीता",
    "Bengali": "শাপলা",
    "Thai": "สุภาพร",
    "Korean": "김민지",
    "Japanese": "さくら 髙橋",
    "Chinese": "陈美 陳美",
    "rare Chinese": "𠮷野",
    "Amharic": "አበበች ገብረ",
    "Khmer": "សុខា",
    "Georgian": "ნინო",
    "Armenian": "Անահիտ",
}


def a_sheet(names: tuple[str, ...] = ("Mei Chen",), **changes: Any) -> Sheet:
    rows = tuple((str(n), name, f"2026-QN-{n:05d}", "● report 1 Dec") for n, name in enumerate(names, 1))
    given = {"title": "Bench list, Friday 4 December 2026", "columns": COLUMNS, "rows": rows, "footer": "Bench only"}
    return Sheet(**{**given, **changes})


def read(sheet: Sheet) -> PdfReader:
    return PdfReader(io.BytesIO(sheet_pdf(sheet, printed_at=PRINTED)))


def root_of(reader: PdfReader) -> Any:
    return reader.trailer["/Root"].get_object()


def tags(reader: PdfReader) -> list[str]:
    """The structure types of the document, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            walk(node.get("/K", []))

    walk(root_of(reader)["/StructTreeRoot"])
    return found


def test_every_page_says_which_of_how_many_it_is_and_when_it_was_printed() -> None:
    pages = read(a_sheet(tuple(f"Person {n}" for n in range(60)))).pages
    assert len(pages) == 3
    for number, page in enumerate(pages, 1):
        text = page.extract_text()
        assert f"page {number} of 3" in text
        assert f"Printed {PRINTED}" in text
        assert "Bench only" in text


def test_the_heads_repeat_on_every_page() -> None:
    pages = read(a_sheet(tuple(f"Person {n}" for n in range(60)))).pages
    assert all("# Participant Docket number Report and compliance" in page.extract_text() for page in pages)


def test_the_list_is_landscape_letter_and_the_case_summary_portrait() -> None:
    box = read(a_sheet()).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (792, 612)
    made = case_summary_pdf(CaseSummary("Mei Chen", ()), printed_at=PRINTED)
    box = PdfReader(io.BytesIO(made)).pages[0].mediabox
    assert (float(box.width), float(box.height)) == (612, 792)


def test_the_document_is_tagged_and_says_its_title_and_language() -> None:
    reader = read(a_sheet(language="es"))
    root = root_of(reader)
    assert root["/Lang"] == "es"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Bench list, Friday 4 December 2026"
    assert 'pdfuaid:part="1"' in (text := metadata(reader)) or "<pdfuaid:part>1</pdfuaid:part>" in text


def metadata(reader: PdfReader) -> str:
    return str(root_of(reader)["/Metadata"].get_object().get_data().decode())


def test_a_screen_reader_finds_a_heading_and_a_table_with_heads() -> None:
    found = tags(read(a_sheet(("A", "B"))))
    assert found.count("/H1") == 1
    assert found.count("/Table") == 1
    assert found.count("/TH") == len(COLUMNS)
    assert found.count("/TD") == 2 * len(COLUMNS)


@pytest.mark.parametrize("script", NAMES)
def test_a_name_in_its_own_script_can_be_read_from_the_paper(script: str) -> None:
    assert not missing_glyphs(NAMES[script])
    assert NAMES[script] in read(a_sheet((NAMES[script],))).pages[0].extract_text()


# The reader used here doubles letters that are drawn from several parts, so only the letters are compared.
@pytest.mark.parametrize("name", ["محمد", "פאטמה", "مُحَمَّد عبد الله", "தமிழரசி", "ગીતા", "མེ་ཏོག", "නිලූකා", "శ్రీలత"])
def test_a_name_whose_letters_join_or_run_from_right_to_left_is_printed_with_all_of_them(name: str) -> None:
    assert not missing_glyphs(name)
    text = read(a_sheet((name,))).pages[0].extract_text()
    assert set(name) - {" "} <= set(text)


def test_a_name_from_right_to_left_beside_latin_keeps_both() -> None:
    text = read(a_sheet(("محمد (Mo) · 5",))).pages[0].extract_text()
    assert "Mo) · 5" in text
    assert "محمد" in text


def test_only_shipped_fonts_are_in_the_document_and_they_are_embedded() -> None:
    reader = read(a_sheet((*NAMES.values(), "محمد")))
    pages: list[Any] = list(reader.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    names = {str(font["/BaseFont"]) for font in fonts}
    assert len(names) > 10
    assert all("Noto" in name for name in names)
    inside = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all("/FontFile2" in one or "/FontFile3" in one for one in inside)


def test_a_character_without_a_glyph_is_shown_as_missing_and_the_list_still_prints() -> None:
    assert missing_glyphs("Ana 😀") == {"😀"}
    assert printable("Ana 😀") == "Ana �"
    assert "Ana �" in read(a_sheet(("Ana 😀",))).pages[0].extract_text()


def test_the_typesetter_itself_refuses_a_character_it_cannot_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "printable", lambda text: text)
    with pytest.raises(TypstError, match="could not be displayed"):
        read(a_sheet(("Ana 😀",)))


def test_a_name_that_looks_like_an_instruction_is_printed_as_it_is() -> None:
    name = '#panic("x") $x^2$ *b* @ref <a> \\ //c'
    assert name in read(a_sheet((name,))).pages[0].extract_text()


def test_a_mark_that_turns_the_order_of_letters_round_does_not_reach_the_paper() -> None:
    text = read(a_sheet(("Ana\u202eanA\u2066\x00\x07",))).pages[0].extract_text()
    assert "AnaanA" in text


def test_an_empty_list_says_so() -> None:
    assert "Nothing on this list." in read(a_sheet(())).pages[0].extract_text()


def test_groups_stand_as_headings_between_the_rows() -> None:
    text = read(a_sheet(("A", "B", "C"), groups=(Group("Morning", 0), Group("Afternoon", 2)))).pages[0].extract_text()
    assert re.search(r"Morning\s.*A .*B .*Afternoon\s.*C ", text, re.DOTALL)


def test_the_same_list_gives_the_same_bytes() -> None:
    assert sheet_pdf(a_sheet(), printed_at=PRINTED) == sheet_pdf(a_sheet(), printed_at=PRINTED)


def test_one_document_leaves_nothing_behind_in_the_next() -> None:
    sheet_pdf(a_sheet(("Secret Person",)), printed_at=PRINTED)
    assert "Secret" not in read(a_sheet(("Other",))).pages[0].extract_text()


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="row 1 has not one cell"):
        a_sheet(rows=(("1", "Ana"),))


def test_groups_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="groups start at different rows"):
        a_sheet(("A", "B"), groups=(Group("x", 1), Group("y", 0)))


def test_every_shipped_font_is_named_in_the_template_and_the_other_way_round() -> None:
    template = (Path(typesetting.__file__).parent / "page.typ").read_text()
    named = {name.replace("CJK SC", "CJKsc") for name in re.findall(r'"(Noto [^"]+)"', template)}
    shipped = {path.stem.partition("-")[0] for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf"}}
    assert {name.replace(" ", "") for name in named} == shipped
    assert (FONTS / "OFL.txt").is_file()


def test_templates_ask_for_no_package_from_elsewhere() -> None:
    templates = list(Path(typesetting.__file__).parent.glob("*.typ"))
    assert len(templates) == 4
    assert not any('"@' in path.read_text() for path in templates)


def test_a_case_summary_carries_every_section() -> None:
    summary = CaseSummary(
        "Mei Chen 陈美",
        (
            Section("To be called", pairs=(("Said as", "may chen"), ("Docket number", "2026-QN-04417"))),
            Section("Since 6 November", paragraphs=("She attended 2 of 3 sessions.",)),
            Section("Responses", heads=("Date", "Response"), rows=(("6 Nov", "conversation"),), widths=(1, 4)),
            Section("Services"),
        ),
        lines=("Phase 2",),
        footer="Confidential",
    )
    reader = PdfReader(io.BytesIO(case_summary_pdf(summary, printed_at=PRINTED)))
    text = reader.pages[0].extract_text()
    for words in (
        "Mei Chen 陈美",
        "may chen",
        "She attended 2 of 3",
        "6 Nov conversation",
        "None recorded.",
        "page 1 of 1",
    ):
        assert words in text
    found = tags(reader)
    assert (found.count("/H1"), found.count("/H2"), found.count("/TH")) == (1, 4, 2)


def test_a_section_whose_table_is_uneven_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell for every head"):
        Section("x", heads=("a", "b"), rows=(("1",),))
    with pytest.raises(ValueError, match="one width for every head"):
        Section("x", heads=("a", "b"), widths=(1,))
