"""The frame of every screen: the look, the sign-in, the navigation of one's roles, and answers to refusals.

Streamlit runs this file at every full rerun. It authorises nothing: a fragment's rerun does not pass here, so each
view asks `access` for itself.
"""

from typing import Literal

import streamlit as st

from dashboard import access, theme
from dashboard.components.account import show_account
from dashboard.components.refusals import show_refusal, show_said
from dashboard.navigation import VIEWS, Screen, screens_of
from models.errors import Refused
from models.scope import Actor


def run() -> None:
    """Draw one screen with its frame, or what there is instead."""
    # Not a Streamlit icon: the browser would ask another host for its picture.
    st.set_page_config(page_title="Offramp", page_icon="/favicon.png", layout="wide")
    # Menus stand outside the page's own element, so the scheme is told to the root as well.
    scheme = st.context.theme.type or "light dark"
    st.html(f"<style>:root {{ color-scheme: {scheme}; }}\n{theme.style_sheet()}</style>")
    # Ours, and fixed: see routes/assets.
    st.html('<script src="/mends.js"></script><script src="/tab.js"></script>', unsafe_allow_javascript=True)
    try:
        who = access.actor()
        page = st.navigation(_pages(who), position="top")
        st.set_page_config(page_title=f"{page.title} · Offramp" if page.title != "Offramp" else "Offramp")
        show_account(who)
        show_said()
        page.run()
    except Refused as refusal:
        show_refusal(refusal)


def _pages(who: Actor) -> list[st.Page]:
    """Return the pages of the actor's roles; a page that is not among them cannot be reached."""
    home = st.Page(VIEWS / "home.py", title="Offramp", default=True, visibility="hidden")
    return [home, *(_page(one) for one in screens_of(who.roles))]


def _page(screen: Screen) -> st.Page:
    visibility: Literal["visible", "hidden"] = "visible" if screen.listed else "hidden"
    return st.Page(screen.file, title=screen.title, icon=screen.icon, url_path=screen.name, visibility=visibility)


if __name__ == "__main__":
    run()
