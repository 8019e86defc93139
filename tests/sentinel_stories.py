"""A case full of sentinels, and everybody who might meet it, told for the hunts after its sealing."""

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from models.commands.sealing import seal
from models.database import transaction
from models.rules.sealing import Which
from models.rules.vocabulary import MoveCause, Role, Stage
from models.sealing import candidates
from models.tables import BulkMove, Case
from tests.builders import NOW, TODAY, a_case, a_service, a_sitting, an_actor, an_appearance
from tests.commands.sealing_stories import AUTHORITY, Records, the_records
from tests.sentinels import Sentinels


class Story:
    """A case full of sentinels that ended, on a session of today beside another case that goes on."""

    def __init__(self, session: Session, folder: Path, *, name: str = "Harbor County Court") -> None:
        self.hidden = Sentinels()
        self.records: Records = the_records(session, folder, name=name)
        court, part = self.records.court, self.records.part
        self.everybody = {
            role: an_actor(session, court, role, username=f"as {role}")
            for role in (Role.JUDGE, Role.CLERK, Role.COORDINATOR, Role.ADMINISTRATOR)
        }
        sitting, service = a_sitting(session, part), a_service(session, court)
        an_appearance(session, a_case(session, part, number="CR-stays", name="Rosa Vargas"), sitting, position=2)
        case = a_case(session, part, number="CR-gone", stage=Stage.DISMISSED)
        known = {
            "courts": court.id,
            "parts": part.id,
            "judges": part.judge_id,
            "court_sessions": sitting.id,
            "bulk_moves": _a_move(session, self.records),
            "users": self.records.clerk.person,
            "providers": service.provider_id,
            "services": service.id,
        }
        self.hidden.plant(session, case, known)
        session.execute(sa.text("UPDATE warrants SET state = 'vacated'"))  # or the case could not be sealed
        session.expire_all()
        self.case_id, self.session_id, self.part_id = case.id, sitting.id, part.id
        self.number = session.get_one(Case, case.id).docket_number
        self.ids = known
        session.refresh(court)

    def seal(self, engine: Engine) -> None:
        which = Which(case_ids=frozenset({self.case_id}), every_ending=True)
        with transaction(engine) as session:
            stamp = candidates(session, self.records.clerk, which).stamp
            told: dict[str, Any] = {"token": uuid4(), "stamp": stamp, "now": NOW, "ledger": self.records.ledger}
            seal(session, self.records.clerk, which, AUTHORITY, **told)


def _a_move(session: Session, records: Records) -> UUID:
    """Return a move of many cases that the sealed one was part of."""
    move = BulkMove(
        court_id=records.court.id,
        token=uuid4(),
        cause=MoveCause.DAY_CLOSED,
        first_on=TODAY,
        last_on=TODAY,
        reason="Snow.",
        whole=True,
        before=[],
        recorded_by=records.clerk.person,
        recorded_at=NOW,
    )
    session.add(move)
    session.flush()
    return move.id
