"""The address "/": leads to the first screen of whoever is looking, so that every screen keeps its own address."""

import streamlit as st

from dashboard import access
from dashboard.components.empty import show_empty
from dashboard.navigation import first_screen


def render() -> None:
    """Go on to the first screen, or say why there is none."""
    screen = first_screen(access.actor().roles)
    if screen is None:
        show_empty("There is no screen for your account yet", "Ask the court's administrator to give it a role.")
    else:
        st.switch_page(screen.file)


if __name__ == "__main__":
    render()
