"""A chart with its words and its numbers: the drawing, what it says to somebody who hears it, and a table under it."""

import streamlit as st

from dashboard.charts.frame import Reading, Spec
from dashboard.components.html import Html, show, table
from dashboard.theme import DARK, LIGHT, Palette


def palette() -> Palette:
    """Return the colours of the scheme this browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_chart(spec: Spec, words: str, reading: Reading, *, key: str) -> None:
    """Draw a ready specification; `reading` can be unfolded under it as a real table."""
    st.vega_lite_chart(spec, theme=None, width="stretch", key=key)  # the specification holds its words
    rows = table(words, list(reading.heads), [list(row) for row in reading.rows])
    show(Html(f'<details class="of-details"><summary>The same as a table</summary>{rows}</details>'))
