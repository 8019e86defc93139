"""A version of the court's policy as the TOML document it is; the file's name tells only its first day."""

from collections.abc import Mapping
from datetime import datetime

from dashboard import store
from dashboard.routes.downloads import File
from models import audit
from models.policies import load
from models.queries.policies import document
from models.scope import Actor

TOML = "application/toml; charset=utf-8"


def policy_toml(who: Actor, query: Mapping[str, str], now: datetime) -> File:
    """Return the version called `version`; NotFound when the court has none of that name."""
    with store.writing() as session:
        text = document(session, who, query.get("version", ""))
        audit.record(session, who, "export_policy", "court", who.court_id, now=now)
    return File(f"policy-{load(text).in_force_from.isoformat()}.toml", TOML, text.encode())
