"""Promises of lists in a real browser: printed by their link, closed to everybody else, and no name before the room."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, expect
from pypdf import PdfReader
from sqlmodel import col

from models import database
from models.rules.vocabulary import AppearanceState
from models.tables import Appearance, Case, CourtSession, Participant, Person, User
from tests.browser.conftest import TODAY, at_rest, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

_ON_LIST = (AppearanceState.SCHEDULED, AppearanceState.HELD)
_A_LINE = re.compile(r"^\d+ \d+:\d\d \w", re.MULTILINE)  # its place in the order, the time, initials or an alias
_KINDS = ("Bench list", "Staffing list", "Public list")


@dataclass(frozen=True)
class Listed:
    """One session day: the docket numbers on it, and every word of a name of those people."""

    on: date
    numbers: tuple[str, ...]
    words: frozenset[str]

    def found_in(self, text: str) -> set[str]:
        """Return the words of a name that stand in a text."""
        said = set(re.findall(r"\w+", re.sub("vega.?lite", "", text, flags=re.IGNORECASE)))  # the charts' library
        return {word for word in self.words if word in said or (not word.isascii() and word in text)}


def listed(court: Server, *, after: date | None = None) -> Listed:
    """Return today's session, or the next day with one after a day."""
    engine = database.engine(court.database_url)
    with database.reading(engine) as session:
        day = col(CourtSession.held_on)
        rows = session.execute(
            sa.select(
                day,
                col(Case.docket_number),
                col(Person.legal_name),
                col(Person.preferred_name),
                col(Person.preferred_script),
            )
            .join(Appearance, col(Appearance.court_session_id) == col(CourtSession.id))
            .join(Case, col(Case.id) == col(Appearance.case_id))
            .join(Participant, col(Participant.id) == col(Case.participant_id))
            .join(Person, col(Person.id) == col(Participant.person_id))
            .where(day > after if after else day == TODAY, col(Appearance.state).in_(_ON_LIST))
            .order_by(day)
        ).all()
        staff = " ".join(session.scalars(sa.select(col(User.display_name))))
    engine.dispose()
    mine = [row for row in rows if row[0] == rows[0][0]]
    words = set(_words(" ".join(str(name) for row in mine for name in row[2:] if name))) - set(_words(staff))
    assert len(words) > len(mine)
    return Listed(mine[0][0], tuple(row[1] for row in mine), frozenset(words))


def _words(names: str) -> Iterator[str]:
    yield from (word for word in re.findall(r"\w+", names) if len(word) > 2 or not word.isascii())


def print_link(page: Page, kind: str) -> str:
    """Choose a kind of list and return the address of its PDF."""
    page.get_by_label("List to print").click()
    page.get_by_role("option", name=kind).click()
    link = page.get_by_role("link", name="Print PDF")
    expect(link).to_have_attribute("href", re.compile(f"kind={kind.split(maxsplit=1)[0].lower()}"))
    return str(link.get_attribute("href"))


def pdf_text(answer: APIResponse) -> str:
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/pdf"
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)


def test_the_clerk_prints_the_next_sessions_three_lists(page: Page, own_court: Server) -> None:
    coming = listed(own_court, after=TODAY)
    sign_in(page, own_court, "clerk")
    page.goto(f"{own_court.address}/docket?on={coming.on.isoformat()}")
    at_rest(page)
    printed = {}
    for kind in _KINDS:
        link = print_link(page, kind)
        assert parse_qs(urlsplit(link).query).keys() == {"session", "kind"}
        printed[kind] = pdf_text(page.context.request.get(own_court.address + link))
    assert [number in printed["Bench list"] for number in coming.numbers] == [True] * len(coming.numbers)
    assert coming.found_in(printed["Bench list"])
    assert len(_A_LINE.findall(printed["Public list"])) == len(coming.numbers)
    assert coming.found_in(printed["Public list"]) == set()
    page.reload()
    at_rest(page)
    expect(page.get_by_text("Last printed")).to_be_visible()


def test_a_signed_out_browser_gets_no_list(page: Page, driver: Browser, court: Server) -> None:
    sign_in(page, court, "clerk")
    link = print_link(page, "Public list")
    stranger = driver.new_context()
    answer = stranger.request.get(court.address + link, max_redirects=0)
    assert (answer.status, answer.text()) == (403, "Sign in first.")
    stranger.close()


@pytest.mark.parametrize("path", ["/bench", "/docket", "/case_file", "case", "/follow_up"])
def test_facing_the_room_a_screen_hides_every_name_at_once(context: BrowserContext, court: Server, path: str) -> None:
    today = listed(court)
    page = context.new_page()
    sign_in(page, court, "judge", "/case_file" if path == "case" else path)
    if path == "case":
        page.locator("table a[href*='case=']").first.click()
        page.wait_for_url("**case=*")
        at_rest(page)
    assert today.found_in(page.inner_text("body"))
    page.get_by_text("Screen faces the room").click()
    page.wait_for_url("**room=1*")
    at_rest(page)
    assert today.found_in(page.content()) == set()
    page.reload()
    at_rest(page)
    assert today.found_in(page.content()) == set()
