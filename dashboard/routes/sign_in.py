"""Signing in and out: plain pages and forms, so that they work before any script does.

Every refusal reads the same, so that nobody learns which names exist. The password is compared off the event loop.
"""

from html import escape

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import store
from dashboard.access import COOKIE, SIGN_IN, session_of
from dashboard.routes import cookies, openid
from dashboard.routes.limits import Failures
from dashboard.routes.page import page
from dashboard.routes.way_on import own_path
from models import clock
from models.commands import sign_ins
from models.commands.accounts import DEMONSTRATION_NAMES, DEMONSTRATION_PASSWORD
from models.errors import SignedOut
from models.queries.accounts import demonstration_names

REFUSED = "That name and password do not fit, or there were too many attempts. Try again, or wait 15 minutes."
_TOO_OLD = "This page was open for too long. Enter your name and password again."
_SAID = {"out": "You are signed out.", "ended": "Your sign-in has ended. What you recorded is kept. Sign in again."}
_AT_ONCE = 2  # comparing a password takes 64 MB and a core on purpose; more at once would starve the screens

_failures = Failures()
_hashing: list[CapacityLimiter] = []


async def show_form(request: Request) -> Response:
    """Answer GET: the form, or the way on for somebody who is signed in."""
    wanted = own_path(request.query_params.get("next", "/"))
    if await to_thread.run_sync(_signed_in, request.cookies.get(COOKIE)):
        return RedirectResponse(wanted, status_code=303)
    said = next((words for sign, words in _SAID.items() if sign in request.query_params), "")
    return await _form(request, wanted, said)


async def sign_in(request: Request) -> Response:
    """Answer POST: a session and the way on, or the form with a refusal."""
    fields = await cookies.own_form(request)
    if fields is None:
        return await _form(request, "/", _TOO_OLD, status=400)
    wanted = own_path(fields.get("next", "/"))
    address, now = request.client.host if request.client else "", clock.now()
    if _failures.too_many(address, now):
        return await _form(request, wanted, REFUSED, status=429)
    username, password = fields.get("username", ""), fields.get("password", "")
    if name := fields.get("demonstration"):
        username, password = name, DEMONSTRATION_PASSWORD
    token = await to_thread.run_sync(_open_session, username, password, request.cookies.get(COOKIE), limiter=_limiter())
    if token is None:
        _failures.count(address, now)
        return await _form(request, wanted, REFUSED, status=401)
    answer = RedirectResponse(wanted, status_code=303)
    cookies.set_session(answer, token, secure=_secure(request))
    return answer


async def sign_out(request: Request) -> Response:
    """Answer POST: the session ends in the database, then in the browser."""
    token = request.cookies.get(COOKIE)
    if await cookies.own_form(request) is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    if token:
        await to_thread.run_sync(_end_session, token)
    answer = RedirectResponse(f"{SIGN_IN}?out=1", status_code=303)
    cookies.end_session(answer)
    return answer


def _open_session(username: str, password: str, former: str | None) -> str | None:
    """Compare, then open a session and end the browser's former one; None when it is refused."""
    with store.reading() as session:
        proof = sign_ins.compare(session, username, password)
    with store.writing() as session:
        token = sign_ins.sign_in(session, proof, now=clock.now())
        if token and former:
            sign_ins.sign_out(session, former, now=clock.now())
    return token


def _end_session(token: str) -> None:
    with store.writing() as session:
        sign_ins.sign_out(session, token, now=clock.now())


def _signed_in(token: str | None) -> bool:
    try:
        session_of(token)
    except SignedOut:
        return False
    return True


def _limiter() -> CapacityLimiter:
    """Return the process's limit of comparisons at once; made on first use, inside the running loop."""
    if not _hashing:
        _hashing.append(CapacityLimiter(_AT_ONCE))
    return _hashing[0]


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"  # the middleware says so behind TLS


async def _form(request: Request, wanted: str, said: str, *, status: int = 200) -> Response:
    """Return the page with its form; `said` stands above it and is read out."""
    token = cookies.form_token(request)
    hidden = f'<input type="hidden" name="{cookies.FORM_FIELD}" value="{escape(token)}"><input type="hidden" name="next" value="{escape(wanted)}">'
    demonstration = await to_thread.run_sync(_demonstration)
    body = (
        '<h1>Offramp</h1><p class="lead">Docket and follow-up of the court</p>'
        + (f'<p class="said" role="alert">{escape(said)}</p>' if said else "")
        + f'<form method="post" action="{SIGN_IN}">{hidden}'
        '<label for="username">Username</label><input id="username" name="username" autocomplete="username" '
        'autocapitalize="none" spellcheck="false" required autofocus>'
        '<label for="password">Password</label><input id="password" name="password" type="password" '
        'autocomplete="current-password" required><button class="main">Sign in</button></form>'
        + openid.link(wanted)
        + _demonstration_markup(demonstration, hidden)
    )
    answer = page("Sign in", body, status=status)
    cookies.set_form_token(answer, token, secure=_secure(request))
    return answer


def _demonstration() -> tuple[tuple[str, str], ...]:
    with store.reading() as session:
        return demonstration_names(session, DEMONSTRATION_NAMES)


def _demonstration_markup(names: tuple[tuple[str, str], ...], hidden: str) -> str:
    """Return the demonstration's sign-ins as buttons; nothing in a court's own database."""
    if not names:
        return ""
    buttons = "".join(
        f'<button name="demonstration" value="{escape(username)}">{escape(shown)}<span>{escape(username)}</span></button>'
        for username, shown in names
    )
    return (
        '<section class="demo" aria-labelledby="demo"><h2 id="demo">Demonstration court</h2>'
        f"<p>Everybody in it is invented. Sign in as one of these; the password of each is “{DEMONSTRATION_PASSWORD}”.</p>"
        f'<form method="post" action="{SIGN_IN}">{hidden}{buttons}</form></section>'
    )
