"""A small export as the tests of importing write it: rows by heading, read on 4 December 2026."""

from datetime import date

from models.rules.importing.docket import ImportedDocket, SourceTable
from models.rules.importing.fields import guessed
from models.rules.importing.rows import read_docket

TODAY = date(2026, 12, 4)
HEADINGS = (
    "Docket",
    "Name",
    "DOB",
    "Age",
    "Charge",
    "Statute",
    "Arrest Date",
    "Next Court Date",
    "Interpreter",
    "Part",
    "Preferred Name",
    "First Name",
    "Middle Name",
    "Last Name",
    "Suffix",
    "Language",
    "Filed",
    "Count",
    "Class",
    "Disposition",
    "Disposition Date",
)


def row(docket: str = "CR-1", name: str = "Chen, Mei", born: str = "3/4/98", **cells: str) -> tuple[str, ...]:
    values = {"Docket": docket, "Name": name, "DOB": born, "Charge": "Prostitution", **cells}
    return tuple(values.get(heading, "") for heading in HEADINGS)


def read(*rows: tuple[str, ...], today: date = TODAY) -> ImportedDocket:
    numbered = tuple(enumerate(rows, start=2))
    return read_docket(SourceTable(headings=HEADINGS, rows=numbered, file_hash="x"), guessed(HEADINGS), today)


def said(docket: ImportedDocket, *, stops: bool = True) -> list[tuple[int, str]]:
    return [(problem.row, problem.text) for problem in docket.problems if problem.stops is stops]
