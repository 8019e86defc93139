"""One case on paper: a portrait Letter summary made of finished sections.

What may be in it (notes, names, flags) is decided by whoever builds the sections.
"""

from dataclasses import asdict, dataclass

from dashboard.exports.typesetting import typeset


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, in this order: pairs of label and value, paragraphs, a table.

    `widths` are the table's column widths as shares, one for every head; equal where none are given.
    Raises `ValueError` where a table row, or `widths`, has not one entry for every head.
    """

    heading: str
    pairs: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[float, ...] = ()
    empty: str = "None recorded."

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError(f"a row under {self.heading!r} has not one cell for every head")
        if self.widths and len(self.widths) != len(self.heads):
            raise ValueError(f"the table under {self.heading!r} has not one width for every head")


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The whole document: title (the name first), sub-heading lines, sections, and one footer line on every page."""

    title: str
    sections: tuple[Section, ...]
    lines: tuple[str, ...] = ()
    footer: str = ""
    language: str = "en"


def case_summary_pdf(summary: CaseSummary, *, printed_at: str) -> bytes:
    """The summary as PDF/UA-1. `printed_at` is the time of printing in the court's words, already in its time zone."""
    return typeset("case_summary.typ", {**asdict(summary), "printed_at": printed_at})
