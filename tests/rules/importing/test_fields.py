"""Promises of guessing which column is what."""

import pytest

from models.rules.importing.fields import Column, fitting, guessed, headings_key, missing, recognised


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Case No.", Column.DOCKET_NUMBER),
        ("DOCKET_NBR", Column.DOCKET_NUMBER),
        ("Docket #", Column.DOCKET_NUMBER),
        ("Charge #", Column.COUNT),
        ("Charge", Column.CHARGE),
        ("Defendant Name", Column.NAME),
        ("LAST_NAME", Column.LAST_NAME),
        ("D.O.B.", Column.DATE_OF_BIRTH),
        ("dateOfBirth", Column.DATE_OF_BIRTH),
        ("Birth Date", Column.DATE_OF_BIRTH),
        ("Offense Description", Column.CHARGE),
        ("Next Court Date", Column.NEXT_ON),
        ("Adjourned To", Column.NEXT_ON),
        ("Interpreter Needed?", Column.INTERPRETER),
        ("Bail", None),
        ("", None),
    ],
)
def test_a_heading_is_recognised_however_it_is_written(heading: str, column: Column | None) -> None:
    assert recognised(heading) is column


def test_each_column_takes_the_first_heading_that_fits() -> None:
    assert guessed(["Case No.", "Docket Number", "Bail"]) == {Column.DOCKET_NUMBER: "Case No."}


def test_the_key_of_headings_knows_no_order_and_no_punctuation() -> None:
    assert headings_key(["Case No.", "DOB"]) == headings_key(["d.o.b".replace(".", ""), "CASE NO"])
    assert headings_key(["Case No."]) != headings_key(["Case No.", "DOB"])


def test_a_remembered_mapping_drops_what_is_no_longer_there() -> None:
    assert fitting({"name": "Defendant", "age": "Age", "gone": "x"}, ["Defendant"]) == {Column.NAME: "Defendant"}


def test_a_mapping_says_what_it_lacks() -> None:
    assert missing({}) == (
        "Choose the column that holds the docket number.",
        "Choose the column that holds the whole name, or the one that holds the last name.",
        "Choose the column that holds the charge or its statute.",
    )
    assert missing({Column.DOCKET_NUMBER: "A", Column.NAME: "B", Column.CHARGE: "C"}) == ()
    assert missing({Column.DOCKET_NUMBER: "A", Column.LAST_NAME: "B", Column.STATUTE: "A"}) == (
        "One column is chosen twice. Choose each column once.",
    )
