"""A field for a date, typed as the court's papers write it: 1/31/2026, Jan 31 2026, 2026-01-31."""

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.components.heading import show_note
from models.rules.importing.dates import NotADate, read_date


def date_field(
    label: str, *, key: str, latest: date, problems: list[str], note: Callable[[date], str] | None = None
) -> date | None:
    """Return the civil date typed, or None; what cannot be a date, or is after `latest`, is added to `problems`.

    The date is repeated in words below, so that month and day cannot be mixed up unnoticed.
    """
    typed = st.text_input(label, key=key, placeholder="month/day/year", autocomplete="off")
    try:
        found = read_date(typed, latest)
    except NotADate as why:
        problems.append(f"{label}: {why}.")
        st.caption(f":red[■ {why}]")
        return None
    if found is None:
        return None
    if found > latest:
        problems.append(f"{label}: the date is in the future.")
        st.caption(":red[■ the date is in the future]")
        return None
    words = wording.day_words(found, year=True)
    show_note(f"{words}{f', {note(found)}' if note else ''}")
    return found
