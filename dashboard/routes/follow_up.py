"""The worklist as a file: one of its parts, as whoever asks sees it now, recorded in the audit."""

from collections.abc import Callable, Mapping
from datetime import datetime

from dashboard import store
from dashboard.exports.follow_up import follow_up_sheet
from dashboard.exports.sheet import Sheet
from dashboard.exports.table import sheet_csv, sheet_xlsx
from dashboard.routes.downloads import File
from models import audit
from models.errors import NotFound
from models.queries.follow_up import Whose, worklist
from models.rules.permissions import Action
from models.scope import Actor, require

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def follow_up_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return one part of the worklist as CSV; `part` is its word."""
    return _made(who, query, now, "csv", "text/csv; charset=utf-8", sheet_csv)


def follow_up_xlsx(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same as an Excel workbook."""
    return _made(who, query, now, "xlsx", _EXCEL, sheet_xlsx)


def _made(
    who: Actor,
    query: Mapping[str, str],
    now: datetime,
    suffix: str,
    media_type: str,
    written: Callable[[Sheet], bytes],
) -> File:
    require(who, Action.EXPORT_LISTS)
    try:
        part = Whose(query.get("part", Whose.EVERYTHING))
    except ValueError:
        raise NotFound from None
    today = who.today(now)
    with store.writing() as session:
        rows = worklist(session, who, today=today).of(part, resting=True)
        detail = {"part": part, "rows": len(rows), "as": suffix}
        audit.record(session, who, "export_follow_up", "court", who.court_id, now=now, detail=detail)
    return File(f"list-{today.isoformat()}.{suffix}", media_type, written(follow_up_sheet("Follow-up", rows)))
