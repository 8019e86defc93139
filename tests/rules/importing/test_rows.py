"""Promises of turning rows into cases: several rows are one case, and each field stands as it was written."""

from dataclasses import replace
from datetime import date

from models.rules.importing.docket import ImportedCase, ImportedCharge, SourceTable
from models.rules.importing.fields import guessed
from models.rules.importing.rows import read_docket
from tests.rules.importing.tables import TODAY, read, row, said


def test_rows_of_one_docket_number_are_one_case_with_its_charges() -> None:
    docket = read(row(Charge="Prostitution"), row("CR-2"), row(Charge="Loitering"))
    first, second = docket.cases
    assert [charge.description for charge in first.charges] == ["Prostitution", "Loitering"]
    assert (first.rows, second.rows) == ((2, 4), (3,))
    assert docket.problems == ()


FULL = {
    "First Name": "Mei",
    "Middle Name": "Lin",
    "Last Name": "Chen",
    "Suffix": "III",
    "Preferred Name": "May",
    "Age": "28",
    "Language": "Mandarin; English",
    "Interpreter": "Y",
    "Part": "AP-4",
    "Filed": "10/5/2026",
    "Arrest Date": "10/1/2026",
    "Next Court Date": "12/11/2026",
    "Count": "2",
    "Statute": "PL 230.00",
    "Class": "B Misdemeanor",
    "Disposition": "Pending",
    "Disposition Date": "11/2/2026",
}
READ_FROM_FULL = ImportedCase(
    docket_number="CR-1",
    rows=(2,),
    legal_name="Mei Lin Chen III",
    preferred_name="May",
    date_of_birth=date(1998, 3, 4),
    reported_age=28,
    languages=("Mandarin", "English"),
    interpreter_language="Mandarin",
    part="AP-4",
    opened_on=date(2026, 10, 5),
    incident_on=date(2026, 10, 1),
    next_on=date(2026, 12, 11),
    charges=(
        ImportedCharge(
            statute="PL 230.00",
            description="Prostitution",
            count=2,
            severity="B Misdemeanor",
            disposition="Pending",
            disposed_on=date(2026, 11, 2),
        ),
    ),
)


def test_a_full_row_gives_every_field_as_it_stands() -> None:
    docket = read(row(name="", **FULL))
    assert docket.problems == ()
    assert (docket.rows, docket.file_hash) == (1, "x")
    assert [replace(case, fingerprint="") for case in docket.cases] == [READ_FROM_FULL]


def test_what_a_file_does_not_say_is_left_open() -> None:
    docket = read_docket(
        SourceTable(headings=("Docket", "Name", "Age", "Charge"), rows=((2, ("7", "Ana", "17", "X")),), file_hash="x"),
        guessed(("Docket", "Name", "Age", "Charge")),
        TODAY,
    )
    assert docket.problems == ()
    assert docket.cases == (
        ImportedCase(
            docket_number="7",
            rows=(2,),
            legal_name="Ana",
            reported_age=17,
            charges=(ImportedCharge(description="X"),),
            fingerprint=docket.cases[0].fingerprint,
        ),
    )


def test_a_statute_alone_names_a_charge() -> None:
    charge = read(row(Charge="", Statute="PL 230.00")).cases[0].charges[0]
    assert (charge.statute, charge.description) == ("PL 230.00", "")


def test_charges_stand_in_the_order_of_their_counts_and_first_those_without_one() -> None:
    docket = read(row(Charge="B", Count="2"), row(Charge="A", Count="1"), row(Charge="C"))
    assert [(charge.description, charge.count) for charge in docket.cases[0].charges] == [
        ("C", None),
        ("A", 1),
        ("B", 2),
    ]


def test_the_day_of_the_only_incident_is_the_cases_and_not_the_charges() -> None:
    case = read(row(**{"Arrest Date": "10/1/26"}), row(Charge="Loitering", **{"Arrest Date": "10/1/26"})).cases[0]
    assert case.incident_on == date(2026, 10, 1)
    assert [charge.offence_on for charge in case.charges] == [None, None]


def test_the_first_row_that_says_something_speaks_for_the_case() -> None:
    case = read(row(name=""), row(Charge="Loitering", Part="AP-4", **{"Preferred Name": "May"})).cases[0]
    assert (case.legal_name, case.part, case.preferred_name) == ("Mei Chen", "AP-4", "May")


def test_rows_after_a_repeated_one_are_read() -> None:
    docket = read(row(), row(), row("CR-2"))
    assert [case.docket_number for case in docket.cases] == ["CR-1", "CR-2"]
    assert docket.rows == 3


def test_the_same_row_twice_counts_once_and_is_told() -> None:
    docket = read(row(), row())
    assert len(docket.cases[0].charges) == 1
    assert said(docket, stops=False) == [(3, "The same as row 2; it counts once.")]


def test_a_case_with_a_problem_on_one_row_is_left_out_whole() -> None:
    docket = read(row(), row(Charge="Loitering", **{"Arrest Date": "2/30/2026"}), row("CR-2"))
    assert [case.docket_number for case in docket.cases] == ["CR-2"]


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
    docket = read(row(**{"Next Court Date": "12/4/26"}))
    assert docket.cases[0].next_on == TODAY
    assert docket.problems == ()


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
