"""The form for the ways to reach a participant: which are safe, which are over, and a new one."""

from datetime import datetime
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from dashboard.components.html import show, tag
from models.commands.intake_form import NewChannel
from models.commands.participants import add_channel, end_channel
from models.queries.case_file import CaseFile
from models.queries.participants import HeldChannel, WhoSheIs
from models.rules.vocabulary import ChannelKind
from models.scope import Actor

_SAFE, _NOT_SAFE, _OVER = "Safe", "Not safe", "No longer used"


def channels_form(file: CaseFile, present: WhoSheIs) -> Act | None:
    """Ask how each way stands, and for a new one; its acts are `add_channel` and `end_channel`."""
    with st.form("channels", border=False):
        answers = [(way, _way(number, way)) for number, way in enumerate(present.channels, start=1)]
        new = _new()
        show_note("Ask the participant first. Only a way marked safe is ever used; what is no longer used is kept.")
        if not save():
            return None
    changed = [(way, answer) for way, answer in answers if answer != _now(way)]
    if not changed and not new:
        return Act(lambda *_: None, "Nothing was changed.")

    def run(session: Session, who: Actor, now: datetime) -> None:
        case_id = file.heading.case_id
        for way, answer in changed:
            if answer == _OVER:
                end_channel(session, who, case_id, way.channel_id, now=now)
                continue
            form = NewChannel(kind=way.kind, value=way.value, safe=answer == _SAFE, note=way.note)
            add_channel(session, who, case_id, form, now=now)
        if new:
            add_channel(session, who, case_id, NewChannel.read(**new), now=now)

    said = [f"{wording.text(way.kind)} {answer.lower()}" for way, answer in changed]
    said += [f"{wording.text(new['kind'])} {(_SAFE if new['safe'] else _NOT_SAFE).lower()}"] if new else []
    return Act(run, f"Recorded: {', '.join(said)}.")


def _now(way: HeldChannel) -> str:
    return _SAFE if way.safe else _NOT_SAFE


def _way(number: int, way: HeldChannel) -> str:
    """Draw one way with its answer; return the answer. Its address is no label: a label makes links of addresses."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    kind, answers = capital(wording.text(way.kind)), [_SAFE, _NOT_SAFE, _OVER]
    with left:
        note = f" ({way.note})" if way.note else ""
        show(tag("p", f"{kind}: {way.value}{note}", css="of-lead"))
    with right:
        chosen: str = st.radio(
            f"Way {number}, {kind}",
            answers,
            answers.index(_now(way)),
            horizontal=True,
            label_visibility="collapsed",
            key=f"way-{way.channel_id}",
        )
    return chosen


def _new() -> dict[str, Any]:
    """Draw the fields of one more way; return them as `NewChannel.read` takes them, empty when nothing was typed."""
    left, middle, right = st.columns([2, 3, 1.2], vertical_alignment="bottom")
    kind = left.selectbox(
        "Add a way", list(ChannelKind), format_func=lambda one: capital(wording.text(one)), key="way-kind"
    )
    value = middle.text_input("Number or address", key="way-value", autocomplete="off")
    safe = right.checkbox("It is safe", key="way-safe")
    note = st.text_input("Note, such as the hours", key="way-note", autocomplete="off")
    return {"kind": kind, "value": value, "safe": safe, "note": note} if value.strip() else {}
