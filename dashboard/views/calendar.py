"""Calendar: the sessions of the coming months with their load, closed days, and what can be changed about them.

Everybody who sees it reads counts; who runs the calendar opens, changes and closes. Closing goes through a preview.
"""

from datetime import date, timedelta
from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import calendar_change, court_sessions, html, session_forms
from dashboard.components.calendar_change import show_around
from dashboard.components.card import card
from dashboard.components.confirm import confirm
from dashboard.components.court_sessions import calendar_table, chosen_on, detail_words, load_words, show_load, state_of
from dashboard.components.court_sessions import load as load_bar
from dashboard.components.empty import show_empty
from dashboard.components.heading import sentence, show_heading, show_note
from dashboard.components.html import show
from dashboard.components.refusals import attempt
from dashboard.components.room import carried
from dashboard.views import calendar_closing
from models.commands import closures, sessions
from models.queries.calendar import CalendarRows, Choices, SessionDetail, calendar, choices, session_detail
from models.rules.court_days import add_months
from models.rules.permissions import Action
from models.rules.vocabulary import SessionState
from models.scope import Actor, may

_AHEAD = timedelta(weeks=8)
_MONTHS = 7


def render() -> None:
    """Draw the months, the sessions, and beside them the day or session in front."""
    who = access.require(Action.SEE_CALENDAR)
    today = access.today(who)
    day, session_id = _asked()
    if calendar_change.asked() and may(who, Action.MANAGE_CALENDAR):
        calendar_closing.show(who, today)
        return
    first, last = _span(today, day)
    with store.reading() as session:
        rows = calendar(session, who, first, last)
        detail = session_detail(session, who, session_id) if session_id else None
        offered = choices(session, who)
    show_heading("Calendar", _counted(rows, today))
    if done := st.session_state.pop(calendar_closing.DONE, None):
        show(sentence(done))
    show_around(st.session_state.pop(calendar_closing.MADE, None))
    left, right = st.columns([5, 3], gap="large")
    with left:
        _show_sessions(rows, today, first, day, detail)
    with right:
        if detail:
            _show_session(who, detail, offered, today)
        elif day:
            _show_day(who, rows, day, today)
        if may(who, Action.MANAGE_CALENDAR):
            _show_changes(rows, offered, today)


def _asked() -> tuple[date | None, UUID | None]:
    """Return the day and the session the link names; one that cannot be read is none."""
    day, session_id = st.query_params.get("day"), st.query_params.get("session")
    try:
        return (date.fromisoformat(day) if day else None), (UUID(session_id) if session_id else None)
    except ValueError:
        return None, None


def _span(today: date, day: date | None) -> tuple[date, date]:
    """Return the first and last day to show: the coming weeks, or the month asked for."""
    try:
        asked = date.fromisoformat(f"{st.query_params.get('month', '')}-01")
    except ValueError:
        if day is None or today <= day <= today + _AHEAD:
            return today, today + _AHEAD
        asked = day.replace(day=1)
    return asked, add_months(asked, 1) - timedelta(days=1)


def _counted(rows: CalendarRows, today: date) -> str:
    """Say what is shown: "14 sessions, 3 of them full; 2 closed days"."""
    coming = [row for row in rows.sessions if row.state == SessionState.OPEN and row.on >= today]
    full = sum(row.full for row in coming)
    said = wording.count(len(coming), "coming session") + (f", {full} full" if full else "")
    closed = sum(one.confirmed for one in rows.closures)
    return said + (f"; {wording.count(closed, 'closed day')}" if closed else "")


def _show_sessions(
    rows: CalendarRows, today: date, first: date, day: date | None, detail: SessionDetail | None
) -> None:
    """Show the months to choose from, then the load and the list of the time chosen."""
    month = None if first == today else f"{first:%Y-%m}"
    months = [add_months(today.replace(day=1), ahead) for ahead in range(_MONTHS)]
    strip = [("Next 8 weeks", dict(carried()), month is None)]
    strip += [(f"{one:%b %Y}", {"month": f"{one:%Y-%m}", **carried()}, month == f"{one:%Y-%m}") for one in months]
    html.show(html.strip("Months", strip, "/calendar"))
    if not rows.sessions and not rows.closures:
        show_empty("No session is open in this time", "Open sessions on the right, or look at another month.")
        return
    show_load(rows)
    in_front = detail.session.id if detail else None
    html.show(calendar_table("Sessions and closed days", rows, today, day=day, in_front=in_front))


def _show_session(who: Actor, detail: SessionDetail, offered: Choices, today: date) -> None:
    """Show one session, and for who may change it, its form."""
    row = detail.session
    with card(
        f"{wording.day_words(row.on)}, {row.part}", f"{wording.clock_time(row.starts_at)}, {row.room}, {row.judge}"
    ):
        _show_what_is_on(who, detail, today)
        if not may(who, Action.MANAGE_CALENDAR) or row.on < today:
            return
        if row.state == SessionState.CLOSED:
            st.button("Open it again", key="reopen", on_click=partial(_reopen, row.id))
            return
        changed = session_forms.show_change_form(row, offered)
    if changed:
        with attempt("The session is changed.") as tried, store.writing() as session:
            actor = access.require(Action.MANAGE_CALENDAR)
            sessions.change_session(session, actor, row.id, now=access.now(), **vars(changed))
        if tried.done:
            st.rerun()


def _show_what_is_on(who: Actor, detail: SessionDetail, today: date) -> None:
    """Say how full a session is and what is on it, with the links that lead on."""
    row = detail.session
    parts = [
        html.tag("p", html.join([state_of(row, today), load_bar(row)])),
        html.tag("p", detail_words(detail), css="of-note"),
    ]
    links = []
    if may(who, Action.SEE_DOCKET):
        links.append(html.link("Open its docket", "/docket", session=row.id, **carried()))
    if may(who, Action.MANAGE_CALENDAR) and row.on >= today and row.state == SessionState.OPEN:
        links.append(html.link("Close this session", "/calendar", session=row.id, close=1, **carried()))
        links.append(html.link("Fewer places", "/calendar", session=row.id, close=1, fewer=1, **carried()))
    html.show(html.join([*parts, html.tag("p", html.join(links, " · "), css="of-links")], ""))


def _reopen(session_id: UUID) -> None:
    with attempt("The session is open again."), store.writing() as session:
        sessions.reopen_session(session, access.require(Action.MANAGE_CALENDAR), session_id, now=access.now())


def _show_day(who: Actor, rows: CalendarRows, day: date, today: date) -> None:
    """Show one day: its sessions or why there are none, and the way to close it."""
    on_it = chosen_on(rows, day)
    closed = next((one for one in rows.closures if one.on == day), None)
    with card(wording.day_words(day, year=True), key="day-in-front"):
        if closed:
            show_note(court_sessions.closure_words(closed))
        for row in on_it:
            words = f": {load_words(row)}, {state_of(row, today).text}."
            link = html.link(row.part, "/calendar", session=row.id, **carried())
            html.show(html.tag("p", html.join([link, words], ""), css="of-links"))
        if not on_it and not closed:
            show_note("No session is open on this day.")
        if may(who, Action.MANAGE_CALENDAR) and day >= today:
            if closed and closed.confirmed:
                question = f"Is {wording.day_words(day)} a court day after all? Closed sessions stay closed until opened again."
                confirm("Remove the closure", question, "Remove it", partial(_remove, closed.id), key="remove-closure")
            else:
                close = html.link("Close this day", "/calendar", day=day, close=1, **carried())
                html.show(html.tag("p", close, css="of-links"))


def _remove(closure_id: UUID) -> None:
    with attempt("The court sits on that day."), store.writing() as session:
        closures.remove_closure(session, access.require(Action.MANAGE_CALENDAR), closure_id, now=access.now())


def _show_changes(rows: CalendarRows, offered: Choices, today: date) -> None:
    """Show the forms of who runs the calendar."""
    with st.expander("Open sessions", expanded=not rows.sessions):
        if not offered.parts:
            show_empty("There is no part yet", "The administrator adds judges and parts first.")
        elif new := session_forms.show_open_form(offered, today):
            _open(new)
    with st.expander("Close a day"):
        if asked_day := session_forms.show_day_form(today):
            st.query_params.from_dict({**asked_day, **carried()})
            st.rerun()
    with st.expander("A judge is away"):
        if asked_away := calendar_change.show_away_form(offered, today):
            st.query_params.from_dict({**asked_away, **carried()})
            st.rerun()
    proposed = tuple(one for one in rows.closures if not one.confirmed)
    with st.expander(f"Holidays: {len(proposed)} proposed", expanded=bool(proposed)):
        if proposed and (answer := session_forms.show_confirm_form(proposed)):
            _answer(*answer)
        show_note("A list of holidays only proposes. A day counts once the court has confirmed it.")
        if asked := session_forms.show_propose_form(today):
            _propose(*asked)


def _open(new: session_forms.NewRow) -> None:
    with attempt() as tried, store.writing() as session:
        opened = sessions.open_sessions_weekly(
            session, access.require(Action.MANAGE_CALENDAR), now=access.now(), **vars(new)
        )
    if tried.done:
        left_out = "; ".join(f"{wording.day_words(day)}: {why}" for day, why in opened.skipped)
        said = f"{wording.count(len(opened.sessions), 'session')} opened."
        st.session_state[calendar_closing.DONE] = f"{said} Left out: {left_out}." if left_out else said
        st.rerun()


def _answer(kind: str, closure_ids: list[UUID]) -> None:
    """Confirm or decline the holidays chosen, all or none."""
    if not closure_ids:
        st.warning("Choose the days first.")
        return
    with attempt() as tried, store.writing() as session:
        actor, now = access.require(Action.MANAGE_CALENDAR), access.now()
        if kind == "confirm":
            closures.confirm_closures(session, actor, closure_ids, now=now)
        else:
            for closure_id in closure_ids:
                closures.remove_closure(session, actor, closure_id, now=now)
    if tried.done:
        days = wording.count(len(closure_ids), "day")
        st.session_state[calendar_closing.DONE] = (
            f"{days} {'confirmed' if kind == 'confirm' else 'taken off the list'}."
        )
        st.rerun()


def _propose(year: int, state: str | None) -> None:
    with attempt() as tried, store.writing() as session:
        new = closures.propose_holidays(
            session, access.require(Action.MANAGE_CALENDAR), year, now=access.now(), state=state
        )
    if tried.done:
        said = f"{wording.count(new, 'holiday')} proposed for {year}. Look through the months and confirm those the court keeps."
        st.session_state[calendar_closing.DONE] = said
        st.rerun()


if __name__ == "__main__":
    render()
