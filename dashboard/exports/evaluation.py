"""The counts an evaluator reads, as a sheet: what is counted, the word, the number of cases or that it is too small."""

from collections.abc import Sequence

from dashboard.exports.sheet import Column, Sheet
from models.rules.evaluation import Counted

TOO_FEW = "not told"
_COLUMNS = (Column("Counted by"), Column("Which"), Column("Cases"))


def evaluation_sheet(counted: Sequence[Counted]) -> Sheet:
    """Return all tables in one sheet."""
    rows = [(table.by, word, cell_words(number)) for table in counted for word, number in table.cells.items()]
    return Sheet(title="Evaluation", columns=_COLUMNS, rows=tuple(rows))


def cell_words(number: int | None) -> str:
    """Return a count as it is told."""
    return TOO_FEW if number is None else str(number)
