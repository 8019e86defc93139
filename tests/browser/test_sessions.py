"""Promises of a sign-in in a real browser: it ends everywhere at once, and opens one's own role's pages and no other."""

import re
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlmodel import col

from dashboard.navigation import SCREENS, Screen
from models import clock, database
from models.demonstration import NAMES
from models.rules.permissions import MATRIX
from models.rules.vocabulary import Role
from models.tables import CourtSession, Decision, UserSession
from tests.browser.conftest import TODAY, at_rest, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

ROLES = {name: Role(name) for name in NAMES}


def theirs(username: str) -> list[Screen]:
    """Return the screens that somebody's role does not have."""
    return [screen for screen in SCREENS if screen.action not in MATRIX[ROLES[username]]]


def test_signing_out_in_one_tab_ends_the_other_at_its_next_click(context: BrowserContext, court: Server) -> None:
    one, other = context.new_page(), context.new_page()
    sign_in(one, court, "judge")
    other.goto(f"{court.address}/bench")
    at_rest(other)
    one.get_by_role("button", name="Hon. R. Alvarez").click()
    one.get_by_test_id("stPopoverBody").get_by_role("button", name="Sign out", exact=True).click()
    one.wait_for_url("**/sign-in?out=1")
    other.keyboard.press("Control+Enter")
    other.wait_for_url("**/sign-in*")
    expect(other.get_by_label("Password")).to_be_visible()


def test_what_is_pressed_after_the_sign_in_was_ended_is_not_recorded(page: Page, own_court: Server) -> None:
    sign_in(page, own_court, "judge")
    engine = database.engine(own_court.database_url)
    with database.transaction(engine) as session:
        session.execute(sa.update(UserSession).values(ended_at=clock.now()))
    page.get_by_role("button", name="Record and call next").click()
    page.wait_for_url("**/sign-in?ended=1*")
    with database.reading(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).where(col(Decision.decided_on) == TODAY)) == 0
    engine.dispose()


@pytest.mark.parametrize("username", NAMES)
def test_a_page_of_another_role_leads_to_ones_own_first_screen(page: Page, court: Server, username: str) -> None:
    sign_in(page, court, username)
    mine = urlsplit(page.url).path
    for screen in theirs(username):
        page.goto(court.address + screen.path)
        page.wait_for_url(f"**{mine}")
        at_rest(page)
        expect(page.get_by_role("link", name=re.compile(rf"\b{screen.title}$"))).to_have_count(0)


def test_an_administrator_gets_no_list_of_a_docket(page: Page, court: Server) -> None:
    engine = database.engine(court.database_url)
    with database.reading(engine) as session:
        named = session.scalar(sa.select(col(CourtSession.id)).where(col(CourtSession.held_on) == TODAY))
    engine.dispose()
    sign_in(page, court, "administrator")
    answer = page.context.request.get(f"{court.address}/download/docket?session={named}&kind=public")
    assert answer.status == 403
    assert "pdf" not in answer.headers["content-type"]


def test_a_script_that_somebody_slipped_in_does_not_run_and_the_browser_says_so(driver: Browser, court: Server) -> None:
    page = driver.new_page()
    said: list[str] = []
    page.on("console", lambda one: said.append(one.text))
    sign_in(page, court, "clerk")
    assert said == []
    page.evaluate("""() => {
        const slipped = document.createElement("script");
        slipped.textContent = "window.slipped = true";
        document.body.append(slipped);
    }""")
    assert page.evaluate("window.slipped") is None
    assert "Content Security Policy" in " ".join(said)
    page.close()
