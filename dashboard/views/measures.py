"""Measures: how the court responds over a span of days, each number with its formula, its counts and its cases.

For judge and coordinator. The numbers are about the court's own answers; no cause is claimed.
"""

from datetime import date, timedelta

import streamlit as st

from dashboard import access, store
from dashboard.charts import swiftness
from dashboard.components.card import card
from dashboard.components.case.heading import capital
from dashboard.components.chart import palette, show_chart
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.html import Cell, Column, details, join, link, show, table, tag
from dashboard.components.room import HIDDEN, faces_room, show_room_switch
from dashboard.wording import count, day_short
from models.queries.measures import cases_behind, measures_of
from models.rules.measured import FORMULAS, Item, Line, Measures, Number, Share
from models.rules.permissions import Action
from models.scope import Actor

_SPANS = {"30 days": 30, "90 days": 90, "One year": 365}
_OTHER = "Other days"
_PAGE = 25
_LINES = ("", "Answered", "Days to the response", "Outside the range", Column("Incentives", right=True))
_HEADS = (*_LINES, Column("Sanctions", right=True))


def render() -> None:
    """Draw the span, the four numbers, the chart, the lines by behaviour and phase, and the cases behind a number."""
    who = access.require(Action.SEE_MEASURES)
    today = access.today(who)
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        show_heading("Measures", "how the court responds; about its own answers, not about a participant")
    with right:
        show_room_switch()
    span = _span(today)
    if span is None:
        show_note("Choose the last day too.")
        return
    with store.reading() as session:
        found = measures_of(session, who, *span, today=today)
    if not found.behind:
        show_empty(
            "Nothing to count in these days", "Choose a longer span; what is decided at the bench is counted here."
        )
        return
    _show_numbers(found)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _show_swiftness(found)
        _show_cases(who, found, today)
    with right:
        _show_lines("By behaviour", found.by_behaviour)
        _show_lines("By phase", found.by_phase)


def _span(today: date) -> tuple[date, date] | None:
    """Ask for the days, the last one today unless other days are chosen; None while only one of two is."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="measures-span"):
        chosen = st.segmented_control(
            "Days", [*_SPANS, _OTHER], default="90 days", key="span", required=True, label_visibility="collapsed"
        )
        if chosen in _SPANS:
            first, last = today - timedelta(days=_SPANS[chosen] - 1), today
        else:
            days = st.date_input(
                "From and to",
                (today - timedelta(days=89), today),
                max_value=today,
                format="MM/DD/YYYY",
                key="span-days",
            )
            if len(days) != 2:
                return None
            first, last = days
        show(tag("p", f"{day_short(first, today=today)} to {day_short(last, today=today)}", css="of-note"))
    return first, last


def _show_numbers(found: Measures) -> None:
    waiting = f"{count(found.waiting, 'behaviour')} more wait for a day in court." if found.waiting else ""
    numbers = (
        ("Certainty: answered", found.certainty.said(), Number.CERTAINTY, waiting),
        ("Swiftness: days to the response", found.swiftness.said(), Number.SWIFTNESS, ""),
        ("Incentives and sanctions", found.balance(), Number.BALANCE, ""),
        ("Outside the range", found.outside.said(), Number.OUTSIDE, ""),
    )
    for column, (title, said, number, more) in zip(st.columns(4), numbers, strict=True):
        with column, card(title, key=f"measure-{number}"):
            head, _, counts = said.partition("; ")
            show(tag("p", head, css="of-number"))
            show_note(" ".join(filter(None, (counts and f"{counts.replace(';', ',')}.", more))))
            show(details("How it is counted", tag("p", FORMULAS[number], css="of-note")))


def _show_swiftness(found: Measures) -> None:
    with card("From behaviour to response", "verified failures, calendar days", key="measure-chart"):
        rows = swiftness.counted(found.waits)
        show_chart(swiftness.spec(rows, palette()), swiftness.words(rows), swiftness.reading(rows), key="swiftness")


def _show_lines(title: str, lines: tuple[Line, ...]) -> None:
    with card(title, key=f"measure-{title}"):
        rows: list[list[Cell]] = [
            [
                capital(one.label),
                _in_line(one.certainty),
                one.swiftness.said() if one.swiftness.days else None,
                _in_line(one.outside),
                one.incentives,
                one.sanctions,
            ]
            for one in lines
        ]
        show(table(f"The measures {title.lower()}", _HEADS, rows))


def _in_line(share: Share) -> str | None:
    return share.said().replace(";", ",") if share.of else None


def _show_cases(who: Actor, found: Measures, today: date) -> None:
    """Draw the choice of a list and its cases, read for whoever looks; nothing of them while the room can see."""
    with card("The cases behind a number", key="measure-cases"):
        if faces_room():
            show_note(HIDDEN)
            return
        chosen = st.selectbox(
            "List", list(found.behind), format_func=lambda name: f"{name}: {len(found.behind[name])}", key="behind"
        )
        items = found.behind[chosen]
        pages = -(-len(items) // _PAGE)
        page = st.number_input(f"Page of {pages}", 1, pages, key=f"behind-page-{chosen}") if pages > 1 else 1
        _show_items(who, chosen, items[(page - 1) * _PAGE : page * _PAGE], today)


def _show_items(who: Actor, name: str, items: tuple[Item, ...], today: date) -> None:
    with store.reading() as session:
        cases = cases_behind(session, who, {item.case_id for item in items})
    known = [(item, cases[item.case_id]) for item in items if item.case_id in cases]
    reasons = any(item.reason for item, _ in known)
    heads = [Column("Date", narrow=True), Column("Case"), Column("What"), *([Column("Reason")] if reasons else [])]
    rows: list[list[Cell]] = [
        [
            day_short(item.on, today=today),
            join([link(one.name, "/case_file", case=one.case_id), tag("small", one.docket_number, css="of-quiet")]),
            capital(item.said),
            *([item.reason] if reasons else []),
        ]
        for item, one in known
    ]
    show(table(name, heads, rows))


if __name__ == "__main__":
    render()
