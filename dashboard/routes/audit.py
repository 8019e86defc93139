"""Some days of the audit as a file for inspectors: lines of JSON that can be verified, or a table to read.

The saving is an event of its own. No name of a participant is in either; the people who acted are named.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session

from dashboard import store
from dashboard.exports.sheet import Column, Sheet
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV
from dashboard.wording.acts import act_words
from models import audit
from models.audit import exporting
from models.errors import Invalid
from models.queries.audit_log import span, staff
from models.scope import Actor

_COLUMNS = (
    *("Number", "Instant (UTC)", "Who", "What", "Act", "Subject", "Subject id", "Case id", "Sign-in", "List"),
    *("Detail", "Hash before", "Hash"),
)


def audit_jsonl(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the events of the civil dates `from` to `to`, as `models/stand_alone_verifier.py` reads them."""
    with store.writing() as session:
        first, last = _recorded(session, who, query, now, "jsonl")
        text = "".join(f"{line}\n" for line in exporting.lines(session, who.court_id, first, last))
    return File(f"audit-{who.today(now).isoformat()}.jsonl", "application/x-ndjson", text.encode())


def audit_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same events as a table, each with its words beside its act."""
    with store.writing() as session:
        first, last = _recorded(session, who, query, now, "csv")
        people = {one.user_id: one.username for one in staff(session, who)}
        rows = tuple(_row(event, people) for event in exporting.events(session, who.court_id, first, last))
    sheet = Sheet(title="Audit", columns=tuple(map(Column, _COLUMNS)), rows=rows)
    return CSV.file(f"audit-{who.today(now).isoformat()}", sheet)


def _recorded(session: Session, who: Actor, query: Mapping[str, str], now: datetime, made_as: str) -> tuple[int, int]:
    """Return which events are asked for, and record that they leave."""
    try:
        first_on, last_on = date.fromisoformat(query["from"]), date.fromisoformat(query["to"])
    except (KeyError, ValueError):
        raise Invalid("Choose the first and the last day of the audit to save.") from None
    first, last = span(session, who, first_on, last_on)
    detail = {"from": first_on, "to": last_on, "events": last - first + 1, "as": made_as}
    audit.record(session, who, "export_audit", "court", who.court_id, now=now, detail=detail)
    return first, last


def _row(event: Any, people: Mapping[UUID, str]) -> tuple[str, ...]:
    """Return one event's cells; what is absent is empty."""
    ids = (event.subject_id, event.case_id, event.session_id, event.list_id)
    subject, case, session, listed = ("" if one is None else str(one) for one in ids)
    return (
        str(event.seq),
        exporting.at_of(event),
        people.get(event.actor_id, "scheduler or installation"),
        act_words(event.action),
        event.action,
        event.subject_type,
        *(subject, case, session, listed),
        json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
        event.previous_hash,
        event.hash,
    )
