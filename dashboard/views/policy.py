"""Policy: the court's own document. Everybody reads every version; administrators draft, preview and put in force.

No case is on it: the preview shows counts only.
"""

from functools import partial

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.heading import show_heading, show_note
from dashboard.components.policy.acts import show_begin, show_draft_acts, show_planned_acts
from dashboard.components.policy.document import show_differences, show_document
from dashboard.components.policy.draft import show_draft
from dashboard.components.policy.versions import show_versions
from dashboard.wording import policy as words
from models.commands import policies as commands
from models.queries.policies import VersionRow, document, in_state, versions
from models.rules.permissions import Action
from models.rules.policy_versions import VersionState
from models.scope import Actor, may


def render() -> None:
    """Draw the versions, the one in front, and for administrators what can be done."""
    who = access.require(Action.SEE_POLICY)
    today = access.today(who)
    writes = may(who, Action.MANAGE_SETTINGS)
    with store.reading() as session:
        rows = versions(session, who, today=today)
        present = in_state(rows, VersionState.IN_FORCE)
        in_front = _in_front(rows, present, writes=writes)
        text = document(session, who, in_front.name)
        in_force = document(session, who, present.name) if present else text
    since = f"{present.name}, in force since {wording.day_words(present.in_force_from, year=True)}" if present else None
    show_heading("Policy", since)
    show_versions(rows, in_front, who)
    if writes and in_state(rows, VersionState.DRAFT) is None:
        show_begin(rows)
    _show_version(who, in_front, text, in_force, writes=writes)


def _in_front(rows: tuple[VersionRow, ...], present: VersionRow | None, *, writes: bool) -> VersionRow:
    """Return the version the link names, else for who writes it the draft, else the one in force."""
    named = next((row for row in rows if row.name == st.query_params.get("version")), None)
    draft = in_state(rows, VersionState.DRAFT) if writes else None
    return named or draft or present or rows[0]


def _show_version(who: Actor, row: VersionRow, text: str, in_force: str, *, writes: bool) -> None:
    state = row.term.state
    with card(html.join([row.name, words.state_word(state)]), key="policy-version"):
        links = html.link("Save as TOML", "/download/policy", version=row.name)
        html.show(html.tag("p", links, css="of-links"))
        if state in (VersionState.DRAFT, VersionState.PLANNED):
            show_heading("What changes", level=3)
            show_differences(in_force, text)
            with st.expander("Read it in full"):
                show_document(text)
        else:
            show_document(text)
    if writes and state is VersionState.DRAFT and row.id:
        with card("Change the draft", key="policy-draft"):
            show_note("Each part is checked and saved as one goes. Nothing counts before the draft is put in force.")
            show_draft(text, partial(_save, row), form=f"draft-{row.changes}")
        show_draft_acts(who, row, text)
    elif writes and state is VersionState.PLANNED:
        show_planned_acts(row)


def _save(row: VersionRow, text: str) -> None:
    who = access.require(Action.MANAGE_SETTINGS)
    if row.id:
        with store.writing() as session:
            commands.save_draft(session, who, row.id, text, seen=row.changes, now=access.now())


if __name__ == "__main__":
    render()
