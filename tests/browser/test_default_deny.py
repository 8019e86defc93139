"""Promise: without a session nothing answers but sign-in, health and everybody's files, however it is asked for.

Generated over every route of the product and of Streamlit, every method and every trick of writing a path, against the
real server, byte by byte over a socket: a client library would tidy the paths.
"""

import re
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import pytest
from starlette.routing import Route
from streamlit.web.server.starlette import starlette_agent_routes as agent
from streamlit.web.server.starlette import starlette_auth_routes as auth
from streamlit.web.server.starlette import starlette_routes as core

from dashboard.app import routes
from dashboard.middleware import is_open
from dashboard.navigation import SCREENS
from dashboard.routes.downloads import DOWNLOADS
from tests.browser.conftest import Served

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "CONNECT")

#: What answers without a session, and with what: the whole list.
ANSWERS = {
    ("GET", "/sign-in"): {200},
    ("POST", "/sign-in"): {400},  # a form that is none of ours
    ("POST", "/sign-out"): {303},
    ("GET", "/openid/begin"): {404},  # this court agreed with no other house
    ("GET", "/openid/return"): {404},
    ("GET", "/favicon.png"): {200},
    ("GET", "/mends.js"): {200},
    ("GET", "/bench.js"): {200},
    ("GET", "/tab.js"): {200},
    ("GET", "/show-password.js"): {200},
    ("GET", "/healthz"): {200, 503},
    ("GET", "/fonts/word"): {404},
    ("GET", "/calendar/word.ics"): {404},
}
ANSWERS |= {("HEAD", path): answers for (method, path), answers in ANSWERS.items() if method == "GET"}
REFUSALS = {303, 307, 400, 403, 404, 405}
#: What only somebody who is signed in may read, or nobody: the shell of the screens, counters, a case's list.
INSIDE = re.compile(r"<div id=\"root\">|# TYPE |enableCustomParentMessages|docket_number|Harbor County", re.IGNORECASE)


@dataclass(frozen=True)
class Said:
    """One answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: str


def ask(address: str, method: str, path: str, *headers: str) -> Said:
    """Send exactly these bytes and read the answer to its end."""
    parts = urlsplit(address)
    lines = (f"{method} {path} HTTP/1.1", f"Host: {parts.netloc}", "Accept: text/html", "Connection: close", *headers)
    with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=20) as connection:
        connection.sendall("\r\n".join((*lines, "", "")).encode("latin-1"))
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")
    head, _, body = answer.partition("\r\n\r\n")
    first, *rest = head.split("\r\n")
    return Said(int(first.split(" ")[1]), {k.lower(): v for k, v in (line.split(": ", 1) for line in rest)}, body)


def plain_routes() -> set[str]:
    """Return the path of every route: the product's, its screens' and downloads', and Streamlit's by its own names."""
    ours = {route.path for route in routes() if isinstance(route, Route)}
    ours |= {f"/{screen.name}" for screen in SCREENS} | {f"/download/{name}" for name in DOWNLOADS} | {"/", "/main.py"}
    named = [vars(module).items() for module in (core, agent, auth)]
    theirs = {
        f"/{value}" for names in named for name, value in names if "ROUTE_" in name and isinstance(value, str) and value
    }
    assert len(theirs) > 12
    paths = ours | theirs | {"/_stcore/stream", "/static"}
    return {re.sub(r"\{\w+(:\w+)?\}", "word", path) for path in paths}


def tricks(path: str) -> Iterator[str]:
    """Yield other ways of writing a path, and ways of reaching it from an open one."""
    bare = path.lstrip("/")
    yield from (f"//{bare}", f"/./{bare}", f"/%2e/{bare}", f"/x/../{bare}", f"/%2f{bare}", f"/%5c{bare}", f"/{bare}/")
    yield from (
        f"/{bare};x=1",
        f"/{bare}%00",
        f"/{bare}%20",
        f"/{bare.upper()}",
        f"/{bare}?next=/static/x",
        f"/{bare}#x",
    )
    yield from (f"/static/../{bare}", f"/static/%2e%2e/{bare}", f"/static/..%2f{bare}", f"/static/%2e%2e%5c{bare}")
    yield from (
        f"/static//{bare}",
        f"/healthz/../{bare}",
        f"/sign-in;/../{bare}",
        f"/calendar/../{bare}",
        f"/static;/{bare}",
    )
    yield f"/{bare[:1]}%{ord(bare[1]):02x}{bare[2:]}" if len(bare) > 1 else "/%2e"


def wrong_headers(said: Said) -> list[str]:
    """Return which protecting headers an answer lacks."""
    wanted = {
        "content-security-policy": "frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
    }
    return [name for name, value in wanted.items() if value not in said.headers.get(name, "")]


def test_every_method_on_every_route_is_refused_without_a_session(served: Served) -> None:
    wrong = []
    for path in sorted(plain_routes()):
        for method in METHODS:
            said = ask(served.address, method, path)
            allowed = ANSWERS.get((method, path), REFUSALS)
            if said.status not in allowed or INSIDE.search(said.body) or wrong_headers(said):
                wrong.append((method, path, said.status, wrong_headers(said)))
    assert wrong == []


def test_no_way_of_writing_a_path_leads_around_the_sign_in(served: Served) -> None:
    wrong = []
    for path in sorted(plain_routes()):
        for trick in tricks(path):
            said = ask(served.address, "GET", trick)
            allowed = REFUSALS | {200, 503} if is_open(unquote(trick.partition("?")[0])) else REFUSALS
            if said.status not in allowed or (said.status == 200 and INSIDE.search(said.body)) or wrong_headers(said):
                wrong.append((trick, said.status, wrong_headers(said)))
            elsewhere = said.headers.get("location", "/")
            if not elsewhere.startswith("/") or elsewhere.startswith(("//", "/\\")):
                wrong.append((trick, said.status, [elsewhere]))
    assert wrong == []


@pytest.mark.parametrize(
    "path",
    ["/static/a/../b", "/static//b", "/static/%2e%2e/b", "/calendar/a/b.ics", "/sign-in/", "/static/", "/fonts/a;b"],
)
def test_a_path_with_a_trick_in_it_is_nobodys_file(path: str) -> None:
    assert not is_open(path)


def test_a_websocket_is_refused_with_the_protecting_headers(served: Served) -> None:
    upgrade = (
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: bm9ib2R5IGlzIGhlcmUhIQ==",
    )
    for path in ("/_stcore/stream", "/", "/sign-in", "/static/x", "//_stcore/stream", "/_stcore/metrics"):
        said = ask(served.address, "GET", path, *upgrade)
        assert (path, said.status in REFUSALS, wrong_headers(said)) == (path, True, [])


def test_a_foreign_name_is_refused_on_every_route(served: Served) -> None:
    for path in sorted(plain_routes()):
        lines = (f"GET {path} HTTP/1.1", "Host: evil.example", "Connection: close", "", "")
        parts = urlsplit(served.address)
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), timeout=20) as connection:
            connection.sendall("\r\n".join(lines).encode())
            assert connection.recv(65536).startswith(b"HTTP/1.1 400"), path


@pytest.mark.parametrize(
    "header", ["Origin: http://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"]
)
def test_another_sites_form_is_refused_on_every_route(served: Served, header: str) -> None:
    for path in sorted(plain_routes()):
        said = ask(served.address, "POST", path, header, "Content-Length: 0")
        assert (path, said.status in (403, 404), wrong_headers(said)) == (path, True, [])
