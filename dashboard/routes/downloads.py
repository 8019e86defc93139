"""Files for one person, made when asked for: never kept, never cached, authorised like a screen.

A screen links to `/download/<what>?...` with ids, dates and words of the vocabulary only. The maker runs its query as
the person who asks; a link that somebody else opens shows them what they may see, or nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from re import fullmatch
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard import store
from dashboard.access import COOKIE, SIGN_IN, session_of
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.page import message
from models import clock
from models.errors import NotFound, NotPermitted, Refused, SignedOut
from models.scope import Actor


@dataclass(frozen=True, slots=True)
class File:
    """What is sent. The name is neutral: it tells no person, no charge and no kind of court."""

    name: str
    media_type: str
    content: bytes

    def __post_init__(self) -> None:
        """Hold the name to plain letters, so that it can stand in a header and on any disk."""
        if not fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", self.name):
            raise ValueError("a file's name is made of plain letters, digits, dots and hyphens")


#: A maker takes who asks, the link's query and the instant (UTC); it opens `store.reading()` or `store.writing()`
#: itself and raises a Refused for what may not be.
Maker = Callable[[Actor, Mapping[str, str], datetime], File]

#: What can be downloaded: the last part of the path, and the maker as "module:function", imported when first asked for.
DOWNLOADS: dict[str, str] = {
    "audit_csv": "dashboard.routes.audit:audit_csv",
    "audit_jsonl": "dashboard.routes.audit:audit_jsonl",
    "case_summary": "dashboard.routes.case_summary:case_summary",
    "docket": "dashboard.routes.lists:docket_pdf",
    "docket_csv": "dashboard.routes.lists:docket_csv",
    "docket_xlsx": "dashboard.routes.lists:docket_xlsx",
    "evaluation_csv": "dashboard.routes.evaluation:evaluation_csv",
    "follow_up_csv": "dashboard.routes.follow_up:follow_up_csv",
    "follow_up_xlsx": "dashboard.routes.follow_up:follow_up_xlsx",
    "notices": "dashboard.routes.notices:notices_pdf",
    "notices_csv": "dashboard.routes.notices:notices_csv",
    "notices_xlsx": "dashboard.routes.notices:notices_xlsx",
    "sealing_letters": "dashboard.routes.sealing:letters",
    "sealing_agencies": "dashboard.routes.sealing:agencies_pdf",
    "sealing_agencies_csv": "dashboard.routes.sealing:agencies_csv",
    "policy": "dashboard.routes.policy:policy_toml",
}


def download(request: Request) -> Response:
    """Answer GET /download/<what> with the file, or with a page that says why not; runs in a thread of its own."""
    try:
        who = session_of(request.cookies.get(COOKIE)).actor
        if wait := LIMITS.downloads.wait(str(who.user_id), clock.now()):
            return too_many(wait)
        LIMITS.downloads.count(str(who.user_id), clock.now())
        made = _maker(request.path_params["what"])(who, request.query_params, clock.now())
    except SignedOut:
        return RedirectResponse(SIGN_IN, status_code=303)
    except Refused as refusal:
        status = 404 if isinstance(refusal, NotFound) else 403 if isinstance(refusal, NotPermitted) else 400
        return message("This file cannot be made", str(store.told(refusal)), status=status)
    disposition = (
        "inline" if made.media_type == "application/pdf" and "save" not in request.query_params else "attachment"
    )
    headers = {"Content-Disposition": f'{disposition}; filename="{made.name}"', "Cache-Control": "no-store"}
    return Response(made.content, media_type=made.media_type, headers=headers)


def _maker(what: str) -> Maker:
    """Return the maker of `what`; NotFound for anything not listed."""
    if what not in DOWNLOADS:
        raise NotFound
    module, _, name = DOWNLOADS[what].partition(":")
    return cast("Maker", getattr(import_module(module), name))
