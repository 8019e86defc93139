"""Scheduler: when it last looked, what it did, what failed and what it set aside. Counts and dates; no case content.

For administrators, and for staff who wonder whether the list is complete.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.empty import show_empty
from dashboard.components.heading import show_heading, show_note
from dashboard.components.sweep_status import job_words, show_trouble, sweep_words
from models.queries.runs import AsideRow, LastSweep, RunRow, last_sweep, runs, set_aside
from models.rules.permissions import Action
from models.scope import Actor

_JOBS = ("Job", "Last run", "State", html.Column("Rows changed", right=True), "Due again")
_RUNS = (
    html.Column("Slot", narrow=True),
    "Job",
    html.Column("State", narrow=True),
    html.Column("Rows", narrow=True, right=True),
    "Note",
)
_ASIDE = ("Case", "Job", html.Column("Tries", right=True), "Tried again", "Why")


def render() -> None:
    """Draw how each job stands, what waits apart, and the newest runs."""
    who = access.require(Action.SEE_RUNS)
    now = access.now()
    with store.reading() as session:
        sweep = last_sweep(session, who, now=now)
        newest = runs(session, who, now=now)
        aside = set_aside(session, who)
    heard = wording.instant_words(sweep.beat_at, who.zone)
    show_heading("Scheduler", f"{sweep_words(sweep, who.zone)} · last sign of life {heard}")
    show_trouble(sweep, who.zone)
    if not sweep.jobs:
        show_empty("The scheduler has not run for this court", "Start it with ./run, or ./run scheduler for it alone.")
        return
    left, right = st.columns([1, 1], gap="medium")
    with left, card("Each job", key="jobs"):
        html.show(html.table("The last run of each job", _JOBS, [_job(run, who.zone) for run in sweep.jobs]))
    with right:
        _show_aside(who, aside)
        _show_runs(newest, sweep, who.zone)


def _job(run: RunRow, zone: ZoneInfo) -> html.Row:
    due = _when(run.next_slot, zone) + (", late" if run.late else "")
    return html.Row((job_words(run.job), _when(run.finished_at or run.started_at, zone), _state(run), run.changed, due))


def _show_aside(who: Actor, aside: Sequence[AsideRow]) -> None:
    if not aside:
        return
    with card("Cases that wait apart", key="aside"):
        show_note("They could not be looked at; the others were. Open the case and check what was entered last.")
        rows = [
            (
                html.link(row.docket_number, "/case_file", case=row.case_id) if row.docket_number else None,
                job_words(row.job),
                row.attempts,
                _when(row.try_again_at, who.zone),
                row.problem,
            )
            for row in aside
        ]
        html.show(html.table("Cases set aside", _ASIDE, rows))


def _show_runs(newest: Sequence[RunRow], sweep: LastSweep, zone: ZoneInfo) -> None:
    with card("Newest runs", f"of {wording.count(len(sweep.jobs), 'job')}", key="newest"):
        rows = [(_when(run.slot, zone), job_words(run.job), _state(run), run.changed, _note(run)) for run in newest]
        html.show(html.table("The newest runs", _RUNS, rows))


def _state(run: RunRow) -> html.Cell:
    tries = f" (try {run.attempts})" if run.attempts > 1 else ""
    return html.join([wording.word(run.state), tries], "")


def _note(run: RunRow) -> str | None:
    """Return what is worth saying of a run: what went wrong, and what it made up for."""
    caught_up = f"Made up for {wording.count(run.missed, 'missed run')}." if run.missed else None
    return " ".join(filter(None, (run.problem, caught_up))) or None


def _when(at: datetime, zone: ZoneInfo) -> str:
    return wording.instant_words(at, zone)


if __name__ == "__main__":
    render()
