"""Refusals on the screen: what is wrong and what to do next, in the command's own words."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from models.errors import Conflict, NoRoom, Refused, SignedOut

_SHOWN = "said"


class Attempt:
    """How an attempt ended: `done` is true when nothing refused it."""

    done = False


@contextmanager
def attempt(success: str | None = None) -> Iterator[Attempt]:
    """Try a command: a refusal becomes a message and `done` stays false; `success` is said after the next rerun.

    A refused sign-in is not caught: the frame answers it with the sign-in page.
    """
    result = Attempt()
    try:
        yield result
    except SignedOut:
        raise
    except (Conflict, NoRoom) as refusal:
        st.warning(str(refusal))
    except Refused as refusal:
        st.error(str(refusal))
    else:
        result.done = True
        if success:
            st.session_state[_SHOWN] = success


def show_said() -> None:
    """Show what the last successful act said, once; the frame calls it at the top of each full run."""
    said = st.session_state.pop(_SHOWN, None)
    if said:
        st.toast(said)
