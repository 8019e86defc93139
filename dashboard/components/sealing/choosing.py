"""Choosing what is sealed: the worklist with what is left out for now, or a statute and the days on which cases ended."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from uuid import UUID

import streamlit as st

from dashboard.components.case.forms import day_input
from dashboard.components.heading import show_note
from models.queries.sealing import PreviewRow
from models.rules.sealing import Which

_YEAR = timedelta(days=365)


def one_case(asked: str) -> Which | None:
    """Return the one case a link names; None where it names none."""
    try:
        return Which(case_ids=frozenset({UUID(asked)}))
    except ValueError:
        return None


def from_the_worklist(waiting: Collection[UUID], rows: Sequence[PreviewRow]) -> Which:
    """Return the cases that wait to be sealed but for those somebody leaves out for now."""
    by_id = {row.case_id: f"{row.docket_number}, {row.name}" for row in rows}
    left = st.multiselect(
        "Leave out for now", list(by_id), format_func=lambda one: by_id[one], key="sealing-left", placeholder="nobody"
    )
    return Which(case_ids=frozenset(waiting) - frozenset(left))


def by_statute(statutes: Sequence[str], today: date) -> Which | None:
    """Ask for the statutes and the days on which the cases ended; None until a statute is chosen."""
    chosen = st.multiselect("Charged under", statutes, key="sealing-statutes", placeholder="Choose the statutes")
    first, last = st.columns(2)
    with first:
        first_on = day_input("Ended from", today - _YEAR, today, key="sealing-first")
    with last:
        last_on = day_input("Ended until", today, today, key="sealing-last")
    every = st.checkbox(
        "The statute covers cases that ended otherwise than by dismissal too", key="sealing-every", value=False
    )
    if not chosen:
        show_note("Choose the statutes first. Then you see every case it would seal, and every case it leaves out.")
        return None
    return Which(statutes=frozenset(chosen), first_on=first_on, last_on=last_on, every_ending=every)
