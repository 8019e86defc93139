"""How the parts sit, and which judges are away: the patterns behind the calendar, with the next days in words.

Everybody who sees the calendar reads it; who runs the calendar begins and ends patterns, adds terms, records absences.
"""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.absence_forms import show_absences, show_away_form
from dashboard.components.card import card
from dashboard.components.confirm import confirm
from dashboard.components.empty import show_empty
from dashboard.components.heading import sentence, show_heading, show_note
from dashboard.components.html import show
from dashboard.components.pattern_form import Entered, show_pattern_form
from dashboard.components.refusals import attempt
from dashboard.components.room import carried
from models.commands import judge_absences, sitting_patterns
from models.queries.calendar import Choices, choices
from models.queries.judge_absences import AbsenceRow, sessions_not_held
from models.queries.judge_absences import judge_absences as absences
from models.queries.sitting_patterns import PatternRow, coming_days, terms
from models.queries.sitting_patterns import sitting_patterns as patterns
from models.rules.permissions import Action
from models.rules.sitting_patterns import SittingDay, Term, in_words
from models.scope import Actor, may

_DONE = "court-time-done"
_AHEAD, _PREVIEWED = timedelta(days=365), 84  # days
_SHOWN = 10
_DATES = "MM/DD/YYYY"


def render() -> None:
    """Draw the patterns and absences, and for who runs the calendar the forms."""
    who = access.require(Action.SEE_CALENDAR)
    today = access.today(who)
    with store.reading() as session:
        rows, named = patterns(session, who, today), terms(session, who)
        away = absences(session, who, today, today + _AHEAD)
        unheld = sessions_not_held(session, who, today, today + _AHEAD)
        offered = choices(session, who)
    show_heading("How the parts sit", wording.count(len(rows), "pattern"))
    show(html.tag("p", html.link("Back to the calendar", "/calendar", **carried()), css="of-links"))
    for said in st.session_state.pop(_DONE, ()):
        show(sentence(said))
    manages = may(who, Action.MANAGE_CALENDAR)
    left, right = st.columns([1, 1], gap="large")
    with left:
        _show_patterns(rows, named)
        with card("Judges away", key="judges-away"):
            show_absences(away, unheld)
    if manages:
        with right:
            _show_forms(who, offered, rows, named, away, today)


def _show_patterns(rows: tuple[PatternRow, ...], named: tuple[Term, ...]) -> None:
    if not rows:
        show_empty(
            "No part has a pattern yet", "Until one has, its sessions are opened one row at a time in the calendar."
        )
        return
    lines = [
        html.Row((row.part, row.said, f"{row.capacity_cases} cases, {row.capacity_minutes} minutes")) for row in rows
    ]
    show(html.table("How the parts sit", (html.Column("Part", narrow=True), "Sits", "A session takes"), lines))
    if named:
        said = [
            f"{term.name}: {wording.day_words(term.first_on, year=True)} to {wording.day_words(term.last_on, year=True)}"
            for term in named
        ]
        show_note("Terms: " + "; ".join(said) + ".")


def _show_forms(
    who: Actor,
    offered: Choices,
    rows: tuple[PatternRow, ...],
    named: tuple[Term, ...],
    away: tuple[AbsenceRow, ...],
    today: date,
) -> None:
    with card("How this part sits", key="pattern-form"):
        if offered.parts:
            _show_beginning(who, show_pattern_form(offered, rows, named, today), today)
        else:
            show_empty("There is no part yet", "The administrator adds judges and parts first.")
    if rows:
        with st.expander("End a pattern"):
            _show_ending(rows, today)
    with st.expander("Terms"):
        _show_term_form(today)
    with st.expander("A judge is away", expanded=False):
        if entered := show_away_form(offered, today):
            with attempt() as tried, store.writing() as session:
                actor = access.require(Action.MANAGE_CALENDAR)
                judge_absences.record_absence(session, actor, now=access.now(), **vars(entered))
            if tried.done:
                _done("The absence is recorded.")
        for one in away:
            days = f"{one.judge}: {wording.day_words(one.first_on)} to {wording.day_words(one.last_on)}"
            question = "Does she sit after all? Her coming sessions name her again; what was moved stays where it is."
            confirm(f"Take back {days}", question, "Take it back", partial(_take_back, one.id), key=f"back-{one.id}")


def _show_beginning(who: Actor, entered: Entered, today: date) -> None:
    """Say the coming days in words, and begin the pattern when that is approved."""
    with store.reading() as session:
        days = coming_days(session, who, entered.part_id, entered.pattern, today=today, days=_PREVIEWED)
    show(html.tag("p", in_words(entered.pattern)))
    show(html.tag("ul", html.join([_day_line(day) for day in days[:_SHOWN]], "")) if days else html.join([]))
    if entered.unread:
        st.warning(
            f"{wording.count(len(entered.unread), 'entry', 'entries')} in the list is no date. Write days as 12/11/2026."
        )
    elif not days:
        show_note(f"It has no day in the coming {_PREVIEWED // 7} weeks.")
    weeks = who.policy_on(today).sessions.open_ahead_weeks
    show_note(f"Its sessions are opened {weeks} weeks ahead, and kept so every night. Closed days are left out.")
    if st.button("Let the part sit so", key="sits-begin", type="primary", disabled=bool(entered.unread)):
        _begin(entered, today, weeks)


def _day_line(day: SittingDay) -> html.Html:
    return html.tag("li", wording.day_words(day.on) + (f": left out, {day.left_out}" if day.left_out else ""))


def _begin(entered: Entered, today: date, weeks: int) -> None:
    with attempt() as tried, store.writing() as session:
        actor, now = access.require(Action.MANAGE_CALENDAR), access.now()
        begun = sitting_patterns.begin_pattern(
            session,
            actor,
            entered.part_id,
            entered.pattern,
            now=now,
            as_usual=entered.as_usual,
            replaces=entered.replaces,
        )
        session.flush()
        opened = sitting_patterns.open_pattern(session, actor, begun.id, today + timedelta(weeks=weeks), now=now)
    if tried.done:
        left_out = "; ".join(f"{wording.day_words(day)}: {why}" for day, why in opened.skipped)
        said = f"{wording.count(len(opened.sessions), 'session')} opened."
        _done(in_words(entered.pattern), f"{said} Left out: {left_out}." if left_out else said)


def _show_ending(rows: tuple[PatternRow, ...], today: date) -> None:
    said = {row.id: f"{row.part}: {row.said}" for row in rows}
    with st.form("end-pattern", border=False):
        pattern_id = st.selectbox("Pattern", said, format_func=said.__getitem__, key="end-pattern-of")
        last_on = st.date_input(
            "It sits for the last time on", today, min_value=today, format=_DATES, key="end-pattern-on"
        )
        show_note("Empty sessions after that day go; those with cases stay, and are named.")
        if not st.form_submit_button("End the pattern", key="end-pattern-now"):
            return
    with attempt() as tried, store.writing() as session:
        actor = access.require(Action.MANAGE_CALENDAR)
        ended = sitting_patterns.end_pattern(session, actor, pattern_id, last_on, now=access.now())
    if tried.done:
        stay = ", ".join(wording.day_words(day) for day in ended.left)
        _done(
            f"The pattern ends. {wording.count(ended.taken_back, 'empty session')} taken back."
            + (f" With cases on them, still open: {stay}." if stay else "")
        )


def _show_term_form(today: date) -> None:
    with st.form("add-term", border=False, clear_on_submit=True):
        name = st.text_input("Name of the term", key="term-name", placeholder="fall term")
        left, right = st.columns(2)
        first = left.date_input("First day", today, format=_DATES, key="term-first")
        last = right.date_input("Last day", today, format=_DATES, key="term-last")
        show_note("Next year's term has the same name and its own days: patterns that name it sit in both.")
        if not st.form_submit_button("Add the term", key="term-add"):
            return
    with attempt() as tried, store.writing() as session:
        actor = access.require(Action.MANAGE_CALENDAR)
        sitting_patterns.add_term(session, actor, name, first, last, now=access.now())
    if tried.done:
        _done("The term is added.")


def _take_back(absence_id: UUID) -> None:
    with attempt("The judge sits on her coming sessions again."), store.writing() as session:
        judge_absences.remove_absence(session, access.require(Action.MANAGE_CALENDAR), absence_id, now=access.now())


def _done(*said: str) -> None:
    st.session_state[_DONE] = said
    st.rerun()


if __name__ == "__main__":
    render()
