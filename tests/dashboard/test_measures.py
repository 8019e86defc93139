"""Measures on the screen: for judge and coordinator, each number with formula, counts and cases; nothing for the room."""

from datetime import timedelta

import pytest

from models import database
from models.commands.decisions import decide
from models.commands.responses import ChosenResponse
from models.rules.vocabulary import Behaviour, ResponseKind, Role
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import Bench, a_bench, a_form, absent
from tests.dashboard.screens import Screens, shown

OWN = ChosenResponse(
    kind=ResponseKind.SANCTION, behaviour=Behaviour.ABSENCE, what="a walk", outside_reason="Her doctor asked for it."
)


@pytest.fixture
def story(screens: Screens) -> Bench:
    """One absence, answered outside the range after ten days."""
    with database.transaction(screens.engine) as session:
        bench = a_bench(session, name="The court of measures")
        absent(session, bench, 10)
        decide(session, bench.judge, a_form(bench, responses=(OWN,)), now=NOW)
    return bench


@pytest.mark.parametrize("role", [Role.JUDGE, Role.COORDINATOR])
def test_each_number_has_its_counts_its_formula_and_its_cases(screens: Screens, story: Bench, role: Role) -> None:
    screens.sign_in(role, court=story.court)
    app = screens.open("measures")
    assert not app.exception
    text = shown(app)
    for said in ("1 of 1", "10 days", "0 incentives, 1 sanction", "Calendar days from a verified failure"):
        assert said in text, said
    app.selectbox(key="behind").set_value("Outside the range").run()
    assert "Mei C." in shown(app)
    assert "Her doctor asked for it." in shown(app)


def test_facing_the_room_no_case_and_no_reason_is_on_it(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.JUDGE, court=story.court)
    app = screens.open("measures", room="1")
    assert "Hidden while the screen faces the room." in shown(app)
    assert "Mei" not in shown(app)
    assert "M. C." not in shown(app)
    assert "1 of 1" in shown(app)
    assert not app.selectbox


def test_another_span_counts_other_days_and_an_empty_one_says_what_to_do(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.JUDGE, court=story.court)
    app = screens.open("measures")
    app.segmented_control(key="span").set_value("Other days").run()
    app.date_input(key="span-days").set_value((TODAY - timedelta(days=300), TODAY - timedelta(days=200))).run()
    assert not app.exception
    assert "Nothing to count in these days" in shown(app)
    app.date_input(key="span-days").set_value((TODAY - timedelta(days=30),)).run()
    assert "Choose the last day too." in shown(app)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR])
def test_nobody_else_has_the_measures(screens: Screens, story: Bench, role: Role) -> None:
    screens.sign_in(role, court=story.court)
    assert "role" in screens.open("measures").exception[0].message
