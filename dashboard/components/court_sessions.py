"""Court sessions as they stand on the calendar: a row each, the load in words with a bar, the state in words.

Counts only; no case and no participant.
"""

from collections.abc import Sequence
from datetime import date
from itertools import chain

import streamlit as st

from dashboard.charts import load as chart
from dashboard.components import html
from dashboard.components.chart import palette
from dashboard.components.room import carried
from dashboard.wording import Tone, Word, clock_time, count, day_words, text
from models.queries.calendar import CalendarRows, ClosureRow, SessionDetail, SessionRow
from models.rules.vocabulary import SessionState

_COLUMNS = (
    html.Column("Day", narrow=True),
    html.Column("Start", narrow=True, right=True),
    "Part",
    "Judge",
    html.Column("Load", narrow=True),
    "State",
)


def state_of(row: SessionRow, today: date) -> Word:
    """Return how a session stands on a civil date, in words."""
    if row.state == SessionState.CLOSED:
        return Word("closed", "×", Tone.QUIET)
    if row.judge_away and row.on >= today:
        return Word("no judge", "■", Tone.BAD)
    if row.over:
        return Word(f"{_over(row)} over", "■", Tone.BAD)
    if row.on < today:
        return Word("held", "✓", Tone.QUIET)
    return Word("full", "▲", Tone.WARN) if row.full else Word("open", "●", Tone.GOOD)


def _over(row: SessionRow) -> str:
    """Say by how much a session is over its places, or else its minutes."""
    cases = row.cases - row.capacity_cases
    return str(cases) if cases > 0 else count(row.minutes - row.capacity_minutes, "minute")


def load_words(row: SessionRow) -> str:
    """Return "14 of 25 cases, 70 of 150 minutes"."""
    return (
        f"{row.cases} of {count(row.capacity_cases, 'case')}, {row.minutes} of {count(row.capacity_minutes, 'minute')}"
    )


def load(row: SessionRow) -> html.Html:
    """Return the load as words over a bar; the bar says nothing that the words do not."""
    shares = [row.cases / max(row.capacity_cases, 1), row.minutes / max(row.capacity_minutes, 1)]
    tone = "of-over" if row.over else "of-full" if row.full else "of-room"
    width = f"width: {min(round(100 * max(shares)), 100)}%"
    bar = html.tag("span", html.tag("span", css=tone, style=width), css="of-load", aria_hidden="true")
    return html.join([html.tag("span", load_words(row)), bar], "")


def calendar_table(caption: str, rows: CalendarRows, today: date, *, day: date | None, in_front: object) -> html.Html:
    """Return sessions and closed days by date; the session or the day in front is marked."""
    entries = chain(
        ((one.on, 1, _session_row(one, today, one.id == in_front or one.on == day)) for one in rows.sessions),
        ((one.on, 0, _closure_row(one, today, one.on == day)) for one in rows.closures),
    )
    ordered = sorted(entries, key=lambda entry: entry[:2])
    return html.table(caption, _COLUMNS, [row for _, _, row in ordered])


def _session_row(row: SessionRow, today: date, current: bool) -> html.Row:
    open_it = html.link(f"{row.part}", "/calendar", session=row.id, **carried())
    judge = f"{row.judge}, for {row.substitute_for}" if row.substitute_for else row.judge
    cells = (_day(row.on), clock_time(row.starts_at), open_it, judge, load(row), _state(row, today))
    return html.Row(cells, current=current, past=row.on < today or row.state == SessionState.CLOSED)


def _state(row: SessionRow, today: date) -> html.Cell:
    state = html.state(state_of(row, today), wraps=False)
    if row.state == SessionState.CLOSED and row.closed_reason:
        return html.join([state, html.tag("span", f": {row.closed_reason}")], "")
    return state


def _closure_row(row: ClosureRow, today: date, current: bool) -> html.Row:
    state = Word("court closed", "×", Tone.QUIET) if row.confirmed else Word("proposed", "◆", Tone.ACCENT)
    since = f"from {clock_time(row.closed_from)}" if row.closed_from else ""
    cells = (_day(row.on), since, row.name, "", "", html.state(state, wraps=False))
    return html.Row(cells, current=current, past=row.on < today)


def closure_words(one: ClosureRow) -> str:
    """Return what a closed day is: "Snow: the court is closed from 13:00."."""
    if not one.confirmed:
        return f"{one.name}: a proposed holiday."
    return f"{one.name}: the court is closed{f' from {clock_time(one.closed_from)}' if one.closed_from else ''}."


def _day(day: date) -> html.Html:
    return html.link(day_words(day), "/calendar", day=day, **carried())


def show_load(rows: CalendarRows) -> None:
    """Draw the places booked on each session; the table of sessions holds the same numbers."""
    bars = [
        chart.LoadRow(one.on, one.part, one.cases, one.capacity_cases, one.state == SessionState.CLOSED)
        for one in rows.sessions
    ]
    if bars:
        st.vega_lite_chart(chart.spec(bars, palette()), theme=None, width="stretch", key="load-of-sessions")


def detail_words(detail: SessionDetail) -> str:
    """Return what is on a session in words: purposes first, then what somebody still has to do."""
    kinds = [f"{text(purpose)}: {number}" for purpose, number in detail.purposes]
    said = [", ".join(kinds) if kinds else "Nothing is on it yet"]
    if detail.proposed:
        said.append(f"{count(detail.proposed, 'proposed date')} to approve")
    if detail.without_interpreter:
        said.append(f"{count(detail.without_interpreter, 'interpreter')} to book")
    if detail.session.purposes:
        said.append("Takes " + ", ".join(text(one) for one in sorted(detail.session.purposes)))
    if detail.session.kept_for_new:
        said.append(f"{count(detail.session.kept_for_new, 'place')} kept for new cases")
    if detail.session.interpreter_languages:
        said.append(f"Interpreters booked: {', '.join(detail.session.interpreter_languages)}")
    if detail.session.note:
        said.append(detail.session.note)
    return ". ".join(said) + "."


def chosen_on(rows: CalendarRows, day: date) -> Sequence[SessionRow]:
    """Return the sessions of one day."""
    return [row for row in rows.sessions if row.on == day]
