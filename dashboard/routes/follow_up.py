"""The worklist as a file: one of its parts, as whoever asks sees it now, recorded in the audit."""

from collections.abc import Mapping
from datetime import datetime

from dashboard import store
from dashboard.exports.follow_up import follow_up_sheet
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV, EXCEL, Format
from models import audit
from models.errors import NotFound
from models.queries.follow_up import Whose, worklist
from models.rules.permissions import Action
from models.scope import Actor, require


def follow_up_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return one part of the worklist as CSV; `part` is its word."""
    return _saved(who, query, now, CSV)


def follow_up_xlsx(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same as an Excel workbook."""
    return _saved(who, query, now, EXCEL)


def _saved(who: Actor, query: Mapping[str, str], now: datetime, kind: Format) -> File:
    require(who, Action.EXPORT_LISTS)
    try:
        part = Whose(query.get("part", Whose.EVERYTHING))
    except ValueError:
        raise NotFound from None
    today = who.today(now)
    with store.writing() as session:
        rows = worklist(session, who, today=today).exported(part)
        detail = {"part": part, "rows": len(rows), "as": kind.suffix}
        audit.record(session, who, "export_follow_up", "court", who.court_id, now=now, detail=detail)
    return kind.file(f"list-{today.isoformat()}", follow_up_sheet("Follow-up", rows, today))
