"""Signing in at another house: the way there, and the way back into the court's own session.

What a way hangs together by (state, nonce, verifier) is kept in this process for ten minutes, used once, and bound to
the browser by a cookie: nobody else's answer, and no answer twice, signs anybody in.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256
from html import escape
from secrets import token_urlsafe
from threading import Lock
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import openid, store
from dashboard.access import COOKIE
from dashboard.openid import Attempt, OtherHouse, Provider
from dashboard.routes import cookies
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.page import message
from dashboard.routes.places import address_of, place_of
from dashboard.routes.way_on import own_path
from models import clock
from models.commands import openid as commands
from models.commands.user_sessions import sign_out
from models.errors import NotPermitted, Refused
from models.rules.claims import claimed

BEGIN, BACK = "/openid/begin", "/openid/return"
_BROWSER = "openid"
_LONGEST = timedelta(minutes=10)
_REMEMBERED = 1_000
_AT_ONCE = 8  # who wait for the other house; more would keep the screens waiting when it is slow

_TITLE = "Not signed in"
_OVER = (
    "This way of signing in was begun in another browser, more than ten minutes ago, or is over already. "
    "Nothing was recorded. Begin again from the sign-in page."
)


class Begun:
    """The ways that were begun and not finished, in this process's memory only."""

    def __init__(self) -> None:
        """Start without any."""
        self._lock = Lock()
        self._by_state: OrderedDict[str, tuple[Attempt, str, datetime]] = OrderedDict()

    def begin(self, browser: str, wanted: str, now: datetime) -> Attempt:
        """Return a new way for a browser at an instant (UTC); the oldest is forgotten when there are too many."""
        attempt = Attempt(token_urlsafe(32), token_urlsafe(32), token_urlsafe(64), wanted)
        with self._lock:
            self._by_state[attempt.state] = (attempt, _hashed(browser), now)
            while len(self._by_state) > _REMEMBERED:
                self._by_state.popitem(last=False)
        return attempt

    def finish(self, state: str, browser: str, now: datetime) -> Attempt | None:
        """Return the way and forget it: it counts once, in the browser that began it, for ten minutes."""
        with self._lock:
            attempt, began_in, at = self._by_state.pop(state, (None, "", now))
        return attempt if began_in == _hashed(browser) and now - at < _LONGEST else None


_begun = Begun()
_waiting: list[CapacityLimiter] = []


def link(wanted: str) -> str:
    """Return the markup of the way to the other house; nothing where the court has agreed with none."""
    provider = openid.used()
    if provider is None:
        return ""
    address = f"{BEGIN}?next={quote(wanted, safe='')}"
    return f'<p><a class="button" href="{escape(address)}">Sign in with {escape(provider.agreed.name)}</a></p>'


async def begin(request: Request) -> Response:
    """Answer GET: the way to the other house, or words that it does not answer."""
    provider, now = openid.used(), clock.now()
    if provider is None or request.method != "GET":
        return message(_TITLE, "There is no other way to sign in here.", status=404)
    if wait := LIMITS.failures.wait(address_of(request), now):
        return too_many(wait)
    browser = request.cookies.get(_BROWSER) or token_urlsafe(32)
    attempt = _begun.begin(browser, own_path(request.query_params.get("next", "/")), now)
    try:
        address = await to_thread.run_sync(provider.way_there, attempt, now, limiter=_limiter())
    except OtherHouse as refusal:
        LIMITS.failures.count(address_of(request), now)
        return message(_TITLE, str(refusal), status=503)
    answer = RedirectResponse(address, status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(_BROWSER, browser, httponly=True, samesite="lax", secure=secure, path="/openid", max_age=600)
    return answer


async def back(request: Request) -> Response:
    """Answer GET, whoever sent the browser here: a session and the way on, or a refusal in words."""
    provider, now = openid.used(), clock.now()
    if provider is None or request.method != "GET":
        return message(_TITLE, "There is no other way to sign in here.", status=404)
    if wait := LIMITS.failures.wait(address_of(request), now):
        return too_many(wait)
    attempt = _begun.finish(request.query_params.get("state", ""), request.cookies.get(_BROWSER, ""), now)
    if attempt is None:
        LIMITS.failures.count(address_of(request), now)
        return message(_TITLE, _OVER, status=400)
    try:
        token = await to_thread.run_sync(_signed_in, provider, attempt, request, now, limiter=_limiter())
    except Refused as refusal:
        LIMITS.failures.count(address_of(request), now)
        return message(_TITLE, str(refusal), status=403 if isinstance(refusal, NotPermitted) else 502)
    answer = RedirectResponse(attempt.wanted, status_code=303)
    cookies.set_session(answer, token, secure=request.url.scheme == "https")
    answer.delete_cookie(_BROWSER, path="/openid", httponly=True, samesite="lax")
    return answer


def _signed_in(provider: Provider, attempt: Attempt, request: Request, now: datetime) -> str:
    """Open a session for whom the other house vouches, and end the browser's former one."""
    claims = provider.claims(attempt, dict(request.query_params), now)
    who, agreed, former = claimed(claims, provider.agreed.rules), provider.agreed, request.cookies.get(COOKIE)
    with store.writing() as session:
        token = commands.sign_in(
            session, who, agreed.issuer, makes_accounts=agreed.makes_accounts, now=now, place=place_of(request)
        )
        if former:
            sign_out(session, former, now=now)
    return token


def _hashed(browser: str) -> str:
    return sha256(browser.encode()).hexdigest()


def _limiter() -> CapacityLimiter:
    """Return the process's limit of waiting ways; made on first use, inside the running loop."""
    if not _waiting:
        _waiting.append(CapacityLimiter(_AT_ONCE))
    return _waiting[0]
