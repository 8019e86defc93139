"""Audit: who saw a case, what somebody did, what is not like the rest, and the audit as a file for inspectors.

Ids, people and times; no case content. Looking into it is an act that it holds too.
"""

from datetime import timedelta
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.audit_log import hints_table, log_table
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from models.queries.audit_hints import unusual_access
from models.queries.audit_log import LogPage, acts_of, case_called, staff, who_saw
from models.rules.permissions import Action
from models.scope import Actor

_CASE, _PERSON, _UNUSUAL, _FILE = "Who saw a case", "What somebody did", "Unusual access", "For inspectors"
_ABOUT, _BEFORE = "audit-about", "audit-before"
_DATES = "MM/DD/YYYY"


def render() -> None:
    """Draw the question that is asked, and its answer."""
    who = access.require(Action.SEE_AUDIT)
    show_heading("Audit", "what was done and looked at; no content of a case")
    asked = st.segmented_control(
        "Question",
        (_CASE, _PERSON, _UNUSUAL, _FILE),
        default=_CASE,
        required=True,
        key="audit-question",
        label_visibility="collapsed",
    )
    {_CASE: _show_case, _PERSON: _show_person, _UNUSUAL: _show_unusual, _FILE: _show_file}[asked or _CASE](who)


def _show_case(who: Actor) -> None:
    """Ask for a case by its number or id, and draw who saw it."""
    st.session_state.setdefault("audit-case", st.query_params.get("case", ""))
    typed = st.text_input("Docket number, or the id of a case", key="audit-case", autocomplete="off").strip()
    if not typed:
        show_note("Every look at it is listed: alone, or on a list on which it stood. Yours will be too.")
        return
    with store.reading() as session:
        case_id = case_called(session, who, typed)
        page = who_saw(session, who, case_id, before=_before(case_id)) if case_id else None
    if page is None:
        show_empty("No case has this number", "Look at the spelling, or type the id of the case.")
        return
    _show_page(who, page, "Who saw the case", "Nobody has looked at a case of this id.")


def _show_person(who: Actor) -> None:
    """Ask for somebody and for the days, and draw what they did."""
    today = access.today(who)
    with store.reading() as session:
        people = {one.user_id: one for one in staff(session, who)}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        user_id = st.selectbox(
            "Person",
            list(people),
            index=None,
            format_func=lambda one: f"{people[one].name} ({people[one].username})",
            placeholder="Choose somebody",
            key="audit-person",
        )
        days = st.date_input("From and to", (today - timedelta(days=6), today), max_value=today, format=_DATES)
    if user_id is None or len(days) != 2:
        show_note("Choose somebody, and the first and the last day.")
        return
    with store.reading() as session:
        page = acts_of(session, who, user_id, *days, before=_before(user_id))
    _show_page(who, page, f"What {people[user_id].name} did", "Nothing is recorded of these days.")


def _show_page(who: Actor, page: LogPage, caption: str, nothing: str) -> None:
    if not page.rows:
        show_empty(nothing, "Choose another case, person or span of days.")
        return
    html.show(log_table(caption, page.rows, who.zone))
    with st.container(horizontal=True):
        if _before(page.about) is not None:
            st.button("The newest", key="audit-newest", on_click=_turn, args=(page.about, None))
        if page.older is not None:
            st.button("Older", key="audit-older", on_click=_turn, args=(page.about, page.older))


def _before(about: UUID | None) -> int | None:
    """Return the number before which this answer's page ends; None for the newest page."""
    before: int | None = st.session_state.get(_BEFORE) if st.session_state.get(_ABOUT) == about else None
    return before


def _turn(about: UUID, before: int | None) -> None:
    st.session_state[_ABOUT], st.session_state[_BEFORE] = about, before


def _show_unusual(who: Actor) -> None:
    """Draw what may be asked about, and that none of it says that anybody did wrong."""
    with store.reading() as session:
        found = unusual_access(session, who, today=access.today(who))
    span = f"{wording.day_words(found.first_on)} to {wording.day_words(found.last_on)}"
    show_note(f"{span}. These are hints to ask about. None of them says that anybody did wrong.")
    if not found.hints:
        show_empty("Nothing is unlike the rest", "The other questions show what was done, day by day.")
        return
    html.show(hints_table(f"Unusual access, {span}", found))


def _show_file(who: Actor) -> None:
    """Ask for the days and give the links to the files."""
    today = access.today(who)
    with card("The audit as a file", "saving it is recorded", key="audit-file"):
        days = st.date_input("From and to", (today, today), max_value=today, format=_DATES, key="audit-days")
        if len(days) != 2:
            show_note("Choose the last day too.")
            return
        span = {"from": days[0], "to": days[1]}
        links = [
            html.link("To verify (JSON lines)", "/download/audit_jsonl", **span),
            html.link("To read (CSV)", "/download/audit_csv", **span),
        ]
        html.show(html.tag("p", html.join(links, " · "), css="of-links"))
        show_note(
            "The lines hold the chain's hashes: an inspector checks them with stand_alone_verifier.py, the signed "
            "checkpoints and the court's public key, on any machine."
        )


if __name__ == "__main__":
    render()
