"""One's own second step, for who is signed in: another telephone, new recovery codes. Each asks for the password again."""

from collections.abc import Callable
from html import escape
from time import monotonic

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import store
from dashboard.access import COOKIE, SIGN_IN, session_of
from dashboard.routes import cookies
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.page import page, password_field
from dashboard.routes.places import address_of
from dashboard.routes.second_step import codes_page
from dashboard.routes.sign_in import SET_UP, evenly, limiter
from models import clock
from models.commands import second_factors, sign_ins
from models.errors import Invalid, SignedOut
from models.keys import KeyName
from models.queries.second_factors import OwnSecondFactor, own_second_factor
from models.rules.vocabulary import SignInStep
from models.scope import Actor

PATH = "/second-step"
_BACK = "/my_account"
_REFUSED = (
    "The password does not fit, or there were too many attempts. Nothing was changed. Try again, or wait 15 minutes."
)

#: What is asked for -> what answers it, once the password has fitted.
_Act = Callable[[Request, Actor], Response]


async def show_own(request: Request) -> Response:
    """Answer GET: what there is to change about one's second step."""
    try:
        return await to_thread.run_sync(_page, request, "", 200)
    except SignedOut:
        return RedirectResponse(SIGN_IN, status_code=303)


async def change_own(request: Request) -> Response:
    """Answer POST: the change, once the password has fitted."""
    started, fields = monotonic(), await cookies.own_form(request)
    if wait := LIMITS.failures.wait(address_of(request), clock.now()):
        return too_many(wait)
    try:
        if fields is None or (act := _ACTS.get(fields.get("act", ""))) is None:
            return await to_thread.run_sync(_page, request, "This page was open for too long. Choose again.", 400)
        who = await to_thread.run_sync(_proved, request, fields.get("password", ""), limiter=limiter())
        if who is None:
            LIMITS.failures.count(address_of(request), clock.now())
            await evenly(started)
            return await to_thread.run_sync(_page, request, _REFUSED, 401)
        return await to_thread.run_sync(act, request, who)
    except SignedOut:
        return RedirectResponse(SIGN_IN, status_code=303)
    except Invalid as refusal:
        return await to_thread.run_sync(_page, request, str(refusal), 400)


def _proved(request: Request, password: str) -> Actor | None:
    """Return who is signed in when the password is theirs; a failure counts like one at the sign-in."""
    who = session_of(request.cookies.get(COOKIE)).actor
    with store.reading() as session:
        proof = sign_ins.compare_own(session, who, password)
    with store.writing() as session:
        return who if sign_ins.confirm_own(session, who, proof, now=clock.now()) else None


def _telephone(request: Request, who: Actor) -> Response:
    with store.writing() as session:
        begun = sign_ins.enrol(
            session, who.person, SignInStep.REPLACE, now=clock.now(), key=store.own_key(KeyName.SECOND_FACTOR)
        )
    answer = RedirectResponse(f"{SET_UP}?next={_BACK}", status_code=303)
    cookies.set_half(answer, begun.token, secure=cookies.secure(request))
    return answer


def _codes(_request: Request, who: Actor) -> Response:
    with store.writing() as session:
        codes = second_factors.renew_recovery_codes(
            session, who, now=clock.now(), key=store.own_key(KeyName.SECOND_FACTOR)
        )
    return codes_page(codes, _BACK)


def _without(_request: Request, who: Actor) -> Response:
    with store.writing() as session:
        second_factors.do_without(session, who, now=clock.now())
    return RedirectResponse(_BACK, status_code=303)


_ACTS: dict[str, _Act] = {"telephone": _telephone, "codes": _codes, "without": _without}


def _page(request: Request, said: str, status: int) -> Response:
    who = session_of(request.cookies.get(COOKIE)).actor
    with store.reading() as session:
        own = own_second_factor(session, who)
    token = cookies.form_token(request)
    body = (
        f'<h1>Second step</h1><p class="lead">{_state(own)}</p>'
        + (f'<p class="said" role="alert">{escape(said)}</p>' if said else "")
        + f'<form method="post" action="{PATH}">{cookies.hidden(token)}'
        + password_field("current-password", "Present password")
        + f'<div class="acts">{_buttons(own, who)}</div></form><p><a href="{_BACK}">Back to my account</a></p>'
    )
    answer = page("Second step", body, status=status)
    cookies.set_form_token(answer, token, secure=cookies.secure(request))
    return answer


def _state(own: OwnSecondFactor | None) -> str:
    if own is None:
        return "You sign in with your password alone. With a second step, a password that somebody has learnt is not enough."
    left = "1 recovery code is" if own.codes_left == 1 else f"{own.codes_left} recovery codes are"
    return f"You sign in with your password and a code. {left} left."


def _buttons(own: OwnSecondFactor | None, who: Actor) -> str:
    if own is None:
        return '<button class="main" name="act" value="telephone">Set up a second step</button>'
    without = '<button name="act" value="without">Do without a second step</button>' if who.demonstration else ""
    return (
        '<button class="main" name="act" value="telephone">Set up another telephone</button>'
        f'<button name="act" value="codes">Make new recovery codes</button>{without}'
    )
