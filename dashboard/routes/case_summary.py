"""The case summary as a PDF: made for whoever asks, as far as they may see the case; the printing is audited."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from dashboard import store, wording
from dashboard.exports.case_sections import summary_of
from dashboard.exports.case_summary import case_summary_pdf
from dashboard.routes.downloads import File
from models.commands.summaries import print_summary
from models.errors import NotFound
from models.queries.case_file import case_file
from models.scope import Actor


def case_summary(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the summary of the case in `case`; its name tells only the day it was printed."""
    try:
        case_id = UUID(query.get("case", ""))
    except ValueError as problem:
        raise NotFound from problem
    today = who.today(now)
    with store.writing() as session:
        print_summary(session, who, case_id, now=now)
    with store.reading() as session:
        file = case_file(session, who, case_id, today=today)
    summary = summary_of(file, court=who.court, printed_by=who.name, zone=who.zone)
    content = case_summary_pdf(summary, printed_at=wording.instant_words(now, who.zone))
    return File(f"summary-{today:%Y%m%d}.pdf", "application/pdf", content)
