"""The list of who is to be told of a changed date: on paper, or as a file to work with; each recorded in the audit.

The file's name tells the day it was made, nothing else.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dashboard import store, wording
from dashboard.exports.notices import notice_sheet
from dashboard.exports.pdf import sheet_pdf
from dashboard.exports.sheet import Sheet
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV, EXCEL, Format
from models import audit
from models.errors import NotFound
from models.queries.bulk_moves import bulk_move
from models.rules.permissions import Action
from models.scope import Actor, require


def notices_pdf(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the list as PDF; `move` is the id of a move of many cases."""
    sheet = _recorded(who, query, now, "pdf", Action.PRINT_LISTS)
    printed_at = wording.instant_words(now, who.zone)
    return File(f"{_name(who, now)}.pdf", "application/pdf", sheet_pdf(sheet, printed_at=printed_at))


def notices_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same list as CSV."""
    return _saved(who, query, now, CSV)


def notices_xlsx(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same list as an Excel workbook."""
    return _saved(who, query, now, EXCEL)


def _saved(who: Actor, query: Mapping[str, str], now: datetime, kind: Format) -> File:
    return kind.file(_name(who, now), _recorded(who, query, now, kind.suffix, Action.EXPORT_LISTS))


def _recorded(who: Actor, query: Mapping[str, str], now: datetime, made_as: str, action: Action) -> Sheet:
    """Read the move as it is now and record that its list left the screen."""
    require(who, Action.SEE_DOCKET, action)
    try:
        move_id = UUID(query["move"])
    except (KeyError, ValueError):
        raise NotFound from None
    with store.writing() as session:
        detail = bulk_move(session, who, move_id)
        told = {"rows": len(detail.cases), "as": made_as}
        audit.record(session, who, "export_notices", "bulk_move", move_id, now=now, detail=told)
    return notice_sheet(detail)


def _name(who: Actor, now: datetime) -> str:
    return f"list-{who.today(now).isoformat()}-dates"
