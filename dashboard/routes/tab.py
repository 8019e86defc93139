"""What a tab and the court say to each other about the sign-in, beside the screens: `tab.js` is the other end.

The court says how long the sign-in lasts; the tab says when somebody uses it, and has what is typed there sealed, so
that it can keep it over the end of the sign-in. Only the same person gets it opened again. Nothing of it is stored.
"""

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard import store
from dashboard.access import COOKIE, known, session_of
from dashboard.open_tabs import EVERY, Tab
from models import clock
from models.errors import SignedOut
from models.keys import KeyName, decrypted, encrypted
from models.queries.sign_ins import SignedIn

DRAFT_LIVES = timedelta(hours=12)
LARGEST = 100_000  # characters of a message


async def alive(_request: Request) -> Response:
    """Answer GET /tab: 204 while the sign-in lasts, for a tab whose connection was lost; the gate answers 403 after it."""
    return Response(status_code=204)


async def tab(socket: WebSocket) -> None:
    """Keep one tab told until it is closed."""
    await socket.accept()
    telling = asyncio.create_task(_tell(socket, socket.scope["tab"]))
    try:
        while True:
            text = await socket.receive_text()
            answer = await run_in_threadpool(_answer, socket.cookies.get(COOKIE), text)
            if answer is not None:
                await socket.send_text(json.dumps(answer))
    except (WebSocketDisconnect, SignedOut):
        pass
    finally:
        telling.cancel()


async def _tell(socket: WebSocket, one: Tab) -> None:
    """Say how many seconds are left, whenever that has changed, and whether use puts the end off."""
    said = None
    with suppress(WebSocketDisconnect, RuntimeError):  # it has gone meanwhile; whoever listens to it sees to that
        while True:
            if one.known is not None and one.known.ending != said:
                said = one.known.ending
                left = (said.at - clock.now()).total_seconds()
                await socket.send_text(json.dumps({"left": max(0, round(left)), "idle": said.idle}))
            await asyncio.sleep(EVERY / 3)


def _answer(token: str | None, text: str) -> dict[str, Any] | None:
    """Return what to say to a tab; None where nothing is. Raises SignedOut."""
    try:
        asked = json.loads(text) if len(text) <= LARGEST else None
    except ValueError:
        return None
    match asked:
        case {"used": True}:
            session_of(token)
        case {"seal": str(draft)}:
            return {"sealed": _sealed(known(token), draft)}
        case {"open": str(sealed)}:
            return {"opened": _opened(known(token), sealed)}
    return None


def _sealed(who: SignedIn, draft: str) -> str:
    written = json.dumps([clock.now().timestamp(), draft])
    return encrypted(store.own_key(KeyName.DRAFTS), written, who.actor.person)


def _opened(who: SignedIn, sealed: str) -> str | None:
    """Return a draft to the person who typed it, for twelve hours; None to anybody else."""
    written = decrypted(store.own_key(KeyName.DRAFTS), sealed, who.actor.person)
    if written is None:
        return None
    at, draft = json.loads(written)
    return str(draft) if clock.now() - datetime.fromtimestamp(at, UTC) < DRAFT_LIVES else None
