"""What people look at and what they are refused, appended to the audit before the answer is shown.

A screen is drawn again at every click; one look is one event (`rules.audited.is_anew`). What a tab has looked at is kept
with the tab and ends with it. Outside of a tab, such as for a download, every look is an event.
"""

from collections.abc import Iterable, MutableMapping
from datetime import datetime
from typing import Any
from uuid import UUID

import streamlit as st
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from models import clock
from models.audit import looks
from models.database import transaction
from models.errors import NotRecorded, Refused
from models.rules.audited import Look, is_anew

_LOOKED = "looked-at"


def looked(bind: Engine, noted: looks.Noted) -> None:
    """Append what is looked at anew, and what was refused on the way; NotRecorded when that cannot be done."""
    now, before = clock.now(), _before()
    shown = [one for one in noted.shown if is_anew(before.get(_place(one)), _about(one), one.cases, now)]
    _append(bind, shown, _untold(noted.refused, before, now), now)
    before.update({_place(one): (_about(one), one.cases, now) for one in shown})


def refusals(bind: Engine, refused: Iterable[Refused]) -> None:
    """Append what was refused, once for each thing asked for; NotRecorded when that cannot be done."""
    now, before = clock.now(), _before()
    _append(bind, (), _untold(refused, before, now), now)


def _append(bind: Engine, shown: Iterable[looks.Shown], refused: Iterable[Refused], now: datetime) -> None:
    shown, refused = list(shown), list(refused)
    if not shown and not refused:
        return
    try:
        with transaction(bind) as session:
            looks.record(session, shown, now=now)
            for refusal in refused:
                looks.record_refusal(session, refusal, now=now)
    except SQLAlchemyError as problem:
        raise NotRecorded from problem
    for refusal in refused:
        refusal.asked = None  # it is told once, however far it goes


def _untold(refused: Iterable[Refused], before: MutableMapping[Any, Any], now: datetime) -> list[Refused]:
    """Return the refusals that were not told of yet, and remember them."""
    untold = []
    for refusal in refused:
        asked = refusal.asked
        if asked is None:
            continue
        place = (asked.actor.user_id, type(refusal).__name__, asked.action, asked.subject_id)
        if is_anew(before.get(place), asked.subject_id, frozenset[UUID](), now):
            untold.append(refusal)
            before[place] = (asked.subject_id, frozenset[UUID](), now)
    return untold


def _place(one: looks.Shown) -> tuple[Any, ...]:
    return (one.viewer.user_id, one.look)


def _about(one: looks.Shown) -> UUID | None:
    """Return what a look is about; a search is about what it found, so that each is a look of its own."""
    return looks.list_id_of(one.cases) if one.look is Look.SEARCH else one.subject_id


def _before() -> MutableMapping[Any, Any]:
    """Return what this tab has looked at; nothing outside of one."""
    if get_script_run_ctx(suppress_warning=True) is None:
        return {}
    known: MutableMapping[Any, Any] = st.session_state.setdefault(_LOOKED, {})
    return known
