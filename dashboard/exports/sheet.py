"""A list as it leaves the screen: the one source from which PDF, CSV and Excel are made.

A sheet holds finished words only. Who may read them was decided before it was built; nothing here looks anything up.
"""

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

#: Characters that reorder or hide what stands around them; a name never needs them, a forged one might.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")
_KEPT_CONTROLS = frozenset("\n\t")


class Align(StrEnum):
    """On which side of its column a cell stands, in the direction of reading."""

    START = "start"
    CENTER = "center"
    END = "end"


class Emphasis(StrEnum):
    """How a column is printed: the name strong, the docket number quiet."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its share of the width (any unit; shares are relative), side and emphasis."""

    name: str
    width: float = 1.0
    align: Align = Align.START
    emphasis: Emphasis = Emphasis.PLAIN


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over the rows from `first_row` (counted from 0) up to the next group."""

    name: str
    first_row: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table of words, with sub-heading lines above it, one footer line on every page, and a notice below it.

    The first sentence of the `notice` is on every page too; in CSV and Excel its sentences are the last rows.

    `groups` print as headings between rows; in CSV and Excel they become a first column called `grouped_by`.
    `language` is the BCP 47 tag of the words (the names in it may be in any script). `empty` stands where there
    are no rows. Raises `ValueError` where a row has not one cell for every column or groups are out of order.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...] = ()
    footer: str = ""
    groups: tuple[Group, ...] = ()
    grouped_by: str = "Group"
    language: str = "en"
    empty: str = "Nothing on this list."
    notice: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.columns:
            raise ValueError("a sheet needs a title and at least one column")
        if any(column.width <= 0 for column in self.columns):
            raise ValueError("a column's width is more than nothing")
        wrong = [number for number, row in enumerate(self.rows, 1) if len(row) != len(self.columns)]
        if wrong:
            raise ValueError(f"row {wrong[0]} has not one cell for each of the {len(self.columns)} columns")
        starts = [group.first_row for group in self.groups]
        if starts != sorted(set(starts)) or any(not 0 <= start < len(self.rows) for start in starts):
            raise ValueError("groups start at different rows of the sheet, in order")

    def group_of(self, row: int) -> str:
        """The name of the group that row `row` (counted from 0) stands under; empty before the first group."""
        before = bisect_right(self.groups, row, key=lambda group: group.first_row)
        return self.groups[before - 1].name if before else ""


def plain(text: str) -> str:
    """The text in composed form, without control characters and without marks that reorder what is shown.

    Joiners that Persian and Indic names need are kept, and line breaks and tabs.
    """
    kept = (c for c in text.replace("\r\n", "\n").replace("\r", "\n") if not _unwanted(c))
    return unicodedata.normalize("NFC", "".join(kept))


def _unwanted(character: str) -> bool:
    if character in _REORDERING:
        return True
    return unicodedata.category(character) in {"Cc", "Cs"} and character not in _KEPT_CONTROLS
