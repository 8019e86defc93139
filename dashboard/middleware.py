"""What every request and every websocket passes: the host's name, the gate, and the headers of each answer.

Pure ASGI, so that the websocket is covered like a page. It knows sessions, never cases: which rows exist for somebody
is settled further in, at every query and command.
"""

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote, urlsplit

import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import store
from dashboard.access import COOKIE, SIGN_IN, known
from dashboard.navigation import SCREENS, screens_of
from dashboard.open_tabs import OpenTabs
from models.commands.user_sessions import hashed
from models.errors import NotPermitted, SignedOut
from models.queries.sign_ins import SignedIn
from models.scope import Actor, Asked

SIGN_OUT = "/sign-out"
OPEN = frozenset(
    {SIGN_IN, f"{SIGN_IN}/code", f"{SIGN_IN}/set-up", "/openid/begin", "/openid/return", "/healthz", "/favicon.png"}
    | {"/mends.js", "/tab.js", "/show-password.js", "/bench.js"}
)
PLAIN = frozenset({"second-step"})  # pages that are no screens, for everybody who is signed in
#: Everybody's files, and feeds, which carry a token of their own; a path with any trick in it is none of these.
OPEN_LIKE = re.compile(r"/(static|fonts)/[\w.-]+(/[\w.-]+)*|/calendar/[\w-]+\.ics", re.ASCII)
KEPT_BELOW = ("/static/", "/fonts/", "/favicon.png")
CLOSED_BELOW = ("/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/oauth2callback", "/auth/")
PARTS_BELOW = ("/_stcore/", "/media/", "/component/", "/download/")
_SAFE = frozenset({"GET", "HEAD"})
_DEFECT = "Something went wrong here. Nothing was recorded; try again, and tell whoever looks after Offramp."


class Hosts:
    """Refuse a request that calls this server by a foreign name: it comes from a page that rebinds names."""

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        """Take the names; a leading `*.` stands for any name below."""
        self.app, self.allowed = app, tuple(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 400 (a websocket is closed)."""
        if scope["type"] in ("http", "websocket") and not self._known(Headers(scope=scope).get("host", "")):
            await _refuse(scope, receive, send, 400, "This server is not known by that name.")
            return
        await self.app(scope, receive, send)

    def _known(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:  # no name at all, such as "["
            return False
        return any(name == one or (one.startswith("*.") and name.endswith(one[1:])) for one in self.allowed)


class Gate:
    """Let nobody past without a live session, but for the sign-in page, its assets and routes with own tokens."""

    def __init__(self, app: ASGIApp, check: Callable[[str | None], SignedIn] = known) -> None:
        """Take the check of a session's token; it raises SignedOut."""
        self.app, self.check, self.tabs = app, check, OpenTabs()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 404, 403, or with the way to the sign-in page."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        path = connection.url.path
        if path.startswith(CLOSED_BELOW):
            await _refuse(scope, receive, send, 404, "Not found.")
        elif _changes(scope) and not same_origin(connection.headers):
            await _refuse(scope, receive, send, 403, "This request came from another site.")
        elif scope["type"] == "http" and is_open(path, scope["method"]):
            await self.app(scope, receive, send)
        elif (found := await self._signed_in(connection)) is None:
            await _to_sign_in(connection, receive, send)
        elif scope["type"] == "websocket":
            await self.tabs.serve(self.app, hashed(connection.cookies[COOKIE]), scope, receive, send)
        elif _is_page(connection) and path.strip("/") not in {"", *PLAIN, *_names(found)}:
            await run_in_threadpool(_refused_screen, found.actor, path.strip("/"))
            # Streamlit would answer with a box that blocks the whole page.
            await RedirectResponse("/", status_code=303)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _signed_in(self, connection: HTTPConnection) -> SignedIn | None:
        try:
            return await run_in_threadpool(self.check, connection.cookies.get(COOKIE))
        except SignedOut:
            return None


def is_open(path: str, method: str = "GET") -> bool:
    """Tell whether a path answers without a session: the few that are named, nothing else."""
    if path == SIGN_OUT:
        return method == "POST"  # asked for otherwise it would be one of Streamlit's pages
    return path in OPEN or (OPEN_LIKE.fullmatch(path) is not None and ".." not in path)


class SecurityHeaders:
    """Put the protecting headers on every answer; what is not an asset is never kept by a cache."""

    def __init__(self, app: ASGIApp, behind_tls: bool) -> None:
        """Take whether TLS is in front; only then browsers are told to insist on it."""
        self.app, self.behind_tls = app, behind_tls
        self.policy = content_policy()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer; a defect is answered too, without its words."""
        started = False

        async def complete(message: Message) -> None:
            nonlocal started
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                started = True
                self._complete(MutableHeaders(scope=message), scope["path"])
            await send(message)

        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if self.behind_tls:  # what the person's browser sees, so that cookies are marked Secure
            scope = {**scope, "scheme": "wss" if scope["type"] == "websocket" else "https"}
        try:
            await self.app(scope, receive, complete)
        except Exception:
            if scope["type"] == "http" and not started:
                await PlainTextResponse(_DEFECT, status_code=500)(scope, receive, complete)
            raise  # for the server's log, which keeps no error's message

    def _complete(self, headers: MutableHeaders, path: str) -> None:
        headers["Content-Security-Policy"] = self.policy
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers["Referrer-Policy"] = "same-origin"  # with no-referrer our own forms would have no origin to check
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
        if self.behind_tls:
            headers["Strict-Transport-Security"] = "max-age=31536000"
        if not path.startswith(KEPT_BELOW):
            headers["Cache-Control"] = "no-store"


def content_policy() -> str:
    """Return the Content-Security-Policy: own scripts and Streamlit's one inline script by its hash, no eval."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}",
            "style-src 'self' 'unsafe-inline'",  # Streamlit writes its styles into the page
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "media-src 'self'",
            "manifest-src 'self'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def same_origin(headers: Headers) -> bool:
    """Tell whether a request comes from a page of this host, by what the browser says of it; a program says nothing."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == headers.get("host")
    except ValueError:  # no address at all
        return False


def _refused_screen(who: Actor, name: str) -> None:
    """Write down that somebody asked for a screen their roles do not have; any other address is a slip of the hand."""
    wanted = next((screen for screen in SCREENS if screen.name == name), None)
    if wanted is not None:
        store.told(NotPermitted(asked=Asked(actor=who, action=wanted.action)))


def _changes(scope: Scope) -> bool:
    return scope["type"] == "websocket" or scope["method"] not in _SAFE


def _names(found: SignedIn) -> set[str]:
    """Return the addresses of the screens that somebody's roles have."""
    return {one.name for one in screens_of(found.actor.roles)}


def _is_page(connection: HTTPConnection, parts: tuple[str, ...] = PARTS_BELOW) -> bool:
    """Tell whether a person's browser asks for a whole page, not for one of its parts."""
    scope = connection.scope
    if scope["type"] != "http" or scope["method"] not in _SAFE or connection.url.path.startswith(parts):
        return False
    return "text/html" in connection.headers.get("accept", "")


async def _to_sign_in(connection: HTTPConnection, receive: Receive, send: Send) -> None:
    """Send a person to the sign-in page and back to where they wanted to go; refuse everything else."""
    if not _is_page(connection, ()):
        await _refuse(connection.scope, receive, send, 403, "Sign in first.")
        return
    wanted = connection.url.path + (f"?{connection.url.query}" if connection.url.query else "")
    target = SIGN_IN if wanted == "/" else f"{SIGN_IN}?next={quote(wanted, safe='')}"
    await RedirectResponse(target, status_code=303)(connection.scope, receive, send)


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "websocket" and "websocket.http.response" not in scope.get("extensions", {}):
        await receive()  # the handshake; closing before accepting answers it with 403, in the server's own words
        await send({"type": "websocket.close", "code": 1008, "reason": words})
        return
    await PlainTextResponse(words, status_code=status)(scope, receive, send)
