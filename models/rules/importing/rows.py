"""Rows into cases: the rows of one docket number are one case with all its charges, and every problem is named.

A case with a problem that stops it is left out whole, never in part. Nothing here knows the database.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from models.rules.called import tidy
from models.rules.importing.dates import EMPTY, NotADate, read_date
from models.rules.importing.docket import ImportedCase, ImportedCharge, ImportedDocket, Problem, SourceTable
from models.rules.importing.fields import TITLES, Column
from models.rules.importing.people import LANGUAGE_UNKNOWN, interpreter, joined_name, listed, spoken_order

LONGEST_NAME, LONGEST_NUMBER, LONGEST_CHARGE = 200, 60, 500
_OLDEST, _MOST_COUNTS = 120, 9999
_NUMBER = re.compile(r"[0-9]{1,5}")
_NEXT_WITHIN = timedelta(days=3650)
_DATES = (Column.DATE_OF_BIRTH, Column.OPENED_ON, Column.INCIDENT_ON, Column.NEXT_ON, Column.DISPOSED_ON)
#: What the rows of one case must agree on, where they say anything.
_ONE_VALUE = (
    *(Column.NAME, Column.PREFERRED_NAME, Column.DATE_OF_BIRTH, Column.AGE, Column.LANGUAGE, Column.INTERPRETER),
    *(Column.PART, Column.OPENED_ON),
)


class _Row:
    """One row by our columns, with what is wrong with it, each of which stops its case."""

    def __init__(self, number: int, cells: Mapping[Column, str], today: date) -> None:
        self.number = number
        self.text = {column: tidy(cells.get(column)) for column in Column}
        self.problems: list[str] = []
        self.dates = {column: self._date(column, today) for column in _DATES}
        self.age = self._number(Column.AGE, _OLDEST)
        self.count = self._number(Column.COUNT, _MOST_COUNTS)
        parts = (Column.FIRST_NAME, Column.MIDDLE_NAME, Column.LAST_NAME, Column.SUFFIX)
        self.text[Column.NAME] = joined_name(*(self.text[part] for part in parts)) or spoken_order(
            self.text[Column.NAME]
        )
        self.docket_number = self.text[Column.DOCKET_NUMBER]
        self._check_lengths()

    def value(self, column: Column) -> object:
        """Return what the row says for a column as it counts when rows are compared; None for nothing."""
        if column in self.dates:
            return self.dates[column]
        return self.age if column is Column.AGE else self.text[column].casefold() or None

    @property
    def names_a_charge(self) -> bool:
        return bool(self.text[Column.STATUTE] or self.text[Column.CHARGE])

    def charge(self, alone: bool) -> ImportedCharge:
        """Return the row's charge; `alone` when its date can only be the incident's."""
        return ImportedCharge(
            statute=self.text[Column.STATUTE],
            description=self.text[Column.CHARGE],
            count=self.count,
            severity=self.text[Column.SEVERITY] or None,
            offence_on=None if alone else self.dates[Column.INCIDENT_ON],
            disposition=self.text[Column.DISPOSITION] or None,
            disposed_on=self.dates[Column.DISPOSED_ON],
        )

    def _date(self, column: Column, today: date) -> date | None:
        latest = today + _NEXT_WITHIN if column is Column.NEXT_ON else today
        try:
            found = read_date(self.text[column], latest)
        except NotADate as why:
            self.problems.append(f"{TITLES[column]}: {why}.")
            return None
        if found and found > latest:
            when = "more than ten years ahead" if column is Column.NEXT_ON else "in the future"
            self.problems.append(f"{TITLES[column]}: the date is {when}.")
        return found

    def _number(self, column: Column, most: int) -> int | None:
        text = self.text[column]
        if _NUMBER.fullmatch(text) and int(text) <= most:
            return int(text)
        if text.casefold() not in EMPTY:
            self.problems.append(f"{TITLES[column]}: this is not a whole number up to {most}.")
        return None

    def _check_lengths(self) -> None:
        limits = {Column.DOCKET_NUMBER: LONGEST_NUMBER, Column.CHARGE: LONGEST_CHARGE}
        for column, text in self.text.items():
            most = limits.get(column, LONGEST_NAME)
            if len(text) > most:
                self.problems.append(f"{TITLES[column]}: this is longer than {most} characters.")


def read_docket(table: SourceTable, mapping: Mapping[Column, str], today: date) -> ImportedDocket:
    """Return the cases of a table under a mapping, and every problem by row; `today` is the court's civil date."""
    places = {column: table.headings.index(heading) for column, heading in mapping.items()}
    groups: dict[str, list[_Row]] = {}
    problems: list[Problem] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in table.rows:
        if cells in seen:
            problems.append(Problem(row=number, text=f"The same as row {seen[cells]}; it counts once.", stops=False))
            continue
        seen[cells] = number
        row = _Row(number, {column: cells[place] for column, place in places.items()}, today)
        if row.docket_number:
            groups.setdefault(row.docket_number.casefold(), []).append(row)
        else:
            told = ("The docket number is missing.", *row.problems)
            problems.extend(Problem(row=number, text=text, stops=True) for text in told)
    cases = []
    for rows in groups.values():
        found = list(_problems(rows, today))
        problems.extend(found)
        if not any(problem.stops for problem in found):
            cases.append(_case(rows, today))
    ordered = sorted(problems, key=lambda problem: (problem.row, not problem.stops))
    return ImportedDocket(cases=tuple(cases), problems=tuple(ordered), rows=len(table.rows), file_hash=table.file_hash)


def _problems(rows: list[_Row], today: date) -> Iterator[Problem]:
    """Name everything about the rows of one docket number."""
    number = rows[0].docket_number

    def problem(row: _Row, text: str, stops: bool = True) -> Problem:
        return Problem(row=row.number, text=text, stops=stops, docket_number=number)

    for row in rows:
        yield from (problem(row, text) for text in (*row.problems, *_against_the_first(rows, row)))
    first = rows[0]
    if not any(row.text[Column.NAME] for row in rows):
        yield problem(first, "The name is missing.")
    if not any(row.names_a_charge for row in rows):
        yield problem(first, "The charge is missing.")
    born, incident = _day(rows, Column.DATE_OF_BIRTH), _day(rows, Column.INCIDENT_ON)
    if born and incident and incident < born:
        yield problem(first, "The incident is before the date of birth.")
    if not any(row.text[Column.DATE_OF_BIRTH] or row.text[Column.AGE] for row in rows):
        yield problem(first, "There is neither a date of birth nor an age.", False)
    if _interpreter(rows) == LANGUAGE_UNKNOWN:
        yield problem(first, "An interpreter is needed, and the language is not given.", False)
    if (last := max(_days(rows, Column.NEXT_ON), default=None)) and last < today:
        yield problem(first, "The next court date is past: the case is loaded without one.", False)


def _against_the_first(rows: list[_Row], row: _Row) -> Iterator[str]:
    """Say where a row contradicts the first row of its docket number that says anything."""
    for column in _ONE_VALUE:
        first = next((other for other in rows if other.value(column) is not None), row)
        if row.value(column) not in (None, first.value(column)):
            title = "Name" if column is Column.NAME else TITLES[column]
            yield f"{title}: not the same as in row {first.number}, which has this docket number too."


def _text(rows: list[_Row], column: Column) -> str:
    return next((text for row in rows if (text := row.text[column])), "")


def _days(rows: list[_Row], column: Column) -> list[date]:
    """Return the days a column says, each once, the first first."""
    return sorted({day for row in rows if (day := row.dates[column])})


def _day(rows: list[_Row], column: Column) -> date | None:
    return min(_days(rows, column), default=None)


def _interpreter(rows: list[_Row]) -> str | None:
    return interpreter(_text(rows, Column.INTERPRETER), listed(_text(rows, Column.LANGUAGE)))


def _charges(rows: list[_Row]) -> tuple[ImportedCharge, ...]:
    """Return the charges in the export's own order of counts; a charge repeated for another event counts once."""
    alone = len({row.dates[Column.INCIDENT_ON] for row in rows}) == 1
    found = [row.charge(alone) for row in rows if row.names_a_charge]
    return tuple(sorted(dict.fromkeys(found), key=lambda charge: charge.count or 0))


def _case(rows: list[_Row], today: date) -> ImportedCase:
    """Make the case of rows without a problem that stops it."""
    dates = _days(rows, Column.NEXT_ON)
    values = {
        "docket_number": rows[0].docket_number,
        "legal_name": _text(rows, Column.NAME),
        "preferred_name": _text(rows, Column.PREFERRED_NAME) or None,
        "date_of_birth": _day(rows, Column.DATE_OF_BIRTH),
        "reported_age": next((row.age for row in rows if row.age is not None), None),
        "languages": listed(_text(rows, Column.LANGUAGE)),
        "interpreter_language": _interpreter(rows),
        "part": _text(rows, Column.PART),
        "opened_on": _day(rows, Column.OPENED_ON),
        "incident_on": _day(rows, Column.INCIDENT_ON),
        "charges": _charges(rows),
    }
    # the fingerprint knows every date, so that the same file is the same tomorrow, too
    fingerprint = hashlib.sha256(repr([*sorted(values.items()), dates]).encode()).hexdigest()
    coming = next((day for day in dates if day >= today), None)
    return ImportedCase(rows=tuple(row.number for row in rows), fingerprint=fingerprint, next_on=coming, **values)  # type: ignore[arg-type]
