"""Promises of turning rows into cases: several rows are one case, and every problem is named by its row."""

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
)


def row(docket: str = "CR-1", name: str = "Chen, Mei", born: str = "3/4/98", **cells: str) -> tuple[str, ...]:
    values = {"Docket": docket, "Name": name, "DOB": born, "Charge": "Prostitution", **cells}
    return tuple(values.get(heading, "") for heading in HEADINGS)


def read(*rows: tuple[str, ...], today: date = TODAY) -> ImportedDocket:
    numbered = tuple(enumerate(rows, start=2))
    return read_docket(SourceTable(headings=HEADINGS, rows=numbered, file_hash="x"), guessed(HEADINGS), today)


def said(docket: ImportedDocket, *, stops: bool = True) -> list[tuple[int, str]]:
    return [(problem.row, problem.text) for problem in docket.problems if problem.stops is stops]


def test_rows_of_one_docket_number_are_one_case_with_its_charges() -> None:
    docket = read(row(Charge="Prostitution"), row("CR-2"), row(Charge="Loitering"))
    first, second = docket.cases
    assert [charge.description for charge in first.charges] == ["Prostitution", "Loitering"]
    assert (first.rows, second.rows) == ((2, 4), (3,))
    assert docket.problems == ()


def test_the_same_row_twice_counts_once_and_is_told() -> None:
    docket = read(row(), row())
    assert len(docket.cases[0].charges) == 1
    assert said(docket, stops=False) == [(3, "The same as row 2; it counts once.")]


def test_every_problem_is_named_at_its_row() -> None:
    docket = read(
        row("CR-1", born="13/2/98"),
        row("CR-2", name=""),
        row("", Charge="Loitering"),
        row("CR-4", Charge=""),
        row("CR-5", Age="old"),
        row("CR-6", **{"Arrest Date": "12/5/2026"}),
    )
    assert docket.cases == ()
    assert said(docket) == [
        (2, "Date of birth: there is no month 13 (dates are read as month/day/year)."),
        (3, "The name is missing."),
        (4, "The docket number is missing."),
        (5, "The charge is missing."),
        (6, "Age: this is not a whole number up to 120."),
        (7, "Date of the incident: the date is in the future."),
    ]


def test_a_case_with_a_problem_on_one_row_is_left_out_whole() -> None:
    docket = read(row(), row(Charge="Loitering", **{"Arrest Date": "2/30/2026"}), row("CR-2"))
    assert [case.docket_number for case in docket.cases] == ["CR-2"]


def test_rows_that_contradict_each_other_are_a_problem_and_no_value_is_repeated() -> None:
    docket = read(row(), row(name="Lopez, Ana", Charge="Loitering"))
    assert said(docket) == [(3, "Name: not the same as in row 2, which has this docket number too.")]
    assert "Lopez" not in str(docket.problems)


def test_of_several_court_dates_the_next_one_counts() -> None:
    dates = ("11/3/2026", "12/18/2026", "12/11/2026")
    docket = read(*(row(**{"Next Court Date": day}) for day in dates))
    assert docket.cases[0].next_on == date(2026, 12, 11)
    assert len(docket.cases[0].charges) == 1


def test_a_past_court_date_is_told_and_not_taken_over() -> None:
    docket = read(row(**{"Next Court Date": "11/3/2026"}))
    assert docket.cases[0].next_on is None
    assert said(docket, stops=False) == [(2, "The next court date is past: the case is loaded without one.")]


def test_a_court_date_of_today_is_not_past() -> None:
    assert read(row(**{"Next Court Date": "12/4/26"})).cases[0].next_on == TODAY


def test_formulas_and_markup_are_text() -> None:
    case = read(row(name="=1+1", Charge='=HYPERLINK("x")', Part="<script>")).cases[0]
    assert (case.legal_name, case.charges[0].description, case.part) == ("=1+1", '=HYPERLINK("x")', "<script>")


def test_invisible_controls_in_a_name_are_dropped() -> None:
    assert read(row(name="Chen\u202e, Mei\x00")).cases[0].legal_name == "Mei Chen"


def test_the_same_file_has_the_same_fingerprints_on_another_day() -> None:
    rows = (row(**{"Next Court Date": "12/8/2026"}), row("CR-2"))
    one, later = read(*rows), read(*rows, today=date(2027, 1, 15))
    assert [case.fingerprint for case in one.cases] == [case.fingerprint for case in later.cases]
    assert one.cases[0].fingerprint != read(row(**{"Next Court Date": "12/9/2026"})).cases[0].fingerprint


def test_an_age_stands_for_a_missing_date_of_birth_and_neither_is_told() -> None:
    assert read(row(born="", Age="17")).cases[0].reported_age == 17
    assert said(read(row(born="")), stops=False) == [(2, "There is neither a date of birth nor an age.")]


def test_each_charge_keeps_the_day_of_its_own_offence() -> None:
    docket = read(row(**{"Arrest Date": "10/1/26"}), row(Charge="Loitering", **{"Arrest Date": "10/9/26"}))
    case = docket.cases[0]
    assert case.incident_on == date(2026, 10, 1)
    assert [charge.offence_on for charge in case.charges] == [date(2026, 10, 1), date(2026, 10, 9)]
