"""What an administrator can do with a version: begin a draft, import one, preview it, put it in force, take it back."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

import streamlit as st

from dashboard import access, store, wording
from dashboard.components.card import card
from dashboard.components.confirm import confirm
from dashboard.components.heading import show_note
from dashboard.components.policy.preview import show_preview
from dashboard.components.refusals import attempt
from models.commands import policies as commands
from models.commands.typed import LONGEST_LINE, LONGEST_NAME
from models.errors import Invalid
from models.policies import load
from models.queries.policies import VersionRow
from models.queries.policy_preview import PolicyPreview, preview
from models.rules.permissions import Action
from models.scope import Actor

_PREVIEW = "policy-preview"
_LAST = date(2100, 12, 31)


def show_begin(rows: Sequence[VersionRow]) -> None:
    """Offer a draft that begins with the words of the version in force, or a file."""
    left, right = st.columns(2)
    with left, card("Begin a draft", "with the words of the version in force", key="policy-begin"):
        with st.form("begin", border=False):
            name = st.text_input("Name of the new version", _next_name(rows), max_chars=LONGEST_NAME, key="policy-name")
            sent = st.form_submit_button("Begin a draft", type="primary")
        if sent:
            with attempt("The draft is there. Change it part by part.") as tried, store.writing() as session:
                commands.begin_draft(session, _writer(), name, now=access.now())
            if tried.done:
                _leave()
    with right, card("Import a file", "TOML, as this screen saves it", key="policy-import"):
        file = st.file_uploader("Policy as TOML", type=["toml"], key="policy-file")
        if file and st.button("Make it the draft", type="primary", key="policy-import-file"):
            with attempt("The file is the draft now.") as tried, store.writing() as session:
                commands.import_draft(session, _writer(), _decoded(file.getvalue()), "The file", now=access.now())
            if tried.done:
                _leave()


def _next_name(rows: Sequence[VersionRow]) -> str:
    """Propose the newest version's name with the next number that is free."""
    stem, _, number = rows[0].name.rpartition("-")
    begun, first = (stem, int(number) + 1) if stem and number.isdecimal() else (rows[0].name, 2)
    names = {row.name for row in rows}
    return next(name for name in (f"{begun}-{n}" for n in range(first, first + len(rows) + 1)) if name not in names)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid("The file is no text in UTF-8. Save it as UTF-8 and choose it again.") from None


def show_draft_acts(who: Actor, row: VersionRow, text: str) -> None:
    """Offer the preview, and with it the first day; and throwing the draft away."""
    with card("Preview on the present caseload", key="policy-preview-card"):
        if st.button("Preview", key="policy-preview-now"):
            _run_preview(who, row, text)
        kept: tuple[object, PolicyPreview, datetime] | None = st.session_state.get(_PREVIEW)
        if kept and kept[0] == (row.id, row.changes):
            show_preview(kept[1])
            show_note(f"Counted {wording.instant_words(kept[2], who.zone)}.")
        else:
            kept = None
            show_note("Every open case is judged under both versions, and counted. Nothing is written.")
    with card("Put in force", key="policy-in-force"):
        if kept is None:
            show_note("Preview the draft as it is now; then it can be put in force.")
        elif kept[1].programs_lost:
            show_note(kept[1].programs_lost)
        else:
            _show_first_day(who, row, text)
    question = f"Throw the draft {row.name} away? What is in it is lost; the version in force stays."
    confirm("Throw the draft away", question, "Throw it away", partial(_discard, row), key="policy-discard")


def _run_preview(who: Actor, row: VersionRow, text: str) -> None:
    bar = st.progress(0.0, "Judging")

    def progress(done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 1.0, f"{done:,} of {total:,} cases")

    with attempt() as tried, store.reading() as session:
        found = preview(session, who, text, today=access.today(who), progress=progress)
    bar.empty()
    if tried.done:
        st.session_state[_PREVIEW] = ((row.id, row.changes), found, access.now())


def _show_first_day(who: Actor, row: VersionRow, text: str) -> None:
    today = access.today(who)
    with st.form("policy-first-day", border=False):
        proposed = max(load(text).in_force_from, today)
        from_day = st.date_input(
            "In force from", proposed, min_value=today, max_value=_LAST, format="YYYY-MM-DD", key="policy-from"
        )
        reason = st.text_input("Why, and who agreed", max_chars=LONGEST_LINE, key="policy-reason")
        typed = st.text_input(f"To confirm, type the version's name: {row.name}", key="policy-typed")
        show_note("From then on it is never edited. Every open case is judged anew on its first day.")
        sent = st.form_submit_button("Put in force", type="primary")
    if sent and row.id and isinstance(from_day, date):
        said = f"{row.name} is in force from {wording.day_words(from_day, year=True)}."
        with attempt(said) as tried, store.writing() as session:
            commands.put_in_force(
                session,
                _writer(),
                row.id,
                from_day,
                reason=reason,
                typed_name=typed,
                seen=row.changes,
                now=access.now(),
            )
        if tried.done:
            _leave()


def show_planned_acts(row: VersionRow) -> None:
    """Offer taking a planned version back before its first day."""
    question = f"Take {row.name} back? It becomes the draft again, and the version in force stays."
    confirm("Take it back", question, "Make it the draft again", partial(_take_back, row), key="policy-take-back")


def _take_back(row: VersionRow) -> None:
    if row.id:
        with attempt("It is the draft again."), store.writing() as session:
            commands.take_back(session, _writer(), row.id, now=access.now())


def _discard(row: VersionRow) -> None:
    if row.id:
        with attempt("The draft is gone.") as tried, store.writing() as session:
            commands.discard_draft(session, _writer(), row.id, seen=row.changes, now=access.now())
        if tried.done:
            st.query_params.pop("version", None)


def _writer() -> Actor:
    return access.require(Action.MANAGE_SETTINGS)


def _leave() -> None:
    """Draw the screen anew, with the version in front that now needs it."""
    st.query_params.pop("version", None)
    st.rerun()
