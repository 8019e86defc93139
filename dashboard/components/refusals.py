"""Refusals on the screen: what is wrong and what to do next, in the command's own words."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import streamlit as st

from dashboard import access, store
from dashboard.components.markdown import in_words
from models.errors import Conflict, NoRoom, NotFound, Refused, SignedOut

_log = logging.getLogger("offramp.dashboard")
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
        st.warning(in_words(str(refusal)))
    except Refused as refusal:
        st.error(in_words(str(store.told(refusal))))
    else:
        result.done = True
        if success:
            st.session_state[_SHOWN] = success


def show_said() -> None:
    """Show what the last successful act said, once; the frame calls it at the top of each full run."""
    said = st.session_state.pop(_SHOWN, None)
    if said:
        st.toast(in_words(said))


def show_refusal(problem: Exception) -> bool:
    """Answer anything that reached the frame, also from a fragment or a callback; returns True: it has been shown.

    An ended sign-in leads to the sign-in page. What is no refusal is a defect: the log has it under a number that the
    person can tell, and the screen shows nothing of it.
    """
    if isinstance(problem, Refused):
        problem = store.told(problem)
    if isinstance(problem, SignedOut):
        access.to_sign_in()
    elif isinstance(problem, Conflict | NoRoom | NotFound):
        st.warning(in_words(str(problem)))
    elif isinstance(problem, Refused):
        st.error(in_words(str(problem)))
    else:
        number = uuid4().hex[:8]
        _log.error("Incident %s", number, exc_info=problem)
        st.error(
            f"This screen could not be drawn. Nothing was recorded. Try again, or tell the administrator: {number}."
        )
    return True
