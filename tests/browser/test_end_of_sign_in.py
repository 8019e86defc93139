"""Promises of a sign-in's end in a real browser: every tab leaves by itself, says so before, and gives back what was typed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import BrowserContext, Page, expect
from sqlmodel import select

from models import clock, database
from models.rules.sign_ins import IDLE
from models.tables import UserSession
from tests.browser.conftest import at_rest, sign_in
from tests.browser.server import Server
from tests.browser.test_accessibility import violations

pytestmark = pytest.mark.browser

_SOON = 10_000  # ms: what is promised
_TYPED = "A certificate at four sessions"


def not_used_for(court: Server, minutes: float) -> None:
    """Let every open sign-in of the court have been used so long ago for the last time."""
    engine = database.engine(court.database_url)
    with database.transaction(engine) as session:
        for one in session.exec(select(UserSession)):
            one.last_seen_at -= timedelta(minutes=minutes)
            session.add(one)
    engine.dispose()


def kept_draft(page: Page) -> str:
    """Wait until the tab keeps a draft, and return all that it keeps."""
    for _ in range(80):
        kept = str(page.evaluate("JSON.stringify(sessionStorage)"))
        if "offramp-draft:" in kept:
            return kept
        page.wait_for_timeout(250)
    raise AssertionError("the tab keeps no draft")


def test_a_revoked_sign_in_leaves_every_tab_within_ten_seconds_without_a_click(
    context: BrowserContext, own_court: Server
) -> None:
    one, other = context.new_page(), context.new_page()
    sign_in(one, own_court, "clerk")
    other.goto(f"{own_court.address}/calendar")
    at_rest(other)
    engine = database.engine(own_court.database_url)
    with database.transaction(engine) as session:
        session.execute(sa.update(UserSession).values(ended_at=clock.now(), ended_reason="revoked"))
    engine.dispose()
    for page in (one, other):
        page.wait_for_url("**/sign-in?ended=1&next=*", timeout=_SOON)
        expect(page.get_by_label("Username")).to_be_visible()


def test_an_idle_tab_says_it_ends_leaves_by_itself_and_gives_back_what_was_typed(
    context: BrowserContext, own_court: Server
) -> None:
    one, other = context.new_page(), context.new_page()
    sign_in(one, own_court, "judge")
    other.goto(f"{own_court.address}/calendar")
    at_rest(other)
    promise = one.get_by_label("Promise for next time")
    promise.click()
    one.keyboard.type(_TYPED)
    kept = kept_draft(one)
    assert "certificate" not in kept
    assert "certificate" not in one.evaluate("JSON.stringify([localStorage, location.href, document.cookie])")

    not_used_for(own_court, minutes=28.5)
    for page in (one, other):
        expect(page.get_by_role("alert").filter(has_text="You will be signed out in")).to_be_visible()
        assert violations(page) == ""
    other.get_by_role("button", name="Stay signed in").click()
    for page in (one, other):
        expect(page.get_by_role("button", name="Stay signed in")).to_have_count(0)

    not_used_for(own_court, minutes=IDLE / timedelta(minutes=1))
    for page in (one, other):
        page.wait_for_url("**/sign-in?ended=1&next=*", timeout=_SOON)
    _again(one, "judge")
    expect(one.get_by_label("Promise for next time")).to_have_value(_TYPED)
    expect(one.get_by_role("status").filter(has_text="What you had typed is back")).to_be_visible()


def _again(page: Page, username: str) -> None:
    page.locator(f"button[value={username}]").click()
    page.wait_for_url("**/bench*")
    at_rest(page)
