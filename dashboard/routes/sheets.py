"""A sheet as a file to work with: CSV, or an Excel workbook."""

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.exports.sheet import Sheet
from dashboard.exports.table import sheet_csv, sheet_xlsx
from dashboard.routes.downloads import File


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: the end of its name, what it is called in a header, and who writes it."""

    suffix: str
    media_type: str
    written: Callable[[Sheet], bytes]

    def file(self, name: str, sheet: Sheet) -> File:
        """Return the sheet as a file of this kind; `name` is without its end."""
        return File(f"{name}.{self.suffix}", self.media_type, self.written(sheet))


CSV = Format("csv", "text/csv; charset=utf-8", sheet_csv)
EXCEL = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet_xlsx)
