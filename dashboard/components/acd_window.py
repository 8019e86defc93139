"""How long a case can be restored from its ACD, asked where the program has more than one time."""

from collections.abc import Iterable

import streamlit as st

from dashboard import wording
from models.rules.policy import Program


def ask_acd_window(programs: Iterable[Program], name: str | None, *, key: str) -> int | None:
    """Ask for one of the times of the program called `name`, in calendar months; None: its usual and only time."""
    program = next((program for program in programs if program.name == name), None)
    if program is None or len(program.windows) < 2:
        return None
    family = program.restorable_months_family_offence
    words = {
        months: wording.count(months, "calendar month") + (", a family offence" if months == family else "")
        for months in program.windows
    }
    return st.radio("Can be restored for", program.windows, format_func=words.__getitem__, key=key, horizontal=True)
