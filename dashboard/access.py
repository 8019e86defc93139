"""Who is looking: the session cookie read afresh at every run, in every fragment and callback.

A screen asks here for its actor and hands it to queries and commands, which authorise again. Nothing is cached: a
revoked session ends at the next click. Tests stand in for the browser by patching `session_cookie` alone.
"""

from datetime import date, datetime
from html import escape
from urllib.parse import quote, urlsplit
from uuid import UUID

import streamlit as st

from dashboard import store
from models import clock, scope
from models.commands.user_sessions import sign_out as end_session
from models.commands.user_sessions import touch_session
from models.queries.sign_ins import SignedIn, signed_in
from models.rules.permissions import Action
from models.scope import Actor

COOKIE = "sid"
SIGN_IN = "/sign-in"


def session_cookie() -> str | None:
    """Return the browser's session token; frozen when its websocket opened, so signing in is a full page load."""
    value = st.context.cookies.get(COOKIE)
    return value if isinstance(value, str) else None


def known(token: str | None) -> SignedIn:
    """Return who a token stands for now; raises SignedOut. It is no use: a tab left open does not keep a sign-in."""
    with store.reading() as session:
        return signed_in(session, token, now=clock.now())


def session_of(token: str | None) -> SignedIn:
    """Return who a token stands for now, and note its use at most once a minute; raises SignedOut."""
    now, found = clock.now(), known(token)
    if found.touch_due:
        with store.writing() as session:
            touch_session(session, found.session_id, now=now)
    return found


def actor() -> Actor:
    """Return who acts in this run, read from the database; raises SignedOut, which the frame answers."""
    return session_of(session_cookie()).actor


def session_id() -> UUID:
    """Return the id of the session that looks at this run; raises SignedOut."""
    return known(session_cookie()).session_id


def require(*actions: Action) -> Actor:
    """Return who acts when their roles include every one of `actions`; raises NotPermitted, SignedOut."""
    who = actor()
    scope.require(who, *actions)
    return who


def now() -> datetime:
    """Return the instant (UTC) to hand to commands."""
    return clock.now()


def today(who: Actor) -> date:
    """Return the court's civil date to hand to queries."""
    return who.today(clock.now())


def sign_out() -> None:
    """End this session in the database and take the browser to the sign-in page."""
    token = session_cookie()
    if token:
        with store.writing() as session:
            end_session(session, token, now=clock.now())
    _leave_for(f"{SIGN_IN}?out=1")


def to_sign_in() -> None:
    """Take the browser to the sign-in page and afterwards back here; leaves a link for one that does not follow."""
    here = urlsplit(st.context.url or "/")
    wanted = here.path + (f"?{here.query}" if here.query else "")
    _leave_for(f"{SIGN_IN}?ended=1&next={quote(wanted or '/', safe='')}")


def _leave_for(path: str) -> None:
    """Move the whole page to another address of this site."""
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

    st.info("Your sign-in has ended. What you recorded is kept.")
    st.html(f'<p class="of-links"><a href="{escape(path)}" target="_self">Sign in again</a></p>')
    context = get_script_run_ctx()
    if context is not None:
        message = ForwardMsg()
        message.auth_redirect.url = path  # the one message by which Streamlit moves the whole page
        context.enqueue(message)
