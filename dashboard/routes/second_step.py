"""The second step of signing in: a code, or setting up the telephone that makes codes. Plain pages, as the first step.

Setting up shows the recovery codes on the page that answers, this once, and nowhere else.
"""

from collections.abc import Sequence
from html import escape
from time import monotonic

import segno
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import store
from dashboard.access import SIGN_IN
from dashboard.routes import cookies, sign_in
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.page import page
from dashboard.routes.places import address_of, place_of
from dashboard.routes.sign_in import CODE, SET_UP
from dashboard.routes.way_on import own_path
from models import clock
from models.commands import second_factors, sign_ins
from models.commands.user_sessions import hashed
from models.errors import SignedOut
from models.keys import KeyName, decrypted
from models.queries.second_factors import ToSetUp, to_set_up
from models.rules.second_factors import address, grouped

_DOES_NOT_FIT = "This code does not fit. Enter the one your telephone shows now; its clock must be right."


async def show_code(request: Request) -> Response:
    """Answer GET: the form for the code, to whoever has given a name and a password."""
    wanted = own_path(request.query_params.get("next", "/"))
    if cookies.half_of(request) is None:
        return RedirectResponse(SIGN_IN, status_code=303)
    body = (
        '<h1>Second step</h1><p class="lead">Enter the code that your telephone shows now, or one of your recovery '
        f'codes.</p><form method="post" action="{CODE}">{cookies.hidden(cookies.form_token(request), wanted)}'
        f'{_code_field()}<button class="main">Sign in</button></form>'
        '<p class="quiet">Telephone lost, and no recovery code left? The court\'s administrator can reset your second '
        f'step.</p><p><a href="{SIGN_IN}">Begin again</a></p>'
    )
    return _with_form(request, page("Second step", body))


async def give_code(request: Request) -> Response:
    """Answer POST: a session and the way on, or the first page with its refusal."""
    started, fields = monotonic(), await cookies.own_form(request)
    if fields is None:
        return await sign_in.form(request, "/", sign_in.TOO_OLD, status=400)
    if wait := LIMITS.failures.wait(address_of(request), clock.now()):
        return too_many(wait)
    wanted = own_path(fields.get("next", "/"))
    try:
        token = await to_thread.run_sync(_finish, cookies.half_of(request), fields.get("code", ""), place_of(request))
    except SignedOut as over:
        return await _over(request, wanted, over)
    if token is None:
        return await sign_in.refuse(request, wanted, started)
    return await sign_in.arrive(request, token, RedirectResponse(wanted, status_code=303))


async def show_set_up(request: Request) -> Response:
    """Answer GET: the picture and the secret of the second factor that is being set up."""
    wanted = own_path(request.query_params.get("next", "/"))
    return await _set_up_page(request, wanted, "")


async def set_up(request: Request) -> Response:
    """Answer POST: the recovery codes and a fresh session, or the page again when the code is wrong."""
    fields = await cookies.own_form(request)
    if fields is None:
        return await sign_in.form(request, "/", sign_in.TOO_OLD, status=400)
    if wait := LIMITS.failures.wait(address_of(request), clock.now()):
        return too_many(wait)
    wanted = own_path(fields.get("next", "/"))
    try:
        done = await to_thread.run_sync(_confirm, cookies.half_of(request), fields.get("code", ""), place_of(request))
    except SignedOut as over:
        return await _over(request, wanted, over)
    if done is None:
        LIMITS.failures.count(address_of(request), clock.now())
        return await _set_up_page(request, wanted, _DOES_NOT_FIT, status=401)
    return await sign_in.arrive(request, done.token, codes_page(done.recovery_codes, wanted))


def codes_page(codes: Sequence[str], wanted: str) -> Response:
    """Return the page with the recovery codes; they are shown this once."""
    listed = "".join(f"<li><code>{grouped(code)}</code></li>" for code in codes)
    body = (
        '<h1>Your recovery codes</h1><p class="lead">Each signs you in once when the telephone is lost. Print them or '
        "write them down now, and keep them away from this machine: they are not shown again.</p>"
        f'<ol class="codes">{listed}</ol>'
        f'<p><a class="main" href="{escape(wanted)}">I have kept them, go on</a></p>'
    )
    return page("Recovery codes", body)


async def _set_up_page(request: Request, wanted: str, said: str, *, status: int = 200) -> Response:
    found = await to_thread.run_sync(_to_set_up, cookies.half_of(request))
    if found is None:
        return await _over(request, wanted, SignedOut(sign_ins.TOO_LATE))
    shown, secret = found
    picture = segno.make(address(secret, shown.username), error="m").svg_inline(border=2, omitsize=True)
    body = (
        '<h1>Set up your second step</h1><p class="lead">From now on you sign in with your password and a code that '
        "your telephone makes. This page is open for five minutes.</p>"
        + (f'<p class="said" role="alert">{escape(said)}</p>' if said else "")
        + "<ol><li>Open an authenticator on your telephone: any app that makes codes with six digits.</li>"
        f'<li>Point it at this picture:<div class="picture" role="img" aria-label="Picture for the authenticator; the '
        f'secret below says the same">{picture}</div>or type this secret:<br><code>{grouped(secret)}</code></li>'
        "<li>Enter the code it shows.</li></ol>"
        f'<form method="post" action="{SET_UP}">{cookies.hidden(cookies.form_token(request), wanted)}'
        f'{_code_field()}<button class="main">Set up</button></form>'
    )
    return _with_form(request, page("Set up your second step", body, status=status))


def _code_field() -> str:
    return (
        '<label for="code">Code</label><input id="code" name="code" autocomplete="one-time-code" '
        'autocapitalize="none" spellcheck="false" maxlength="40" required autofocus>'
    )


async def _over(request: Request, wanted: str, over: SignedOut) -> Response:
    answer = await sign_in.form(request, wanted, str(over), status=400)
    cookies.end_half(answer, secure=cookies.secure(request))
    return answer


def _with_form(request: Request, answer: Response) -> Response:
    cookies.set_form_token(answer, cookies.form_token(request), secure=cookies.secure(request))
    return answer


def _finish(token: str | None, code: str, place: str) -> str | None:
    key = store.own_key(KeyName.SECOND_FACTOR)
    with store.writing() as session:
        return sign_ins.finish(session, token, code, now=clock.now(), telephone=clock.wall(), key=key, place=place)


def _confirm(token: str | None, code: str, place: str) -> second_factors.SetUp | None:
    key, now = store.own_key(KeyName.SECOND_FACTOR), clock.now()
    with store.writing() as session:
        half = sign_ins.half_of(session, token, now=now)
        return second_factors.confirm(session, half, code, now=now, telephone=clock.wall(), key=key, place=place)


def _to_set_up(token: str | None) -> tuple[ToSetUp, str] | None:
    """Return what is being set up and its secret; None when it is over."""
    with store.reading() as session:
        found = to_set_up(session, hashed(token or ""), now=clock.now())
    secret = decrypted(store.own_key(KeyName.SECOND_FACTOR), found.sealed_secret, found.user_id) if found else None
    return (found, secret) if found and secret else None
