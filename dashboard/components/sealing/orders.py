"""The judge's own acts on records: unsealing by an order, and expunging, which nothing brings back."""

from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.components.dates import date_field
from dashboard.components.heading import show_note
from models.commands.expunging import ExpungeOrder
from models.commands.typed import LONGEST_LINE, LONGEST_NAME
from models.commands.unsealing import CourtOrder


def ask_unsealing(today: date) -> tuple[str, CourtOrder] | None:
    """Ask for the docket number and the whole order; return them once the button is pressed."""
    show_note("The record comes back in exactly the stage it had. Without an order of a court nothing is unsealed.")
    problems: list[str] = []
    with st.form("unseal", border=False):
        docket_number = _typed("Docket number of the sealed record", "unseal-docket")
        left, right = st.columns(2)
        with left:
            number = _typed("Number of the order", "unseal-number")
            judge = _typed("Judge who made it", "unseal-judge")
        with right:
            on = date_field("Date of the order", key="unseal-on", latest=today, problems=problems)
        reason = st.text_input("Why the record is unsealed", key="unseal-reason", max_chars=LONGEST_LINE)
        pressed = st.form_submit_button("Unseal this record", type="primary")
    if not pressed or _refused(problems, on):
        return None
    return docket_number, CourtOrder(number=number, on=on or today, judge=judge, reason=reason)


def ask_expunging(today: date, facts_remain: bool) -> ExpungeOrder | None:
    """Ask for the docket number twice and for the order; return them once the button is pressed."""
    remain = (
        "By the court's policy the year, the ending and counts remain for evaluation, without any link to the person."
        if facts_remain
        else "By the court's policy nothing of the case remains for evaluation."
    )
    show_note(f"Nothing brings an expunged record back: not this database, not a backup, not a log. {remain}")
    show_note(
        "Backups made until today still hold it, encrypted, until they age out. Whenever one is put back, the record is "
        "destroyed in it before anybody can look. The audit keeps that somebody acted, and no name."
    )
    problems: list[str] = []
    with st.form("expunge", border=False):
        left, right = st.columns(2)
        with left:
            number = _typed("Docket number", "expunge-number")
            judge = _typed("Judge who made the order", "expunge-judge")
            on = date_field("Date of the order", key="expunge-on", latest=today, problems=problems)
        with right:
            again = _typed("Type the docket number again", "expunge-again")
            statute = _typed("Statute", "expunge-statute")
        pressed = st.form_submit_button("Destroy this record", type="primary")
    if not pressed or _refused(problems, on):
        return None
    return ExpungeOrder(docket_number=number, typed_again=again, statute=statute, judge=judge, on=on or today)


def cleaned_words(cleaned: bool) -> str:
    """Return what is said after an expunging: whether the files are clean already."""
    if cleaned:
        return "The record is destroyed, and the database's files hold nothing of it any more."
    return "The record is destroyed. Somebody was reading, so the files are cleaned in the night."


def _typed(label: str, key: str) -> str:
    return st.text_input(label, key=key, max_chars=LONGEST_NAME, autocomplete="off")


def _refused(problems: list[str], on: date | None) -> bool:
    """Say what is wrong with the date of the order, and tell whether anything is."""
    said = problems or ([] if on else ["Write the date of the order."])
    for problem in said:
        st.error(problem)
    return bool(said)


def until_words(until: date) -> str:
    """Return until when the notices of an act can be fetched."""
    return f"until {wording.day_words(until)}"
