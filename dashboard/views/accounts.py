"""Accounts: who may sign in to this court, with which roles, and who is signed in now.

For administrators; it shows no case and no participant.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.confirm import confirm
from dashboard.components.heading import show_heading, show_note
from dashboard.components.open_sessions import show_open_sessions
from dashboard.components.refusals import attempt
from dashboard.wording import Tone, Word
from models.commands import accounts as commands
from models.commands.second_factors import reset_second_factor
from models.commands.user_sessions import revoke_sessions
from models.queries.accounts import AccountRow, accounts, open_sessions
from models.queries.restrictions import opening_notices
from models.rules.passwords import SHORTEST
from models.rules.permissions import Action
from models.rules.vocabulary import Role
from models.scope import Actor

_COLUMNS = ("Name", "Username", "Roles", "State", "Second step", "Last seen", html.Column("Signed in now", right=True))


def render() -> None:
    """Draw the list, the account in front, and the form for a new one."""
    who = access.require(Action.MANAGE_ACCOUNTS)
    now = access.now()
    with store.reading() as session:
        rows = accounts(session, who, now=now)
    able = sum(row.disabled_at is None for row in rows)
    show_heading("Accounts", f"{wording.count(len(rows), 'account')}, {able} may sign in")
    _show_openings(who)
    left, right = st.columns([2, 1], gap="large")
    with left:
        html.show(html.table("Accounts of this court", _COLUMNS, (_row(row, who, now) for row in rows)))
    with right:
        _account_card(who, rows, now)
        _new_card(who)


def _show_openings(who: Actor) -> None:
    """Say that somebody opened a restricted case and nobody has read of it yet."""
    with store.reading() as session:
        waiting = sum(one.answered_at is None for one in opening_notices(session, who))
    if waiting:
        said = f"{wording.count(waiting, 'emergency opening')} of restricted cases to read: "
        html.show(html.tag("p", html.join([said, html.link("Openings", "/openings")], ""), css="of-links"))


def _row(row: AccountRow, who: Actor, now: datetime) -> Sequence[html.Cell]:
    roles = ", ".join(sorted(wording.text(role) for role in row.roles)) or None
    seen = wording.instant_words(row.last_seen_at, who.zone)
    second = "set up" if row.second_factor_since else "not yet"
    return (row.display_name, row.username, roles, state_of(row, now), second, seen, row.open_sessions)


def state_of(row: AccountRow, now: datetime) -> Word:
    """Return whether the account may sign in at an instant (UTC), in words."""
    if row.disabled_at is not None:
        return Word("disabled", "×", Tone.QUIET)
    if row.locked_until is not None and now < row.locked_until:
        return Word("locked after failed sign-ins", "▲", Tone.WARN)
    return Word("may sign in", "●", Tone.GOOD)


def _account_card(who: Actor, rows: Sequence[AccountRow], now: datetime) -> None:
    """Show what can be changed about one account."""
    by_id = {row.user_id: row for row in rows}
    with card("Change an account", key="change-account"):
        chosen = st.selectbox(
            "Account",
            by_id,
            format_func=lambda user_id: f"{by_id[user_id].display_name} · {by_id[user_id].username}",
            key="account-in-front",
        )
        row = by_id[chosen]
        _roles_form(row)
        _acts(who, row, now)
        with store.reading() as session:
            places = open_sessions(session, who, chosen, now=now)
        show_heading("Signed in", level=3)
        show_open_sessions(who, places, access.session_id())


def _acts(who: Actor, row: AccountRow, now: datetime) -> None:
    """Offer what ends or restores an account's way in."""
    with st.container(horizontal=True):
        if state_of(row, now).tone is Tone.GOOD:
            question = f"Disable {row.display_name}? Every session ends at once. What they recorded stays."
            confirm(
                "Disable",
                question,
                "Disable the account",
                partial(_disable, row.user_id),
                key="disable",
                disabled=row.user_id == who.user_id,
            )
        else:
            st.button("Let sign in again", key="enable", on_click=_enable, args=(row.user_id,))
        question = f"End every session of {row.display_name}?"
        confirm(
            "Sign out",
            question,
            "Sign them out everywhere",
            partial(_revoke, row.user_id),
            key="revoke",
            disabled=not row.open_sessions,
        )
        with st.popover("New password"):
            _password_form(row.user_id)
        question = f"Has {row.display_name} lost the telephone? Make sure that it is they who ask. They are signed "
        question += "out, and set up another one after their password."
        confirm(
            "Reset second step",
            question,
            "Reset it",
            partial(_reset, row.user_id),
            key="reset",
            disabled=not row.second_factor_since or row.user_id == who.user_id,
        )


def _roles_form(row: AccountRow) -> None:
    with st.form(f"roles-{row.user_id}", border=False):
        roles = st.multiselect(
            "Roles", list(Role), default=sorted(row.roles), format_func=wording.text, key=f"roles-of-{row.user_id}"
        )
        saved = st.form_submit_button("Save roles")
    if saved:
        with attempt("Saved. It counts from their next click.") as tried, store.writing() as session:
            commands.set_roles(session, access.require(Action.MANAGE_ACCOUNTS), row.user_id, roles, now=access.now())
        if tried.done:
            st.rerun()


def _password_form(user_id: UUID) -> None:
    with st.form("password", clear_on_submit=True, border=False):
        password = st.text_input("New password", type="password", autocomplete="new-password")
        show_note(f"At least {SHORTEST} characters. Every session of the account ends.")
        saved = st.form_submit_button("Set password")
    if saved:
        with attempt("The new password counts from now on.") as tried, store.writing() as session:
            commands.set_password(session, access.require(Action.MANAGE_ACCOUNTS), user_id, password, now=access.now())
        if tried.done:
            st.rerun()


def _new_card(who: Actor) -> None:
    """Show the form for a new account."""
    with card("New account", key="new-account"), st.form("new", border=False):
        shown = st.text_input("Name to show", key="new-name")
        username = st.text_input("Username", autocomplete="off", key="new-username")
        roles = st.multiselect("Roles", list(Role), format_func=wording.text, key="new-roles")
        password = st.text_input("First password", type="password", autocomplete="new-password", key="new-password")
        show_note(f"At least {SHORTEST} characters; a few words in a row are easy to remember.")
        saved = st.form_submit_button("Add account", type="primary")
    if saved:
        with attempt("Added.") as tried, store.writing() as session:
            commands.add_user(
                session, who, username=username, display_name=shown, password=password, roles=roles, now=access.now()
            )
        if tried.done:
            for key in ("new-name", "new-username", "new-roles", "new-password"):
                del st.session_state[key]
            st.rerun()


def _disable(user_id: UUID) -> None:
    with attempt("Disabled."), store.writing() as session:
        commands.disable_user(session, access.require(Action.MANAGE_ACCOUNTS), user_id, now=access.now())


def _enable(user_id: UUID) -> None:
    with attempt("They may sign in again."), store.writing() as session:
        commands.enable_user(session, access.require(Action.MANAGE_ACCOUNTS), user_id, now=access.now())


def _reset(user_id: UUID) -> None:
    with attempt("Reset. They set up another telephone when they sign in."), store.writing() as session:
        reset_second_factor(session, access.require(Action.MANAGE_ACCOUNTS), user_id, now=access.now())


def _revoke(user_id: UUID) -> None:
    with attempt("Signed out everywhere."), store.writing() as session:
        revoke_sessions(session, access.require(Action.MANAGE_ACCOUNTS), user_id, now=access.now())


if __name__ == "__main__":
    render()
