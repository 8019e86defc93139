"""New case: a short intake form with likely duplicates shown before it is saved.

One Save writes everything together; a second click is the same save. Afterwards it links to the case file.
"""

from typing import Any
from uuid import UUID

import streamlit as st

from dashboard import access, store
from dashboard.components import html
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading
from dashboard.components.intake import show_case, show_hint, show_person, show_safety
from dashboard.components.intake_choices import ANOTHER, show_duplicates, show_first_date, show_mandate
from dashboard.components.looked_at import show_second_look, writing_words
from dashboard.components.markdown import in_words
from dashboard.components.refusals import attempt
from dashboard.components.tokens import form_token, renew
from models.commands.cases import IntakeForm, open_case
from models.queries.duplicates import LikelyDuplicate, likely_duplicates
from models.queries.intake import first_dates, intake_choices
from models.queries.services import services_in_use
from models.rules.likeness import Identity
from models.rules.permissions import Action
from models.scope import Actor

_NUMBER, _SAVED = "new-case-number", "new-case-saved"


def render() -> None:
    """Draw the form, and after a save where the new case is."""
    who = access.require(Action.OPEN_CASE)
    today = access.today(who)
    with store.reading() as session:
        choices = intake_choices(session, who, today=today)
        services = services_in_use(session, who)
    show_heading("New case", "one form, one save")
    _show_saved()
    if not choices.parts:
        show_empty("This court has no part yet", "Add a part with its judge first; then cases can be opened.")
        return
    form = f"new-case-{st.session_state.setdefault(_NUMBER, 0)}"
    problems: list[str] = []
    show_hint()
    left, right = st.columns(2, gap="medium")
    with left:
        person = show_person(form, today, problems)
        same = show_duplicates(form, _likely(who, person))
        safety = show_safety(form)
    with right:
        case = show_case(form, choices.parts, today, problems)
        part = next((one for one in choices.parts if one.part_id == case["part_id"]), None)
        begins = show_mandate(form, choices.programs, services)
        with store.reading() as session:
            review = first_dates(session, who, part, today=today) if part else None
        session_id = show_first_date(form, review)
        if st.button("Save the case", type="primary", key=f"{form}-save"):
            _save(form, person, same, {**safety, **case, **begins, "session_id": session_id}, problems)
        else:
            show_second_look("new-case")


def _likely(who: Actor, person: dict[str, Any]) -> tuple[LikelyDuplicate, ...]:
    """Return who may be the same person, as soon as there is a name or a date of birth."""
    identity = Identity(
        legal_name=person["legal_name"],
        preferred_name=person["preferred_name"],
        preferred_script=person["preferred_script"],
        date_of_birth=person["date_of_birth"],
    )
    with store.reading() as session:
        return likely_duplicates(session, who, identity)


def _save(
    form: str, person: dict[str, Any], same: UUID | str | None, values: dict[str, Any], problems: list[str]
) -> None:
    """Open the case, or say what is missing; nothing typed is lost."""
    if problems:
        st.error(" ".join(problems))
        return
    if same is None:
        st.error("Somebody the court knows may be the same person. Choose which it is, then save again.")
        return
    who = access.require(Action.OPEN_CASE)
    whose = {"person": person} if same == ANOTHER else {"participant_id": same}
    with attempt() as tried, writing_words("new-case") as session:
        filled = IntakeForm.read(**values, **whose, token=form_token(form))
        case = open_case(session, who, filled, now=access.now())
        saved = (case.id, case.docket_number)
    if tried.done:
        renew(form)
        st.session_state[_SAVED] = saved
        st.session_state[_NUMBER] += 1
        st.rerun()
    show_second_look("new-case")


def _show_saved() -> None:
    """Say once that the case is saved, with the way to its file."""
    saved = st.session_state.pop(_SAVED, None)
    if saved is None:
        return
    case_id, number = saved
    st.success(f"Case {in_words(number)} is saved.")
    open_file = html.link("Open its case file", "/case_file", case=case_id)
    html.show(html.tag("p", html.join([open_file, "or enter the next case below."]), css="of-links"))


if __name__ == "__main__":
    render()
