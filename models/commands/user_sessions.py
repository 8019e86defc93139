"""Sessions: opened by a sign-in. The token is the browser's; stored is only its hash."""

from datetime import datetime
from secrets import token_urlsafe

from sqlmodel import Session

from models import audit
from models.commands.sign_ins import hashed, sign_out
from models.scope import Actor
from models.tables import UserSession

__all__ = ["open_session", "sign_out"]


def open_session(session: Session, actor: Actor, *, how: str, place: str | None, now: datetime) -> str:  # noqa: ARG001
    """Open a session at an instant (UTC) and return its token, 256 random bits; `how` says by what they proved it."""
    token = token_urlsafe(32)
    made = UserSession(
        court_id=actor.court_id, user_id=actor.person, token_hash=hashed(token), created_at=now, last_seen_at=now
    )
    session.add(made)
    audit.record(session, actor, "sign_in", "user_session", made.id, now=now, detail={"how": how})
    return token
