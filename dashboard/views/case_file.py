"""Case file: find a case, then everything about it in time order, how it stands and why, and the forms that add to it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.card import card
from dashboard.components.case import finder, past
from dashboard.components.case.dialogs import PRIVATE, show_buttons, show_form
from dashboard.components.case.emergency import show_emergency
from dashboard.components.case.heading import show_case_heading, show_particulars
from dashboard.components.case.history import show_history
from dashboard.components.case.lists import show_releases, show_reports, show_services
from dashboard.components.case.reminder_forms import show_reminders
from dashboard.components.case.response_forms import show_given
from dashboard.components.case.restriction_forms import show_restriction
from dashboard.components.case.standing import show_standing
from dashboard.components.html import join, link, show, tag
from dashboard.components.room import carried, faces_room, show_room_switch
from dashboard.components.timeline import show_timeline
from models.errors import NotFound
from models.queries.as_seen import case_as_seen
from models.queries.case_file import CaseFile, case_file
from models.queries.reminders import reminders_of_case
from models.queries.restrictions import restriction_of
from models.queries.search import cases_on, cases_worked_on, find_cases
from models.queries.timeline import for_the_room
from models.rules.permissions import Action
from models.rules.vocabulary import CLOSED
from models.scope import Actor, may


def render() -> None:
    """Draw the case named in the address, or the search where there is none."""
    who = access.require(Action.SEE_CASE)
    named = st.query_params.get("case")
    if not named:
        _find(who)
        return
    with store.reading() as session:
        file = case_file(session, who, _uuid(named), today=access.today(who))
    _show_top(who, file)
    if (on := past.chosen_day(file)) is not None and on != file.today:
        _show_past(who, file, on)
        return
    show_case_heading(file, faces_room=faces_room())
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _show_left(who, file)
    with right:
        _show_right(who, file)
    show_form(file)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound from problem


def _find(who: Actor) -> None:
    """Show the search, and until something is typed the day's cases and those last worked on."""
    show_room_switch()
    text, hidden = finder.search_box(), faces_room()
    if text:
        with store.reading() as session:
            found = find_cases(session, who, text, limit=finder.SHOWN)
        finder.show_found(text, found, faces_room=hidden)
        _show_emergency(who)
        return
    with store.reading() as session:
        today = cases_on(session, who, access.today(who))
        recent = cases_worked_on(session, who)
    finder.show_suggestions(today, recent, faces_room=hidden, may_open=may(who, Action.OPEN_CASE))
    _show_emergency(who)


def _show_emergency(who: Actor) -> None:
    if may(who, Action.BREAK_GLASS):
        show_emergency()


def _show_top(who: Actor, file: CaseFile) -> None:
    left, right = st.columns([0.78, 0.22], vertical_alignment="center")
    with left:
        links = [link("Find another case", "/case_file", **carried())]
        if may(who, Action.PRINT_LISTS):
            saved = "1" if faces_room() else None  # it holds her name: not to be opened where the room can see
            links.append(link("Print a summary", "/download/case_summary", case=file.heading.case_id, save=saved))
        if file.heading.stage in CLOSED and may(who, Action.SEAL):
            links.append(link("Seal this record", "/sealing", case=file.heading.case_id, **carried()))
        show(tag("p", join(links, " · "), css="of-links"))
    with right:
        show_room_switch()


def _show_past(who: Actor, file: CaseFile, on: date) -> None:
    with store.reading() as session:
        seen = case_as_seen(session, who, file, on=on)
    then = replace(file, standing=seen.standing, heading=replace(file.heading, stage=seen.standing.inputs.stage))
    show_case_heading(then, faces_room=faces_room())
    past.show_past(seen, who, faces_room=faces_room())


def _show_left(who: Actor, file: CaseFile) -> None:
    course = file.standing.course
    expected = f"{course.sessions} sessions"
    sessions = wording.attended_of(course.attended, expected) if course.sessions else "no mandate yet"
    with card("Timeline", sessions, key="case-timeline"):
        shown = for_the_room(file.timeline) if faces_room() else file.timeline
        show_timeline(shown, file.today, key="case-timeline-chart")
    with card("History", "every fact, who recorded it and when", key="case-history"):
        show_buttons(who, "session", "session-change", "note", "contact")
        show_history(file.entries, who, file.today, faces_room=faces_room())


def _show_right(who: Actor, file: CaseFile) -> None:
    past.show_news(file, faces_room=faces_room())
    with card("How the case stands", key="case-standing"):
        show_standing(file)
        ended = ("vacate",) if file.heading.stage in CLOSED else ()
        show_buttons(who, "course", "program", "gates", "warrant", "arrest", "strike", *ended)
    with card("Responses", "incentives, sanctions, adjustments", key="case-responses"):
        show_given(file, faces_room=faces_room())
        show_buttons(who, "response", "withdraw")
    with card("Reports", "late is the provider's, never the participant's", key="case-reports"):
        show_reports(file, faces_room=faces_room())
        show_buttons(who, "report", "report-change")
    with card("Services", key="case-services"):
        show_services(file, faces_room=faces_room())
        show_buttons(who, "referral", "step")
    with card("Releases", "declining is neutral", key="case-releases"):
        show_releases(file, faces_room=faces_room())
        show_buttons(who, "release", "revoke")
    with card("Reminders", "to the participant", key="case-reminders"):
        with store.reading() as session:
            sent = reminders_of_case(session, who, file.heading.case_id, today=file.today)
        show_reminders(sent, who.zone, faces_room=faces_room())
        show_buttons(who, "reminders")
    with card("Particulars", key="case-particulars"):
        show_particulars(file, faces_room=faces_room())
        show_buttons(who, *PRIVATE)
    if not faces_room():
        _show_restriction(who, file)


def _show_restriction(who: Actor, file: CaseFile) -> None:
    with store.reading() as session:
        found = restriction_of(session, who, file.heading.case_id)
    if found is None and not may(who, Action.RESTRICT):
        return
    beside = "restricted" if found else "not restricted"
    with card("Who may see this case", beside, key="case-restriction"):
        show_restriction(found, who.zone)
        show_buttons(who, *(("staff", "lift") if found else ("restrict",)))


if __name__ == "__main__":
    render()
