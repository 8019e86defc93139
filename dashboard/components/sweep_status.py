"""How the scheduler stands, in words: the quiet half sentence beside a heading, and what must not be overlooked."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import wording
from models.queries.runs import LastSweep


def sweep_words(sweep: LastSweep, zone: ZoneInfo) -> str:
    """Return "last sweep 6:12 today, nothing missed", in the court's zone."""
    if sweep.at is None:
        return "no complete sweep yet"
    caught_up = f"made up for {wording.count(sweep.missed, 'missed run')}" if sweep.missed else "nothing missed"
    return f"last sweep {_when(sweep.at, sweep.now, zone)}, {caught_up}"


def trouble_words(sweep: LastSweep, zone: ZoneInfo) -> list[str]:
    """Return what staff must know: the scheduler is silent or late, a run failed, cases were set aside."""
    said = []
    if sweep.beat_at is None:
        said.append("The scheduler is not running, so nothing new is noticed. Ask the administrator to start it.")
    elif sweep.silent:
        when = _when(sweep.beat_at, sweep.now, zone)
        said.append(f"The scheduler was last heard of at {when}; what came about since then is not on this list yet.")
    elif sweep.late:
        jobs = ", ".join(job_words(run.job) for run in sweep.late)
        said.append(f"The scheduler is late with: {jobs}. What came about since its last run may be missing here.")
    if sweep.failed:
        jobs = ", ".join(job_words(run.job) for run in sweep.failed)
        said.append(
            f"The last run failed for: {jobs}. It will be tried again; until then this part may be out of date."
        )
    if sweep.aside:
        wait = "waits" if sweep.aside == 1 else "wait"
        said.append(f"{wording.count(sweep.aside, 'case')} could not be looked at and {wait} apart: see Scheduler.")
    return said


def show_trouble(sweep: LastSweep, zone: ZoneInfo) -> None:
    """Put it above the list, or nothing when all is well."""
    said = trouble_words(sweep, zone)
    if said:
        st.warning(" ".join(said))


def _when(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (today - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or wording.day_short(local.date(), today=today)
    return f"{wording.clock_time(local.time())} {day}"


#: The jobs as they are called on screen; one that is not here goes by its own name.
_JOBS = {
    "outcomes": "outcomes not recorded",
    "standings": "how cases stand",
    "nothing_done": "absences without an answer",
    "ready": "ready to go on",
    "sittings": "sessions opened ahead",
    "reminders": "reminders that are due",
    "sending": "reminders sent",
    "next_dates": "next dates",
    "reports": "reports expected and late",
    "referrals": "referrals and needs",
    "silence": "silence",
    "releases": "releases that end",
    "acds": "ACDs that run out",
    "interpreters": "interpreters",
    "passed": "what has had its day",
    "retention": "what has had its time",
    "sealing": "records that wait to be sealed",
    "records": "files cleaned of expunged records",
}


def job_words(name: str) -> str:
    """Return a job's name as words."""
    return _JOBS.get(name, name.replace("_", " "))
