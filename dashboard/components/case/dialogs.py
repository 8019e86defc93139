"""The forms of a case file: which there are, who may use them, and the dialog in which one is filled in."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from dashboard import access, store
from dashboard.components.case.channel_forms import channels_form
from dashboard.components.case.course_forms import course_form, gates_form, program_form
from dashboard.components.case.forms import Act
from dashboard.components.case.note_forms import contact_form, note_form
from dashboard.components.case.person_forms import charge_form, flags_form, person_form
from dashboard.components.case.record_forms import vacate_form
from dashboard.components.case.release_forms import release_form, revoke_form
from dashboard.components.case.reminder_forms import reminders_form
from dashboard.components.case.report_forms import report_change_form, report_form
from dashboard.components.case.response_forms import settle_form, withdraw_form
from dashboard.components.case.restriction_forms import lift_form, restrict_form, staff_form
from dashboard.components.case.service_forms import referral_form, step_form
from dashboard.components.case.session_forms import session_change_form, session_form
from dashboard.components.case.warrant_forms import arrest_form, strike_form, warrant_form
from dashboard.components.looked_at import look_no_more, show_second_look, writing_words
from dashboard.components.refusals import attempt
from dashboard.components.room import faces_room
from dashboard.components.tokens import renew
from models.queries.case_file import CaseFile
from models.queries.gates import waiting_measures
from models.queries.participants import who_she_is
from models.queries.restrictions import restriction_of
from models.queries.services import services_in_use
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
    "program": ("Change the program", Action.DECIDE),
    "response": ("Done or not done", Action.MANAGE_RESPONSES),
    "withdraw": ("Withdraw a response", Action.CORRECT_DECISION),
    "vacate": ("Vacate the conviction", Action.DECIDE),
    "gates": ("Notice, counsel, hearing, finding", Action.DECIDE),
    "warrant": ("Warrant", Action.DECIDE),
    "arrest": ("Record a new arrest", Action.ENTER_ARREST),
    "strike": ("Strike a new arrest", Action.ENTER_ARREST),
    "person": ("Edit names and languages", Action.EDIT_PARTICIPANT),
    "flags": ("Safety flags", Action.EDIT_PARTICIPANT),
    "channels": ("Ways of contact", Action.EDIT_PARTICIPANT),
    "reminders": ("Agree to reminders", Action.EDIT_PARTICIPANT),
    "charge": ("Add a charge", Action.OPEN_CASE),
    "restrict": ("Restrict to named staff", Action.RESTRICT),
    "staff": ("Name or release staff", Action.RESTRICT),
    "lift": ("Lift the restriction", Action.RESTRICT),
}
#: Forms about the participant, filled with what is recorded.
PRIVATE = ("person", "flags", "channels", "charge")
#: What is not offered while the screen faces the room: it shows what is recorded, or kinds of service.
_NOT_FOR_THE_ROOM = frozenset(_FORMS) - {"note", "contact"}


def show_buttons(who: Actor, *names: str) -> None:
    """Show a button for each form the viewer may use, here and now; nothing for the others."""
    hidden = _NOT_FOR_THE_ROOM if faces_room() else frozenset[str]()
    mine = [name for name in names if may(who, _FORMS[name][1]) and name not in hidden]
    if mine:
        with st.container(horizontal=True):
            for name in mine:
                st.button(_FORMS[name][0], key=f"open-{name}", on_click=_open, args=(name,))


def _open(name: str) -> None:
    _close()
    look_no_more(name)
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


def show_form(file: CaseFile) -> None:
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
        show_second_look(name)
        return
    with attempt(act.said) as tried, writing_words(name) as session:
        act.run(session, who, access.now())
    if tried.done:
        if act.token:
            renew(act.token)
        _close()
        st.rerun()
    show_second_look(name)


def _form(who: Actor, name: str, file: CaseFile) -> Act | None:
    """Draw the form of this name and return its act once Save is pressed."""
    if name in ("referral", "step", "release"):
        with store.reading() as session:
            services = services_in_use(session, who)
        return {"referral": referral_form, "step": step_form, "release": release_form}[name](file, services)
    if name in ("course", "program"):
        programs, seen = who.policy_on(file.today).programs, _as_opened(lambda: file.heading.version)
        return {"course": course_form, "program": program_form}[name](file, programs, seen)
    if name == "vacate":
        return vacate_form(file, _as_opened(lambda: file.heading.version))
    if name == "gates":
        with store.reading() as session:
            waiting = waiting_measures(session, who, file.heading.case_id)
        return gates_form(file, waiting)
    if name in ("restrict", "staff", "lift"):
        return _restriction(who, name, file)
    if name == "contact":
        return contact_form(file, faces_room=faces_room())
    if name == "charge":
        return charge_form(file, _as_opened(lambda: file.heading.version))
    if name in (*PRIVATE, "reminders"):
        with store.reading() as session:
            present = _as_opened(lambda: who_she_is(session, who, file.heading.case_id))
        private = {"person": person_form, "flags": flags_form, "channels": channels_form, "reminders": reminders_form}
        return private[name](file, present)
    forms = {
        "session": session_form,
        "session-change": session_change_form,
        "note": note_form,
        "report": report_form,
        "report-change": report_change_form,
        "revoke": revoke_form,
        "warrant": warrant_form,
        "arrest": arrest_form,
        "strike": strike_form,
        "response": settle_form,
        "withdraw": withdraw_form,
    }
    return forms[name](file)


def _restriction(who: Actor, name: str, file: CaseFile) -> Act | None:
    """Draw a form about who may see the case, as it is kept now."""
    if name == "restrict":
        return restrict_form(who, file)
    with store.reading() as session:
        found = restriction_of(session, who, file.heading.case_id)
    if name == "lift" or found is None:
        return lift_form(file)
    return staff_form(who, file, found)
