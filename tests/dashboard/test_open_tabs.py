"""Promises of open tabs: each is closed soon after its sign-in has ended, and what it holds opens for one person."""

import asyncio
import json
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from starlette.types import Message, Receive, Scope, Send

from dashboard import access, open_tabs
from dashboard.open_tabs import CHANGED, ENDED, OpenTabs
from dashboard.routes.tab import _answer
from models import clock, database
from models.commands.accounts import disable_user, set_roles
from models.commands.user_sessions import hashed, open_session, revoke_sessions, sign_out
from models.errors import SignedOut
from models.queries.sign_ins import Open, still_open
from models.rules.sign_ins import IDLE, LONGEST, ending
from models.rules.vocabulary import Role
from tests.builders import NOW, a_court, an_actor
from tests.dashboard.screens import Screens

OPEN = Open(ending(NOW, NOW), None)


async def served(tabs: OpenTabs, token: str = "token") -> list[Message]:
    """Open one websocket that waits for its browser, and return what it was sent until it ended."""
    sent: list[Message] = []

    async def app(_scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        assert (await receive())["type"] == "websocket.disconnect"
        await send({"type": "websocket.send", "text": "drawn too late"})

    waiting: list[Message] = [{"type": "websocket.connect"}]

    async def receive() -> Message:
        return waiting.pop() if waiting else await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    await asyncio.wait_for(tabs.serve(app, token, {"type": "websocket"}, receive, send), 5)
    return sent


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_tabs, "EVERY", 0.01)
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_tab_is_closed_when_its_sign_in_has_ended_and_nothing_is_drawn_on_it_after() -> None:
    answers = [{"token": OPEN}, {"token": OPEN}, {}]
    sent = asyncio.run(served(OpenTabs(lambda _hashes, _now: answers.pop(0))))
    assert [one["type"] for one in sent] == ["websocket.accept", "websocket.close"]
    assert sent[-1]["code"] == ENDED


def test_a_tab_opened_before_the_roles_changed_is_told_to_be_drawn_anew() -> None:
    changed = Open(OPEN.ending, NOW + timedelta(seconds=1))
    sent = asyncio.run(served(OpenTabs(lambda _hashes, _now: {"token": changed})))
    assert sent[-1]["code"] == CHANGED


def test_many_tabs_are_asked_for_together_and_only_those_that_ended_are_closed() -> None:
    asked: list[set[str]] = []

    def ask(hashes: Collection[str], _now: datetime) -> dict[str, Open]:
        asked.append(set(hashes))
        return {} if len(asked) > 2 else {"other": OPEN}

    async def both() -> None:
        tabs = OpenTabs(ask)
        await asyncio.gather(served(tabs, "token"), served(tabs, "other"), served(tabs, "other"))

    asyncio.run(both())
    assert asked[0] == {"token", "other"}
    assert asked[-1] == {"other"}


def test_while_the_database_does_not_answer_a_known_end_still_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [{"token": OPEN}]

    def ask(_hashes: Collection[str], _now: datetime) -> dict[str, Open]:
        if answers:
            return answers.pop()
        monkeypatch.setattr(clock, "now", lambda: NOW + IDLE)
        raise OperationalError("", {}, Exception())

    assert asyncio.run(served(OpenTabs(ask)))[-1]["code"] == ENDED


@pytest.mark.parametrize("ending_by", ["sign-out", "revoke", "disable", "idle", "absolute", "nothing"])
def test_the_database_tells_which_sign_ins_are_open(engine: Engine, ending_by: str) -> None:
    after = {"idle": IDLE, "absolute": LONGEST}.get(ending_by, timedelta())
    with database.transaction(engine) as session:
        court = a_court(session)
        admin = an_actor(session, court, Role.ADMINISTRATOR, username="admin")
        who = an_actor(session, court, Role.CLERK)
        token = open_session(session, who, how="password", place=None, now=NOW)
        if ending_by == "sign-out":
            sign_out(session, token, now=NOW)
        elif ending_by == "revoke":
            revoke_sessions(session, admin, who.person, now=NOW)
        elif ending_by == "disable":
            disable_user(session, admin, who.person, now=NOW)
        set_roles(session, admin, who.person, {Role.JUDGE}, now=NOW)
    with database.reading(engine) as session:
        found = still_open(session, {hashed(token), "unknown"}, now=NOW + after)
    assert found == ({hashed(token): Open(OPEN.ending, NOW)} if ending_by == "nothing" else {})


def a_token(screens: Screens, username: str) -> str:
    screens.sign_in(Role.CLERK, username=username)
    return f"token of {username}"


def test_what_a_tab_keeps_of_a_draft_is_opened_for_the_same_person_and_for_nobody_else(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    hers, his = a_token(screens, "dana"), a_token(screens, "sam")
    sealed = _answer(hers, json.dumps({"seal": "She asks for an evening group."}))
    assert sealed is not None
    assert "evening" not in sealed["sealed"]
    back = json.dumps({"open": sealed["sealed"]})
    assert _answer(hers, back) == {"opened": "She asks for an evening group."}
    assert _answer(his, back) == {"opened": None}
    assert _answer(hers, json.dumps({"open": "A" * 60})) == {"opened": None}
    monkeypatch.setattr(clock, "now", lambda: NOW + LONGEST)
    with pytest.raises(SignedOut):
        _answer(hers, back)


def test_only_use_keeps_a_sign_in_and_what_a_tab_says_otherwise_does_not(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = a_token(screens, "dana")
    monkeypatch.setattr(clock, "now", lambda: NOW + IDLE / 2)
    for said in ('{"seal": "x"}', '{"open": "x"}', "no json", "[]", '{"used": 1, "x": 2}', "x" * 200_000):
        _answer(token, said)
    assert access.known(token).ending.at == NOW + IDLE
    assert _answer(token, '{"used": true}') is None
    assert access.known(token).ending.at == NOW + IDLE / 2 + IDLE
