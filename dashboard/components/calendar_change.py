"""Which change of the calendar a link asks about, and what it is called: a day, a session, an absent judge, fewer places.

A link holds ids, days and hours only. What cannot be read is no change.
"""

from datetime import date, time
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard.components import html
from dashboard.components.room import carried
from dashboard.wording import clock_time, day_words
from models.queries.calendar import Choices, SessionDetail, session_detail
from models.queries.moves import change_of_session
from models.rules.calendar_changes import CalendarChange
from models.rules.vocabulary import MoveCause
from models.scope import Actor


def asked() -> bool:
    """Tell whether the link asks for the preview of a change."""
    given = st.query_params
    return bool(given.get("close")) and any(given.get(name) for name in ("day", "session"))


def read(session: Session, who: Actor, today: date) -> CalendarChange | None:
    """Return the change that the link asks about; None for one that cannot be read, NotFound for a session that is not there.

    Of an absence that has begun already, the days from today on count.
    """
    given = st.query_params
    try:
        if given.get("session"):
            return _of_session(session, who, UUID(given["session"]))
        first = date.fromisoformat(given.get("day", ""))
        last = date.fromisoformat(given.get("until", given["day"]))
        judge = UUID(given["judge"]) if given.get("judge") else None
        hour = time.fromisoformat(given["from"]) if given.get("from") else None
    except ValueError:
        return None
    if judge:
        first = min(max(first, today), max(first, last))
        last = max(first, last)
        return CalendarChange(cause=MoveCause.JUDGE_AWAY, first_on=first, last_on=last, judge_id=judge)
    return CalendarChange(cause=MoveCause.DAY_CLOSED, first_on=first, last_on=first, closed_from=hour)


def key_of(change: CalendarChange) -> str:
    """Return what the reader's choices about this change are kept under in the tab."""
    return f"moves:{change.cause}:{change.session_id or change.judge_id or change.first_on}:{change.capacity_cases}"


def title(change: CalendarChange) -> str:
    """Return what the change is called."""
    day = day_words(change.first_on, year=True)
    if change.cause is MoveCause.JUDGE_AWAY:
        return f"A judge is away: {days(change)}"
    if change.cause is MoveCause.FEWER_PLACES:
        return f"Fewer places on {day}"
    return f"Close {day}" + (f" from {clock_time(change.closed_from)}" if change.closed_from else "")


def days(change: CalendarChange) -> str:
    """Return the days a change is about: "Fri 11 December", or "Mon 7 December to Fri 11 December"."""
    first, last = day_words(change.first_on), day_words(change.last_on)
    return first if first == last else f"{first} to {last}"


def show_around(made: UUID | None) -> None:
    """Show the ways on from the calendar: the moves made, and first of all the one that was just `made`."""
    links = [
        html.link("How the parts sit, and judges away", "/court_time", **carried()),
        html.link("Load ahead", "/load_ahead", **carried()),
        html.link("Moves of many cases", "/moves", **carried()),
    ]
    if made:
        links.insert(0, html.link("Who is to be told, and undo", "/moves", move=made, **carried()))
    html.show(html.tag("p", html.join(links, " · "), css="of-links"))


def show_away_form(offered: Choices, today: date) -> dict[str, str] | None:
    """Ask which judge is away and when; return the link's query for the preview. Nothing happens before it is approved."""
    judges = dict(offered.judges)
    if not judges:
        return None
    with st.form("judge-away", border=False):
        judge = st.selectbox("Judge", judges, format_func=judges.__getitem__, key="away-judge")
        left, right = st.columns(2)
        first = left.date_input("From", value=today, min_value=today, format="YYYY-MM-DD", key="away-first")
        last = right.date_input("Until", value=today, min_value=today, format="YYYY-MM-DD", key="away-last")
        sent = st.form_submit_button("Look at what would move", key="away-look")
    if not sent:
        return None
    return {"judge": str(judge), "day": first.isoformat(), "until": last.isoformat(), "close": "1"}


def _of_session(session: Session, who: Actor, session_id: UUID) -> CalendarChange:
    """Return the closing of a session, or the fewer places that the reader enters at the top of the screen."""
    if not st.query_params.get("fewer"):
        return change_of_session(session, who, session_id)
    return change_of_session(session, who, session_id, _places(session_detail(session, who, session_id)))


def _places(detail: SessionDetail) -> tuple[int, int]:
    now = detail.session
    left, right, _ = st.columns([1, 1, 3])
    cases = left.number_input("Cases from now on", 1, value=max(now.capacity_cases, 1), key=f"fewer-cases-{now.id}")
    minutes = right.number_input(
        "Minutes from now on", 1, value=max(now.capacity_minutes, 1), step=5, key=f"fewer-minutes-{now.id}"
    )
    return int(cases), int(minutes)
