"""A sheet on paper: landscape Letter, repeated heads, page x of y and the print time on every page, tagged."""

from dataclasses import asdict

from dashboard.exports.sheet import Sheet
from dashboard.exports.typesetting import typeset


def sheet_pdf(sheet: Sheet, *, printed_at: str) -> bytes:
    """The sheet as PDF/UA-1. `printed_at` is the time of printing in the court's words, already in its time zone."""
    headings = {str(group.first_row): group.name for group in sheet.groups}
    footer = " ".join(part for part in (sheet.footer, *sheet.notice[:1]) if part)
    return typeset("sheet.typ", {**asdict(sheet), "footer": footer, "headings": headings, "printed_at": printed_at})
