"""What tests in a browser may ask for: the machine's Chromium, a court served, and a page of it.

`served` is a court without cases; `court` is the whole demonstration court as of TODAY, told once and served once, for
tests that only look; `own_court` is a copy of it with a server of its own, for a test that writes.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from models import clock, database
from models.commands import accounts
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Installation
from seed_data.telling import tell
from tests.browser.server import Server, running, serving
from tests.builders import a_court, an_actor
from tests.databases import SqliteFiles

TODAY = date(2026, 12, 4)
"""A Friday on which the demonstration's main part sits."""

Scheme = Literal["light", "dark"]
_PATIENCE = 20_000  # ms, for a machine that is busy with other tests
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
def demonstration(sqlite_files: SqliteFiles) -> Iterator[Path]:
    """A small demonstration court as of TODAY, told once for all; to be copied, never served itself."""
    with sqlite_files.fresh() as url:
        engine = database.engine(url)
        tell(engine, TODAY, scale=0.1)
        engine.dispose()
        yield Path(url.removeprefix("sqlite:///"))


@pytest.fixture(scope="session")
def court(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demonstration court, served for tests that only look."""
    with _served_copy(demonstration, tmp_path_factory.mktemp("court")) as server:
        yield server


@pytest.fixture
def own_court(demonstration: Path, tmp_path: Path) -> Iterator[Server]:
    """A demonstration court of the test's own, served for a test that writes."""
    with _served_copy(demonstration, tmp_path) as server:
        yield server


@contextmanager
def _served_copy(demonstration: Path, folder: Path) -> Iterator[Server]:
    file = folder / "court.db"
    shutil.copyfile(demonstration, file)
    with running(f"sqlite:///{file}", OFFRAMP_TODAY=TODAY.isoformat()) as server:
        yield server


@pytest.fixture(scope="session")
def driver(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return cast("Scheme", request.param)


@pytest.fixture
def context(driver: Browser) -> Iterator[BrowserContext]:
    """A browser at the bench's size, signed out; a test fails when it asked another host or broke the content policy."""
    made = driver.new_context(viewport={"width": 1440, "height": 900})
    made.set_default_timeout(2 * _PATIENCE)
    trouble: list[str] = []
    made.on("request", lambda asked: trouble.append(asked.url) if not _is_ours(asked.url) else None)
    made.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)
    made.on("weberror", lambda raised: trouble.append(str(raised.error)))
    yield made
    made.close()
    assert trouble == []


def _is_ours(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob") or parts.hostname == "127.0.0.1"


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """The browser's first tab."""
    return context.new_page()


def sign_in(page: Page, served: Served | Server, username: str, path: str = "/") -> None:
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
    """Wait until the screen has been drawn with its frame, Streamlit runs nothing, and every widget's code is loaded."""
    page.wait_for_selector(".st-key-account")
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_selector('[data-testid="stSkeleton"], [data-stale="true"]', state="detached")


def _accounts(url: str) -> Actor:
    engine = database.engine(url)
    with database.transaction(engine) as session:
        session.add(Installation(demonstration=True, created_at=clock.now()))
        admin = an_actor(session, a_court(session), Role.ADMINISTRATOR, username="first")
        admin = Actor(**{**vars(admin), "demonstration": True})
        for name in accounts.DEMONSTRATION_NAMES:
            given = {"username": name, "display_name": f"The {name}", "roles": {Role(name)}}
            accounts.add_user(session, admin, **given, password=accounts.DEMONSTRATION_PASSWORD, now=clock.now())  # type: ignore[arg-type]
    engine.dispose()
    return admin
