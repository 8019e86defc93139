"""Promises of the answers when something goes wrong: the protecting headers, and nothing of what went wrong."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from dashboard.middleware import SecurityHeaders

SECRET = "Mei Chen, postgresql://court:seven-herons@db"


async def broken(_request: Request) -> Response:
    raise RuntimeError(SECRET)


async def refused(request: Request) -> Response:
    raise HTTPException(int(request.path_params["status"]))


async def broken_midway(_request: Request) -> Response:
    async def half() -> AsyncIterator[bytes]:
        yield b"first"
        raise RuntimeError(SECRET)

    return StreamingResponse(half())


def answered(path: str) -> tuple[int, dict[str, str], str]:
    """Return the answer of a frame around routes that fail, as a browser gets it."""
    app = Starlette(
        routes=[Route("/broken", broken), Route("/midway", broken_midway), Route("/{status}", refused)],
    )
    app.add_middleware(SecurityHeaders, behind_tls=False)
    sent: list[Message] = []

    async def receive() -> Message:
        await asyncio.sleep(0.01)
        return {"type": "http.request", "body": b""}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b"", "root_path": ""}
    with suppress(RuntimeError):  # for the server's log
        asyncio.run(app(scope, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:]).decode()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 429, 500])
def test_every_refusal_carries_the_protecting_headers(status: int) -> None:
    found, headers, _ = answered(f"/{status}")
    assert found == status
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_a_defect_is_answered_in_our_words_with_the_headers_and_tells_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        status, headers, body = answered("/broken")
    assert (status, headers["x-frame-options"]) == (500, "DENY")
    assert body.startswith("Something went wrong here.")
    assert [word for word in ("Mei", "herons", "Traceback", "RuntimeError") if word in body + caplog.text] == []


def test_an_answer_that_breaks_off_is_not_answered_twice() -> None:
    status, _, body = answered("/midway")
    assert (status, body) == (200, "first")
