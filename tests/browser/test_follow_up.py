"""Promises of the follow-up in a real browser: the coordinator sees at once who is slipping, and settles one."""

import re
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect
from sqlmodel import col

from models import database
from models.rules.vocabulary import FollowUpKind, Move
from models.tables import FollowUp, User
from tests.browser.conftest import TODAY, at_rest, sign_in
from tests.browser.server import Server

pytestmark = pytest.mark.browser

_A_ROW = re.compile(r"\w.*\n?.*\b(\d+ days?|due|in \d+ days?)\b", re.DOTALL)


def rows_of(court: Server, *columns: Any, where: Any) -> list[Any]:
    engine = database.engine(court.database_url)
    try:
        with database.reading(engine) as session:
            return list(session.execute(sa.select(*columns).select_from(FollowUp).where(where)))
    finally:
        engine.dispose()


def my_moves(page: Page) -> int:
    """Return how many open follow-ups the screen counts as the coordinator's own."""
    said = page.get_by_role("radio", name="My move").inner_text()
    return int(said.rsplit(maxsplit=1)[-1])


def test_the_coordinator_sees_who_is_slipping_on_the_first_screen(page: Page, court: Server) -> None:
    sign_in(page, court, "coordinator")
    assert page.url == f"{court.address}/follow_up"
    table = page.get_by_role("table").first
    rows = table.locator("tbody tr").all()
    seen = [row for row in rows if (box := row.bounding_box()) and box["y"] + box["height"] <= 900]
    assert len(seen) >= min(10, my_moves(page))
    assert all(_A_ROW.search(row.inner_text()) for row in seen)

    unsettled = (col(one).is_(None) for one in (FollowUp.done_on, FollowUp.void_on, FollowUp.held_until))
    of_mine = col(FollowUp.kind) == FollowUpKind.NEED_WITHOUT_PLACE, col(FollowUp.move) == Move.COORDINATOR
    places = sa.and_(*unsettled, *of_mine)
    longest: date = min(row[0] for row in rows_of(court, col(FollowUp.since), where=places))
    first = seen[0].inner_text()
    assert f"needed since {longest.day} {longest:%B}" in first
    assert int(re.findall(r"(\d+) days", first)[-1]) > 14
    assert "me" in first.split()


def test_what_the_coordinator_has_done_leaves_the_list_once(page: Page, own_court: Server) -> None:
    sign_in(page, own_court, "coordinator")
    before = my_moves(page)
    page.get_by_label("Act on a follow-up").click()
    page.get_by_role("option").filter(has_text="no contact").first.click()
    page.get_by_role("button", name="Done", exact=True).dblclick()
    expect(page.get_by_role("radio", name=f"My move {before - 1}")).to_be_visible()
    at_rest(page)
    assert my_moves(page) == before - 1
    me = sa.select(col(User.id)).where(col(User.username) == "coordinator").scalar_subquery()
    done = sa.and_(col(FollowUp.done_on) == TODAY, col(FollowUp.settled_by) == me)
    assert [row[0] for row in rows_of(own_court, col(FollowUp.kind), where=done)] == [FollowUpKind.NO_CONTACT]
