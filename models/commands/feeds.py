"""A user's calendar feed: made, replaced and revoked by the user alone; its secret is stored only as a hash."""

from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from sqlmodel import Session, col, update

from models import audit
from models.rules.audited import FETCHED
from models.rules.permissions import Action
from models.scope import Actor, require
from models.tables import FeedToken


def make_feed(session: Session, actor: Actor, *, now: datetime) -> str:
    """Give the actor a new feed token (256 random bits) and return it, this once; the former feed ends."""
    require(actor, Action.MANAGE_FEED)
    _end(session, actor, now)
    token = token_urlsafe(32)
    made = FeedToken(
        court_id=actor.court_id, user_id=actor.person, token_hash=sha256(token.encode()).hexdigest(), created_at=now
    )
    session.add(made)
    audit.record(session, actor, "make_feed", "feed_token", made.id, now=now)
    return token


def revoke_feed(session: Session, actor: Actor, *, now: datetime) -> None:
    """End the actor's feed at an instant (UTC); whoever holds its address finds nothing any more."""
    require(actor, Action.MANAGE_FEED)
    if _end(session, actor, now):
        audit.record(session, actor, "revoke_feed", "user", actor.person, now=now)


def note_fetch(session: Session, actor: Actor, feed_id: UUID, *, now: datetime) -> None:
    """Write down that a calendar fetched the actor's feed at an instant (UTC), so that its owner sees it is used."""
    require(actor, Action.MANAGE_FEED)
    audit.record(session, actor, FETCHED, "feed_token", feed_id, now=now)
    session.execute(update(FeedToken).where(col(FeedToken.id) == feed_id).values(last_fetched_at=now))


def _end(session: Session, actor: Actor, now: datetime) -> int:
    live = update(FeedToken).where(col(FeedToken.user_id) == actor.person, col(FeedToken.revoked_at).is_(None))
    return len(session.execute(live.values(revoked_at=now).returning(col(FeedToken.id))).all())
