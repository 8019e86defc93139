"""The frame as the product builds it, around a stand-in for Streamlit: for promises of the gate and the plain routes."""

from datetime import timedelta

import pyotp
from sqlalchemy.engine import Engine
from sqlmodel import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from dashboard import store
from dashboard.app import middleware, routes
from models import database
from models.commands import second_factors, sign_ins
from models.keys import KeyName, decrypted
from models.rules.vocabulary import SignInStep
from models.scope import Actor
from models.settings import Settings
from models.tables import User
from tests.builders import NOW

PASSWORD = "seven grey herons wait"


async def shell(request: Request) -> PlainTextResponse:
    """Stand in for Streamlit's pages behind the gate."""
    return PlainTextResponse(f"inside {request.url.scheme}")


async def stream(socket: WebSocket) -> None:
    """Stand in for Streamlit's websocket behind the gate."""
    await socket.accept()


def made(**settings: object) -> Starlette:
    """Return the frame around a stand-in for Streamlit."""
    given = Settings(**({"allowed_hosts": ("localhost", "*.court.example")} | settings))  # type: ignore[arg-type]
    inside = [WebSocketRoute("/_stcore/stream", stream), Route("/{rest:path}", shell, methods=["GET", "POST", "PUT"])]
    return Starlette(routes=[*routes(), *inside], middleware=middleware(given))


def with_second_factor(engine: Engine, of_court: Actor, username: str) -> list[str]:
    """Let an account of the court set up its second factor, a day ago, and return its recovery codes."""
    key, then = store.own_key(KeyName.SECOND_FACTOR), NOW - timedelta(days=1)
    with database.transaction(engine) as session:
        user = session.exec(select(User).where(User.username == username, User.court_id == of_court.court_id)).one()
        begun = sign_ins.enrol(session, user.id, SignInStep.ENROL, now=then, key=key)
        half = sign_ins.half_of(session, begun.token, now=then)
        secret = decrypted(key, half.sealed_secret or "", user.id) or ""
        code = pyotp.TOTP(secret).at(then)
        done = second_factors.confirm(session, half, code, now=then, telephone=then, key=key, place=None)
    assert done is not None
    return list(done.recovery_codes)
