"""Three cases on today's session of one part, as a clerk has them before her: for the tests of the docket's screen."""

from sqlmodel import col, select
from streamlit.testing.v1 import AppTest

from models.database import reading, transaction
from models.rules.vocabulary import AppearanceState, FlagKind, Role
from models.tables import Appearance, CourtSession, Part, User
from tests.builders import TODAY, a_part, a_service, a_sitting
from tests.dashboard.screens import Screens
from tests.docket_stories import a_report, cases_on, enrolled, flagged, needs_interpreter

NAMES = ("Mei Chen", "Dara Petrova", "Rosa Vega")


class Day:
    """Three cases on today's session of one part: a report missing, an interpreter to book, a safety flag."""

    def __init__(self, screens: Screens) -> None:
        self.screens = screens
        self.clerk = screens.sign_in(Role.CLERK)
        with transaction(screens.engine) as session:
            self.part: Part = a_part(session, screens.court, name="DIV-2")
            self.sitting: CourtSession = a_sitting(session, self.part)
            self.rows: list[Appearance] = cases_on(session, self.part, self.sitting, NAMES)
            user = session.get_one(User, self.clerk.person)
            service = a_service(session, screens.court)
            enrolled(session, self.rows[0], service)
            a_report(session, self.rows[0], service, user)
            needs_interpreter(session, self.rows[1], "Russian")
            flagged(session, self.rows[2], FlagKind.COMPANION_NOT_SAFE, user)

    def order(self) -> list[str]:
        with reading(self.screens.engine) as session:
            rows = session.exec(
                select(Appearance)
                .where(col(Appearance.state) == AppearanceState.SCHEDULED)
                .where(col(Appearance.court_session_id) == self.sitting.id)
                .order_by(col(Appearance.position))
            ).all()
            return [NAMES[[row.id for row in self.rows].index(one.id)] for one in rows]

    def appearance(self, number: int) -> Appearance:
        with reading(self.screens.engine) as session:
            found = session.get_one(Appearance, self.rows[number].id)
            session.expunge(found)
            return found

    def open_row(self, number: int) -> AppTest:
        return self.screens.open("docket", on=TODAY, session=self.sitting.id, row=self.rows[number].id)
