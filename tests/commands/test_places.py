"""Places on a session: it is locked while they are counted."""

from sqlalchemy.engine import Engine

from models.commands import places
from models.database import transaction
from tests.commands.calendar_stories import tell
from tests.statements import counted


def test_a_session_is_locked_once_until_the_transaction_ends_or_a_savepoint_gives_it_back(engine: Engine) -> None:
    with transaction(engine) as session:
        story = tell(session)
    with transaction(engine) as session, counted(engine) as sent:
        with session.begin_nested() as kept:
            places.lock(session, story.clerk, story.next.id)
            kept.rollback()
        for _ in range(3):
            assert places.lock(session, story.clerk, story.next.id).id == story.next.id
        assert sum("court_sessions" in statement for statement in sent) == 2
        session.rollback()
        places.lock(session, story.clerk, story.next.id)
        assert sum("court_sessions" in statement for statement in sent) == 3
