"""One's own calendar feed: make its secret address, see it once, revoke it. Nothing in the feed tells of a case."""

from urllib.parse import urlsplit

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.heading import show_note
from dashboard.components.refusals import attempt
from models.commands.feeds import make_feed, revoke_feed
from models.queries.feeds import has_feed
from models.rules.permissions import Action
from models.scope import Actor, may

_FRESH = "feed-address"


def show_feed(who: Actor) -> None:
    """Draw the button that opens one's own feed, for who may have one."""
    if not may(who, Action.MANAGE_FEED):
        return
    with st.popover("Calendar feed", icon=":material/event_upcoming:", key="feed"):
        with store.reading() as session:
            made_at = has_feed(session, who)
        show_note("Court sessions for a calendar on a phone or computer: days, times and rooms; no name and no case.")
        _show_address()
        if made_at is None:
            st.button("Make my address", key="feed-make", on_click=_make, type="primary")
            return
        st.write(f"Your address was made {wording.instant_words(made_at, who.zone)}.")
        with st.container(horizontal=True):
            st.button("Make a new one", key="feed-make", on_click=_make, help="The former address ends at once.")
            st.button("Revoke it", key="feed-revoke", on_click=_revoke)


def _show_address() -> None:
    """Show a fresh address this once."""
    address = st.session_state.pop(_FRESH, None)
    if address:
        show_note("Copy it into the calendar now: it is shown this once. Whoever has it can read the feed.")
        st.code(address, language=None, wrap_lines=True)


def _make() -> None:
    with attempt():
        with store.writing() as session:
            token = make_feed(session, access.require(Action.MANAGE_FEED), now=access.now())
        st.session_state[_FRESH] = f"{_origin()}/calendar/{token}.ics"


def _revoke() -> None:
    with attempt("The address is revoked. Calendars that had it find nothing any more."), store.writing() as session:
        revoke_feed(session, access.require(Action.MANAGE_FEED), now=access.now())


def _origin() -> str:
    """Return the site as the browser names it."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
