"""The notices of one sealing, until its stated day: letters and the agencies' list, each fetching recorded in the audit.

The file's name tells the day it was made, nothing else. Nothing is kept: each is made when it is asked for.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dashboard import store, wording
from dashboard.exports.pdf import sheet_pdf
from dashboard.exports.sealing import agency_sheet, letters_pdf
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV
from models import audit
from models.errors import NotFound
from models.queries.sealing_notices import Notices, notices
from models.rules.permissions import Action
from models.scope import Actor, require
from models.tables import Court


def letters(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return a letter for each person whose record was sealed; `act` is the id of a sealing."""
    found, place = _recorded(who, query, now, "letters")
    content = letters_pdf(found, place=place, printed_at=wording.instant_words(now, who.zone))
    return File(f"{_name(who, now)}-letters.pdf", "application/pdf", content)


def agencies_pdf(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the records each agency must seal, on paper."""
    found, _ = _recorded(who, query, now, "pdf")
    printed_at = wording.instant_words(now, who.zone)
    return File(f"{_name(who, now)}.pdf", "application/pdf", sheet_pdf(agency_sheet(found), printed_at=printed_at))


def agencies_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the same list as CSV."""
    found, _ = _recorded(who, query, now, "csv")
    return CSV.file(_name(who, now), agency_sheet(found))


def _recorded(who: Actor, query: Mapping[str, str], now: datetime, made_as: str) -> tuple[Notices, str]:
    """Read the notices and the court's public name, and record that they left the court."""
    require(who, Action.FETCH_SEALING_NOTICES)
    try:
        act_id = UUID(query["act"])
    except (KeyError, ValueError):
        raise NotFound from None
    with store.writing() as session:
        found = notices(session, who, act_id, today=who.today(now))
        told = {"rows": len(found.people), "as": made_as}
        audit.record(session, who, "fetch_sealing_notices", "sealing", act_id, now=now, detail=told)
        place = session.get_one(Court, who.court_id).public_name
    return found, place


def _name(who: Actor, now: datetime) -> str:
    return f"list-{who.today(now).isoformat()}-records"
