"""Who is signed in, at the top right: name, court and roles, one's own feed, and the way out."""

import streamlit as st

from dashboard import access, wording
from dashboard.components.html import show, tag
from dashboard.components.markdown import plain
from dashboard.navigation import VIEWS
from models.scope import Actor


def show_account(who: Actor) -> None:
    """Show the account's menu; signing out ends the session in the database first."""
    with st.container(key="account"), st.popover(plain(who.name), icon=":material/person:"):
        roles = ", ".join(sorted(wording.text(role) for role in who.roles))
        show(tag("p", f"{who.court} · {roles}", css="of-note"))
        if who.demonstration:
            show(tag("p", f"Demonstration court. Its day is {wording.day_words(access.today(who))}.", css="of-note"))
        st.page_link(VIEWS / "my_account.py", label="My account", icon="")
        if st.button("Sign out", key="sign-out", width="stretch"):
            access.sign_out()
            st.stop()
