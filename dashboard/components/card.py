"""Cards: a bordered box with a heading, and tiles with one number."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard.components.heading import heading, show_heading
from dashboard.components.html import Cell, Html, show, tag


@contextmanager
def card(title: Cell, note: Cell = None, *, level: int = 2, key: str | None = None) -> Iterator[None]:
    """Open a card; what is drawn inside the `with` stands in it, under its heading."""
    with st.container(border=True, key=key):
        show_heading(title, note, level=level)
        yield


def show_card(title: Cell, note: Cell, content: Html, *, level: int = 2, key: str | None = None) -> None:
    """Show a card that is all markup: one element for the browser to draw, where `card` is one for each piece."""
    with st.container(border=True, key=key):
        show(Html(f"{heading(title, note, level=level)}{content}"))


def tile(title: str, number: Cell, note: Cell = None) -> Html:
    """Return a tile: what is counted, the number, and a few words that explain it."""
    parts = (
        tag("p", title),
        tag("p", number, css="of-number"),
        tag("p", note, css="of-note") if note is not None else "",
    )
    return Html(f'<div class="of-tile">{"".join(parts)}</div>')
