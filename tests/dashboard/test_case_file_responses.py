"""What becomes of the court's responses is recorded in the case file and in the follow-up list."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import database
from models.commands.decisions import decide
from models.commands.responses import ChosenResponse
from models.rules.vocabulary import Behaviour, FollowUpKind, ResponseKind, ResponseState, Role
from models.tables import FollowUp, Response
from tests.builders import NOW, TODAY
from tests.commands.bench_stories import Bench, a_bench, a_form, absent
from tests.dashboard.screens import Screens, shown
from tests.dashboard.test_case_file_forms import press

PLAN = ChosenResponse(
    kind=ResponseKind.SANCTION,
    behaviour=Behaviour.ABSENCE,
    what="written plan with the coordinator",
    due_on=TODAY + timedelta(days=7),
)


@pytest.fixture
def story(screens: Screens) -> Bench:
    """A case in which a plan was ordered today."""
    with database.transaction(screens.engine) as session:
        bench = a_bench(session, name="The court of a plan")
        absent(session, bench, 20, 10)
        decide(session, bench.judge, a_form(bench, responses=(PLAN,)), now=NOW)
    return bench


def _state(screens: Screens) -> tuple[ResponseState, str | None]:
    with database.reading(screens.engine) as session:
        one = session.exec(select(Response)).one()
        return one.state, one.withdrawn_reason


def test_an_ordered_response_is_recorded_as_not_done_and_then_shown_so(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.COORDINATOR, court=story.court)
    app = screens.open("case_file", case=story.case.id)
    assert "written plan with the coordinator" in shown(app)
    assert "ordered, by 11 Dec" in shown(app)
    assert "Withdraw a response" not in [button.label for button in app.button]
    app.button(key="open-response").click().run()
    app.radio(key="settle-became").set_value("Not done")
    app = press(app, "Save")
    assert not app.exception
    assert _state(screens)[0] is ResponseState.NOT_DONE
    assert "not done, 4 Dec" in shown(app)


def test_a_response_is_withdrawn_with_a_reason_and_stays_in_the_history(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.JUDGE, court=story.court)
    app = screens.open("case_file", case=story.case.id)
    app.button(key="open-withdraw").click().run()
    app = press(app, "Withdraw it")
    assert "Write why" in app.error[0].value
    app.text_input(key="withdraw-reason").set_value("The absence was the provider's.")
    app = press(app, "Withdraw it")
    assert _state(screens) == (ResponseState.WITHDRAWN, "The absence was the provider's.")
    assert "Withdrawn: The absence was the provider's." in shown(app)


def test_facing_the_room_no_response_of_the_court_is_in_the_case_file(screens: Screens, story: Bench) -> None:
    screens.sign_in(Role.CLERK, court=story.court)
    app = screens.open("case_file", case=story.case.id)
    app.toggle(key="room-switch").set_value(True).run()
    assert not [button for button in app.button if button.key in ("open-response", "open-withdraw")]


@pytest.mark.parametrize(
    ("label", "state", "open_after"), [("Done", ResponseState.DONE, 0), ("Not done", ResponseState.NOT_DONE, 1)]
)
def test_the_follow_up_list_records_whether_it_was_done(
    screens: Screens, story: Bench, label: str, state: ResponseState, open_after: int
) -> None:
    screens.sign_in(Role.COORDINATOR, court=story.court)
    with database.reading(screens.engine) as session:
        item = session.exec(select(FollowUp.id).where(col(FollowUp.kind) == FollowUpKind.RESPONSE_DUE)).one()
    app = screens.open("follow_up", item=item)
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    assert _state(screens)[0] is state
    with database.reading(screens.engine) as session:
        waiting = select(FollowUp).where(
            col(FollowUp.kind) == FollowUpKind.RESPONSE_DUE, col(FollowUp.void_on).is_(None)
        )
        assert len(session.exec(waiting).all()) == open_after
