"""A token for each form, made when it is first drawn, so that a second click of Save is the same save."""

from uuid import UUID, uuid4

import streamlit as st


def form_token(form: str) -> UUID:
    """Return this form's token; the same until `renew`. `form` names the form and its subject ("decide:<id>")."""
    token: UUID = st.session_state.setdefault(f"token:{form}", uuid4())
    return token


def renew(form: str) -> None:
    """Forget the token after the write succeeded: what is entered next is a new act."""
    st.session_state.pop(f"token:{form}", None)
