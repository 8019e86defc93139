"""The second look at words that may tell a place: the warning, and the box to tick where it is no confidential place.

It stands only where the act before was refused for such words; ticking it lets the same words through once.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from sqlmodel import Session

from dashboard import store
from models.commands.free_words import looked_at
from models.errors import PlaceInWords

_BOX = "I have looked: what I wrote is no confidential place"


@contextmanager
def writing_words(form: str) -> Iterator[Session]:
    """Yield a session for one act of a form, as `store.writing` does; a refusal for its words is remembered for `form`."""
    key = _key(form)
    try:
        with store.writing() as session, looked_at(session, confirmed=bool(st.session_state.get(f"{key}-sure"))):
            yield session
    except PlaceInWords:
        st.session_state[key] = True
        raise
    st.session_state.pop(key, None)


def show_second_look(form: str) -> None:
    """Draw the box where the words of this form were refused before; nothing otherwise."""
    if st.session_state.get(_key(form)):
        st.checkbox(_BOX, key=f"{_key(form)}-sure")


def look_no_more(form: str) -> None:
    """Forget that words of this form were refused: it is begun anew."""
    st.session_state.pop(_key(form), None)


def _key(form: str) -> str:
    return f"place-{form}"
