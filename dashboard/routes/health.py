"""Whether the dashboard can work, for the thing that watches it: no data and no version in the answer."""

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from dashboard import store
from models.tables import Installation


def health(_request: Request) -> PlainTextResponse:
    """Answer 200 when the database answers, else 503; runs in a thread of its own."""
    try:
        with store.reading() as session:
            session.execute(sa.select(sa.func.count()).select_from(Installation)).scalar_one()
    except (SQLAlchemyError, OSError):
        return PlainTextResponse("unavailable", status_code=503)
    return PlainTextResponse("ok")
