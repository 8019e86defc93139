"""One's own account: the calendar feed, the password, the second step, and where one is signed in."""

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.card import card
from dashboard.components.feed import show_feed
from dashboard.components.heading import show_heading, show_note
from dashboard.components.html import link, show, tag
from dashboard.components.open_sessions import show_open_sessions
from dashboard.components.refusals import attempt
from models.commands import accounts as commands
from models.commands import sign_ins
from models.commands.user_sessions import revoke_sessions
from models.errors import Invalid
from models.queries.accounts import SessionRow, open_sessions
from models.queries.second_factors import OwnSecondFactor, own_second_factor
from models.rules.passwords import SHORTEST
from models.rules.permissions import Action
from models.scope import Actor, may


def render() -> None:
    """Draw the cards."""
    who = access.require(Action.OWN_ACCOUNT)
    with store.reading() as session:
        sessions = open_sessions(session, who, who.person, now=access.now())
        second = own_second_factor(session, who)
    show_heading("My account", f"{who.name} · {', '.join(sorted(wording.text(role) for role in who.roles))}")
    left, right = st.columns(2, gap="large")
    with left:
        if may(who, Action.MANAGE_FEED):
            with card("Calendar", "court sessions in your own calendar", key="own-calendar"):
                show_feed(who)
        with card("Signed in", wording.count(len(sessions), "place"), key="places"):
            _places(who, sessions)
    with right:
        with card("Second step", "a code from your telephone", key="own-second-step"):
            _second_step(second)
        with card("Password", key="own-password"):
            _password()


def _second_step(own: OwnSecondFactor | None) -> None:
    if own is None:
        show_note("You sign in with your password alone.")
        words = "Set up a second step"
    else:
        left = wording.count(own.codes_left, "recovery code")
        show_note(f"Set up. {left} left: each signs you in once when the telephone is lost.")
        words = "Another telephone, or new recovery codes"
    show(tag("p", link(words, "/second-step"), css="of-links"))


def _places(who: Actor, sessions: tuple[SessionRow, ...]) -> None:
    show_open_sessions(who, sessions, access.session_id())
    if st.button("Sign out everywhere", key="revoke-own"):
        with attempt(), store.writing() as session:
            revoke_sessions(session, access.actor(), who.person, now=access.now())
        access.to_sign_in()
        st.stop()


def _password() -> None:
    with st.form("own-password-form", border=False):
        present = st.text_input("Present password", type="password", autocomplete="current-password", key="present")
        new = st.text_input("New password", type="password", autocomplete="new-password", key="new")
        show_note(
            f"At least {SHORTEST} characters; a few words in a row are easy to remember. You sign in again with it."
        )
        saved = st.form_submit_button("Change password", type="primary")
    if saved:
        with attempt() as tried:
            _change_password(present, new)
        if tried.done:
            access.to_sign_in()
            st.stop()


def _change_password(present: str, new: str) -> None:
    """Change it when the present one fits; every session of the account ends, this one too."""
    who = access.actor()
    with store.reading() as session:
        proof = sign_ins.compare_own(session, who, present)
    with store.writing() as session:
        proved = sign_ins.confirm_own(session, who, proof, now=access.now())
    if not proved:
        raise Invalid(
            "The present password does not fit, or there were too many attempts. Nothing was changed. "
            "Try again, or wait 15 minutes."
        )
    with store.writing() as session:
        commands.set_password(session, who, who.person, new, now=access.now())


if __name__ == "__main__":
    render()
