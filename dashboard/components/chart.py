"""A chart with its words and its numbers: the drawing, what it says to somebody who hears it, and a table under it."""

import streamlit as st

from dashboard.charts.frame import Reading, Spec
from dashboard.components.html import NOTHING, Html, details, join, show, table, tag
from dashboard.theme import DARK, LIGHT, Palette


def palette() -> Palette:
    """Return the colours of the scheme this browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def show_chart(spec: Spec, words: str, reading: Reading, *, key: str, beside: Html = NOTHING) -> None:
    """Draw a ready specification; `reading` can be unfolded under it as a real table, after what stands `beside` that."""
    st.vega_lite_chart(_each_its_own(spec), theme=None, width="stretch", key=key)  # the specification holds its words
    read = table(words, list(reading.heads), [list(row) for row in reading.rows])
    show(tag("div", join([beside, details("The same as a table", read)], ""), css="of-unfolds"))


def _each_its_own(spec: Spec) -> Spec:
    """Give every layer its rows: rows of the whole chart would become a data frame first, at 4 ms a chart."""
    rows = {"data": spec["data"]}
    whole = {key: value for key, value in spec.items() if key != "data"}
    return whole | {"layer": [rows | layer for layer in spec["layer"]]}
