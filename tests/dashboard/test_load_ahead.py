"""The screen of the load ahead: everybody who sees the calendar reads counts in words, and no case."""

import pytest

from models import database
from models.rules.permissions import Action, allowed
from models.rules.vocabulary import Role
from models.tables import Part
from tests.builders import a_case, a_part
from tests.dashboard.screens import Screens, shown
from tests.dashboard.test_calendar import tell


@pytest.mark.parametrize("role", [role for role in Role if allowed([role], Action.SEE_CALENDAR)])
def test_every_role_reads_the_weeks_in_words_and_no_name(screens: Screens, role: Role) -> None:
    screens.sign_in(role)
    tell(screens)
    app = screens.open("load_ahead")
    assert not app.exception
    seen = shown(app)
    assert "Places needed in Part 12 in the coming 26 weeks." in seen
    assert "How the numbers are made" in seen
    assert "Mei" not in seen
    assert "2026-0000" not in seen


def test_overloaded_weeks_are_named_with_how_they_are_made_up(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    tell(screens)
    with database.transaction(screens.engine) as session:
        small = a_part(session, screens.court, name="Part 14")
        for number in range(3):
            a_case(session, session.get_one(Part, small.id), number=f"2026-1{number:03}")
    seen = shown(screens.open("load_ahead"))
    assert "have more cases than places" in seen
    assert "no session; 3 expected: 0 calendared, 3 expected reviews, 0 for new cases" in seen
    seen = shown(screens.open("load_ahead", part="Part 12"))
    assert "Places needed in Part 12" in seen


def test_an_empty_court_is_told_what_to_do(screens: Screens) -> None:
    screens.sign_in(Role.CLERK)
    assert "There is nothing to look ahead to" in shown(screens.open("load_ahead"))
