"""The judge of a large court signed in: a real session in the database, whose token a test carries as the cookie."""

from datetime import datetime
from secrets import token_urlsafe

from models import database
from models.commands.user_sessions import hashed
from models.tables import UserSession
from tests.benchmarks.large_court import LargeCourt


def token_of(court: LargeCourt, now: datetime) -> str:
    """Open a session for the judge at an instant (UTC) and return its token."""
    token = token_urlsafe(24)
    opened = UserSession(
        court_id=court.judge.court_id,
        user_id=court.judge.person,
        token_hash=hashed(token),
        created_at=now,
        last_seen_at=now,
    )
    with database.transaction(court.engine) as session:
        session.add(opened)
    return token
