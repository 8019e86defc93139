"""Every open tab knows its sign-in, and is closed within seconds when that ends, whoever or whatever ended it.

A websocket passes the gate once and then lives for hours. So each is kept here with its session's hash, and one
statement every few seconds asks the database which of all those sessions are still open.
"""

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import store
from models import clock
from models.queries.sign_ins import Open, still_open

EVERY = 3.0  # seconds
ENDED, CHANGED = 4401, 4409  # how a websocket is closed: the sign-in has ended; its roles have changed
_WORDS = {ENDED: "Your sign-in has ended.", CHANGED: "Your roles have changed."}

Ask = Callable[[Collection[str], datetime], dict[str, Open]]


class Tab:
    """One open websocket of a signed-in browser; `known` is what was last heard of its session."""

    def __init__(self, token_hash: str, opened_at: datetime) -> None:
        """Keep whose it is and since when (UTC)."""
        self.token_hash, self.opened_at = token_hash, opened_at
        self.known: Open | None = None
        self.code = 0
        self._over = asyncio.Event()

    def close(self, code: int) -> None:
        """Let the websocket be closed with one of the codes above."""
        self.code = code
        self._over.set()

    async def serve(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application on the websocket until either of them, or the sign-in, is over."""

        async def heard() -> Message:
            if not self.code:
                message, over = asyncio.ensure_future(receive()), asyncio.ensure_future(self._over.wait())
                await asyncio.wait({message, over}, return_when=asyncio.FIRST_COMPLETED)
                over.cancel()
                if message.done():
                    return message.result()
                message.cancel()
                with suppress(asyncio.CancelledError):
                    await message
                await send({"type": "websocket.close", "code": self.code, "reason": _WORDS[self.code]})
            return {"type": "websocket.disconnect", "code": self.code}

        async def said(message: Message) -> None:
            if not self.code:  # what a run still draws goes nowhere
                await send(message)

        await app({**scope, "tab": self}, heard, said)


class OpenTabs:
    """The open tabs of one process."""

    def __init__(self, ask: Ask | None = None) -> None:
        """Start without any; `ask` tells which sessions are open."""
        self._ask = ask or _ask
        self._tabs: set[Tab] = set()
        self._watch: asyncio.Task[None] | None = None

    async def serve(self, app: ASGIApp, token_hash: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep one websocket while the application runs on it."""
        tab = Tab(token_hash, clock.now())
        self._tabs.add(tab)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._look_again(), name="open tabs")
        try:
            await tab.serve(app, scope, receive, send)
        finally:
            self._tabs.discard(tab)

    async def _look_again(self) -> None:
        while self._tabs:
            await self._look()
            await asyncio.sleep(EVERY)

    async def _look(self) -> None:
        """Ask once for all, and close what has ended. While the database does not answer, what was known counts."""
        now, looked_at = clock.now(), tuple(self._tabs)
        try:
            found = await run_in_threadpool(self._ask, {tab.token_hash for tab in looked_at}, now)
        except (SQLAlchemyError, OSError):
            found = {tab.token_hash: tab.known for tab in looked_at if tab.known and now < tab.known.ending.at}
        for tab in looked_at:
            tab.known = found.get(tab.token_hash)
            if tab.known is None:
                tab.close(ENDED)
            elif tab.known.roles_changed_at is not None and tab.known.roles_changed_at > tab.opened_at:
                tab.close(CHANGED)


def _ask(token_hashes: Collection[str], now: datetime) -> dict[str, Open]:
    with store.reading() as session:
        return still_open(session, token_hashes, now=now)
