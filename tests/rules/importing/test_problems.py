"""Promises of what cannot be read: every problem is named by its row, in words, and what stops a case is said first."""

from datetime import timedelta

import pytest

from models.rules.importing.people import LANGUAGE_UNKNOWN
from models.rules.importing.rows import LONGEST_CHARGE, LONGEST_NAME, LONGEST_NUMBER
from tests.rules.importing.tables import TODAY, read, row, said


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


def test_rows_that_contradict_each_other_are_a_problem_and_no_value_is_repeated() -> None:
    docket = read(row(), row(name="Lopez, Ana", Charge="Loitering"))
    assert said(docket) == [(3, "Name: not the same as in row 2, which has this docket number too.")]
    assert "Lopez" not in str(docket.problems)


def test_a_contradiction_is_named_by_its_column_whatever_else_the_rows_leave_out() -> None:
    docket = read(
        row(Age=""),
        row(name="", born="3/5/98", Age="28", Charge="Loitering"),
        row(Age="29", Part="AP-4", Charge="Theft"),
        row(name="CHEN, MEI", Part="ap-4", Charge="Assault"),
    )
    assert said(docket) == [
        (3, "Date of birth: not the same as in row 2, which has this docket number too."),
        (4, "Age: not the same as in row 3, which has this docket number too."),
    ]


def test_a_problem_names_the_docket_number_of_its_row_where_there_is_one() -> None:
    problems = read(row("CR-7", name=""), row("", born="13/2/98")).problems
    assert [(problem.row, problem.docket_number, problem.stops) for problem in problems] == [
        (2, "CR-7", True),
        (3, "", True),
        (3, "", True),
    ]


def test_a_row_without_a_docket_number_tells_its_other_problems_too() -> None:
    assert said(read(row("", born="13/2/98"))) == [
        (2, "The docket number is missing."),
        (2, "Date of birth: there is no month 13 (dates are read as month/day/year)."),
    ]


def test_of_one_row_what_stops_the_case_is_said_first() -> None:
    docket = read(row(name="", Interpreter="yes", born=""))
    assert [problem.stops for problem in docket.problems] == [True, False, False]


def test_an_interpreter_without_a_language_is_told_and_the_case_is_loaded() -> None:
    docket = read(row(Interpreter="yes"))
    assert docket.cases[0].interpreter_language == LANGUAGE_UNKNOWN
    assert said(docket) == []
    assert said(docket, stops=False) == [(2, "An interpreter is needed, and the language is not given.")]


def test_no_incident_is_before_the_date_of_birth() -> None:
    assert said(read(row(born="10/2/2026", **{"Arrest Date": "10/1/2026"}))) == [
        (2, "The incident is before the date of birth.")
    ]
    assert said(read(row(born="10/1/2026", **{"Arrest Date": "10/1/2026"}))) == []


def test_a_date_may_be_today_and_a_court_date_up_to_ten_years_ahead() -> None:
    farthest = TODAY + timedelta(days=3650)
    assert said(read(row(**{"Arrest Date": "12/4/2026", "Next Court Date": farthest.isoformat()}))) == []
    beyond = (farthest + timedelta(days=1)).isoformat()
    assert said(read(row(**{"Arrest Date": "12/5/2026", "Next Court Date": beyond}))) == [
        (2, "Date of the incident: the date is in the future."),
        (2, "Next court date: the date is more than ten years ahead."),
    ]


@pytest.mark.parametrize(("column", "most"), [("Age", 120), ("Count", 9999)])
def test_a_number_is_whole_and_within_its_limit(column: str, most: int) -> None:
    assert said(read(row(**{column: str(most)}))) == []
    assert said(read(row(**{column: "N/A"}))) == []
    for written in (str(most + 1), "1.5", "-1", "two", "²", "٣", "9" * 5000):
        told = said(read(row(**{column: written})))
        assert (
            2,
            f"{'Count number' if column == 'Count' else column}: this is not a whole number up to {most}.",
        ) in told


@pytest.mark.parametrize(
    ("column", "title", "most"),
    [
        ("Docket", "Docket number", LONGEST_NUMBER),
        ("Charge", "Charge", LONGEST_CHARGE),
        ("Part", "Part", LONGEST_NAME),
    ],
)
def test_a_text_is_as_long_as_its_limit_and_not_longer(column: str, title: str, most: int) -> None:
    assert said(read(row(**{"docket": "CR-1", column: "x" * most}))) == []
    assert said(read(row(**{column: "x" * (most + 1)}))) == [(2, f"{title}: this is longer than {most} characters.")]
