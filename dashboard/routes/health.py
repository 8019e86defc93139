"""Whether the court can work and its dates are kept, for the thing that watches it: no case data and no version in it."""

from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dashboard import store
from models import clock
from models.queries import health as court_health


def health(_request: Request) -> PlainTextResponse:
    """Answer 200 when the database answers and the scheduler keeps the dates, else 503 with the reasons, a line each."""
    try:
        with store.reading() as session:
            found = court_health.health(session, now=clock.now())
    except (SQLAlchemyError, OSError):
        return PlainTextResponse("unavailable", status_code=503)
    lines = [
        *(found.troubles or ("ok",)),
        f"last sign of life: {_instant(found.beat_at)}",
        f"last success: {_instant(found.last_success)}",
        f"set aside: {found.aside}",
    ]
    return PlainTextResponse("\n".join(lines), status_code=503 if found.troubles else 200)


def _instant(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%MZ}" if at else "never"
