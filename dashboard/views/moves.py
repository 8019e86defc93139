"""Moves of many cases: what was approved and when, who is to be told, and one undo of each."""

from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.bulk_moves import about, counted, list_table, notice_table, state_of
from dashboard.components.card import card
from dashboard.components.confirm import confirm
from dashboard.components.empty import show_empty
from dashboard.components.heading import sentence, show_heading, show_note
from dashboard.components.html import show
from dashboard.components.refusals import attempt
from dashboard.components.room import carried, faces_room, show_room_switch
from models.commands.undoing import Undone, undo
from models.queries.bulk_moves import MoveDetail, bulk_move, bulk_moves
from models.rules.permissions import Action
from models.scope import Actor, may

_SAID = "undo-said"


def render() -> None:
    """Draw the list of moves, and the one in front with its cases."""
    who = access.require(Action.SEE_CALENDAR)
    in_front = _asked()
    with store.reading() as session:
        moves = bulk_moves(session, who)
        detail = bulk_move(session, who, in_front, faces_room=faces_room()) if in_front else None
    show_heading("Moves of many cases", wording.count(len(moves), "move"))
    show(html.tag("p", html.link("Back to the calendar", "/calendar", **carried()), css="of-links"))
    if may(who, Action.SEE_DOCKET):
        show_room_switch()
    for said in st.session_state.pop(_SAID, ()):
        show(sentence(said))
    if not moves:
        show_empty("No cases have been moved together", "Closing a day or a session starts in the calendar.")
        return
    if detail:
        _show_one(who, detail)
    show(list_table(moves, who.zone, in_front))


def _asked() -> UUID | None:
    """Return the move the link names; one that cannot be read is none."""
    try:
        return UUID(st.query_params.get("move", ""))
    except ValueError:
        return None


def _show_one(who: Actor, detail: MoveDetail) -> None:
    """Show one move: its reason and state, who is to be told, the ways to print the list, and its undo."""
    made = detail.move
    with card(f"{wording.text(made.cause).capitalize()}: {about(made)}", counted(detail.cases), key="move-in-front"):
        show(html.join([html.tag("p", html.join([html.state(state_of(made)), f": {made.reason}."], ""))], ""))
        if not detail.cases:
            show_note("No case was moved.")
        else:
            show(notice_table(detail.cases))
            _show_files(who, detail)
        if may(who, Action.MANAGE_CALENDAR) and made.undone_at is None:
            question = "The calendar becomes as it was, and every case goes back that still can. This is done once."
            confirm("Undo this move", question, "Undo it", partial(_undo, made.id), key="undo")
        elif made.undone_at:
            show_note(f"Undone on {wording.instant_words(made.undone_at, who.zone)}.")


def _show_files(who: Actor, detail: MoveDetail) -> None:
    """Show the links to the list on paper and as a file, for who may have it."""
    links = []
    saved = "1" if faces_room() else None
    if may(who, Action.SEE_DOCKET) and may(who, Action.PRINT_LISTS):
        links.append(_file("Print PDF", "notices", detail, "of-button", saved))
    if may(who, Action.SEE_DOCKET) and may(who, Action.EXPORT_LISTS):
        links += [
            _file("Excel", "notices_xlsx", detail, "of-more", None),
            _file("CSV", "notices_csv", detail, "of-more", None),
        ]
    if links:
        show(html.tag("p", html.join(links), css="of-actions"))


def _file(words: str, what: str, detail: MoveDetail, css: str, saved: str | None) -> html.Html:
    made: str = html.link(words, f"/download/{what}", move=detail.move.id, save=saved)
    return html.Html(made.replace("<a ", f'<a class="{css}" ', 1).replace('target="_self"', 'target="_blank"', 1))


def _undo(move_id: UUID) -> None:
    with attempt(), store.writing() as session:
        done = undo(session, access.require(Action.MANAGE_CALENDAR), move_id, now=access.now())
        st.session_state[_SAID] = _said(done)


def _said(done: Undone) -> list[str]:
    """Return what an undo did, a sentence each."""
    back = f"{wording.count(done.back, 'case')} put back"
    stay = f"; {wording.count(done.stay, 'case')} could not be: each says why below" if done.stay else ""
    return [f"The move is undone. {back}{stay}.", *done.left]


if __name__ == "__main__":
    render()
