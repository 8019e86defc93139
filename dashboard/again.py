"""What this tab has read already, asked for again at every run: the same answer until the court writes anything.

It belongs to one tab and ends with it. A query is named by its own name, so one tab keeps one answer of each.
"""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import streamlit as st
from sqlmodel import Session

from models.queries import again
from models.scope import Actor

P = ParamSpec("P")
T = TypeVar("T")


def ask(
    session: Session, who: Actor, query: Callable[Concatenate[Session, Actor, P], T], *args: P.args, **named: P.kwargs
) -> T:
    """Return the query's answer, from this tab while it holds; raises what the query raises."""
    key = f"read-{query.__name__}"
    known: again.Known[T] = again.again(session, who, st.session_state.get(key), query, *args, **named)
    st.session_state[key] = known
    return known.answer
