"""A second look before something that is hard to take back."""

from collections.abc import Callable

import streamlit as st

from dashboard.components import html


def confirm(
    label: str, question: str, answer: str, act: Callable[[], None], *, key: str, disabled: bool = False
) -> None:
    """Show a button `label`; it opens `question` with one button `answer`, which calls `act` before the next run."""
    with st.popover(label, key=f"{key}-ask", disabled=disabled):
        html.show(html.tag("p", question))
        st.button(answer, key=key, type="primary", on_click=act)
