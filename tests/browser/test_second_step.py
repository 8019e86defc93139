"""Promises of the second step in a real browser: set up from My account, asked for from then on, readable by everybody."""

import pyotp
import pytest
from playwright.sync_api import Page, expect

from models.demonstration import PASSWORD
from tests.browser.conftest import Served, at_rest, sign_in
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser


def looked_at(page: Page) -> None:
    """Look at a plain page, light and dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="light" if scheme == "light" else "dark")
        assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_telephone_is_set_up_and_asked_for_and_no_page_of_it_has_a_violation(page: Page, served: Served) -> None:
    sign_in(page, served, "coordinator")
    page.goto(f"{served.address}/my_account")
    at_rest(page)
    page.get_by_role("link", name="Set up a second step").click()
    looked_at(page)
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Present password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Set up a second step").click()
    expect(page.get_by_role("img", name="Picture for the authenticator")).to_be_visible()
    looked_at(page)
    telephone = pyotp.TOTP(page.locator("li > code").inner_text().replace("-", ""))
    page.get_by_label("Code").fill(telephone.now())
    page.keyboard.press("Enter")
    expect(page.locator(".codes code")).to_have_count(10)
    looked_at(page)
    spare = page.locator(".codes code").first.inner_text()
    page.get_by_role("link", name="I have kept them").click()
    at_rest(page)
    page.context.clear_cookies()

    page.goto(served.address)
    page.get_by_label("Username").fill("coordinator")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    looked_at(page)
    page.get_by_label("Code").fill(telephone.now())  # it was used to set up
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not fit")
    page.get_by_label("Username").fill("coordinator")
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Code").fill(spare)
    page.keyboard.press("Enter")
    page.wait_for_url("**/follow_up*")
