"""Case file: find a case, then everything about it in time order, how it stands and why, and the forms that add to it."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import streamlit as st

from dashboard import access, store
from dashboard.components.card import card
from dashboard.components.case import finder
from dashboard.components.case.channel_forms import channels_form
from dashboard.components.case.course_forms import course_form, gates_form
from dashboard.components.case.forms import Act
from dashboard.components.case.heading import show_case_heading, show_particulars
from dashboard.components.case.history import show_history
from dashboard.components.case.lists import show_releases, show_reports, show_services
from dashboard.components.case.note_forms import contact_form, note_form
from dashboard.components.case.person_forms import charge_form, flags_form, person_form
from dashboard.components.case.report_forms import report_change_form, report_form
from dashboard.components.case.service_forms import referral_form, release_form, revoke_form, step_form
from dashboard.components.case.session_forms import session_change_form, session_form
from dashboard.components.case.standing import show_standing
from dashboard.components.html import join, link, show, tag
from dashboard.components.refusals import attempt
from dashboard.components.room import carried, faces_room, show_room_switch
from dashboard.components.timeline import show_timeline
from dashboard.components.tokens import renew
from models.errors import NotFound
from models.queries.case_file import CaseFile, case_file
from models.queries.gates import waiting_measures
from models.queries.participants import who_she_is
from models.queries.search import cases_on, cases_worked_on, find_cases
from models.queries.services import services_in_use
from models.queries.timeline import for_the_room
from models.rules.permissions import Action
from models.scope import Actor, may

T = TypeVar("T")
_OPEN, _SEEN = "case-form", "case-form-seen"

#: Title of each form and what a role must include to have its button, by the form's name.
_FORMS = {
    "session": ("Enter a session", Action.ENTER_ATTENDANCE),
    "session-change": ("Correct or dispute a session", Action.ENTER_ATTENDANCE),
    "note": ("Write a note", Action.WRITE_NOTE),
    "contact": ("Record a contact", Action.ENTER_CONTACT),
    "report": ("Enter a report", Action.ENTER_REPORT),
    "report-change": ("Correct or dispute a report", Action.ENTER_REPORT),
    "referral": ("Refer to a service", Action.MANAGE_REFERRALS),
    "step": ("Next step of a referral", Action.MANAGE_REFERRALS),
    "release": ("Record an answer", Action.MANAGE_RELEASES),
    "revoke": ("Revoke a release", Action.MANAGE_RELEASES),
    "course": ("Next step of the case", Action.DECIDE),
    "gates": ("Notice, counsel, hearing, finding", Action.DECIDE),
    "person": ("Edit names and languages", Action.EDIT_PARTICIPANT),
    "flags": ("Safety flags", Action.EDIT_PARTICIPANT),
    "channels": ("Ways of contact", Action.EDIT_PARTICIPANT),
    "charge": ("Add a charge", Action.OPEN_CASE),
}
#: Forms about the participant, filled with what is recorded.
_PRIVATE = ("person", "flags", "channels", "charge")
#: What is not offered while the screen faces the room: it shows what is recorded, or kinds of service.
_NOT_FOR_THE_ROOM = frozenset(_FORMS) - {"note", "contact"}


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
    show_case_heading(file, faces_room=faces_room())
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _show_left(who, file)
    with right:
        _show_right(who, file)
    _show_form(file)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as problem:
        raise NotFound from problem


def _find(who: Actor) -> None:
    """Show the search, and until something is typed the day's cases and those last worked on."""
    show_room_switch()
    text, hidden = finder.search_box(), faces_room()
    with store.reading() as session:
        if text:
            finder.show_found(text, find_cases(session, who, text, limit=finder.SHOWN), faces_room=hidden)
            return
        today = cases_on(session, who, access.today(who))
        recent = cases_worked_on(session, who)
    finder.show_suggestions(today, recent, faces_room=hidden, may_open=may(who, Action.OPEN_CASE))


def _show_top(who: Actor, file: CaseFile) -> None:
    left, right = st.columns([0.78, 0.22], vertical_alignment="center")
    with left:
        links = [link("Find another case", "/case_file", **carried())]
        if may(who, Action.PRINT_LISTS):
            saved = "1" if faces_room() else None  # it holds her name: not to be opened where the room can see
            links.append(link("Print a summary", "/download/case_summary", case=file.heading.case_id, save=saved))
        show(tag("p", join(links, " · "), css="of-links"))
    with right:
        show_room_switch()


def _show_left(who: Actor, file: CaseFile) -> None:
    course = file.standing.course
    sessions = f"{course.attended} of {course.sessions} sessions" if course.sessions else "no mandate yet"
    with card("Timeline", sessions, key="case-timeline"):
        shown = for_the_room(file.timeline) if faces_room() else file.timeline
        show_timeline(shown, file.today, key="case-timeline-chart")
    with card("History", "every fact, who recorded it and when", key="case-history"):
        _buttons(who, "session", "session-change", "note", "contact")
        show_history(file.entries, who, file.today, faces_room=faces_room())


def _show_right(who: Actor, file: CaseFile) -> None:
    with card("How the case stands", key="case-standing"):
        show_standing(file)
        _buttons(who, "course", "gates")
    with card("Reports", "late is the provider's, never the participant's", key="case-reports"):
        show_reports(file, faces_room=faces_room())
        _buttons(who, "report", "report-change")
    with card("Services", key="case-services"):
        show_services(file, faces_room=faces_room())
        _buttons(who, "referral", "step")
    with card("Releases", "declining is neutral", key="case-releases"):
        show_releases(file, faces_room=faces_room())
        _buttons(who, "release", "revoke")
    with card("Particulars", key="case-particulars"):
        show_particulars(file, faces_room=faces_room())
        _buttons(who, *_PRIVATE)


def _buttons(who: Actor, *names: str) -> None:
    """Show a button for each form the viewer may use, here and now; nothing for the others."""
    hidden = _NOT_FOR_THE_ROOM if faces_room() else frozenset[str]()
    mine = [name for name in names if may(who, _FORMS[name][1]) and name not in hidden]
    if mine:
        with st.container(horizontal=True):
            for name in mine:
                st.button(_FORMS[name][0], key=f"open-{name}", on_click=_open, args=(name,))


def _open(name: str) -> None:
    _close()
    st.session_state[_OPEN] = name


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    st.session_state.pop(_SEEN, None)


def _as_opened(read: Callable[[], T]) -> T:
    """Return what stood there when the form was opened: Save is compared with what was seen, not with what came since."""
    if _SEEN not in st.session_state:
        st.session_state[_SEEN] = read()
    seen: T = st.session_state[_SEEN]
    return seen


def _show_form(file: CaseFile) -> None:
    """Show the form that was asked for in a dialog; it stays until it is saved or closed."""
    name = st.session_state.get(_OPEN)
    if name not in _FORMS or (name in _NOT_FOR_THE_ROOM and faces_room()):
        return
    title, action = _FORMS[name]

    @st.dialog(title, width="large" if name.startswith("report") else "medium", on_dismiss=_close)
    def form() -> None:
        _fill_in(name, action, file)

    form()


def _fill_in(name: str, action: Action, file: CaseFile) -> None:
    """Draw one form, and when Save is pressed run its act in one transaction."""
    who = access.require(action)
    act = _form(who, name, file)
    if act is None:
        return
    with attempt(act.said) as tried, store.writing() as session:
        act.run(session, who, access.now())
    if tried.done:
        if act.token:
            renew(act.token)
        _close()
        st.rerun()


def _form(who: Actor, name: str, file: CaseFile) -> Act | None:
    """Draw the form of this name and return its act once Save is pressed."""
    if name in ("referral", "step", "release"):
        with store.reading() as session:
            services = services_in_use(session, who)
        return {"referral": referral_form, "step": step_form, "release": release_form}[name](file, services)
    if name == "course":
        programs = who.policy_on(file.today).programs
        return course_form(file, programs, _as_opened(lambda: file.heading.version))
    if name == "gates":
        with store.reading() as session:
            return gates_form(file, waiting_measures(session, who, file.heading.case_id))
    if name == "contact":
        return contact_form(file, faces_room=faces_room())
    if name == "charge":
        return charge_form(file, _as_opened(lambda: file.heading.version))
    if name in _PRIVATE:
        with store.reading() as session:
            present = _as_opened(lambda: who_she_is(session, who, file.heading.case_id))
        return {"person": person_form, "flags": flags_form, "channels": channels_form}[name](file, present)
    forms = {
        "session": session_form,
        "session-change": session_change_form,
        "note": note_form,
        "report": report_form,
        "report-change": report_change_form,
        "revoke": revoke_form,
    }
    return forms[name](file)


if __name__ == "__main__":
    render()
