"""Promises of the bench in a real browser: a session worked by keyboard alone, once each, whatever happens meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import col

from models import database
from models.rules.vocabulary import AppearanceState, MissedAppearance, Outcome
from models.tables import Appearance, CourtSession, Decision, Response
from tests.browser.conftest import TODAY, at_rest, sign_in
from tests.browser.keyboard import choose, leave, tab_to
from tests.browser.server import Server

pytestmark = pytest.mark.browser

_A_LOOK = 900  # ms that a judge looks at a case that has just been called


@dataclass(frozen=True)
class Recorded:
    """One decision as the database has it, with the appearance it was made at."""

    appearance_id: UUID
    case_id: UUID
    version: int
    outcome: Outcome
    missed: MissedAppearance | None
    promised: str | None
    next_appearance_id: UUID | None
    reason: str | None


def recorded(server: Server) -> list[Recorded]:
    """Return every decision of today's session, the first one made first."""
    wanted = (
        Decision.appearance_id,
        Decision.case_id,
        Decision.version,
        Decision.outcome,
        Decision.missed,
        Decision.promised,
        Decision.next_appearance_id,
        Decision.correction_reason,
    )
    rows = _rows(
        server,
        sa.select(*(col(one) for one in wanted))
        .join(Appearance, col(Appearance.id) == col(Decision.appearance_id))
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(CourtSession.held_on) == TODAY)
        .order_by(col(Decision.recorded_at)),
    )
    return [Recorded(*row) for row in rows]


def responses_of(server: Server, appearance_id: UUID) -> list[str]:
    made = sa.select(col(Decision.id)).where(col(Decision.appearance_id) == appearance_id)
    return [row[0] for row in _rows(server, sa.select(col(Response.what)).where(col(Response.decision_id).in_(made)))]


def coming(server: Server, case_id: UUID) -> int:
    """Return on how many coming sessions a case is."""
    live = (AppearanceState.PROPOSED, AppearanceState.SCHEDULED)
    found = (
        sa.select(sa.func.count())
        .select_from(Appearance)
        .join(CourtSession, col(CourtSession.id) == col(Appearance.court_session_id))
        .where(col(Appearance.case_id) == case_id, col(Appearance.state).in_(live), col(CourtSession.held_on) > TODAY)
    )
    return int(_rows(server, found)[0][0])


def _rows(server: Server, statement: Any) -> Sequence[Any]:
    engine = database.engine(server.database_url)
    try:
        with database.reading(engine) as session:
            return session.execute(statement).all()
    finally:
        engine.dispose()


def called(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def line(page: Page, name: str) -> str:
    """Return what the judge's list says of somebody; the list has the first name and an initial."""
    return page.locator(".st-key-bench-list label").filter(has_text=f"{name.split(maxsplit=1)[0]} ").inner_text()


def to_the_list(page: Page) -> None:
    tab_to(page, page.locator(".st-key-bench-list input:checked"))


def move(page: Page, key: str) -> str:
    """Press an arrow key in the list and return who is called now."""
    before = called(page)
    page.keyboard.press(key)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    at_rest(page)
    return called(page)


def move_quickly(page: Page, key: str, times: int) -> None:
    """Press an arrow key faster than cases can be drawn; the list goes as far as was pressed, and the case follows."""
    lines = page.locator(".st-key-bench-list input")
    place = "(all) => all.findIndex((one) => one.checked)"
    before = lines.evaluate_all(place)
    for _ in range(times):
        page.keyboard.press(key)
    settle_down(page)
    assert abs(lines.evaluate_all(place) - before) == times


def there_and_back(page: Page, steps: int) -> None:
    """Go down the list and up again faster than cases can be drawn; it ends where it began, case and mark."""
    before = called(page)
    move_quickly(page, "ArrowDown", steps)
    move_quickly(page, "ArrowUp", steps)
    assert called(page) == before


def record(page: Page) -> str:
    """Look at the case, press Ctrl+Enter, wait for the next case and return whose case was recorded."""
    page.wait_for_timeout(_A_LOOK)
    before = called(page)
    leave(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    at_rest(page)
    return before


def settle_down(page: Page) -> None:
    at_rest(page)
    page.wait_for_timeout(_A_LOOK)
    at_rest(page)


def test_a_session_worked_by_keyboard_alone_is_recorded_exactly_once(page: Page, own_court: Server) -> None:
    sign_in(page, own_court, "judge")
    assert recorded(own_court) == []

    to_the_list(page)
    first = called(page)
    assert move(page, "ArrowDown") != first
    assert move(page, "ArrowUp") == first
    there_and_back(page, 4)
    tab_to(page, page.get_by_label("Promise for next time"))
    page.keyboard.type("A certificate in spring")
    assert record(page) == first
    plain = record(page)
    while not (offered := page.get_by_role("button", name="● ")).count():
        record(page)
    what = offered.first.inner_text().removeprefix("●").strip()
    tab_to(page, offered.first)
    page.keyboard.press("Space")
    settle_down(page)
    praised = record(page)

    choose(page, "Today", "Did not appear")
    choice = page.get_by_role("radiogroup", name="The judge's choice").get_by_role("radio").first.inner_text().strip()
    choose(page, "The judge's choice", choice)
    absent = record(page)

    said = {name: line(page, name) for name in (first, plain, praised, absent)}
    assert ["called" in said[name] for name in (first, plain, praised)] == [True] * 3
    assert "did not appear" in said[absent]

    made = recorded(own_court)
    assert len({one.appearance_id for one in made}) == len(made)
    assert [one.version for one in made] == [1] * len(made)
    assert made[0].promised == "A certificate in spring"
    assert [one.promised for one in made[1:]] == [None] * (len(made) - 1)
    assert [one.outcome for one in made] == [Outcome.APPEARED] * (len(made) - 1) + [Outcome.DID_NOT_APPEAR]
    assert made[-1].missed is MissedAppearance.ADVANCE_WITH_COUNSEL
    assert [response.lower() for response in responses_of(own_court, made[-2].appearance_id)] == [what.lower()]
    assert [responses_of(own_court, one.appearance_id) for one in made[:2]] == [[], []]
    assert [coming(own_court, one.case_id) for one in made] == [1] * len(made)


def test_a_correction_by_keyboard_stands_beside_what_was_recorded(page: Page, own_court: Server) -> None:
    sign_in(page, own_court, "judge")
    first = record(page)
    to_the_list(page)
    assert move(page, "ArrowUp") == first
    tab_to(page, page.get_by_role("button", name="Correct…"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Promise for next time"))
    page.keyboard.type("A letter to the school")
    tab_to(page, page.get_by_label("What was wrong"))
    page.keyboard.type("The promise was not written down")
    tab_to(page, page.get_by_role("button", name="Record the correction"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Promised: A letter to the school")).to_be_visible()
    made = recorded(own_court)
    assert [(one.version, one.promised) for one in made] == [(1, None), (2, "A letter to the school")]
    assert made[1].reason == "The promise was not written down"
    assert made[0].appearance_id == made[1].appearance_id
    assert coming(own_court, made[0].case_id) == 1


@pytest.mark.parametrize("gap", [0, 150, 300])
def test_a_click_or_a_key_that_comes_twice_records_once(page: Page, own_court: Server, gap: int) -> None:
    sign_in(page, own_court, "judge")
    first = called(page)
    leave(page)
    page.get_by_role("button", name="Record and call next").click(click_count=2, delay=gap // 2)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(first)
    settle_down(page)
    assert len(recorded(own_court)) == 1
    second = called(page)
    leave(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(gap)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(second)
    settle_down(page)
    assert len(recorded(own_court)) == 2


def test_after_a_power_cut_everything_recorded_is_there_and_the_judge_goes_on(page: Page, own_court: Server) -> None:
    sign_in(page, own_court, "judge")
    done = [record(page), record(page)]
    waiting = called(page)
    own_court.kill()
    own_court.start()
    page.goto(f"{own_court.address}/bench")
    at_rest(page)
    assert called(page) == waiting
    assert ["called" in line(page, name) for name in done] == [True, True]
    assert record(page) == waiting
    made = recorded(own_court)
    assert len({one.appearance_id for one in made}) == len(made) == 3
    assert [coming(own_court, one.case_id) for one in made] == [1, 1, 1]
