"""Events of the audit as tables: when, who, what, on what, and from which sign-in."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from dashboard import wording
from dashboard.components.html import Cell, Column, Html, join, link, table, tag
from dashboard.wording.acts import UNUSUAL, act_words
from models.queries.audit_hints import Hints
from models.queries.audit_log import Logged
from models.rules.audited import REFUSED

_LOG = (
    Column("Event", narrow=True, right=True),
    Column("When", narrow=True),
    "Who",
    "What",
    "On what",
    Column("Sign-in", narrow=True),
)
_HINTS = (Column("Day", narrow=True), "Who", "What", "Why it is here, and what may explain it", "Cases")
_SHOWN = 5  # cases named with a hint


def log_table(caption: str, rows: Sequence[Logged], zone: ZoneInfo) -> Html:
    """Return events as a table, the newest first; instants in the court's zone."""
    return table(caption, _LOG, [_event(row, zone) for row in rows])


def _event(row: Logged, zone: ZoneInfo) -> list[Cell]:
    return [
        row.seq,
        wording.instant_words(row.at, zone),
        row.who or "the scheduler or the installation",
        _what(row),
        _on_what(row),
        _short(row.session_id),
    ]


def _what(row: Logged) -> str:
    said = act_words(row.action)
    if row.on_a_list is not None:
        said += f": a list of {wording.count(row.on_a_list, 'case')}"
    if row.action == REFUSED:
        said += ": it is not there for them" if row.answer == "NotFound" else ": their role does not include it"
    return said + (f" ({row.why.replace('_', ' ')})" if row.why else "")


def _on_what(row: Logged) -> Cell:
    if row.case_id is not None:
        return join(["case ", _case(row.case_id)], "")
    kind = row.subject_type.replace("_", " ")
    return join([f"{kind} ", tag("code", _short(row.subject_id))], "") if row.subject_id else kind


def _case(case_id: UUID) -> Html:
    return link(tag("code", _short(case_id)), "/audit", case=case_id)


def _short(one: UUID | None) -> str | None:
    """Return the end of an id, by which people tell ids apart: its beginning is the time of making."""
    return None if one is None else f"…{str(one)[-8:]}"


def hints_table(caption: str, found: Hints) -> Html:
    """Return the hints as a table, the newest first."""
    rows: list[list[Cell]] = []
    for hint in found.hints:
        some = sorted(hint.cases, key=str)[:_SHOWN]
        more = [f"and {len(hint.cases) - _SHOWN} more"] if len(hint.cases) > _SHOWN else []
        cases = join([*map(_case, some), *more]) if some else None
        who = found.names.get(hint.user_id, "somebody who has left")
        rows.append([wording.day_short(hint.on), who, UNUSUAL[hint.kind], hint.reason, cases])
    return table(caption, _HINTS, rows)
