"""A court session's lists as files: PDF to print, CSV and Excel to work with.

Each is authorised, made from the docket as it is now, and recorded in the same transaction: a PDF as a printing, so that
what changed since can be shown, the others as an export. A file's name tells the day and the kind of list, nothing else.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from dashboard import store, wording
from dashboard.exports.docket import docket_sheet, listed
from dashboard.exports.pdf import sheet_pdf
from dashboard.exports.sheet import Sheet
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV, EXCEL, Format
from models.commands.prints import record_export, record_print
from models.errors import NotFound
from models.queries.docket import Docket, docket
from models.queries.docket_paper import paper
from models.rules.permissions import Action
from models.rules.vocabulary import ListKind
from models.scope import Actor, require


def docket_pdf(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return one list as PDF; `session` is a court session's id, `kind` public, bench or staffing."""
    require(who, Action.PRINT_LISTS)
    sheet, name = _recorded(who, query, now)
    printed_at = wording.instant_words(now, who.zone)
    return File(f"{name}.pdf", "application/pdf", sheet_pdf(sheet, printed_at=printed_at))


def docket_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same list as CSV."""
    return _saved(who, query, now, CSV)


def docket_xlsx(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same list as an Excel workbook."""
    return _saved(who, query, now, EXCEL)


def _saved(who: Actor, query: Mapping[str, str], now: datetime, kind: Format) -> File:
    require(who, Action.PRINT_LISTS, Action.EXPORT_LISTS)
    sheet, name = _recorded(who, query, now, kind)
    return kind.file(name, sheet)


def _recorded(who: Actor, query: Mapping[str, str], now: datetime, made_as: Format | None = None) -> tuple[Sheet, str]:
    """Read the docket and record the printing, or the export as `made_as`; typesetting comes after the transaction."""
    session_id, kind = _asked(query)
    today = who.today(now)
    with store.writing() as session:
        shown = docket(session, who, session_id, today=today)
        on_it = [row.appearance_id for row in listed(shown, kind)]
        if made_as is None:
            record_print(session, who, session_id, kind, on_it, now=now)
        else:
            record_export(session, who, session_id, kind, len(on_it), now=now, made_as=made_as.suffix)
        sheet = _sheet(session, who, shown, kind, today)
    return sheet, f"list-{shown.heading.on.isoformat()}-{kind.value}"


def _sheet(session: Session, who: Actor, shown: Docket, kind: ListKind, today: date) -> Sheet:
    return docket_sheet(shown, kind, paper(session, who, shown.heading.session_id, today=today))


def _asked(query: Mapping[str, str]) -> tuple[UUID, ListKind]:
    """Return what the link asks for; NotFound for what no link of ours says."""
    try:
        return UUID(query["session"]), ListKind(query.get("kind", ListKind.BENCH))
    except (KeyError, ValueError):
        raise NotFound from None
