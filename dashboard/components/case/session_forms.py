"""Forms for service sessions: enter one, put one right, say that one is disputed, or settle that."""

from datetime import datetime

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, day_input, nothing_to_do, save
from dashboard.components.case.heading import capital
from models.commands.attendance import (
    correct_attendance,
    dispute_attendance,
    record_attendance,
    settle_attendance,
)
from models.commands.typed import LONGEST_LINE
from models.queries.case_file import CaseFile
from models.queries.case_services import ReferralRow, SessionRow
from models.rules.vocabulary import AttendanceKind, ReferralState
from models.scope import Actor

KINDS = list(AttendanceKind)
#: How many of the newest sessions can be put right from here.
_OFFERED = 30
_CORRECT, _DISPUTE, _SETTLE = "Correct it", "The participant disputes it", "Settle the dispute: it stands"


def session_form(file: CaseFile) -> Act | None:
    """Ask for one service session; its act is `record_attendance`."""
    by_id = {one.referral_id: one for one in file.referrals if one.provider and one.state != ReferralState.WITHDRAWN}
    if not by_id:
        nothing_to_do("There is no service to record a session for. Refer the participant first.")
        return None
    with st.form("session", border=False):
        referral_id = st.selectbox(
            "Service", list(by_id), format_func=lambda one: referral_words(by_id[one]), key="session-referral"
        )
        held_on = day_input("Date of the session", file.today, file.today, key="session-day")
        kind = st.selectbox("What became of it", KINDS, format_func=kind_words, key="session-kind")
        reason = st.text_input("Reason of an absence, such as medical", key="session-reason", max_chars=LONGEST_LINE)
        disputed = st.checkbox("The participant disputes this", key="session-disputed")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return record_attendance(session, who, referral_id, held_on, kind, now=now, reason=reason, disputed=disputed)

    return Act(run, "The session is recorded.")


def session_change_form(file: CaseFile) -> Act | None:
    """Ask which session is to be put right, disputed or settled, and why."""
    by_id = {one.attendance_id: one for one in file.sessions[:_OFFERED]}
    if not by_id:
        nothing_to_do("No session is recorded yet, so there is nothing to correct.")
        return None
    chosen = by_id[st.selectbox("Session", list(by_id), format_func=lambda one: _session(by_id[one], file))]
    ways = [_CORRECT, _SETTLE if chosen.disputed else _DISPUTE]
    way = st.radio("What is to be done", ways, key="change-way")
    with st.form("session-change", border=False):
        return _correction(file, chosen) if way == _CORRECT else _dispute(chosen, settles=way == _SETTLE)


def _correction(file: CaseFile, old: SessionRow) -> Act | None:
    one = old.attendance_id
    held_on = day_input("Date of the session", old.held_on, file.today, key=f"right-day-{one}")
    at = KINDS.index(old.kind)
    kind = st.selectbox("What became of it", KINDS, at, format_func=kind_words, key=f"right-kind-{one}")
    reason = st.text_input("Reason of an absence", old.reason or "", key=f"right-reason-{one}")
    if not save():
        return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return correct_attendance(session, who, one, kind, now=now, reason=reason, held_on=held_on)

    return Act(run, "Corrected. The entry before stays in the history.")


def _dispute(row: SessionRow, *, settles: bool) -> Act | None:
    label = "How it was settled" if settles else "What is disputed"
    said = st.text_input(
        f"{label}, in a few words for the team", key=f"dispute-{row.attendance_id}", max_chars=LONGEST_LINE
    )
    if not save():
        return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        change = settle_attendance if settles else dispute_attendance
        return change(session, who, row.attendance_id, said, now=now)

    return Act(run, "Settled." if settles else "Disputed: it counts as unverified until it is settled.")


def kind_words(kind: AttendanceKind) -> str:
    """Return what became of a session, for a choice."""
    return capital(wording.text(kind))


def referral_words(one: ReferralRow) -> str:
    """Return a referral for a choice: "Counselling, Garden Street Program (mandate)"."""
    place = one.provider or "no place found"
    return f"{capital(wording.text(one.kind))}, {place}" + (" (mandate)" if one.mandated else "")


def _session(row: SessionRow, file: CaseFile) -> str:
    day = wording.day_short(row.held_on, today=file.today)
    return f"{day}: {wording.text(row.kind)}, {row.provider}" + (" (disputed)" if row.disputed else "")
