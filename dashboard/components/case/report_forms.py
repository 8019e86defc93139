"""Forms for compliance reports: take one in with its sessions, correct it, dispute or settle it.

The sessions stand in one table of rows (date, what became of it, reason); rows without a date are left out.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import DATES, Act, day_input, nothing_to_do, save
from dashboard.components.case.lists import report_words
from dashboard.components.case.session_forms import KINDS, kind_words
from dashboard.components.heading import show_note
from dashboard.components.tokens import form_token
from models.commands.reports import (
    ReportEntry,
    SessionEntry,
    correct_report,
    dispute_report,
    receive_report,
    settle_report,
)
from models.commands.typed import LONGEST_LINE, LONGEST_NOTE
from models.queries.case_file import CaseFile
from models.queries.case_reports import ReportRow
from models.queries.case_services import SessionRow
from models.rules.vocabulary import ReportState
from models.scope import Actor

_ROWS = 4  # to begin with; most periods hold no more sessions
_CORRECT, _DISPUTE, _SETTLE = "Correct it", "It is disputed", "Settle the dispute: it stands"


def report_form(file: CaseFile) -> Act | None:
    """Ask for a report that is expected, with its sessions; its act is `receive_report`."""
    expected = [one for one in file.reports if one.state is ReportState.EXPECTED]
    if not expected:
        nothing_to_do("No report is expected now. One is as soon as the case has a date and an enrolled mandate.")
        return None
    report = _chosen(file, expected[::-1], "report")
    if not any(one.holds and one.provider_id == report.provider_id for one in file.releases):
        show_note("There is no active release for this provider today. That is neutral; ask the participant first.")
    rows = _how_many(_ROWS, f"rows-{report.report_id}")
    with st.form("report", border=False):
        entry = _entry(file, str(report.report_id), (), rows)
        if not save():
            return None
    form = f"report:{report.report_id}"
    token = form_token(form)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return receive_report(session, who, report.report_id, entry, now=now, token=token)

    return Act(run, "The report is in.", form)


def report_change_form(file: CaseFile) -> Act | None:
    """Ask which report that came is to be corrected, disputed or settled, and why."""
    came = [one for one in file.reports if one.state in (ReportState.RECEIVED, ReportState.DISPUTED)]
    if not came:
        nothing_to_do("No report has come yet, so there is nothing to correct.")
        return None
    report = _chosen(file, came, "change-report")
    disputed = report.state is ReportState.DISPUTED
    way = st.radio("What is to be done", [_CORRECT, _SETTLE if disputed else _DISPUTE], key="change-report-way")
    if way != _CORRECT:
        return _dispute(report.report_id, settles=disputed)
    before = [one for one in file.sessions if one.report_id == report.report_id][::-1]
    rows = _how_many(len(before) + 1, f"right-rows-{report.report_id}")
    with st.form("report-correction", border=False):
        reason = st.text_input("Why it is corrected", key="correction-reason", max_chars=LONGEST_LINE)
        entry = _entry(file, f"right-{report.report_id}-{report.versions}", before, rows)
        if not save():
            return None
    form = f"correction:{report.report_id}"
    token = form_token(form)

    def run(session: Session, who: Actor, now: datetime) -> object:
        return correct_report(session, who, report.report_id, entry, reason=reason, now=now, token=token)

    return Act(run, "Corrected as a new version; the one before stays.", form)


def _chosen(file: CaseFile, reports: Sequence[ReportRow], key: str) -> ReportRow:
    by_id = {one.report_id: one for one in reports}

    def words(report_id: UUID) -> str:
        one = by_id[report_id]
        court = wording.day_short(one.appearance_on, today=file.today)
        return f"{one.provider}, for court on {court} ({report_words(one, file)})"

    return by_id[st.selectbox("Report", list(by_id), format_func=words, key=key)]


def _how_many(rows: int, key: str) -> int:
    return int(st.number_input("Sessions it tells of", 0, 40, max(rows, 1), key=key))


def _entry(file: CaseFile, key: str, before: Sequence[SessionRow], rows: int) -> ReportEntry:
    """Draw the fields of a report; rows of `before` come first, filled in."""
    received_on = day_input("Day it came", file.today, file.today, key=f"came-{key}")
    told = [
        _row(number, key, before[number - 1] if number <= len(before) else None, file.today)
        for number in range(1, rows + 1)
    ]
    summary = st.text_area("In a few words", key=f"summary-{key}", height=80, max_chars=LONGEST_NOTE)
    return ReportEntry(received_on=received_on, sessions=tuple(row for row in told if row), summary=summary)


def _row(number: int, key: str, old: SessionRow | None, today: date) -> SessionEntry | None:
    """Draw one session's row, and return what it says; None where it has no date."""
    name = f"{key}-{number}"
    shown: Literal["visible", "collapsed"] = "visible" if number == 1 else "collapsed"
    which = "" if number == 1 else f", session {number}"
    day, what, why, no = st.columns([0.24, 0.34, 0.28, 0.14], vertical_alignment="bottom")
    with day:
        begin = old.held_on if old else None
        held_on = st.date_input(
            f"Date{which}", begin, max_value=today, format=DATES, key=f"day-{name}", label_visibility=shown
        )
    with what:
        at = KINDS.index(old.kind) if old else 0
        label = f"What became of it{which}"
        kind = st.selectbox(label, KINDS, at, format_func=kind_words, key=f"kind-{name}", label_visibility=shown)
    with why:
        said = old.reason or "" if old else ""
        reason = st.text_input(f"Reason of an absence{which}", said, key=f"reason-{name}", label_visibility=shown)
    disputed = no.checkbox("Disputed", bool(old and old.disputed), key=f"no-{name}")
    if held_on is None:
        return None
    referral_id, replaces = (old.referral_id, old.attendance_id) if old else (None, None)
    return SessionEntry(
        held_on=held_on, kind=kind, reason=reason, disputed=disputed, referral_id=referral_id, replaces=replaces
    )


def _dispute(report_id: UUID, *, settles: bool) -> Act | None:
    with st.form("report-dispute", border=False):
        label = "How it was settled" if settles else "What is disputed"
        said = st.text_input(
            f"{label}, in a few words for the team", key="report-dispute-words", max_chars=LONGEST_LINE
        )
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        change = settle_report if settles else dispute_report
        return change(session, who, report_id, said, now=now)

    return Act(run, "Settled." if settles else "Disputed: what it says is not counted until it is settled.")
