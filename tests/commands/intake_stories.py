"""A court at whose desk a case is opened, told for the tests of the intake."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from models.commands.cases import IntakeForm, open_case
from models.rules.vocabulary import Role
from models.scope import Actor
from models.tables import Case
from tests.builders import NOW, a_court, a_part, an_actor


class Intake:
    """A court with a part, and a clerk with a form that only lacks what the test is about."""

    def __init__(self, session: Session, *roles: Role) -> None:
        self.session = session
        self.court = a_court(session)
        self.part = a_part(session, self.court)
        self.actor: Actor = an_actor(session, self.court, *(roles or (Role.CLERK,)))

    def form(self, **changes: Any) -> IntakeForm:
        values: dict[str, Any] = {
            "docket_number": "CR-1",
            "part_id": self.part.id,
            "charges": [{"statute": "PL 230.00", "description": "Prostitution"}],
            "person": {"legal_name": "Mei Chen", "date_of_birth": date(1998, 3, 4)},
        }
        return IntakeForm.read(**{**values, **changes})

    def open(self, **changes: Any) -> Case:
        return open_case(self.session, self.actor, self.form(**changes), now=NOW)


def count(session: Session, table: type[Any]) -> int:
    return int(session.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())
