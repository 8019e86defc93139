"""Sealing and what follows: the worklist, many at once, who must be told, and the judge's orders on records."""

from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.heading import sentence, show_heading
from dashboard.components.refusals import attempt
from dashboard.components.room import carried, faces_room, show_room_switch
from dashboard.components.sealing.choosing import by_statute, from_the_worklist, one_case
from dashboard.components.sealing.orders import ask_expunging, ask_unsealing, cleaned_words
from dashboard.components.sealing.preview import ask_authority, look_again, show_preview
from dashboard.components.sealing.telling import ask_agency, show_acts, show_agencies
from dashboard.components.tokens import form_token, renew
from models.commands.agencies import add_agency, keep_agency
from models.commands.expunging import expunge, finish
from models.commands.sealing import seal
from models.commands.unsealing import unseal
from models.queries import sealing as reads
from models.rules.permissions import Action
from models.rules.sealing import Which
from models.scope import Actor, may

_SAID = "sealing-said"
#: The parts of the screen, and what a role must include to have each.
_PARTS = {
    "Ready to seal": Action.SEAL,
    "Many at once": Action.SEAL,
    "Who must be told": Action.FETCH_SEALING_NOTICES,
    "Agencies": Action.MANAGE_AGENCIES,
    "Unseal": Action.UNSEAL,
    "Expunge": Action.EXPUNGE,
}


def render() -> None:
    """Draw the part that is in front."""
    who = access.require(Action.SEAL)
    left, right = st.columns([5, 1], vertical_alignment="bottom")
    with left:
        show_heading("Sealing", "what leaves every list, and who must be told")
    with right:
        show_room_switch()
    html.show(html.tag("p", html.link("Back to Follow-up", "/follow_up", **carried()), css="of-links"))
    mine = [part for part, action in _PARTS.items() if may(who, action)]
    part = st.radio("Part", mine, horizontal=True, key="sealing-part", label_visibility="collapsed")
    if said := st.session_state.pop(_SAID, None):
        html.show(sentence(said))
    with card(part, key="sealing-card"):
        _DRAWN[part](who)


def _ready(who: Actor) -> None:
    asked = one_case(st.query_params.get("case", ""))
    with store.reading() as session:
        waiting = reads.waiting(session, who)
        rows = reads.preview(session, who, Which(case_ids=waiting)).sealed
    _approve(who, asked or from_the_worklist(waiting, rows))


def _many(who: Actor) -> None:
    with store.reading() as session:
        known = reads.statutes(session, who)
    which = by_statute(known, access.today(who))
    if which:
        _approve(who, which)


def _approve(who: Actor, which: Which) -> None:
    """Show what a sealing would do and, once it is approved, do it."""
    with store.reading() as session:
        found = reads.preview(session, who, which, faces_room=faces_room())
    show_preview(found)
    if not found.sealed:
        return
    approved = ask_authority(which, found, access.today(who))
    if approved is None:
        return
    authority, stamp = approved
    with attempt(f"{wording.count(len(found.sealed), 'case')} sealed.") as tried, store.writing() as session:
        token, now = form_token("seal"), access.now()
        seal(session, who, which, authority, token=token, stamp=stamp, now=now, ledger=store.ledger())
    look_again()
    if tried.done:
        renew("seal")
        st.query_params.pop("case", None)
        st.rerun()


def _telling(who: Actor) -> None:
    with store.reading() as session:
        acts = reads.sealings(session, who, today=access.today(who))
    show_acts(acts)


def _agencies(who: Actor) -> None:
    with store.reading() as session:
        rows = reads.agencies(session, who)
    show_agencies(rows)
    with st.container(horizontal=True):
        for row in rows:
            words = "No longer tell" if row.active else "Tell again"
            st.button(f"{words}: {row.name}", key=f"agency-{row.id}", on_click=_keep, args=(row.id, not row.active))
    asked = ask_agency()
    if asked is None:
        return
    with attempt("The agency is on the list.") as tried, store.writing() as session:
        add_agency(session, who, *asked, now=access.now())
    if tried.done:
        st.rerun()


def _keep(agency_id: UUID, told: bool) -> None:
    with attempt(), store.writing() as session:
        keep_agency(session, access.require(Action.MANAGE_AGENCIES), agency_id, told=told, now=access.now())


def _unseal(who: Actor) -> None:
    asked = ask_unsealing(access.today(who))
    if asked is None:
        return
    with attempt("The record is unsealed. It is where it was.") as tried, store.writing() as session:
        unseal(session, who, *asked, now=access.now(), ledger=store.ledger())
    if tried.done:
        _forget("unseal-")


def _expunge(who: Actor) -> None:
    asked = ask_expunging(access.today(who), who.policy_on(access.today(who)).records.facts_remain)
    if asked is None:
        return
    with attempt() as tried, store.writing() as session:
        expunge(session, who, asked, token=form_token("expunge"), now=access.now(), ledger=store.ledger())
    if tried.done:
        renew("expunge")
        st.session_state[_SAID] = cleaned_words(finish(store.engine(), now=access.now()))
        _forget("expunge-")


def _forget(start: str) -> None:
    """Take what was typed out of this tab, for it names a record, and draw the screen anew."""
    for key in [key for key in st.session_state if str(key).startswith(start)]:
        del st.session_state[key]
    st.rerun()


_DRAWN = {
    "Ready to seal": _ready,
    "Many at once": _many,
    "Who must be told": _telling,
    "Agencies": _agencies,
    "Unseal": _unseal,
    "Expunge": _expunge,
}


if __name__ == "__main__":
    render()
