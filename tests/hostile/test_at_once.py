"""Promise: what arrives twice, or from two people at once, counts once, on both kinds of database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from models import database
from models.audit.checking import first_break
from models.commands.cases import add_charge
from models.commands.intake_form import NewCharge
from models.commands.notes import write_note
from models.errors import Conflict, Refused
from models.rules.vocabulary import NoteVisibility, Role
from models.scope import Actor
from models.tables import Charge, Note
from tests.builders import NOW, a_case, a_court, a_part, an_actor

AT_ONCE = 4


def together(engine: Engine, act: Callable[[Session], object]) -> list[Refused | None]:
    """Let several people do the same act in the same moment; return each one's refusal, None for who was not refused."""
    start = Barrier(AT_ONCE)

    def one(_number: int) -> Refused | None:
        start.wait()
        try:
            with database.transaction(engine) as session:
                act(session)
        except Refused as refusal:
            return refusal
        return None

    with ThreadPoolExecutor(AT_ONCE) as people:
        return list(people.map(one, range(AT_ONCE)))


def test_the_same_form_at_once_counts_once(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court = a_court(session)
        who, case_id = an_actor(session, court, Role.CLERK), a_case(session, a_part(session, court)).id
    token = uuid4()

    def tell(session: Session) -> object:
        return write_note(session, who, case_id, "She called.", NoteVisibility.TEAM, now=NOW, token=token)

    refusals = together(engine, tell)
    assert None in refusals
    assert all(isinstance(one, Conflict) for one in refusals if one)
    with database.reading(engine) as session:
        assert len(session.exec(select(Note.id)).all()) == 1
        assert first_break(session, who.court_id) is None


def test_of_two_clerks_at_one_version_one_is_told_to_look_again(engine: Engine) -> None:
    with database.transaction(engine) as session:
        court = a_court(session)
        who: Actor = an_actor(session, court, Role.CLERK)
        case = a_case(session, a_part(session, court))
        case_id, seen = case.id, case.version

    def charge(session: Session) -> object:
        new = NewCharge.read(description="Loitering")
        return add_charge(session, who, case_id, new, now=NOW, seen_version=seen)

    refusals = together(engine, charge)
    assert sorted(type(one).__name__ for one in refusals) == ["Conflict"] * (AT_ONCE - 1) + ["NoneType"]
    assert all(isinstance(one, Conflict) for one in refusals if one)
    with database.reading(engine) as session:
        assert len(session.exec(select(Charge.id)).all()) == 1
        assert first_break(session, who.court_id) is None
