"""The frame as the product builds it, around a stand-in for Streamlit: for promises of the gate and the plain routes."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from dashboard.app import middleware, routes
from models.settings import Settings

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
