"""The readiness of a docket as five tiles: a count, and a few words; a click puts those cases in front.

Each is a real button, so the keyboard reaches it. Late or missing reports are the providers': the words say so.
"""

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from dashboard import wording
from dashboard.components.docket.choice import Choice, choose, chosen, report_is_out
from models.queries.docket import Docket
from models.queries.to_result import ToResult
from models.rules.vocabulary import InterpreterState, ReportStanding

_OVERDUE = {
    ReportStanding.LATE: "late",
    ReportStanding.MISSING: "missing",
    ReportStanding.IN_GRACE: "in grace",
    ReportStanding.DUE: "due today",
    ReportStanding.DISPUTED: "disputed",
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One count: what a click puts in front, the title, the number, and a few words."""

    choice: Choice
    title: str
    number: str
    note: str


def tiles(docket: Docket, waiting: ToResult) -> tuple[Tile, ...]:
    """Return the five tiles of a docket."""
    return (_ready(docket), _reports(docket), _interpreters(docket), _nothing_done(docket), _no_next_date(waiting))


def show_tiles(docket: Docket, waiting: ToResult) -> None:
    """Draw the tiles side by side, the one in front marked by style alone so that it keeps the keyboard's focus."""
    mark = f".st-key-tile-{chosen().name} button"
    st.html(f"<style>{mark} {{ background: var(--accent-soft); border-color: var(--accent-text); }}</style>")
    with st.container(key="tiles"):
        for column, tile in zip(st.columns(5), tiles(docket, waiting), strict=True):
            column.button(
                f"{tile.title} **{tile.number}** *{tile.note}*",
                key=f"tile-{tile.choice.name}",
                on_click=choose,
                args=(tile.choice,),
                width="stretch",
            )


def _ready(docket: Docket) -> Tile:
    ready = sum(not row.missing for row in docket.rows)
    rest = len(docket.rows) - ready
    note = f"{rest} not ready" if rest else "everything in" if ready else "nobody is on the list"
    return Tile(Choice.READY, "Ready for court", f"{ready} of {len(docket.rows)}", note)


def _reports(docket: Docket) -> Tile:
    out = Counter(row.report.standing for row in docket.rows if report_is_out(row) and row.report)
    overdue = {words: out[standing] for standing, words in _OVERDUE.items() if out[standing]}
    parts = [f"{number} {words}" for words, number in overdue.items()]
    parts += [f"{out[ReportStanding.EXPECTED]} not due yet"] if out[ReportStanding.EXPECTED] else []
    return Tile(Choice.REPORTS, "Reports missing", str(sum(overdue.values())), ", ".join(parts) or "all are in")


def _interpreters(docket: Docket) -> Tile:
    states = Counter(row.interpreter for row in docket.rows)
    booked, needed = states[InterpreterState.BOOKED], states[InterpreterState.NEEDED]
    if not booked + needed:
        return Tile(Choice.INTERPRETERS, "Interpreters", "0", "none needed")
    note = f"{needed} not booked" if needed else "all booked"
    return Tile(Choice.INTERPRETERS, "Interpreters", f"{booked} of {booked + needed}", note)


def _nothing_done(docket: Docket) -> Tile:
    count = sum(row.nothing_done for row in docket.rows)
    note = "several absences, no response" if count else "every absence answered"
    return Tile(Choice.NOTHING_DONE, "Nothing done yet", str(count), note)


def _no_next_date(waiting: ToResult) -> Tile:
    open_now = waiting.unexplained
    last = max((row.last_on for row in open_now if row.last_on), default=None)
    note = f"the last from {wording.day_short(last)}" if last else "every case has one"
    if open_now and last is None:
        note = "never been in court"
    return Tile(Choice.TO_RESULT, "No next date", str(len(open_now)), note)
