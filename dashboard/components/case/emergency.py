"""Opening a restricted case in an emergency: by its number, with a reason, for a time.

What it says is the same whether such a case exists or not: who may know will find it by its number afterwards.
"""

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.heading import show_note
from dashboard.components.refusals import attempt
from models.commands.restrictions import open_restricted
from models.commands.typed import LONGEST_LINE, LONGEST_NAME
from models.rules.permissions import Action
from models.rules.restrictions import OPEN_FOR
from models.rules.vocabulary import OpeningReason


def show_emergency() -> None:
    """Draw the form, closed until it is wanted, and say until when the case is open."""
    minutes = int(OPEN_FOR.total_seconds() // 60)
    with st.expander("Open a restricted case in an emergency"), st.form("emergency", border=False):
        show_note(
            f"It is open to you for {minutes} minutes. The administrator is told that you opened it, when and why; the "
            "staff who are named for the case read your own words."
        )
        number = st.text_input("Docket number", key="emergency-number", max_chars=LONGEST_NAME)
        reasons = {_said(why): why for why in OpeningReason}
        why = reasons[st.radio("Why", list(reasons), key="emergency-why")]
        reason = st.text_input("In your own words", key="emergency-reason", max_chars=LONGEST_LINE)
        if not st.form_submit_button("Open it", type="primary"):
            return
    with attempt() as tried, store.writing() as session:
        who = access.require(Action.BREAK_GLASS)
        until = open_restricted(session, who, number, why, reason, now=access.now())
    if tried.done:
        st.info(
            f"A restricted case with this number is open to you until {wording.instant_words(until, who.zone)}. "
            "Find it by its number above; if it is not found, there is none that could be opened."
        )


def _said(why: OpeningReason) -> str:
    words = wording.text(why)
    return words[:1].upper() + words[1:]
