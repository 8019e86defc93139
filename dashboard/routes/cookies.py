"""Cookies and forms of the plain pages: the session's cookie, and a token against forms of other sites."""

from hmac import compare_digest
from secrets import token_urlsafe
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from dashboard.access import COOKIE

FORM_COOKIE = "form"
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


def end_session(response: Response) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
