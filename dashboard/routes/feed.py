"""The calendar feed: the one address that works without a cookie, because calendars have none.

Its secret is the token in it; what it gives has no name, no charge and no kind of court in it.
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboard import store
from dashboard.exports import calendar_ics
from dashboard.routes.limits import LIMITS, too_many
from dashboard.routes.places import address_of
from models import clock
from models.commands.feeds import note_fetch
from models.commands.user_sessions import hashed
from models.errors import Refused
from models.queries.feeds import FeedEvent, feed_events, feed_owner


def feed(request: Request) -> Response:
    """Answer GET /calendar/<token>.ics; an unknown or revoked token is simply not there."""
    now, token, address = clock.now(), str(request.path_params["token"]), address_of(request)
    kept = hashed(token)
    if wait := LIMITS.unknown_feeds.wait(address, now) or LIMITS.feeds.wait(kept, now):
        return too_many(wait)
    try:
        with store.reading() as session:
            owner = feed_owner(session, token)
            events = feed_events(session, owner.actor, today=owner.actor.today(now))
        with store.writing() as session:
            note_fetch(session, owner.actor, owner.feed_id, now=now)
    except Refused:
        LIMITS.unknown_feeds.count(address, now)
        return PlainTextResponse("Not found.", status_code=404)
    LIMITS.feeds.count(kept, now)
    content = calendar_ics.feed((_event(event) for event in events), "Court calendar", owner.actor.zone.key)
    return Response(content, media_type="text/calendar", headers={"Cache-Control": "no-store"})


def _event(event: FeedEvent) -> calendar_ics.CourtEvent:
    return calendar_ics.CourtEvent(
        uid=f"{event.session_id}@offramp",
        starts_at=event.starts_at,
        minutes=max(event.minutes, 15),
        words=event.words,
        cancelled=event.cancelled,
    )
