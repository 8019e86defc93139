"""Forms that put right who the participant is and how to treat her rightly, and the charges; filled with what is recorded.

Each compares what is saved with what stood there when it was opened, and says what was recorded.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import DATES, Act, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from models.commands.cases import add_charge
from models.commands.intake_form import OLDEST, NewCharge, NewFlag, PersonForm
from models.commands.participants import add_flag, edit_participant, end_flag
from models.queries.case_file import CaseFile
from models.queries.participants import HeldFlag, WhoSheIs
from models.rules.called import tidy
from models.rules.importing.people import listed
from models.rules.vocabulary import FlagKind
from models.rules.words import joined
from models.scope import Actor

NOTHING = "Nothing was changed."
_TEXTS = {
    "legal_name": "Legal name",
    "public_alias": "Name for the public list",
    "preferred_name": "Preferred name",
    "preferred_script": "Preferred name as the person writes it",
    "pronunciation": "Pronunciation",
    "pronouns": "Pronouns",
}
_FIELDS = _TEXTS | {
    "date_of_birth": "Date of birth",
    "reported_age": "Age the person gives",
    "languages": "Languages",
    "interpreter_language": "Interpreter",
}


def person_form(file: CaseFile, present: WhoSheIs) -> Act | None:
    """Ask for names, age and languages; its act is `edit_participant`."""
    with st.form("person", border=False):
        typed = _person(present.person, file.today)
        if not save():
            return None
    changed = [label for name, label in _FIELDS.items() if _plain(typed[name]) != _plain(present.person[name])]
    if not changed:
        return Act(_nothing, NOTHING)

    def run(session: Session, who: Actor, now: datetime) -> None:
        form = PersonForm.read(**typed)
        edit_participant(session, who, file.heading.case_id, form, now=now, seen_version=present.version)

    return Act(run, f"Recorded: {joined([label.lower() for label in changed])}.")


def _person(present: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Draw the fields in two columns and return what is in them, as `PersonForm.read` takes it."""
    columns = st.columns(2)
    typed: dict[str, Any] = {}
    for at, (name, label) in enumerate(_TEXTS.items()):
        typed[name] = columns[at % 2].text_input(label, present[name] or "", key=f"person-{name}", autocomplete="off")
    left, right = columns
    earliest = date(today.year - OLDEST, 1, 1)
    typed["date_of_birth"] = left.date_input(
        _FIELDS["date_of_birth"],
        present["date_of_birth"],
        min_value=min(earliest, present["date_of_birth"] or earliest),
        max_value=today,
        format=DATES,
        key="person-born",
    )
    typed["reported_age"] = right.number_input(
        _FIELDS["reported_age"], 0, OLDEST, present["reported_age"], key="person-age"
    )
    typed["languages"] = listed(
        left.text_input(
            _FIELDS["languages"],
            ", ".join(present["languages"]),
            key="person-languages",
            placeholder="Mandarin, English",
        )
    )
    typed["interpreter_language"] = right.text_input(
        _FIELDS["interpreter_language"],
        present["interpreter_language"] or "",
        key="person-interpreter",
        placeholder="language; empty: none",
    )
    return typed


def flags_form(file: CaseFile, present: WhoSheIs) -> Act | None:
    """Ask which safety flags hold; its acts are `add_flag` and `end_flag`."""
    held = {flag.kind: flag for flag in present.flags}
    with st.form("flags", border=False):
        chosen = {kind: _flag(kind, held.get(kind), file.today) for kind in FlagKind}
        show_note("It counts at once on every screen. A list that is already printed does not change: print it again.")
        if not save():
            return None
    new = [NewFlag(kind=kind, note=note) for kind, (on, note) in chosen.items() if on and kind not in held]
    over = [flag for kind, flag in held.items() if not chosen[kind][0]]
    if not new and not over:
        return Act(_nothing, NOTHING)

    def run(session: Session, who: Actor, now: datetime) -> object:
        case_id = file.heading.case_id
        for flag in over:
            end_flag(session, who, case_id, flag.flag_id, now=now)
        return [add_flag(session, who, case_id, flag, now=now) for flag in new]

    return Act(run, " ".join([*_said("Recorded", new), *_said("Ended", over)]))


def _flag(kind: FlagKind, held: HeldFlag | None, today: date) -> tuple[bool, str | None]:
    """Draw one flag with its note; return whether it holds from now on, and the note of a new one."""
    left, right = st.columns([2, 3], vertical_alignment="center")
    with left:
        on = st.checkbox(capital(wording.text(kind)), held is not None, key=f"flag-{kind}")
    with right:
        if held:
            since = f"since {wording.day_short(held.since, today=today)}"
            show_note(f"{since}: {held.note}" if held.note else since)
            return on, None
        label = f"Note on: {wording.text(kind)}"
        note = st.text_input(label, key=f"flag-note-{kind}", placeholder="note", label_visibility="collapsed")
    return on, note


def _said(done: str, flags: list[NewFlag] | list[HeldFlag]) -> list[str]:
    return [f"{done}: {joined([wording.text(flag.kind) for flag in flags])}."] if flags else []


def charge_form(file: CaseFile, seen_version: int) -> Act | None:
    """Ask for one more charge; its act is `add_charge`."""
    with st.form("charge", border=False):
        left, right = st.columns([2, 1])
        statute = left.text_input("Statute", key="charge-statute", autocomplete="off")
        severity = right.text_input("Severity", key="charge-severity", autocomplete="off")
        description = st.text_input("Charge", key="charge-description", autocomplete="off")
        offence_on = st.date_input(
            "Date of the offence", file.heading.incident_on, max_value=file.today, format=DATES, key="charge-day"
        )
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        charge = NewCharge.read(statute=statute, description=description, severity=severity, offence_on=offence_on)
        return add_charge(session, who, file.heading.case_id, charge, now=now, seen_version=seen_version)

    return Act(run, f"The charge is recorded as count {len(file.heading.charges) + 1}.")


def _nothing(session: Session, who: Actor, now: datetime) -> None:  # noqa: ARG001 - an act that has nothing to do
    return None


def _plain(value: Any) -> Any:
    """Return a field's value as it is stored, so that an empty text and none are the same."""
    return (tidy(value) if isinstance(value, str) else value) or None
