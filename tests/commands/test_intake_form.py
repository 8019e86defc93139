"""Promises of the intake form: what is wrong is said by field in plain words, and never repeated."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from models.commands.forms import InvalidForm
from models.database import transaction
from tests.builders import TODAY
from tests.commands.intake_stories import Intake


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"docket_number": " "}, "Docket number is missing."),
        ({"charges": []}, "Charge is missing."),
        ({"charges": [{}]}, "A charge needs its statute or its description."),
        ({"person": None}, "A case needs its person: enter who it is, or choose a participant the court knows."),
        ({"person": {"legal_name": "\u200b"}}, "Legal name is missing."),
        ({"person": {"legal_name": "x" * 201}}, "Legal name is too long: at most 200 characters fit."),
        ({"person": {"legal_name": "Ana", "reported_age": 121}}, "Reported age cannot be right."),
        ({"person": {"legal_name": "Ana", "date_of_birth": "Secretname"}}, "Date of birth is not a date."),
        ({"flags": [{"kind": "Secretname"}]}, "Safety flag 1 is not one of the choices."),
        ({"part_id": None}, "Part is missing."),
    ],
)
def test_what_is_wrong_is_said_by_field_and_never_repeated(
    sqlite_engine: Engine, changes: dict[str, Any], sentence: str
) -> None:
    with transaction(sqlite_engine) as session, pytest.raises(InvalidForm) as refused:
        Intake(session).form(**changes)
    assert sentence in str(refused.value)
    assert "Secretname" not in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"incident_on": TODAY + timedelta(days=1)}, "The incident is in the future."),
        ({"incident_on": date(1990, 1, 1)}, "The incident is before the date of birth."),
        ({"person": {"legal_name": "Ana", "date_of_birth": date(2027, 1, 1)}}, "Date of birth is in the future."),
        ({"program": "no such"}, "The court's policy has no program of this name."),
    ],
)
def test_what_only_the_court_can_know_is_refused_too(engine: Engine, changes: dict[str, Any], sentence: str) -> None:
    with transaction(engine) as session, pytest.raises(InvalidForm, match=sentence):
        Intake(session).open(**changes)


def test_today_is_not_in_the_future(engine: Engine) -> None:
    with transaction(engine) as session:
        assert Intake(session).open(incident_on=TODAY).incident_on == TODAY


def test_the_earliest_offence_decides_whether_she_was_a_minor(engine: Engine) -> None:
    with transaction(engine) as session:
        charges = [{"statute": "a", "offence_on": date(2015, 1, 1)}, {"statute": "b", "offence_on": date(2026, 1, 1)}]
        assert Intake(session).open(charges=charges).minor_at_offence is True
