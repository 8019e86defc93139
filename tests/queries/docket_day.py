"""One session of a part today with four cases, and a clerk: for the tests of the docket's queries."""

from sqlmodel import Session

from models.queries.docket import Docket, docket
from models.rules.vocabulary import (
    Role,
)
from models.scope import Actor
from models.tables import User
from tests.builders import TODAY, a_court, a_part, a_sitting, an_actor
from tests.docket_stories import cases_on

NAMES = ("Mei Chen", "Dara Petrova", "Rosa Vega", "Jo Tran")


class Day:
    """One session of the part today with four cases, and a clerk."""

    def __init__(self, session: Session, names: tuple[str, ...] = NAMES) -> None:
        self.court = a_court(session)
        self.part = a_part(session, self.court)
        self.sitting = a_sitting(session, self.part)
        self.clerk = an_actor(session, self.court, Role.CLERK, username="clerk")
        self.user = session.get_one(User, self.clerk.person)
        self.appearances = cases_on(session, self.part, self.sitting, names)

    def docket(self, session: Session, viewer: Actor | None = None) -> Docket:
        session.flush()
        return docket(session, viewer or self.clerk, self.sitting.id, today=TODAY)
