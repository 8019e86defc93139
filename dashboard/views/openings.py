"""Openings: who opened a restricted case in an emergency, when and why, for the administrator to follow up.

It shows no case: neither which one it was nor what stands in it.
"""

from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.refusals import attempt
from dashboard.wording import Tone, Word
from models.commands.restrictions import answer_opening
from models.queries.restrictions import OpeningNotice, opening_notices
from models.rules.permissions import Action
from models.scope import Actor

_COLUMNS = (
    "Who",
    html.Column("When", narrow=True),
    html.Column("Until", narrow=True),
    "Why",
    "What was opened",
    "Read",
)


def render() -> None:
    """Draw the openings that wait to be read, then all of them."""
    who = access.require(Action.ANSWER_OPENINGS)
    with store.reading() as session:
        found = opening_notices(session, who)
    waiting = [one for one in found if one.answered_at is None]
    show_heading("Openings", f"of restricted cases, in an emergency · {len(waiting)} to read")
    if not found:
        show_empty("Nobody has opened a restricted case", "Who does gives a reason, and it stands here at once.")
        return
    for one in waiting:
        _show_waiting(who, one)
    html.show(html.table("Emergency openings", _COLUMNS, [_row(who, one) for one in found]))


def _show_waiting(who: Actor, one: OpeningNotice) -> None:
    with card(f"{one.by}, {wording.instant_words(one.opened_at, who.zone)}", key=f"opening-{one.opening_id}"):
        show_note(f"Reason given: {wording.text(one.why)}. Ask them, or the judge, whether it had to be.")
        st.button("I have read it", key=f"read-{one.opening_id}", on_click=_answer, args=(one.opening_id,))


def _answer(opening_id: UUID) -> None:
    with attempt("Noted."), store.writing() as session:
        answer_opening(session, access.require(Action.ANSWER_OPENINGS), opening_id, now=access.now())


def _row(who: Actor, one: OpeningNotice) -> list[html.Cell]:
    return [
        one.by,
        wording.instant_words(one.opened_at, who.zone),
        wording.instant_words(one.until, who.zone),
        wording.text(one.why),
        "one restricted participant" if one.opened else "nothing: no restricted case has the number",
        f"by {one.answered_by}" if one.answered_at else Word("waits to be read", "▲", Tone.WARN),
    ]


if __name__ == "__main__":
    render()
