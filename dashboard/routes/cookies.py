"""Cookies and forms of the plain pages: the session's cookie, and a token against forms of other sites."""

from hmac import compare_digest
from html import escape
from secrets import token_urlsafe
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from dashboard.access import COOKIE
from models.rules.sign_ins import HALF

FORM_COOKIE = "form"
HALF_COOKIE = "half"  # a sign-in between password and code
_HALF_PATH = "/sign-in"
FORM_FIELD = "form_token"
_LARGEST_FORM = 10_000  # bytes


def form_token(request: Request) -> str:
    """Return the browser's form token, or a new one for a browser that has none."""
    return request.cookies.get(FORM_COOKIE) or token_urlsafe(32)


def set_form_token(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the token that its form sends back."""
    response.set_cookie(FORM_COOKIE, token, httponly=True, samesite="strict", secure=secure, path="/")


async def own_form(request: Request) -> dict[str, str] | None:
    """Return the fields of a form of ours; None when it is another site's, too large, or older than its token."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM:
            return None
    fields = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    sent, held = fields.get(FORM_FIELD, ""), request.cookies.get(FORM_COOKIE, "")
    return fields if held and compare_digest(sent.encode(), held.encode()) else None


def set_session(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser its session; the cookie ends with the browser, the session with the database's row."""
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


def end_session(response: Response, *, secure: bool) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=secure)


def half_of(request: Request) -> str | None:
    """Return the token of the sign-in that this browser has begun."""
    return request.cookies.get(HALF_COOKIE)


def set_half(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the sign-in it has begun; it opens nothing, and only the sign-in's own pages get it."""
    seconds = int(HALF.total_seconds())
    response.set_cookie(
        HALF_COOKIE, token, max_age=seconds, httponly=True, samesite="strict", secure=secure, path=_HALF_PATH
    )


def end_half(response: Response, *, secure: bool) -> None:
    """Take the begun sign-in's cookie away."""
    response.delete_cookie(HALF_COOKIE, path=_HALF_PATH, httponly=True, samesite="strict", secure=secure)


def hidden(token: str, wanted: str = "/") -> str:
    """Return the fields every form of ours sends back: its token, and where its reader was going."""
    return (
        f'<input type="hidden" name="{FORM_FIELD}" value="{escape(token)}">'
        f'<input type="hidden" name="next" value="{escape(wanted)}">'
    )


def secure(request: Request) -> bool:
    """Tell whether cookies must only travel encrypted."""
    return request.url.scheme == "https"  # the middleware says so behind TLS
