"""Promises of the frame in a real browser: signing in by keyboard, revocation, axe, and no other host."""

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from models import clock, database
from models.commands.accounts import DEMONSTRATION_NAMES
from models.commands.user_sessions import revoke_sessions
from models.queries.accounts import accounts
from tests.browser.conftest import Scheme, Served, at_rest, sign_in

pytestmark = pytest.mark.browser


def violations(page: Page) -> str:
    result = Axe().run(page)
    return str(result.generate_report()) if result.violations_count else ""


def end_sessions(served: Served) -> None:
    engine = database.engine(served.database_url)
    with database.transaction(engine) as session:
        for row in accounts(session, served.admin, now=clock.now()):
            revoke_sessions(session, served.admin, row.user_id, now=clock.now())
    engine.dispose()


def test_signing_in_by_keyboard_leads_to_the_page_that_was_asked_for(page: Page, served: Served) -> None:
    sign_in(page, served, "administrator", "/accounts")
    assert page.url == f"{served.address}/accounts"
    assert page.get_by_role("heading", level=1).inner_text() == "Accounts"
    assert page.title() == "Accounts · Offramp"


def test_a_revoked_session_leads_to_the_sign_in_at_the_next_click(page: Page, served: Served) -> None:
    sign_in(page, served, "administrator", "/accounts")
    end_sessions(served)
    page.get_by_role("button", name="Save roles").click()
    page.wait_for_url("**/sign-in?ended=1*")
    assert "Your sign-in has ended" in page.get_by_role("alert").inner_text()


def test_signing_out_leaves_nothing_behind_the_back_key(page: Page, served: Served) -> None:
    sign_in(page, served, "administrator", "/accounts")
    page.get_by_role("button", name="The administrator").click()
    page.get_by_test_id("stPopoverBody").get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/sign-in?out=1")
    page.go_back()
    page.wait_for_url("**/sign-in*")
    assert page.get_by_label("Password").is_visible()


def test_a_page_of_another_role_leads_to_ones_own_first_screen(page: Page, served: Served) -> None:
    sign_in(page, served, "judge", "/accounts")
    assert "/accounts" not in page.url
    assert page.get_by_text("Page not found").count() == 0


def test_the_sign_in_page_has_no_violation_of_axe(page: Page, served: Served, scheme: Scheme) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(served.address)
    assert violations(page) == ""


@pytest.mark.parametrize("path", ["/accounts", "/my_account"])
def test_the_account_pages_have_no_violation_of_axe(page: Page, served: Served, scheme: Scheme, path: str) -> None:
    page.emulate_media(color_scheme=scheme)
    sign_in(page, served, "administrator", path)
    assert violations(page) == ""
    page.get_by_role("button", name="The administrator").click()
    at_rest(page)
    assert violations(page) == ""


@pytest.mark.parametrize("username", DEMONSTRATION_NAMES)
def test_every_role_begins_on_a_screen_that_is_drawn(page: Page, served: Served, username: str) -> None:
    sign_in(page, served, username)
    expect(page.get_by_role("heading", level=1)).to_have_count(1, timeout=15_000)
    assert page.get_by_text("could not be drawn").count() == 0
