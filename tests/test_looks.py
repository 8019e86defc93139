"""Nobody looks at a case without an event: every query that shows one says so, and every screen reads through one door."""

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

from models import queries
from models.rules.audited import CHANGES_NOTHING, Look, changes

DASHBOARD = Path(__file__).resolve().parent.parent / "dashboard"

#: Queries for one viewer that show no case, or only a part of what another one shows and declares.
SHOWS_NO_CASE = {
    "accounts": "people of the court and their sign-ins",
    "audit_log.case_called": "an id, for a question to the audit that is recorded",
    "audit_log.span": "numbers of events, for an export that is recorded",
    "audit_log.staff": "people of the court",
    "again": "asks another query, and notes what that one shows",
    "bench_case": "parts of the bench",
    "bulk_moves.bulk_moves": "moves with counts",
    "calendar": "sessions with counts",
    "case_heading": "a part of the case file",
    "case_notes": "a part of the case file",
    "case_services": "a part of the case file",
    "court_days": "sessions with counts",
    "docket_moves": "sessions with their loads, for a row of a docket that is open",
    "docket_paper": "what a printed docket adds to the docket",
    "evaluation": "counts without identity",
    "feeds": "sessions without a case",
    "imports": "what stands in the court's own file",
    "intake": "choices of a form",
    "judge_absences": "absences of judges",
    "load_ahead": "counts",
    "measures.measures_of": "counts; the cases behind them are asked for by id",
    "move_statements": "statements and parts of the preview",
    "moves.change_of_session": "a session",
    "moves.new_due_on": "a date",
    "moves.preview_day": "asks the preview",
    "moves.preview_session": "asks the preview",
    "next_dates.bench_of": "where a case is heard",
    "next_dates.proposed": "dates",
    "policies": "the policy",
    "policy_preview": "counts",
    "providers": "providers",
    "restrictions.nameable_staff": "people of the court",
    "restrictions.opening_notices": "emergency openings without their cases",
    "retention": "counts",
    "runs.last_sweep": "jobs",
    "runs.runs": "jobs",
    "sealing.act_of": "an act with its count",
    "sealing.agencies": "agencies outside the court",
    "sealing.sealings": "acts with their counts",
    "sealing.statutes": "statutes",
    "sealing.waiting": "ids for the preview, which shows the cases",
    "sealing_notices": "what a file is made of; fetching it is recorded",
    "second_factors": "the second step of an account",
    "services": "services",
    "sitting_patterns": "how parts sit",
    "sittings": "sessions",
    "standings": "counts",
    "timeline": "a part of the bench and of the case file",
}


def queries_for_a_viewer() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every public query that answers to somebody, with its name."""
    for module in iter_modules(queries.__path__):
        found = import_module(f"models.queries.{module.name}")
        for name, one in vars(found).items():
            of_it = inspect.isfunction(one) and one.__module__ == found.__name__ and not name.startswith("_")
            if of_it and "viewer" in inspect.signature(one).parameters:
                yield f"{module.name}.{name}", one


def test_every_query_that_shows_a_case_says_so() -> None:
    undeclared = {name for name, query in queries_for_a_viewer() if not hasattr(query, "shown")}
    assert {name for name in undeclared if not {name, name.partition(".")[0]} & SHOWS_NO_CASE.keys()} == set()


def test_no_query_is_excused_that_is_not_there_any_more() -> None:
    there = {part for name, _ in queries_for_a_viewer() for part in (name, name.partition(".")[0])}
    assert set(SHOWS_NO_CASE) - there == set()


def test_screens_open_the_database_through_one_door() -> None:
    opened = [
        path.name
        for path in DASHBOARD.rglob("*.py")
        if path.name not in ("store.py", "written_down.py") and "models.database" in path.read_text(encoding="utf-8")
    ]
    assert opened == []


def test_nothing_is_drawn_before_the_look_is_written_down() -> None:
    """A reading ends with the event: what is drawn inside of it would be seen before."""
    drawn = [
        f"{path.relative_to(DASHBOARD)}:{call.lineno}: {ast.unparse(call.func)}"
        for path in sorted(DASHBOARD.rglob("*.py"))
        for block in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(block, ast.With) and any("store.reading" in ast.unparse(one.context_expr) for one in block.items)
        for line in block.body
        for call in ast.walk(line)
        if isinstance(call, ast.Call) and _draws(ast.unparse(call.func))
    ]
    assert drawn == []


def _draws(called: str) -> bool:
    name = called.rpartition(".")[2]
    return called.startswith("st.") or name.startswith("show") or name.endswith("_form")


@pytest.mark.parametrize("look", Look)
def test_looking_changes_nothing(look: Look) -> None:
    assert not changes(look)


def test_an_act_that_is_not_known_to_change_nothing_changes_something() -> None:
    assert all(changes(act) for act in ("decide", "sign_in", "print_docket", "anything new"))
    assert {"refused", "fetch_feed"} <= CHANGES_NOTHING
