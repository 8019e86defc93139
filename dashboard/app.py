"""The ASGI application: Streamlit's screens, the plain routes beside them, and what surrounds both.

One process, one port. The lifespan loads what the first visitor would otherwise wait for.
"""

import gc
import importlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from dashboard import views
from dashboard.components.refusals import show_refusal
from dashboard.middleware import Gate, Hosts, SecurityHeaders
from dashboard.routes import (
    assets,
    downloads,
    feed,
    health,
    openid,
    own_second_step,
    second_step,
    sign_in,
    tab,
)
from models.errors import Refused
from models.settings import Settings

_log = logging.getLogger("offramp.dashboard")
_STREAMLITS = logging.getLogger("streamlit.error_util")
_COLLECT = (
    50_000,
    20,
    50,
)  # new objects before the youngest are looked at; then of each age, how many times before the next
_HEAVY = ("pandas", "altair", "sqlmodel", "icalendar")


def make_app(settings: Settings) -> st.App:
    """Return the application for one installation; its store is set by the caller."""
    _STREAMLITS.addFilter(_is_defect)
    return st.App(
        Path(__file__).with_name("main.py"),
        lifespan=_lifespan,
        routes=routes(),
        middleware=middleware(settings),
        on_script_error=show_refusal,
    )


def _is_defect(said: logging.LogRecord) -> bool:
    """Keep refusals out of the log: Streamlit reports whatever leaves a fragment, an ended sign-in too, as uncaught."""
    return not (said.exc_info and isinstance(said.exc_info[1], Refused))


def routes() -> list[BaseRoute]:
    """Return the plain routes beside the screens."""
    return [
        Route("/sign-in", sign_in.show_form, methods=["GET"]),
        Route("/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/sign-in/code", second_step.show_code, methods=["GET"]),
        Route("/sign-in/code", second_step.give_code, methods=["POST"]),
        Route("/sign-in/set-up", second_step.show_set_up, methods=["GET"]),
        Route("/sign-in/set-up", second_step.set_up, methods=["POST"]),
        Route("/second-step", own_second_step.show_own, methods=["GET"]),
        Route("/second-step", own_second_step.change_own, methods=["POST"]),
        Route("/sign-out", sign_in.sign_out, methods=["POST"]),
        Route(openid.BEGIN, openid.begin, methods=["GET"]),
        Route(openid.BACK, openid.back, methods=["GET"]),
        Route("/tab", tab.alive, methods=["GET"]),
        WebSocketRoute("/tab", tab.tab),
        Route("/favicon.png", assets.icon),
        Route("/fonts/{name}", assets.font),
        Route("/mends.js", assets.mends),
        Route("/tab.js", assets.tab),
        Route("/show-password.js", assets.show_password),
        Route("/bench.js", assets.bench),
        Route("/healthz", health.health),
        Route("/calendar/{token}.ics", feed.feed),
        Route("/download/{what}", downloads.download),
    ]


def middleware(settings: Settings) -> list[Middleware]:
    """Return what every request passes, outermost first."""
    return [
        Middleware(SecurityHeaders, behind_tls=settings.behind_tls),
        Middleware(Hosts, allowed=settings.allowed_hosts),
        Middleware(Gate),
    ]


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    """Import what screens need, take it out of every later garbage collection, and make collections rare.

    A rerun leaves few cycles and many open screens hold many objects, so each collection looks at far more than it
    frees; `_COLLECT` is what fifty open benches were measured with.
    """
    for name in (*_HEAVY, *(f"dashboard.views.{module.name}" for module in iter_modules(views.__path__))):
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    _log.info("The dashboard is ready.")
    yield
