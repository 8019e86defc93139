"""Judges who are away: the table of absences with who sits meanwhile, and the forms that record one and take it back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import streamlit as st

from dashboard.components import html
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_note
from dashboard.components.markdown import plain
from dashboard.components.room import carried
from dashboard.wording import clock_time, count, day_words
from models.commands.typed import LONGEST_LINE
from models.queries.calendar import Choices
from models.queries.judge_absences import AbsenceRow
from models.rules.judge_absences import NotHeld

_DATES = "MM/DD/YYYY"
_COLUMNS = ("Judge", html.Column("Away", narrow=True), "Who sits", "Why")


@dataclass(frozen=True, kw_only=True)
class Away:
    """An absence as entered; both days included, no substitute is nobody."""

    judge_id: UUID
    first_on: date
    last_on: date
    substitute_id: UUID | None
    reason: str | None


def show_absences(rows: tuple[AbsenceRow, ...], unheld: tuple[NotHeld, ...]) -> None:
    """Show who is away and who sits, then the sessions that cannot be held."""
    if rows:
        html.show(html.table("Judges who are away", _COLUMNS, [_row(row) for row in rows]))
    else:
        show_empty("No judge is away", "An absence recorded here names who sits on her sessions, or that nobody does.")
    if unheld:
        lines = [
            html.tag(
                "li",
                html.join(
                    [
                        html.link(f"{day_words(one.on)}, {one.part}", "/calendar", session=one.session_id, **carried()),
                        f" at {clock_time(one.starts_at)}: {one.reason}",
                    ],
                    "",
                ),
            )
            for one in unheld
        ]
        html.show(html.tag("p", f"{count(len(unheld), 'session')} cannot be held as things stand:"))
        html.show(html.tag("ul", html.join(lines, ""), css="of-links"))
        show_note("Close them with a plan for their cases, or name another judge for one.")


def _row(row: AbsenceRow) -> html.Row:
    first, last = day_words(row.first_on), day_words(row.last_on)
    days = {"day": row.first_on, "until": row.last_on}
    ask = html.link("see what would move", "/calendar", judge=row.judge_id, close=1, **days, **carried())
    sits: html.Cell = row.substitute or html.join(["nobody: ", ask], "")
    return html.Row((row.judge, first if first == last else f"{first} to {last}", sits, row.reason))


def show_away_form(offered: Choices, today: date) -> Away | None:
    """Ask which judge is away, when, and who sits meanwhile."""
    judges = {judge_id: plain(name) for judge_id, name in offered.judges}
    if not judges:
        show_note("The administrator adds judges first.")
        return None
    others = {None: "nobody"} | judges
    with st.form("judge-away", border=False):
        judge_id = st.selectbox("Judge", judges, format_func=judges.__getitem__, key="away-judge")
        left, right = st.columns(2)
        first = left.date_input("From", today, min_value=today, format=_DATES, key="away-first")
        last = right.date_input("Until", today, min_value=today, format=_DATES, key="away-last")
        substitute = st.selectbox("Who sits meanwhile", others, format_func=others.__getitem__, key="away-substitute")
        reason = st.text_input("Why, in a few words (the calendar shows it)", key="away-why", max_chars=LONGEST_LINE)
        saved = st.form_submit_button("Record the absence", key="away-record")
    if not saved:
        return None
    return Away(judge_id=judge_id, first_on=first, last_on=last, substitute_id=substitute, reason=reason or None)
