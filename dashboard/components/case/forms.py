"""What a form of the case file or of the providers gives back: an act to run in one transaction, and the words said when it is done.

A form draws itself and returns nothing until Save is pressed. It never writes: the screen runs the act, and the command
in it authorises once more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st
from sqlmodel import Session

from dashboard.components.heading import show_note
from models.scope import Actor

#: How US courts write a date.
DATES = "MM/DD/YYYY"


@dataclass(frozen=True)
class Act:
    """What Save means: `run` calls one command (session, who acts, the instant in UTC); `said` is the toast after it."""

    run: Callable[[Session, Actor, datetime], object]
    said: str
    token: str | None = None  # the form whose token is used up once this is done
    clears: tuple[str, ...] = ()  # keys of fields that are empty again, where the form stays on the screen


def day_input(label: str, value: date | None, today: date, *, key: str, future: bool = False) -> date:
    """Ask for a civil date, not after today unless `future`; an emptied field is today."""
    chosen = st.date_input(label, value, max_value=None if future else today, format=DATES, key=key)
    return chosen if isinstance(chosen, date) else today


def save(label: str = "Save") -> bool:
    """Draw the one button that saves, and return whether it was pressed."""
    return st.form_submit_button(label, type="primary")


def nothing_to_do(why: str) -> None:
    """Say why there is nothing to fill in, and what comes first."""
    show_note(why)
