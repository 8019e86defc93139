"""What a sealing would do, on the screen: the cases it seals, those it leaves out with the reason, and the form that seals."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st

from dashboard import wording
from dashboard.components import html
from dashboard.components.dates import date_field
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_note
from dashboard.components.room import carried
from models.commands.sealing import Authority
from models.commands.typed import LONGEST_NAME
from models.queries.sealing import Preview, PreviewRow
from models.rules.sealing import Which

_SEALED = (html.Column("Case", narrow=True), "Participant", "Stage", "Since")
_LEFT = (*_SEALED, "Why it is left out")
_SEEN = "sealing-seen"


def show_preview(found: Preview) -> None:
    """Show how many cases are sealed and left out, and each of them."""
    if not found.sealed and not found.left_out:
        show_empty("No case is meant", "Choose another statute or other days, or look at the worklist.")
        return
    said = f"{wording.count(len(found.sealed), 'case')} would be sealed, {len(found.left_out):,} left out"
    html.show(html.tag("p", said, css="of-sentence"))
    if found.sealed:
        html.show(html.table("Cases that would be sealed", _SEALED, [_row(one) for one in found.sealed]))
    if found.left_out:
        why = Counter(one.left_out for one in found.left_out)
        for reason, times in why.most_common():
            show_note(f"{wording.count(times, 'case')}: {reason}")
        rows = [[*_row(one), one.left_out] for one in found.left_out]
        html.show(html.details("Every case that is left out", html.table("Cases left out", _LEFT, rows)))


def ask_authority(which: Which, found: Preview, today: date) -> tuple[Authority, str] | None:
    """Ask what the sealing rests on; return it with the stamp of the preview that was read, once Seal is pressed."""
    _, seen = st.session_state.get(_SEEN, (None, ""))
    if st.session_state.get(_SEEN, (None, ""))[0] != which:
        seen = found.stamp
        st.session_state[_SEEN] = (which, seen)
    number = wording.count(len(found.sealed), "case")
    problems: list[str] = []
    with st.form("seal", border=False):
        words = st.text_input("Statute or order it rests on", key="sealing-authority", max_chars=LONGEST_NAME)
        order, on, judge = st.columns(3)
        with order:
            order_number = st.text_input("Number of the order, if there is one", key="sealing-order")
        with on:
            ordered_on = date_field("Date of the order", key="sealing-on", latest=today, problems=problems)
        with judge:
            name = st.text_input("Judge", key="sealing-judge", max_chars=LONGEST_NAME)
        read = st.checkbox(f"I have read the list: {number}", key=f"sealing-read-{seen}")
        pressed = st.form_submit_button(f"Seal {number}", type="primary")
    if not pressed:
        return None
    for problem in problems:
        st.error(problem)
    if not read:
        st.error("Read the list through and confirm the number, then seal.")
    if problems or not read:
        return None
    return Authority(words=words, order_number=order_number, ordered_on=ordered_on, judge=name), seen


def look_again() -> None:
    """Forget which preview was read: the next one is read afresh."""
    st.session_state.pop(_SEEN, None)


def _row(one: PreviewRow) -> Sequence[html.Cell]:
    link = html.link(one.docket_number, "/case_file", case=one.case_id, **carried())
    return [link, one.name, wording.word(one.stage), wording.day_year(one.since)]
