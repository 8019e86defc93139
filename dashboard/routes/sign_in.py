"""Signing in and out: plain pages and forms, so that they work before any script does.

Every refusal reads the same and takes as long, so that nobody learns which names exist or which part was wrong. The
password is compared off the event loop; the code is asked for in `second_step`.
"""

import asyncio
from html import escape
from time import monotonic
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import store
from dashboard.access import COOKIE, SIGN_IN, known
from dashboard.routes import cookies, openid
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.page import page, password_field
from dashboard.routes.places import address_of, place_of
from dashboard.routes.way_on import own_path
from models import clock
from models.commands import sign_ins
from models.commands.accounts import DEMONSTRATION_NAMES, DEMONSTRATION_PASSWORD
from models.commands.user_sessions import sign_out as end_session
from models.errors import SignedOut
from models.keys import KeyName
from models.queries.accounts import demonstration_names
from models.rules.vocabulary import SignInStep

CODE, SET_UP = f"{SIGN_IN}/code", f"{SIGN_IN}/set-up"
REFUSED = (
    "That name, password and code do not fit, or there were too many attempts. Try again, or wait 15 minutes. "
    "Which of them was wrong is not said to anybody."
)
TOO_OLD = "This page was open for too long. Enter your name and password again."
LEAST = 0.5  # seconds: the least time a refusal takes, more than comparing a password does
_SAID = {"out": "You are signed out.", "ended": "Your sign-in has ended. What you recorded is kept. Sign in again."}
_AT_ONCE = 2  # comparing a password takes 64 MB and a core on purpose; more at once would starve the screens

_hashing: list[CapacityLimiter] = []


async def show_form(request: Request) -> Response:
    """Answer GET: the form, or the way on for somebody who is signed in."""
    wanted = own_path(request.query_params.get("next", "/"))
    if await to_thread.run_sync(_signed_in, request.cookies.get(COOKIE)):
        return RedirectResponse(wanted, status_code=303)
    said = next((words for sign, words in _SAID.items() if sign in request.query_params), "")
    return await form(request, wanted, said)


async def sign_in(request: Request) -> Response:
    """Answer POST: the next step for everybody, whatever fitted; a session only where a demonstration asks no code."""
    started, fields = monotonic(), await cookies.own_form(request)
    if fields is None:
        return await form(request, "/", TOO_OLD, status=400)
    wanted, demonstration = own_path(fields.get("next", "/")), fields.get("demonstration")
    username, password = fields.get("username", ""), fields.get("password", "")
    if demonstration:
        username, password = demonstration, DEMONSTRATION_PASSWORD
    name, address, now = sign_ins.plain(username), address_of(request), clock.now()
    waits = (LIMITS.failures.wait(address, now), LIMITS.attempts.wait(address, now), LIMITS.names.wait(name, now))
    if wait := max((one for one in waits if one), default=None):
        return too_many(wait)
    LIMITS.attempts.count(address, now)
    LIMITS.names.count(name, now)
    begun = await to_thread.run_sync(_begin, username, password, place_of(request), limiter=limiter())
    if begun is None:
        return await refuse(request, wanted, started)
    if begun.step is None:
        LIMITS.names.forget(name)
        return await arrive(request, begun.token, RedirectResponse(wanted, status_code=303))
    await evenly(started)
    path = SET_UP if begun.step is SignInStep.ENROL else CODE
    answer = RedirectResponse(f"{path}?next={quote(wanted, safe='')}", status_code=303)
    cookies.set_half(answer, begun.token, secure=cookies.secure(request))
    return answer


async def refuse(request: Request, wanted: str, started: float) -> Response:
    """Answer whatever did not fit with the same page after the same time; it is counted for the address."""
    LIMITS.failures.count(address_of(request), clock.now())
    await evenly(started)
    answer = await form(request, wanted, REFUSED, status=401)
    cookies.end_half(answer, secure=cookies.secure(request))
    return answer


async def arrive(request: Request, token: str, answer: Response) -> Response:
    """Give the browser its session with this answer, and end the one it had before."""
    if former := request.cookies.get(COOKIE):
        await to_thread.run_sync(_end_session, former)
    cookies.set_session(answer, token, secure=cookies.secure(request))
    cookies.end_half(answer, secure=cookies.secure(request))
    return answer


async def evenly(started: float) -> None:
    """Wait until `LEAST` seconds have passed since `started`."""
    await asyncio.sleep(max(0.0, LEAST - (monotonic() - started)))


async def sign_out(request: Request) -> Response:
    """Answer POST: the session ends in the database, then in the browser."""
    token = request.cookies.get(COOKIE)
    if await cookies.own_form(request) is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    if token:
        await to_thread.run_sync(_end_session, token)
    answer = RedirectResponse(f"{SIGN_IN}?out=1", status_code=303)
    cookies.end_session(answer, secure=cookies.secure(request))
    return answer


def _begin(username: str, password: str, place: str) -> sign_ins.Begun | None:
    """Compare, then write down what is asked next."""
    with store.reading() as session:
        proof = sign_ins.compare(session, username, password)
    key = store.own_key(KeyName.SECOND_FACTOR)
    with store.writing() as session:
        return sign_ins.begin(session, proof, now=clock.now(), key=key, place=place)


def _end_session(token: str) -> None:
    with store.writing() as session:
        end_session(session, token, now=clock.now())


def _signed_in(token: str | None) -> bool:
    try:
        known(token)
    except SignedOut:
        return False
    return True


def limiter() -> CapacityLimiter:
    """Return the process's limit of comparisons at once; made on first use, inside the running loop."""
    if not _hashing:
        _hashing.append(CapacityLimiter(_AT_ONCE))
    return _hashing[0]


async def form(request: Request, wanted: str, said: str, *, status: int = 200) -> Response:
    """Return the page with its form; `said` stands above it and is read out."""
    token = cookies.form_token(request)
    hidden = cookies.hidden(token, wanted)
    demonstration = await to_thread.run_sync(_demonstration)
    body = (
        '<h1>Offramp</h1><p class="lead">Docket and follow-up of the court</p>'
        + (f'<p class="said" role="alert">{escape(said)}</p>' if said else "")
        + f'<form method="post" action="{SIGN_IN}">{hidden}'
        '<label for="username">Username</label><input id="username" name="username" autocomplete="username" '
        'autocapitalize="none" spellcheck="false" required autofocus>'
        + password_field("current-password")
        + '<button class="main">Sign in</button></form>'
        + openid.link(wanted)
        + _demonstration_markup(demonstration, hidden)
    )
    answer = page("Sign in", body, status=status)
    cookies.set_form_token(answer, token, secure=cookies.secure(request))
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
