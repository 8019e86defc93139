"""What a list says of restricted cases that are kept from whoever reads it: how many, and whom to ask."""

import streamlit as st

from dashboard.exports.docket_words import kept_lines
from models.queries.docket import Docket


def show_kept(docket: Docket) -> None:
    """Show the line, so that no list has a silent hole; nothing where nobody is kept."""
    for line in kept_lines(docket):
        st.info(line)
