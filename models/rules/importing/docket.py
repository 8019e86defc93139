"""What reading an export gives: frozen cases with their charges, and every problem by its row.

Rows are numbered as a spreadsheet numbers them, the first row of the file being 1.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTable:
    """A file as texts: one heading for each column, all different, and the numbered rows below them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    file_hash: str
    remarks: tuple[str, ...] = ()  # about the file as a whole, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something about one row, in words; `stops` when the case cannot be loaded with it."""

    row: int
    text: str
    stops: bool
    docket_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCharge:
    """One charge; `count` is the export's own number of it."""

    statute: str = ""
    description: str = ""
    count: int | None = None
    severity: str | None = None
    offence_on: date | None = None
    disposition: str | None = None
    disposed_on: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same charge in another export."""
        return self.statute.casefold(), self.description.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedCase:
    """One case of an export, from all its rows. Dates are civil dates."""

    docket_number: str
    rows: tuple[int, ...]
    legal_name: str
    preferred_name: str | None = None
    date_of_birth: date | None = None
    reported_age: int | None = None
    languages: tuple[str, ...] = ()
    interpreter_language: str | None = None
    part: str = ""
    opened_on: date | None = None
    incident_on: date | None = None
    next_on: date | None = None  # the next date that is not past
    charges: tuple[ImportedCharge, ...] = ()
    fingerprint: str = ""  # of everything above but the row numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedDocket:
    """A whole file: the cases that can be read, and every problem."""

    cases: tuple[ImportedCase, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    rows: int = 0
    file_hash: str = ""
