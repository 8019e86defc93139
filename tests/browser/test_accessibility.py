"""Promises for everybody: axe finds nothing on any page, light and dark, and no page scrolls sideways."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, expect

from dashboard.navigation import SCREENS, Screen
from dashboard.theme import DARK
from models.demonstration import NAMES
from models.rules.permissions import MATRIX
from models.rules.vocabulary import Role
from tests.browser.conftest import at_rest, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

_SIZES = ((1280, 800), (720, 450))  # a small court's monitor, and the bench's at 200 % zoom
_DARK_PAPER = f"rgb({', '.join(str(int(DARK.paper[at : at + 2], 16)) for at in (1, 3, 5))})"
_WIDER = "one => Math.max(one.scrollWidth - one.clientWidth, document.documentElement.scrollWidth - innerWidth)"

#: Whoever comes first has the most on a page: the forms are the clerk's, and others see less of the same.
_FIRST = ("clerk", "coordinator", "judge", "administrator", *NAMES)
EVERY_PAGE = [(next(name for name in _FIRST if screen.action in MATRIX[Role(name)]), screen) for screen in SCREENS]
pages = pytest.mark.parametrize(
    ("username", "screen"), EVERY_PAGE, ids=[f"{screen.name}-{username}" for username, screen in EVERY_PAGE]
)


@pytest.fixture(scope="module")
def signed_in(driver: Browser, court: Server) -> dict[str, str]:
    """The session of each role by username, signed in once: what a page shows does not depend on when."""
    sessions = {}
    for username in NAMES:
        context = driver.new_context()
        sign_in(context.new_page(), court, username)
        sessions[username] = next(one["value"] for one in context.cookies() if one["name"] == "sid")
        context.close()
    return sessions


def visit(context: BrowserContext, court: Server, sid: str, screen: Screen) -> Page:
    """Open a screen as somebody; the case file with a case."""
    context.add_cookies([{"name": "sid", "value": sid, "url": court.address}])
    page = context.new_page()
    page.goto(court.address + screen.path)
    drawn(page)
    if screen.name == "case_file":
        page.locator("table a[href*='case=']").first.click()
        page.wait_for_url("**case=*")
        drawn(page)
    assert urlsplit(page.url).path == screen.path
    return page


def drawn(page: Page) -> None:
    at_rest(page)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.get_by_text("could not be drawn").count() == 0


def violations(page: Page) -> str:
    result = Axe().run(page)
    return str(result.generate_report()) if result.violations_count else ""


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window, once charts have taken their new width."""
    for _ in range(20):
        found = int(page.get_by_test_id("stMain").evaluate(_WIDER))
        if found <= 0:
            break
        page.wait_for_timeout(100)
    return found


def darken(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", _DARK_PAPER)
    at_rest(page)


@pages
def test_a_page_has_no_violation_and_scrolls_only_downwards(
    context: BrowserContext, court: Server, signed_in: dict[str, str], username: str, screen: Screen
) -> None:
    page = visit(context, court, signed_in[username], screen)
    assert violations(page) == ""
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert too_wide(page) <= 0, f"{width} x {height}"
    page.set_viewport_size({"width": 1440, "height": 900})
    darken(page)
    assert violations(page) == ""


def test_an_open_popover_a_form_and_a_dialog_have_no_violation(
    context: BrowserContext, court: Server, signed_in: dict[str, str]
) -> None:
    by_name = {screen.name: screen for screen in SCREENS}
    bench = visit(context, court, signed_in["judge"], by_name["bench"])
    bench.get_by_text("Why this standing").click()
    bench.get_by_text("Information of").wait_for()
    assert violations(bench) == ""

    docket = visit(context, court, signed_in["clerk"], by_name["docket"])
    docket.get_by_role("button", name="Change the list").click()
    docket.get_by_role("heading", name="Add a case").wait_for()
    drawn(docket)
    assert violations(docket) == ""

    forms = ("Enter a report", "Edit names and languages", "Safety flags", "Ways of contact")
    ordered = ("Next step of the case", "Change the program", "Notice, counsel, hearing, finding")
    for username, offered in (("coordinator", forms), ("judge", ordered)):
        file = visit(context, court, signed_in[username], by_name["case_file"])
        for form in offered:
            file.get_by_role("button", name=form).click()
            file.get_by_role("dialog").wait_for()
            at_rest(file)
            assert violations(file) == "", form
            file.keyboard.press("Escape")
            file.get_by_role("dialog").wait_for(state="detached")


def test_the_message_after_an_act_has_no_violation(
    context: BrowserContext, court: Server, signed_in: dict[str, str]
) -> None:
    by_name = {screen.name: screen for screen in SCREENS}
    file = visit(context, court, signed_in["coordinator"], by_name["case_file"])
    file.get_by_role("button", name="Write a note").click()
    file.get_by_role("dialog").get_by_role("textbox").first.fill("She asks for an evening group.")
    file.get_by_role("button", name="Save").click()
    file.get_by_test_id("stToast").wait_for()
    assert violations(file) == ""


def test_the_sign_in_page_has_no_violation_and_scrolls_only_downwards(page: Page, court: Server) -> None:
    page.goto(court.address)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        assert violations(page) == ""
    for width, height in _SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
