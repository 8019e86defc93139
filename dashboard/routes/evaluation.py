"""The evaluator's counts as CSV, recorded in the audit; no case is in them."""

from collections.abc import Mapping
from datetime import datetime

from dashboard import store
from dashboard.exports.evaluation import evaluation_sheet
from dashboard.routes.downloads import File
from dashboard.routes.sheets import CSV
from models import audit
from models.queries.evaluation import evaluation
from models.scope import Actor


def evaluation_csv(who: Actor, query: Mapping[str, str], now: datetime) -> File:  # noqa: ARG001 - as every maker
    """Return the counts as they are told today."""
    today = who.today(now)
    with store.writing() as session:
        counted = evaluation(session, who, today=today)
        audit.record(session, who, "export_evaluation", "court", who.court_id, now=now, detail={"as": CSV.suffix})
    return CSV.file(f"counts-{today.isoformat()}", evaluation_sheet(counted))
