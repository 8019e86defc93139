"""What tests in a browser may ask for: the machine's Chromium, a demonstration court served, and a page of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from models import clock, database
from models.commands import accounts
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Installation
from tests.browser.server import serving
from tests.builders import a_court, an_actor
from tests.databases import SqliteFiles

Scheme = Literal["light", "dark"]
_FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@dataclass(frozen=True)
class Served:
    """A court that is served: where, from which database, and its administrator."""

    address: str
    database_url: str
    admin: Actor


@pytest.fixture(scope="module")
def served(sqlite_files: SqliteFiles) -> Iterator[Served]:
    """A demonstration court without cases, with one account for each role, served by the real dashboard."""
    with sqlite_files.fresh() as url:
        admin = _accounts(url)
        with serving(url) as address:
            yield Served(address, url, admin)


@pytest.fixture(scope="session")
def driver(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return cast("Scheme", request.param)


@pytest.fixture
def page(driver: Browser) -> Iterator[Page]:
    """A page at the bench's size; a test fails when the page asked another host or broke the content policy."""
    context = driver.new_context(viewport={"width": 1440, "height": 900})
    made = context.new_page()
    trouble: list[str] = []
    made.on("request", lambda asked: trouble.append(asked.url) if "127.0.0.1" not in asked.url else None)
    made.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    yield made
    context.close()
    assert [one for one in trouble if not one.startswith(("data:", "blob:"))] == []


def sign_in(page: Page, served: Served, username: str, path: str = "/") -> None:
    """Sign in by keyboard as one of the demonstration's accounts and wait for the first screen."""
    page.goto(served.address + path)
    page.get_by_label("Username").focus()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(accounts.DEMONSTRATION_PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path not in ("/", "/sign-in"))
    at_rest(page)


def at_rest(page: Page) -> None:
    """Wait until the screen has been drawn with its frame and Streamlit runs nothing."""
    page.wait_for_selector(".st-key-account")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def _accounts(url: str) -> Actor:
    engine = database.engine(url)
    with database.transaction(engine) as session:
        session.add(Installation(demonstration=True, created_at=clock.now()))
        admin = an_actor(session, a_court(session), Role.ADMINISTRATOR, username="first")
        admin = Actor(**{**vars(admin), "demonstration": True})
        for name, role in zip(accounts.DEMONSTRATION_NAMES, Role, strict=True):
            given = {"username": name, "display_name": f"The {name}", "roles": {role}}
            accounts.add_user(session, admin, **given, password=accounts.DEMONSTRATION_PASSWORD, now=clock.now())  # type: ignore[arg-type]
    engine.dispose()
    return admin
