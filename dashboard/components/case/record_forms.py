"""The form for an order that vacates a conviction: from then on the record waits to be sealed."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from dashboard.components.case.forms import Act, day_input, save
from dashboard.components.heading import show_note
from dashboard.components.tokens import form_token
from models.commands.typed import LONGEST_NAME
from models.commands.vacating import VacatingOrder, vacate
from models.queries.case_file import CaseFile
from models.scope import Actor


def vacate_form(file: CaseFile, seen_version: int) -> Act | None:
    """Ask for the order that undoes the conviction; its act is `vacate`."""
    token = f"vacate:{file.heading.case_id}"
    show_note("The case keeps how it ended. From the order on its record waits to be sealed.")
    with st.form("vacate", border=False):
        on = day_input("Ordered on", file.today, file.today, key="vacate-day")
        judge = st.text_input("Judge who made the order", key="vacate-judge", max_chars=LONGEST_NAME)
        statute = st.text_input("Statute", key="vacate-statute", max_chars=LONGEST_NAME, autocomplete="off")
        if not save():
            return None
    order = VacatingOrder(token=form_token(token), on=on, judge=judge, statute=statute)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return vacate(session, who, file.heading.case_id, order, seen_version=seen_version, now=now)

    return Act(run, "The order is recorded. The record waits to be sealed.", token)
