"""What a calendar feed tells: when and in which room, and nothing of the kind of court."""

from sqlalchemy.engine import Engine

from models.database import transaction
from models.queries.feeds import feed_events
from models.rules.vocabulary import Role
from tests.builders import TODAY, a_court, a_part, a_sitting, an_actor


def test_a_feed_names_the_room_and_never_the_part(engine: Engine) -> None:
    with transaction(engine) as session:
        court = a_court(session)
        a_sitting(session, a_part(session, court, name="DIV-2"))
        clerk = an_actor(session, court, Role.CLERK)
        (event,) = feed_events(session, clerk, today=TODAY)
    assert event.words == "Court session, room 3B"
    assert not event.cancelled
