"""Where an account is signed in: from what, since when, last used when, and a button to end each."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.heading import show_note
from dashboard.components.html import join, show, tag
from dashboard.components.refusals import attempt
from models.commands.user_sessions import end_session
from models.queries.accounts import SessionRow
from models.scope import Actor


def show_open_sessions(who: Actor, rows: Sequence[SessionRow], present: UUID | None = None) -> None:
    """Draw the list; the one that looks at it is named and has no button: that is "Sign out"."""
    if not rows:
        show_note("Signed in nowhere.")
    for row in rows:
        place = row.place or "an unknown place"
        since, used = (wording.instant_words(at, who.zone) for at in (row.created_at, row.last_seen_at))
        this = row.session_id == present
        told = tag("p", f"since {since}, last used {used}" + (" · this one" if this else ""), css="of-note")
        show(join([tag("p", place, css="of-place"), told]))
        if not this:
            st.button(f"End {place}", key=f"end-{row.session_id}", on_click=_end, args=(row.session_id,))


def _end(session_id: UUID) -> None:
    with attempt("It is ended. Its tabs close within seconds."), store.writing() as session:
        end_session(session, access.actor(), session_id, now=access.now())
